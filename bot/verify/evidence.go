package verify

import (
	"slices"
	"sort"
)

// evidence is the part of a source that speaks of what a claim speaks of: a
// few lines, each with its neighbours.
type evidence struct {
	*Source
	anchors []int // lines that say most of the claim, best first
	lines   []int // the anchors and their neighbours, ascending
	stems   map[string]bool
	weight  float64 // share of the claim's weight found in lines
	all     float64 // share found in the whole source
	missing float64 // weight found nowhere
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

// gather picks the lines of s that say most of c. Names weigh half here: a
// false name must not lead to the place where it stands.
func (s *Source) gather(c *claim) *evidence {
	e := &evidence{Source: s, stems: map[string]bool{}}
	score := make([]float64, len(s.lines))
	open := map[string]float64{} // stems of the claim as they stand in s, not yet found
	for _, w := range c.words {
		if w.stem == "" {
			continue
		}
		stem, found := s.words.find(w.stem)
		if !found {
			continue
		}
		weight := w.weight
		if w.name >= 0 {
			weight /= 2
		}
		open[stem] = max(open[stem], weight)
	}
	for stem, weight := range open {
		for _, at := range s.posts[stem] {
			score[at] += weight
		}
	}
	taken := map[int]bool{}
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
		for i := max(0, best-1); i <= min(best+1, len(s.lines)-1); i++ {
			if taken[i] || s.of[i] != s.of[best] && !s.together(s.of[i], s.of[best]) {
				continue
			}
			taken[i] = true
			e.lines = append(e.lines, i)
			for _, w := range s.lines[i].words {
				if w.stem == "" {
					continue
				}
				e.stems[w.stem] = true
				if weight, ok := open[w.stem]; ok {
					delete(open, w.stem)
					for _, at := range s.posts[w.stem] {
						score[at] -= weight
					}
				}
			}
		}
		score[best] = 0
	}
	sort.Ints(e.lines)
	e.measure(c)
	for _, at := range e.anchors {
		if p := align(c.words, s.lines[at].words); p != nil && p.close() {
			e.twins = append(e.twins, twin{p, at})
		}
	}
	return e
}

// together reports whether two passages belong to one article.
func (s *Source) together(a, b int) bool {
	return s.pages[a].Group == s.pages[b].Group
}

// measure sums up what is found of c.
func (e *evidence) measure(c *claim) {
	seen := map[string]bool{}
	for _, w := range c.words {
		if w.stem == "" || seen[w.stem] {
			continue
		}
		seen[w.stem] = true
		stem, found := e.words.find(w.stem)
		if !found {
			e.missing += w.weight
			continue
		}
		e.all += w.weight
		if e.stems[stem] {
			e.weight += w.weight
		}
	}
	if c.weight > 0 {
		e.weight, e.all = e.weight/c.weight, e.all/c.weight
	} else {
		e.weight, e.all = 1, 1
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

// holds reports whether line i is part of the evidence.
func (e *evidence) holds(i int) bool {
	_, found := slices.BinarySearch(e.lines, i)
	return found
}
