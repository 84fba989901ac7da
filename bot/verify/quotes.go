package verify

import (
	"slices"
	"strings"

	"pilcrow/corpus/text"
)

// quotations holds when each quotation of three words or more stands in the
// source word for word, as people and papers are quoted.
func quotations(e *evidence, c *claim) []finding {
	var out []finding
	for _, q := range c.quotes {
		var words []string
		asked := true
		for _, w := range c.words {
			if q.Contains(w.Span) {
				words = append(words, w.fold)
				asked = asked && (w.stem == "" || c.asked[w.stem])
			}
		}
		if asked || len(words) < 3 || slices.ContainsFunc(e.pages, func(p *page) bool { return p.says(words) }) {
			continue
		}
		out = append(out, finding{Reason: QuoteAltered, about: q.Of(c.text)})
	}
	return out
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
	return text.Span{Start: p.spans[first].Start, End: p.spans[first+len(words)-1].End}, true
}
