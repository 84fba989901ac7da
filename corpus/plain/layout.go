package plain

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// line is a line that is not blank.
type line struct {
	text   string // without the space around it
	indent int    // in characters
	width  int    // of text, in columns
}

// layOut returns the paragraphs of s, clean. Blank lines part them. Where lines
// were broken to a width they are joined again; where they were not, and no
// blank line helps, each line is a paragraph.
func layOut(s string) []string {
	blocks := blocks(s)
	if len(blocks) == 0 {
		return nil
	}
	l := layout{width: wrapWidth(blocks), lone: len(blocks) == 1, words: vocabulary(s)}
	var out []string
	for i, b := range blocks {
		edge := i < 3 || i >= len(blocks)-3
		for _, p := range l.paragraphs(b, i == 0, edge) {
			if p = text.Clean(p); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

// blocks cuts s at its blank lines, and at lines drawn of signs.
func blocks(s string) [][]line {
	s = strings.NewReplacer("\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(s)
	var out [][]line
	var block []line
	for raw := range strings.Lines(s) {
		t := strings.TrimSpace(strings.TrimLeft(raw, "\uFEFF\u200B"))
		if t == "" || ruled(t) {
			if len(block) > 0 {
				out = append(out, block)
				block = nil
			}
			continue
		}
		indent := utf8.RuneCountInString(raw[:strings.Index(raw, t)])
		block = append(block, line{t, indent, columns(t)})
	}
	if len(block) > 0 {
		out = append(out, block)
	}
	return out
}

// ruled reports whether a line is a rule, or underlines the one before it.
func ruled(s string) bool {
	return len(s) >= 3 && strings.Trim(s, "-–—=_*~#•· ") == ""
}

// wrapWidth returns the width to which the lines of blocks were broken, or 0
// where they were not: where most lines are full, in that the first word of the
// next would not have fitted, and end in mid-sentence.
func wrapWidth(blocks [][]line) int {
	const enough = 5000
	var pairs [][2]line
	var widths []int
	for _, b := range blocks {
		for i := range len(b) - 1 {
			if !item(b[i+1].text) {
				pairs = append(pairs, [2]line{b[i], b[i+1]})
				widths = append(widths, b[i].width)
			}
		}
		if len(pairs) > enough {
			break
		}
	}
	if len(pairs) == 0 {
		return 0
	}
	slices.Sort(widths)
	width := widths[len(widths)*9/10]
	if width < 35 || width > 130 {
		return 0
	}
	filled, open, lower := 0, 0, 0
	for _, p := range pairs {
		if full(p[0], p[1], width) {
			filled++
		}
		if !stopped(p[0].text) {
			open++
		}
		if first, _ := utf8.DecodeRuneInString(p[1].text); unicode.IsLower(first) || wide(first) {
			lower++
		}
	}
	switch n := len(pairs); {
	case n < 4 && (lower < n || width < 50): // too few to tell by their widths
		return 0
	case 5*filled < 3*n || 2*open < n:
		return 0
	}
	return width
}

// full reports whether the first word of b would not have fitted behind a, with
// an eighth of the width to spare for ragged hands.
func full(a, b line, width int) bool {
	return a.width+1+firstWord(b.text) > width-width/8
}

// firstWord returns the width of the first word of s; in a script without
// spaces it is one character.
func firstWord(s string) int {
	r, _ := utf8.DecodeRuneInString(s)
	if wide(r) {
		return 2
	}
	word, _, _ := strings.Cut(s, " ")
	return columns(word)
}

// columns returns how wide s is where each ideograph takes the room of two
// letters.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0x2E80 && wide(r) {
			n++
		}
	}
	return n
}

// layout says how the lines of one text make paragraphs.
type layout struct {
	width int  // lines were broken to it; 0 where they were not
	lone  bool // no blank line parts anything
	words func() map[string]bool
}

// paragraphs cuts one block. first says that it begins the text, edge that it
// stands where credits stand.
func (l *layout) paragraphs(b []line, first, edge bool) []string {
	ends := l.ends
	if l.width == 0 {
		ends = looseEnds
		if l.lone || separate(b) {
			ends = func(_, _ line) bool { return true }
		}
	}
	var out []string
	var p bytes.Buffer
	for i, ln := range b {
		if i > 0 {
			prev := b[i-1]
			switch {
			case ends(prev, ln),
				edge && (i < frontDepth || i > len(b)-frontDepth) && (credited(prev.text) || credited(ln.text)),
				first && i == 1 && titled(prev.text) && (l.width == 0 || prev.width <= l.width*3/4):
				out = append(out, p.String())
				p.Reset()
			default:
				l.join(&p, prev.text, ln.text)
				continue
			}
		}
		p.WriteString(ln.text)
	}
	return append(out, p.String())
}

// ends reports whether a paragraph ends between two lines of a text broken to a
// width.
func (l *layout) ends(a, b line) bool {
	short := a.width+1+firstWord(b.text) <= l.width*3/4
	if l.lone { // nothing but the length of its last line tells where it ends
		short = !full(a, b, l.width)
	}
	switch {
	case item(b.text):
		return short || stopped(a.text) || item(a.text) || strings.HasSuffix(a.text, ":")
	case b.indent >= a.indent+2:
		return stopped(a.text) && !item(a.text)
	}
	return short && stopped(a.text)
}

// looseEnds is ends for lines that were broken where it pleased: a sentence a
// line, a list, an address.
func looseEnds(a, b line) bool {
	next, _ := utf8.DecodeRuneInString(b.text)
	return item(b.text) || a.width < 40 && !stopped(a.text) && !unicode.IsLower(next)
}

// separate reports whether the lines of a block are whole paragraphs though no
// blank lines stand between them.
func separate(b []line) bool {
	total := 0
	for _, l := range b {
		total += l.width
	}
	return total > 1500 || total > 160*len(b)
}

// item reports whether s begins as an item of a list does.
func item(s string) bool {
	if r, n := utf8.DecodeRuneInString(s); strings.ContainsRune("-*•‣▪◦–—", r) {
		return strings.HasPrefix(s[n:], " ")
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	rest := s[digits:]
	return digits > 0 && digits <= 2 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}

// stopped reports whether s ends as a sentence does.
func stopped(s string) bool {
	s = strings.TrimRight(s, "\"'”’»›」』)]*_")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？।", last)
}

// wide reports whether r belongs to a script that is written without spaces.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || 0x3000 <= r && r <= 0x303F || 0xFF00 <= r && r <= 0xFF60
}
