package verify

import (
	"strings"

	"pilcrow/corpus/text"
)

// items joins what is no sentence of its own with what follows: the number or
// bullet of a list item, cut off by its full stop. Lines without a word are
// left out.
func items(s string, lines []line) []line {
	var out []line
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		for i+1 < len(lines) && l.mark() && !strings.Contains(s[l.End:lines[i+1].Start], "\n") {
			l = merge(l, lines[i+1])
			i++
		}
		if len(l.words) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// mark reports whether l is nothing but the mark of a list item.
func (l *line) mark() bool {
	switch len(l.words) {
	case 0:
		return true
	case 1:
		return len(l.words[0].fold) == 1 || short(l.words[0].fold)
	case 2:
		return listed(l.words[0].fold) && short(l.words[1].fold)
	}
	return false
}

// merge returns lines that follow each other as one.
func merge(lines ...line) line {
	if len(lines) == 0 {
		return line{}
	}
	out := line{Span: text.Span{Start: lines[0].Start, End: lines[len(lines)-1].End}}
	for _, part := range lines {
		words, numbers, names := len(out.words), len(out.numbers), len(out.names)
		for _, w := range part.words {
			if w.number >= 0 {
				w.number += numbers
			}
			if w.name >= 0 {
				w.name += names
			}
			out.words = append(out.words, w)
		}
		for _, n := range part.numbers {
			n.first, n.last = n.first+words, n.last+words
			out.numbers = append(out.numbers, n)
		}
		for _, n := range part.names {
			n.first, n.last = n.first+words, n.last+words
			out.names = append(out.names, n)
		}
		out.quotes = append(out.quotes, part.quotes...)
	}
	out.weigh()
	return out
}
