package bot

import (
	"strings"

	"pilcrow/retrieval"
)

// vote weighs each value by the sentences it stands in: the best of each
// article votes, by the square of its relevance. It returns the largest weight
// with them.
func vote(all []candidate, ev *retrieval.Evidence) (map[string]float64, float64) {
	type ballot struct{ value, article string }
	cast := make(map[ballot]float64)
	votes := make(map[string]float64)
	most := 0.0
	for i := range all {
		c := &all[i]
		rel := c.best(nil)
		for _, v := range c.values {
			b := ballot{v.key, ev.Hits[c.hit].Article.ID}
			if w := v.weight * rel * rel; w > cast[b] {
				votes[v.key] += w - cast[b]
				cast[b] = w
			}
		}
	}
	surnames(votes)
	for _, w := range votes {
		most = max(most, w)
	}
	return votes, most
}

// surnames gives a name of two or three words the votes of its last one too,
// which alone tells the same.
func surnames(votes map[string]float64) {
	single := make(map[string]float64)
	for key, w := range votes {
		if strings.Count(key, " ") == 1 {
			single[key] = w
		}
	}
	for key := range votes {
		if words := strings.SplitAfter(key, " "); len(words) == 3 || len(words) == 4 { // the last is empty
			votes[key] += single[words[len(words)-2]]
		}
	}
}
