package bm25

import (
	"cmp"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// Near is a term that is spelt almost like a word.
type Near struct {
	Term     string
	Weight   float64 // in (0, 1): what a match counts beside one of a word spelt right
	Passages int     // how many hold it
	id       uint32
}

// maxNear is how many readings of a misspelt word count.
const maxNear = 3

// Near returns the terms that are spelt almost like word: those at the least
// distance, one edit from a word of four letters on and two from six on, where
// swapping two neighbours is one edit. The more passages hold a term, the
// earlier it stands. A word with a digit in it is like no other, and nobody
// mistakes the first letter.
// The result is the View's and not to be changed.
func (v *View) Near(word string) []Near {
	v.mu.Lock()
	defer v.mu.Unlock()
	if out, ok := v.spelt[word]; ok {
		return out
	}
	var out []Near
	for i := range v.fields {
		for _, t := range text.Terms(v.fields[i].lang, word) {
			out = append(out, v.near(i, t.Text)...)
		}
	}
	if v.spelt == nil {
		v.spelt = make(map[string][]Near)
	}
	if len(v.spelt) < mostSpelt {
		v.spelt[word] = out
	}
	return out
}

// mostSpelt bounds how many words a View remembers.
const mostSpelt = 100

func (v *View) near(field int, word string) []Near {
	runes := []rune(word)
	limit := edits(runes)
	if limit == 0 {
		return nil
	}
	shape := shapeOf(word)
	best := limit
	var out []Near
	for id := range v.terms[:len(v.held)] {
		t := &v.terms[id]
		if t.field != field || !shape.near(t.shape, best) || v.held[id].inPassages == 0 {
			continue
		}
		n := distance(runes, []rune(t.text), best)
		if n > best {
			continue
		}
		if n < best {
			best, out = n, out[:0]
		}
		out = append(out, Near{t.text, 1 - float64(n)/3, v.held[id].inPassages, uint32(id)})
	}
	slices.SortFunc(out, func(a, b Near) int {
		return cmp.Or(cmp.Compare(b.Passages, a.Passages), cmp.Compare(a.Term, b.Term))
	})
	return out[:min(len(out), maxNear)]
}

// edits returns how many a word may be misspelt by.
func edits(word []rune) int {
	switch {
	case len(word) < 4 || len(word) > maxSpelt || slices.ContainsFunc(word, unicode.IsDigit):
		return 0
	case len(word) < 6:
		return 1
	}
	return 2
}

// maxSpelt is the longest word, in characters, that is looked at.
const maxSpelt = 32

// shape is what two spellings are compared by first: few terms pass.
type shape struct {
	first   rune
	length  int32
	letters uint32 // a bit for each letter that occurs; some share one
}

func shapeOf(t string) shape {
	s := shape{length: int32(utf8.RuneCountInString(t))}
	s.first, _ = utf8.DecodeRuneInString(t)
	for _, r := range t {
		s.letters |= 1 << (uint32(r) % 32)
	}
	return s
}

// near reports whether two terms of these shapes can be n edits apart.
func (s shape) near(t shape, n int) bool {
	return s.first == t.first && max(s.length-t.length, t.length-s.length) <= int32(n) &&
		bits.OnesCount32(s.letters^t.letters) <= 2*n
}

// distance returns how many letters must be put in, left out, changed or
// swapped with their neighbour to make a into b, or more than limit where that
// is more than limit. (Optimal string alignment: no letter is edited twice.)
func distance(a, b []rune, limit int) int {
	if len(b) > maxSpelt+limit {
		return limit + 1
	}
	var rows [3][maxSpelt + 4]int
	last, row, next := &rows[0], &rows[1], &rows[2] // of a's prefixes i-2, i-1, i
	for j := range len(b) + 1 {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			n := min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				n = min(n, last[j-2]+1)
			}
			next[j] = n
			least = min(least, n)
		}
		if least > limit {
			return limit + 1
		}
		last, row, next = row, next, last
	}
	return row[len(b)]
}
