package verify

import "slices"

// near is how many words of content on each side of a name say what it does.
const near = 3

// roles holds when no line that speaks of the claim puts another name where
// the claim puts this one: beside two of the same words of content.
func roles(e *evidence, c *claim) []finding {
	if len(e.twins) > 0 {
		return nil // conflicts compares them word by word
	}
	var out []finding
	for _, n := range c.names {
		if rival, ok := e.rival(c, n); ok {
			out = append(out, finding{Reason: NameSwapped, about: n.text + ", source has " + rival})
		}
	}
	for _, n := range c.numbers {
		if rival, ok := e.rivalFigure(c, n); ok {
			out = append(out, finding{Reason: NumberSwapped, about: n.Of(c.text) + ", source has " + rival})
		}
	}
	return out
}

// rivalFigure returns the figure of its kind that stands in the evidence beside
// what the claim puts n beside, where n never does.
func (e *evidence) rivalFigure(c *claim, n number) (string, bool) {
	beside := bonds(c.words, n)
	if len(beside) == 0 || n.weak() {
		return "", false
	}
	rival := ""
	for _, at := range e.held {
		l := &e.lines[at]
		for _, m := range l.numbers {
			if m.Kind != n.Kind || !slices.ContainsFunc(bonds(l.words, m), func(b string) bool { return slices.Contains(beside, b) }) {
				continue
			}
			if agree(n.Number, m.Number) {
				return "", false
			}
			if !slices.ContainsFunc(c.numbers, func(k number) bool { return agree(k.Number, m.Number) }) {
				rival = m.Of(e.pages[e.of[at]].Text)
			}
		}
	}
	return rival, rival != ""
}

// bonds names what ties a figure to its sentence: the word counted, the month
// beside it, the "since" before it.
func bonds(words []word, n number) []string {
	var out []string
	for i := n.last + 1; i <= n.last+2 && i < len(words); i++ {
		if words[i].content() && words[i].number < 0 {
			out = append(out, "counts "+words[i].stem)
			break
		}
	}
	for _, i := range []int{n.first - 1, n.last + 1} {
		if i < 0 || i >= len(words) {
			continue
		}
		switch f := words[i].fold; {
		case f == "may" || f == "march" || month(f) != "":
			out = append(out, "month "+f)
		case i < n.first && (f == "since" || f == "until" || f == "aged" || f == "age" || f == "part" || f == "no" || f == "number" || f == "position"):
			out = append(out, f)
		}
	}
	return out
}

// rival returns the name that stands in the source where c has n: beside two
// of the same words of content, or beside one if n itself stands only in a
// place that says less of the claim.
func (e *evidence) rival(c *claim, n name) (string, bool) {
	before, after := around(c.words, n)
	rival, most := "", 0
	for _, at := range e.anchors {
		l := &e.lines[at]
		if e.namedIn(c, n, l) {
			return rival, most > 0
		}
		for _, m := range l.names {
			if slices.ContainsFunc(l.words[m.first:m.last+1], func(w word) bool { return w.number >= 0 }) {
				continue // "Fifty" has its capital from where it stands
			}
			own := line{words: l.words[m.first : m.last+1], names: []name{m}}
			if slices.ContainsFunc(c.names, func(n name) bool { return e.namedIn(c, n, &own) }) {
				continue
			}
			b, a := around(l.words, m)
			if k := e.shared(before, b) + e.shared(after, a); k > most {
				rival, most = m.text, k
			}
		}
	}
	return rival, most > 1
}

// around returns the stems of the nearest words of content before and after n.
func around(words []word, n name) (before, after []string) {
	for i := n.first - 1; i >= 0 && len(before) < near; i-- {
		if words[i].content() {
			before = append(before, words[i].stem)
		}
	}
	for i := n.last + 1; i < len(words) && len(after) < near; i++ {
		if words[i].content() {
			after = append(after, words[i].stem)
		}
	}
	return before, after
}

// shared counts the stems of a claim that b, of a line, has too.
func (e *evidence) shared(a, b []string) int {
	n := 0
	for _, stem := range a {
		if stem, _ = e.words.find(stem); slices.Contains(b, stem) {
			n++
		}
	}
	return n
}
