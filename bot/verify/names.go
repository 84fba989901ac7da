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
		case e.misnamed(c, n):
			out = append(out, finding{Reason: NameAbsent, about: n.text, risk: invented})
		case c.listed(n), c.askedFor(n), e.named(c, n), e.topical(c, n), e.unrivalled(c, n):
		case e.known(c, n):
			out = append(out, finding{Reason: NameElsewhere, about: n.text})
		default:
			f := finding{Reason: NameAbsent, about: n.text}
			if e.unheard(c, n) {
				f.risk = invented
			}
			out = append(out, f)
		}
	}
	return out
}

// listed reports whether the name is one word that opens a list item, and may
// have its capital from there: "1. Choose a jar."
func (c *claim) listed(n name) bool {
	return n.first == n.last && n.first > 0 && c.words[n.first-1].skipped && n.first == c.opening()
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
	return slices.ContainsFunc(e.held, func(at int) bool { return e.namedIn(c, n, &e.lines[at]) })
}

// namedIn reports whether l holds the name: half of its words as parts of names,
// or a name that stands for the same. A word that opens the claim may have its
// capital from there, and is looked for anywhere.
func (e *evidence) namedIn(c *claim, n name, l *line) bool {
	opens := n.first == n.last && c.opening() == n.first
	words, found := 0, 0
	for _, w := range c.words[n.first : n.last+1] {
		if w.stem == "" {
			continue
		}
		words++
		stem, _ := e.words.find(w.stem)
		if slices.ContainsFunc(l.words, func(v word) bool { return v.stem == stem && (v.name >= 0 || opens) }) {
			found++
		}
	}
	return 2*found >= words && found > 0 || slices.ContainsFunc(l.names, func(m name) bool { return text.SameName(n.text, m.text) })
}

// opening returns the first word of the claim that was not skipped.
func (c *claim) opening() int {
	return slices.IndexFunc(c.words, func(w word) bool { return !w.skipped })
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

// unheard reports whether most words of a name of several, the last among them,
// stand neither in the source nor in the question: nobody there is called so.
func (e *evidence) unheard(c *claim, n name) bool {
	words, strange, last := 0, 0, false
	for _, w := range c.words[n.first : n.last+1] {
		if w.stem == "" {
			continue
		}
		words++
		if last = e.strange(c, w); last {
			strange++
		}
	}
	return last && strange > 1 && 2*strange > words
}

// strange reports whether a word stands neither in the source nor in the
// question.
func (e *evidence) strange(c *claim, w word) bool {
	_, found := e.words.find(w.stem)
	return !found && !c.asked[w.stem]
}

// misnamed reports whether the source gives the first word of a name of two
// another second word: "Ann Bell" where it has "Ann Hart" and no Bell.
func (e *evidence) misnamed(c *claim, n name) bool {
	if n.last != n.first+1 || c.words[n.first].stem == "" || !e.strange(c, c.words[n.last]) {
		return false
	}
	for _, at := range e.held {
		l := &e.lines[at]
		for _, m := range l.names {
			if m.last == m.first+1 && l.words[m.first].stem == c.words[n.first].stem {
				return true
			}
		}
	}
	return false
}

// topical reports whether the name is among those that the source speaks of
// throughout, so that a sentence may call it "he" or "the company": whether it
// is named more than once, and in half as many lines as the one named most.
func (e *evidence) topical(c *claim, n name) bool {
	for _, w := range c.words[n.first : n.last+1] {
		if w.stem == "" {
			continue
		}
		stem, found := e.words.find(w.stem)
		if m := e.mentions[stem]; !found || m < 2 || 2*m < e.top {
			return false
		}
	}
	return true
}

// surrounding is how many lines from the evidence an unrivalled name may stand.
// So 3 % more of supported claims pass and 2 % of those with a false name (WiCE);
// farther off, only the second grows.
const surrounding = 3

// unrivalled reports whether the name stands a few lines from the evidence,
// whose best line has no name that the claim has not: a false name has taken the
// place of a true one.
func (e *evidence) unrivalled(c *claim, n name) bool {
	if len(e.anchors) == 0 || e.stranger(c, &e.lines[e.anchors[0]]) {
		return false
	}
	for _, at := range e.held {
		for i := max(0, at-surrounding); i <= min(at+surrounding, len(e.lines)-1); i++ {
			if e.together(i, at) && e.namedIn(c, n, &e.lines[i]) {
				return true
			}
		}
	}
	return false
}

// stranger reports whether l has a name that c has not.
func (e *evidence) stranger(c *claim, l *line) bool {
	return slices.ContainsFunc(l.names, func(m name) bool {
		own := line{words: l.words[m.first : m.last+1], names: []name{m}}
		return !slices.ContainsFunc(c.names, func(n name) bool { return e.namedIn(c, n, &own) })
	})
}
