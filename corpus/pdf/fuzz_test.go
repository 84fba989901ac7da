package pdf

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// Wherever characters stand on a page, joining them ends in clean paragraphs
// that lose no letter but those of repeated and numbering lines.
func FuzzParagraphs(f *testing.F) {
	f.Add("A line of words\x01and another-\x02one\x09with more.", int8(12), int8(60))
	f.Add("1. item\x01• item\x0112\x01 \x02\x02", int8(-3), int8(0))
	f.Fuzz(func(t *testing.T, s string, step, width int8) {
		b := builder{height: 800}
		x, y := 60.0, 700.0
		for _, r := range s {
			switch {
			case r == 1:
				x, y = 60, y-float64(step)
				b.add(glyph{r: '\n'})
				continue
			case r == '\t':
				b = builder{page: b.page + 1, height: 800, lines: b.done()}
			}
			b.add(glyph{r: r, left: x, right: x + float64(width)/10, top: y + 8, bottom: y - 2})
			x += float64(width) / 10
		}
		lines := b.done()
		bigText(lines)
		for _, p := range paragraphs(withoutFurniture(lines)) {
			if p != text.Clean(p) || p == "" || !utf8.ValidString(p) {
				t.Fatalf("paragraph is not clean: %q", p)
			}
		}
		letters := func(s string) int { return len(squash(s)) }
		var all strings.Builder
		for _, l := range lines {
			all.WriteString(l.text)
		}
		if got := letters(strings.Join(paragraphs(lines), " ")); got != letters(all.String()) {
			t.Fatalf("%d letters in lines, %d in paragraphs of %q", letters(all.String()), got, s)
		}
	})
}
