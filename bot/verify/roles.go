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
	return out
}

// rival returns the name that stands in the source where c has n.
func (e *evidence) rival(c *claim, n name) (string, bool) {
	before, after := around(c.words, n)
	for _, at := range e.anchors {
		l := &e.Source.lines[at]
		if e.namedIn(c, n, l) {
			return "", false
		}
		for _, m := range l.names {
			own := line{words: l.words[m.first : m.last+1], names: []name{m}}
			if slices.ContainsFunc(c.names, func(n name) bool { return e.namedIn(c, n, &own) }) {
				continue
			}
			b, a := around(l.words, m)
			if e.shared(before, b)+e.shared(after, a) >= 2 {
				return m.text, true
			}
		}
	}
	return "", false
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
