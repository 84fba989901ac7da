package verify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// quotations holds when each quotation of three words or more stands in the
// source word for word. A title in quotation marks is a name, and what the
// question quotes is not the answer's to prove.
func quotations(e *evidence, c *claim) []finding {
	var out []finding
	for _, q := range c.quotes {
		for _, part := range parts(q, c.text) {
			var words []string
			content, titled, asked := 0, 0, 0
			for _, w := range c.words {
				if !part.Contains(w.Span) {
					continue
				}
				words = append(words, w.fold)
				if w.stem == "" {
					continue
				}
				content++
				if r, _ := utf8.DecodeRuneInString(w.Of(c.text)); unicode.IsUpper(r) {
					titled++
				}
				if c.asked[w.stem] {
					asked++
				}
			}
			if len(words) < 3 || 2*titled > content || asked == content {
				continue
			}
			if !slices.ContainsFunc(e.pages, func(p *page) bool { return p.says(words) }) {
				out = append(out, finding{Reason: QuoteAltered, about: part.Of(c.text)})
			}
		}
	}
	return out
}

// parts cuts a quotation where it leaves words out: "[…]", "...".
func parts(q text.Span, s string) []text.Span {
	var out []text.Span
	start := q.Start
	for i := q.Start; i < q.End; {
		n := 0
		for _, mark := range []string{"[...]", "[…]", "...", "…", "["} {
			if strings.HasPrefix(s[i:q.End], mark) {
				n = len(mark)
				break
			}
		}
		if n == 0 {
			i++
			continue
		}
		out = append(out, text.Span{Start: start, End: i})
		i += n
		start = i
	}
	return append(out, text.Span{Start: start, End: q.End})
}

// says reports whether the page holds the folded words in this order, with
// nothing but punctuation between.
func (p *page) says(words []string) bool {
	_, ok := p.find(words)
	return ok
}

// find returns where the page says the folded words.
func (p *page) find(words []string) (text.Span, bool) {
	at := strings.Index(p.folded, " "+strings.Join(words, " ")+" ")
	if at < 0 {
		return text.Span{}, false
	}
	first := strings.Count(p.folded[:at], " ") // how many words stand before
	span := text.Span{Start: p.spans[first].Start, End: p.spans[first+len(words)-1].End}
	for _, l := range p.lines { // take in the quotation mark and full stop of a whole sentence
		if n := len(l.words); n > 0 && l.words[0].Start == span.Start {
			span.Start = l.Start
		}
		if n := len(l.words); n > 0 && l.words[n-1].End == span.End {
			span.End = l.End
		}
	}
	return span, true
}
