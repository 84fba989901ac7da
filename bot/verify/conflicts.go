package verify

import (
	"slices"

	"pilcrow/corpus/text"
)

// conflicts holds when a claim that says nearly what one line says agrees with
// it in every figure, name and "not". Where the two part, they are compared
// piece by piece.
func conflicts(e *evidence, c *claim) []finding {
	var out []finding
	for _, at := range e.anchors {
		l := &e.Source.lines[at]
		p := align(c.words, l.words)
		if p == nil || !p.close() {
			continue
		}
		src := e.pages[e.of[at]].Text
		var found []finding
		for _, g := range p.gaps() {
			found = append(found, figuresDiffer(c, l, src, g)...)
			found = append(found, namesDiffer(c, l, src, g)...)
			found = append(found, denialsDiffer(c, l, g)...)
		}
		if len(found) == 0 {
			return nil // one line says it word for word
		}
		out = append(out, found...)
	}
	return out
}

// figuresDiffer compares the figures and calendar names of a gap.
func figuresDiffer(c *claim, l *line, src string, g gap) []finding {
	var out []finding
	for _, n := range c.numbers {
		if n.first < g.from || n.last >= g.to {
			continue
		}
		if slices.ContainsFunc(l.numbers, func(m number) bool { return text.SameNumber(n.Number, m.Number) }) {
			continue
		}
		for _, m := range l.numbers {
			if m.first >= g.sfrom && m.last < g.sto {
				out = append(out, finding{Reason: NumberDiffers, about: n.Of(c.text) + ", source has " + m.Of(src)})
				break
			}
		}
	}
	for i := g.from; i < g.to; i++ {
		if !calendar(c.words[i].fold) {
			continue
		}
		for j := g.sfrom; j < g.sto; j++ {
			if calendar(l.words[j].fold) && l.words[j].fold != c.words[i].fold && (month(l.words[j].fold) == "" || month(l.words[j].fold) != month(c.words[i].fold)) {
				out = append(out, finding{Reason: DateDiffers, about: c.words[i].Of(c.text) + ", source has " + l.words[j].Of(src)})
			}
		}
	}
	return out
}

// namesDiffer compares the names of a gap.
func namesDiffer(c *claim, l *line, src string, g gap) []finding {
	var out []finding
	for k, n := range c.names {
		if n.last < g.from || n.first >= g.to {
			continue
		}
		missing := false
		for i := max(n.first, g.from); i <= min(n.last, g.to-1); i++ {
			w := c.words[i]
			if w.stem != "" && !slices.ContainsFunc(l.words, func(v word) bool { return v.stem == w.stem }) {
				missing = true
			}
		}
		if !missing || slices.ContainsFunc(l.names, func(m name) bool { return text.SameName(n.text, m.text) }) {
			continue
		}
		for _, m := range l.names {
			if m.last >= g.sfrom && m.first < g.sto {
				out = append(out, finding{Reason: NameDiffers, about: c.names[k].text + ", source has " + m.text})
				break
			}
		}
	}
	return out
}

// denialsDiffer compares how often the two sides of a gap deny.
func denialsDiffer(c *claim, l *line, g gap) []finding {
	count := func(words []word) (n int) {
		for i, w := range words {
			if w.denies && !mild(words, i) || refuses(w.fold) {
				n++
			}
		}
		return n
	}
	if !g.inner {
		if count(c.words[g.from:g.to]) == 0 {
			return nil
		}
		g.sfrom, g.sto = max(0, g.sfrom-2), min(len(l.words), g.sto+2)
	}
	if count(c.words[g.from:g.to])%2 != count(l.words[g.sfrom:g.sto])%2 {
		return []finding{{Reason: Negated}}
	}
	return nil
}
