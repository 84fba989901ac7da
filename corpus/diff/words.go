package diff

import (
	"strings"

	"pilcrow/corpus/text"
)

// The cells of the tables in which words are aligned, of two paragraphs and of
// two revisions in all. What would need more, between its equal ends, is
// replaced as a whole.
const (
	mostCells    = 4 << 20
	mostCellsAll = 64 << 20
)

// Words compares two paragraphs word by word; what stands between words goes
// with the one before.
func Words(old, new string) []Piece {
	cells := mostCells
	return words(old, new, &cells)
}

// words takes the cells that it uses from those that are left.
func words(old, new string, cells *int) []Piece {
	a, b := tokens(old), tokens(new)
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	var w writer
	w.add(Both, a[:start]...)
	w.align(a[start:len(a)-end], b[start:len(b)-end], cells)
	w.add(Both, a[len(a)-end:]...)
	return w.pieces
}

// tokens cuts a paragraph into words, each with what stands behind it, and the
// white space between them.
func tokens(s string) []string {
	var out []string
	at := 0
	cut := func(to int) {
		if at < to {
			out = append(out, s[at:to])
			at = to
		}
	}
	for k, w := range text.Words(s) {
		if k == 0 {
			continue // what stands before it goes with it
		}
		if i := strings.LastIndexByte(s[at:w.Start], ' '); i >= 0 {
			cut(at + i)
			cut(at + 1)
		} else {
			cut(w.Start)
		}
	}
	cut(len(s))
	return out
}

// writer gathers pieces.
type writer struct{ pieces []Piece }

func (w *writer) add(op Op, words ...string) {
	s := strings.Join(words, "")
	if s == "" {
		return
	}
	if n := len(w.pieces); n > 0 && w.pieces[n-1].Op == op {
		w.pieces[n-1].Text += s
		return
	}
	w.pieces = append(w.pieces, Piece{op, s})
}

// align writes a longest common part of a and b, and what differs around it.
// A space alone between what differs is part of it.
func (w *writer) align(a, b []string, cells *int) {
	n := len(a) * len(b)
	if n > min(mostCells, *cells) {
		w.add(Gone, a...)
		w.add(Came, b...)
		return
	}
	*cells -= n
	// longest[i][j] is how many words a[i:] and b[j:] have in common; a space is
	// worth nothing.
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			best := max(longest[(i+1)*width+j], longest[i*width+j+1])
			if a[i] == b[j] && a[i] != " " {
				best = max(best, longest[(i+1)*width+j+1]+1)
			}
			longest[i*width+j] = best
		}
	}
	var gone, came []string
	flush := func() {
		// The space behind both stands in both.
		space := len(gone) > 0 && len(came) > 0 && gone[len(gone)-1] == " " && came[len(came)-1] == " "
		if space {
			gone, came = gone[:len(gone)-1], came[:len(came)-1]
		}
		w.add(Gone, gone...)
		w.add(Came, came...)
		if space {
			w.add(Both, " ")
		}
		gone, came = nil, nil
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j] && (a[i] != " " || len(gone)+len(came) == 0) && longest[i*width+j] == worth(a[i])+longest[(i+1)*width+j+1]:
			flush()
			w.add(Both, a[i])
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || longest[(i+1)*width+j] >= longest[i*width+j+1]):
			gone = append(gone, a[i])
			i++
		default:
			came = append(came, b[j])
			j++
		}
	}
	flush()
}

func worth(token string) int32 {
	if token == " " {
		return 0
	}
	return 1
}

// bag is the words of a paragraph and how often each stands there.
type bag struct {
	words map[string]int
	size  int
}

func newBag(s string) bag {
	b := bag{words: make(map[string]int)}
	for _, w := range text.Words(s) {
		b.words[text.Fold(w.Of(s))]++
		b.size++
	}
	return b
}

// share is how much of both stands in the other: Dice's coefficient.
func (b bag) share(c bag) float64 {
	if b.size+c.size == 0 {
		return 0
	}
	n := 0
	for w, k := range b.words {
		n += min(k, c.words[w])
	}
	return 2 * float64(n) / float64(b.size+c.size)
}
