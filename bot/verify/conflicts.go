package verify

import (
	"slices"

	"pilcrow/corpus/text"
)

// conflicts holds when a claim that says nearly what one line says agrees with
// it in every figure, name and "not". Where the two part, they are compared
// piece by piece. Of several such lines it is enough that one agrees.
func conflicts(e *evidence, c *claim) []finding {
	var out []finding
	for _, p := range e.twins {
		l := &e.lines[p.at]
		src := e.pages[e.of[p.at]].Text
		found := append(ranksDiffer(c, l), p.swapped(c)...)
		found = append(found, p.unitsDiffer(c, l, src)...)
		for _, g := range p.gaps() {
			found = append(found, p.figuresDiffer(c, l, src, g)...)
			found = append(found, p.namesDiffer(c, l, g)...)
			found = append(found, denialsDiffer(c, l, g)...)
			found = append(found, directionsDiffer(c, l, g)...)
			found = append(found, p.wordsDiffer(c, src, g)...)
		}
		if p.reversed(c, l) || e.outright(c) {
			for i := range found {
				if found[i].Reason == Negated {
					found[i].risk = reversed
				}
			}
		}
		if len(found) == 0 {
			return nil
		}
		out = append(out, found...)
	}
	return out
}

// ranksDiffer compares the numbers that two list items begin with.
func ranksDiffer(c *claim, l *line) []finding {
	a, b := c.words[0], l.words[0]
	if a.skipped && short(a.fold) && short(b.fold) && a.fold != b.fold {
		return []finding{{Reason: RankDiffers, about: a.fold + ", source has " + b.fold}}
	}
	return nil
}

// unitsDiffer compares the units of figures that are the same word: "£5" and
// "$5", "5%" and "5 points".
func (p *pairing) unitsDiffer(c *claim, l *line, src string) []finding {
	var out []finding
	for _, n := range c.numbers {
		j := p.to[n.first]
		if j < 0 || l.words[j].number < 0 {
			continue
		}
		if m := l.numbers[l.words[j].number]; strange(n.Number, m.Number) {
			out = append(out, finding{Reason: NumberDiffers, about: n.Of(c.text) + ", source has " + m.Of(src)})
		}
	}
	return out
}

// figuresDiffer compares the figures and calendar names of a gap.
func (p *pairing) figuresDiffer(c *claim, l *line, src string, g gap) []finding {
	var out []finding
	for _, n := range c.numbers {
		if n.last < g.from || n.first >= g.to {
			continue
		}
		if year, ok := c.longYear(n); ok && slices.ContainsFunc(l.numbers, func(m number) bool { return m.Value == year }) {
			continue // "2018–19" is "2018–2019"
		}
		var other *number // the figure that stands in its place
		same := false
		for i, m := range l.numbers {
			if p.used(m.first, m.last) {
				continue
			}
			same = same || agree(n.exact(), m.exact())
			if other == nil && m.last >= g.sfrom && m.first < g.sto {
				other = &l.numbers[i]
			}
		}
		if !same && other != nil {
			out = append(out, finding{Reason: NumberDiffers, about: n.Of(c.text) + ", source has " + other.Of(src)})
		}
	}
	for i := g.from; i < g.to; i++ {
		if !calendar(c.words[i].fold) {
			continue
		}
		for j := g.sfrom; j < g.sto; j++ {
			if calendar(l.words[j].fold) && !sameDay(c.words[i].fold, l.words[j].fold) {
				out = append(out, finding{Reason: DateDiffers, about: c.words[i].Of(c.text) + ", source has " + l.words[j].Of(src)})
			}
		}
	}
	return out
}

// exact returns n without its "more than": in the same sentence that widens
// nothing.
func (n number) exact() text.Number {
	n.Bound = text.Exactly
	return n.Number
}

// namesDiffer compares the names of a gap.
func (p *pairing) namesDiffer(c *claim, l *line, g gap) []finding {
	var out []finding
	for _, n := range c.names {
		if n.last < g.from || n.first >= g.to {
			continue
		}
		missing := false
		for _, w := range c.words[max(n.first, g.from):min(n.last+1, g.to)] {
			missing = missing || w.stem != "" && !p.spare(w.stem)
		}
		if !missing {
			continue
		}
		var other string
		same := false
		for _, m := range l.names {
			if p.used(m.first, m.last) {
				continue
			}
			same = same || text.SameName(n.text, m.text)
			if other == "" && m.last >= g.sfrom && m.first < g.sto {
				other = m.text
			}
		}
		if !same && other != "" {
			out = append(out, finding{Reason: NameDiffers, about: n.text + ", source has " + other})
		}
	}
	return out
}

// used reports whether all of the words first … last of the source have a
// partner.
func (p *pairing) used(first, last int) bool {
	for j := first; j <= last; j++ {
		if !p.taken[j] {
			return false
		}
	}
	return true
}

// spare reports whether the source has a word of this stem without a partner.
func (p *pairing) spare(stem string) bool {
	for j, w := range p.source {
		if w.stem == stem && !p.taken[j] {
			return true
		}
	}
	return false
}

// denialsDiffer compares how often the two sides of a gap deny. A "refuse" or
// "prevent" counts where both sentences have what is refused.
func denialsDiffer(c *claim, l *line, g gap) []finding {
	count := func(words []word, from, to int) (n int) {
		for i := from; i < to; i++ {
			switch w := words[i]; {
			case w.denies && !mild(words[:to], i):
				n++
			case refuses(w.fold):
				next := i + 1
				for next < to && words[next].stem == "" {
					next++
				}
				if next == to {
					n++
				}
			}
		}
		return n
	}
	if count(c.words, g.from, g.to)%2 == count(l.words, g.sfrom, g.sto)%2 {
		return nil
	}
	return []finding{{Reason: Negated}}
}

// reversed reports whether the claim is what the line says but for a "not" that
// only one of them has: no other word says it in another way, as "prevent" does.
func (p *pairing) reversed(c *claim, l *line) bool {
	ours, theirs, bare := 0, 0, false
	for _, g := range p.gaps() {
		cs, ls := c.words[g.from:g.to], l.words[g.sfrom:g.sto]
		n, plain := plainDenials(cs)
		m, alike := plainDenials(ls)
		if !plain || !alike {
			return false
		}
		ours, theirs = ours+n, theirs+m
		bare = bare || n%2 != m%2 && !slices.ContainsFunc(slices.Concat(cs, ls), func(w word) bool { return w.stem != "" && !w.denies })
	}
	return bare && ours%2 != theirs%2
}

// directionsDiffer compares the words of a gap that have an opposite.
func directionsDiffer(c *claim, l *line, g gap) []finding {
	for _, w := range c.words[g.from:g.to] {
		for _, v := range l.words[g.sfrom:g.sto] {
			if converses()[w.fold][v.fold] {
				return []finding{{Reason: Opposite, about: w.fold + ", source has " + v.fold}}
			}
		}
	}
	return nil
}

// wordsDiffer compares the other words of a gap of a sentence that is all but
// the same: a word of content that stands where another does was changed.
func (p *pairing) wordsDiffer(c *claim, src string, g gap) []finding {
	if !p.same() {
		return nil
	}
	for _, w := range c.words[g.from:g.to] {
		if !w.content() || w.number >= 0 || w.name >= 0 || calendar(w.fold) || p.spare(w.stem) {
			continue
		}
		for _, v := range p.source[g.sfrom:g.sto] {
			if v.content() && v.number < 0 && !kin(w.stem, v.stem) {
				return []finding{{Reason: WordDiffers, about: w.fold + ", source has " + v.Of(src)}}
			}
		}
	}
	return nil
}
