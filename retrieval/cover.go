package retrieval

import (
	"context"
	"math"
	"slices"

	"pilcrow/retrieval/bm25"
)

// candidate is a passage that some lookup found.
type candidate struct {
	doc    bm25.Doc
	answer []float64 // by sheet: how likely it answers that lookup
	rows   []*row    // by sheet: nil where the lookup did not find it
}

// cover takes up to limit passages so that, together, they answer as many
// lookups as well as they can: each time the one that adds most to what is
// still needed (the greedy choice for coverage, as in Santos et al.,
// "Exploiting query reformulations for web search result diversification",
// 2010). What a passage adds only falls as others are taken, so hits come by
// falling score.
//
// A hit's score is the mean over the lookups of need · likelihood, back on the
// scale of the lookups' own scores: 1 is the best passage of every lookup.
func (s *search) cover(ctx context.Context, sheets []*sheet, limit int) ([]Hit, error) {
	p := &s.engine.params
	all := s.candidates(sheets)
	if err := s.readTellings(ctx, all); err != nil {
		return nil, err
	}
	need := make([]float64, len(sheets))
	for i := range need {
		need[i] = 1
	}
	var hits []Hit
	for len(hits) < limit && len(all) > 0 {
		best, gain, by := 0, 0.0, 0
		for i := range all {
			sum, most, which := 0.0, 0.0, 0
			for k, likely := range all[i].answer {
				if need[k]*likely > most {
					most, which = need[k]*likely, k
				}
				sum += need[k] * likely
			}
			if sum > gain {
				best, gain, by = i, sum, which
			}
		}
		if gain == 0 {
			break
		}
		c := all[best]
		all = slices.Delete(all, best, best+1)
		if err := s.tellOnce(ctx, c, hits); err != nil {
			return nil, err
		}
		h, ok, err := s.place(ctx, c.doc, sheets[by].near)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		h.Score = math.Pow(gain/float64(len(sheets)), 1/p.Sharp)
		h.Why = why(sheets[by], c.rows[by], h.Score, len(s.plan.Clauses))
		s.credit(c, need, sheets, len(hits))
		hits = append(hits, h)
		for k, likely := range c.answer {
			need[k] *= 1 - p.Met*likely
		}
	}
	for i := range hits {
		var err error
		if hits[i].Also, err = s.tellings(ctx, &hits[i]); err != nil {
			return nil, err
		}
	}
	return hits, nil
}

// candidates returns what the sheets found, each passage once, in the order of
// their names.
func (s *search) candidates(sheets []*sheet) []candidate {
	at := make(map[bm25.Doc]int)
	var out []candidate
	for k, sh := range sheets {
		for i := range sh.rows {
			r := &sh.rows[i]
			j, ok := at[r.doc]
			if !ok {
				j = len(out)
				at[r.doc] = j
				out = append(out, candidate{r.doc, make([]float64, len(sheets)), make([]*row, len(sheets))})
			}
			out[j].rows[k] = r
			out[j].answer[k] = math.Pow(r.score, s.engine.params.Sharp)
		}
	}
	slices.SortFunc(out, func(a, b candidate) int { return s.compare(a.doc, b.doc) })
	return out
}

// credit notes for which clauses a hit was taken: those that it answers at
// least half as well as the one it answers best.
func (s *search) credit(c candidate, need []float64, sheets []*sheet, hit int) {
	most := 0.0
	for k, likely := range c.answer {
		most = max(most, need[k]*likely)
	}
	for k, likely := range c.answer {
		clause := sheets[k].Clause
		if need[k]*likely >= most/2 && !slices.Contains(s.answers[clause], hit) {
			s.answers[clause] = append(s.answers[clause], hit)
		}
	}
}
