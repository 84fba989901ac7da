package bot

import (
	"strings"

	"pilcrow/retrieval"
)

// vote weighs each value for a clause that wants it by the sentences it stands
// in: the best of each article votes, by the square of its relevance to the
// clause. It returns the largest weight with them.
func vote(all []candidate, clause int, want wanted, ev *retrieval.Evidence) (votes map[meaning]float64, most float64) {
	type ballot struct {
		value   meaning
		article string
	}
	cast := make(map[ballot]float64)
	votes = make(map[meaning]float64)
	for i := range all {
		c := &all[i]
		for _, v := range c.values {
			if v.of != want {
				continue
			}
			rel := c.relevance[clause]
			b := ballot{v.meaning, ev.Hits[c.hit].Article.ID}
			if w := v.weight * rel * rel; w > cast[b] {
				votes[v.meaning] += w - cast[b]
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
func surnames(votes map[meaning]float64) {
	single := make(map[meaning]float64)
	for v, w := range votes {
		if strings.Count(v.key, " ") == 1 {
			single[v] = w
		}
	}
	for v := range votes {
		if words := strings.SplitAfter(v.key, " "); len(words) == 3 || len(words) == 4 { // the last is empty
			votes[v] += single[meaning{v.of, words[len(words)-2]}]
		}
	}
}
