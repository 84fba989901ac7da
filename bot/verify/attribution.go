package verify

import (
	"slices"
	"strconv"
)

// wrongPassage is how much more of a claim, in share of its weight, another
// passage must hold than the one named. A claim drawn from two passages leaves
// smaller gaps.
const wrongPassage = .3

// attributed holds when each passage that a claim names itself, "(passage 2)",
// says about as much of it as any other.
func attributed(e *evidence, c *claim) []finding {
	if len(c.refs) == 0 || len(e.pages) < 2 {
		return nil
	}
	score := make([]float64, len(e.pages))
	for i := range e.pages {
		score[i] = e.within(i, c)
	}
	best := slices.Max(score)
	var out []finding
	for _, r := range c.refs {
		if r < 0 || r >= len(e.pages) || best-score[r] >= wrongPassage {
			out = append(out, finding{Reason: WrongPassage, about: strconv.Itoa(r + 1)})
		}
	}
	return out
}

// within returns which share of c stands in the best window of passage i.
func (s *Source) within(i int, c *claim) float64 {
	if c.weight == 0 {
		return 1
	}
	best := 0.0
	lines := s.pages[i].lines
	for k := range lines {
		window := lines[k:min(k+windowLines, len(lines))]
		sum := 0.0
		seen := make(map[string]bool, len(c.words))
		for _, w := range c.words {
			if w.stem == "" || seen[w.stem] {
				continue
			}
			seen[w.stem] = true
			stem, _ := s.words.find(w.stem)
			if slices.ContainsFunc(window, func(l line) bool { return l.has(stem) }) {
				sum += w.weight
			}
		}
		best = max(best, sum/c.weight)
	}
	return best
}
