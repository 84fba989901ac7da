package verify

import "strings"

// claim is a sentence to be judged: its line, less what points at passages or
// leads in ("3.", "Based on the passages,", "(passage 2)").
type claim struct {
	line
	text  string          // what the spans of the line count in
	asked map[string]bool // stems of the question that it answers
	refs  []int           // passages that it names itself, counted from 0
	kind  Kind
	cut   bool // too long to be read whole
}

// newClaim makes a claim of l, a line of s that answers a question with the
// stems asked.
func newClaim(s string, l line, asked map[string]bool) *claim {
	c := &claim{line: l, text: s, asked: asked}
	c.words = append([]word(nil), l.words...)
	c.skipMarker()
	c.skipReferences()
	c.skipAnnouncement()
	c.weigh()
	c.kind = c.sort()
	return c
}

// skip takes words [first, last] out of the claim, with the figures and names
// that touch them.
func (c *claim) skip(first, last int) {
	outside := func(a, b int) bool { return b < first || a > last }
	numbers, names := c.numbers, c.names
	c.numbers, c.names = nil, nil
	for i := range c.words {
		c.words[i].number, c.words[i].name = -1, -1
		if first <= i && i <= last {
			c.words[i].stem, c.words[i].weight, c.words[i].skipped = "", 0, true
		}
	}
	for _, n := range numbers {
		if outside(n.first, n.last) {
			for i := n.first; i <= n.last; i++ {
				c.words[i].number = len(c.numbers)
			}
			c.numbers = append(c.numbers, n)
		}
	}
	for _, n := range names {
		if outside(n.first, n.last) {
			for i := n.first; i <= n.last; i++ {
				c.words[i].name = len(c.names)
			}
			c.names = append(c.names, n)
		}
	}
}

// skipMarker takes off the number of a list item or step: "3.", "(3)",
// "Step 3:", and numbers that count the steps of the list: "repeat steps 4-6".
func (c *claim) skipMarker() {
	for i, w := range c.words {
		if !listed(w.fold) {
			continue
		}
		last := i
		for j := i + 1; j < len(c.words) && (short(c.words[j].fold) || c.words[j].fold == "and" || c.words[j].fold == "to"); j++ {
			if short(c.words[j].fold) {
				last = j
			}
		}
		if last > i {
			c.skip(i, last)
		}
	}
	if len(c.words) == 0 || !short(c.words[0].fold) {
		return
	}
	rest := c.text[c.words[0].End:c.End]
	if rest == "" || rest == "." || strings.HasPrefix(rest, ". ") || rest[0] == ')' || strings.HasPrefix(rest, ": ") {
		c.skip(0, 0)
	}
}

// listed reports whether fold is a word that numbers of a list go with.
func listed(fold string) bool {
	switch fold {
	case "step", "steps", "option", "item", "items", "point", "points", "question":
		return true
	}
	return false
}

// short reports whether fold is a number of one or two digits.
func short(fold string) bool {
	if len(fold) == 0 || len(fold) > 2 {
		return false
	}
	for _, r := range fold {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// skipReferences takes out what points at passages, "based on the given
// passages", "passages 1 and 3", and notes which ones.
func (c *claim) skipReferences() {
	for i := 0; i < len(c.words); i++ {
		if !document(c.words[i].fold) {
			continue
		}
		first, last := i, i
		for j := i + 1; j < len(c.words); j++ {
			if c.text[c.words[j].End-len(c.words[j].fold)-1] == ':' {
				last = j // "passage 2:1", the first line of passage 2
			} else if short(c.words[j].fold) {
				c.refs = append(c.refs, atoi(c.words[j].fold)-1)
				last = j
			} else if f := c.words[j].fold; f != "and" && f != "to" && f != "or" && !document(f) {
				break
			}
		}
		for first > 0 && pointer(c.words[first-1].fold) {
			first--
		}
		if first == last {
			continue // "an article", "source": a word like any other
		}
		if last+1 < len(c.words) && (c.words[last+1].fold == "provided" || c.words[last+1].fold == "given" || c.words[last+1].fold == "above") {
			last++
		}
		for first > 0 && lead(c.words[first-1].fold) {
			first--
		}
		c.skip(first, last)
		i = last
	}
}

func atoi(digits string) (n int) {
	for _, r := range digits {
		n = 10*n + int(r-'0')
	}
	return n
}

// document reports whether fold is a word for what an answerer was given.
func document(fold string) bool {
	switch fold {
	case "passage", "passages", "text", "texts", "document", "documents", "article", "articles",
		"excerpt", "excerpts", "source", "sources", "paragraph", "paragraphs", "context":
		return true
	}
	return false
}

// pointer reports whether fold, before a document, makes it one at hand.
func pointer(fold string) bool {
	switch fold {
	case "the", "these", "this", "those", "given", "provided", "above", "following", "information",
		"from", "in", "retrieved", "supplied", "all", "both", "any", "of", "none", "each", "by":
		return true
	}
	return false
}

// lead reports whether fold leads in to a document: "according to".
func lead(fold string) bool {
	switch fold {
	case "based", "on", "according", "to", "as", "mentioned", "stated", "described", "per", "noted", "see", "explained", "suggested", "provided":
		return true
	}
	return false
}

// skipAnnouncement takes off what announces an answer before a colon: "the
// answer to the question … is:", "here are the steps:".
func (c *claim) skipAnnouncement() {
	for i := 0; i+1 < len(c.words); i++ {
		between := c.text[c.words[i].End:c.words[i+1].Start]
		if !strings.Contains(between, ":") {
			continue
		}
		for j := 0; j <= i; j++ {
			if f := c.words[j].fold; f == "answer" || f == "answers" || f == "note" {
				c.skip(0, i)
				return
			}
		}
		return
	}
}

// one reads sentence as a single claim, however many sentences it is, up to
// maxLine words.
func (s *Source) one(sentence string, asked map[string]bool) *claim {
	lines := read(s.lang, sentence)
	n, words := 0, 0
	for n < len(lines) && words+len(lines[n].words) <= maxLine {
		words += len(lines[n].words)
		n++
	}
	c := newClaim(sentence, merge(lines[:n]...), asked)
	c.cut = n < len(lines)
	return c
}

// asked returns the stems of a question.
func (s *Source) asked(question string) map[string]bool {
	set := map[string]bool{}
	for _, l := range read(s.lang, question) {
		for _, w := range l.words {
			if w.stem != "" {
				set[w.stem] = true
			}
		}
	}
	return set
}
