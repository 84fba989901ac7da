package verify

import "slices"

// evidence is the part of a source that speaks of what a claim speaks of: a
// few lines, each with its neighbours.
type evidence struct {
	*Source
	anchors []int // lines that say most of the claim, best first
	held    []int // the anchors and their neighbours, ascending
	stems   map[string]bool
	share   float64 // of the claim's weight that these lines hold
	twins   []twin  // anchors that say nearly the same in the same words
}

// twin is a line of the evidence and how the claim lies beside it.
type twin struct {
	*pairing
	at int
}

// maxAnchors is how many places a claim may be put together from: sentences of
// an encyclopedia that are supported at all take one to three (WiCE).
const maxAnchors = 3

// falseNameWeight is what names count when evidence is gathered: so little that
// a false name of two words does not lead to the place where it stands. Of
// supported claims 60 % pass and of those with a false name 10 %; at .5, 61 and
// 13 (WiCE).
const falseNameWeight = .4

// gather picks the lines of s that say most of c.
func (s *Source) gather(c *claim) *evidence {
	e := &evidence{Source: s, stems: map[string]bool{}}
	terms := s.terms(c, falseNameWeight)
	score := s.rank(terms)
	for len(e.anchors) < maxAnchors && len(score) > 0 {
		best := 0
		for i, v := range score {
			if v > score[best] {
				best = i
			}
		}
		// A further place must add a word of content of its own.
		if score[best] <= 0 || len(e.anchors) > 0 && score[best] < 1 {
			break
		}
		e.anchors = append(e.anchors, best)
		e.take(best)
		score = s.left(terms, e.stems)
		for _, at := range e.anchors {
			score[at] = 0
		}
	}
	slices.Sort(e.held)
	e.measure(c)
	for _, at := range e.anchors {
		if p := align(c.words, s.lines[at].words); p != nil && p.close() {
			e.twins = append(e.twins, twin{p, at})
		}
	}
	return e
}

// take adds line at and its neighbours to the evidence.
func (e *evidence) take(at int) {
	for i := max(0, at-1); i <= min(at+1, len(e.lines)-1); i++ {
		if !e.together(i, at) || slices.Contains(e.held, i) {
			continue
		}
		e.held = append(e.held, i)
		for _, w := range e.lines[i].words {
			if w.stem != "" {
				e.stems[w.stem] = true
			}
		}
	}
}

// measure sums up what the evidence holds of c.
func (e *evidence) measure(c *claim) {
	if c.weight == 0 {
		e.share = 1
		return
	}
	seen := make(map[string]bool, len(c.words))
	for _, w := range c.words {
		if w.stem != "" && !seen[w.stem] {
			seen[w.stem] = true
			if e.has(w.stem) {
				e.share += w.weight / c.weight
			}
		}
	}
}

// has reports whether the evidence holds the stem, or another form of it.
func (e *evidence) has(stem string) bool {
	if e.stems[stem] {
		return true
	}
	other, _ := e.words.find(stem)
	return e.stems[other]
}
