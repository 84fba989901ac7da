package verify

import (
	"slices"

	"pilcrow/corpus/text"
)

// names holds when each name of the claim stands in the evidence, whole or in
// part, or is what the source speaks of throughout.
func names(e *evidence, c *claim) []finding {
	var out []finding
	for _, n := range c.names {
		switch {
		case c.askedFor(n), e.named(c, n), e.topical(c, n):
		case e.known(c, n):
			out = append(out, finding{Reason: NameElsewhere, about: n.text})
		default:
			out = append(out, finding{Reason: NameAbsent, about: n.text})
		}
	}
	return out
}

// askedFor reports whether the name is the question's.
func (c *claim) askedFor(n name) bool {
	for _, w := range c.words[n.first : n.last+1] {
		if w.stem != "" && !c.asked[w.stem] {
			return false
		}
	}
	return true
}

// named reports whether one line of the evidence holds the name, or a name that
// stands for the same.
func (e *evidence) named(c *claim, n name) bool {
	return slices.ContainsFunc(e.lines, func(at int) bool { return e.namedIn(c, n, &e.Source.lines[at]) })
}

// namedIn reports whether l holds the name: each of its words as part of a
// name of its own, or a name that stands for the same.
func (e *evidence) namedIn(c *claim, n name, l *line) bool {
	whole := true
	for i := n.first; i <= n.last && whole; i++ {
		if c.words[i].stem == "" {
			continue
		}
		stem, _ := e.words.find(c.words[i].stem)
		whole = slices.ContainsFunc(l.words, func(w word) bool { return w.stem == stem && w.name >= 0 })
	}
	return whole || slices.ContainsFunc(l.names, func(m name) bool { return text.SameName(n.text, m.text) })
}

// known reports whether every word of the name stands somewhere in the source.
func (e *evidence) known(c *claim, n name) bool {
	for _, w := range c.words[n.first : n.last+1] {
		if w.stem != "" {
			if _, found := e.words.find(w.stem); !found {
				return false
			}
		}
	}
	return true
}

// topical reports whether the name is among those that the source speaks of
// throughout, so that a sentence may call it "he" or "the company": whether it
// is named in half as many lines as the one named most.
func (e *evidence) topical(c *claim, n name) bool {
	for _, w := range c.words[n.first : n.last+1] {
		if w.stem == "" {
			continue
		}
		stem, found := e.words.find(w.stem)
		if !found || 2*e.mentions[stem] < e.top {
			return false
		}
	}
	return true
}
