package bm25

// Passages scores every passage of the set by BM25, as Top does. The result is
// indexed by Doc; what is not in the set has 0.
func (q *Query) Passages(s *Set) []float32 {
	d := q.v.data
	score := make([]float32, len(d.passages))
	for _, t := range q.terms {
		h := &d.held[t.id]
		f := &d.fields[d.terms[t.id].field]
		w := float32(t.inPassage * (passageK1 + 1))
		fixed, slope := norm(passageK1, passageB, f.passages)
		for _, p := range h.passages {
			if s.in[d.passages[p.doc].article] {
				score[p.doc] += w * p.tf / (p.tf + fixed + slope*d.length[p.doc])
			}
		}
	}
	return score
}

// Rarity returns, for every passage and every article of the set, the rarity
// of the query's terms that it holds, added up: what it covers of the query,
// however often. The results are indexed by Doc and by article number.
func (q *Query) Rarity(s *Set) (passages, articles []float32) {
	d := q.v.data
	passages = make([]float32, len(d.passages))
	articles = make([]float32, len(d.articles))
	for _, t := range q.terms {
		h := &d.held[t.id]
		for _, p := range h.passages {
			if s.in[d.passages[p.doc].article] {
				passages[p.doc] += float32(t.inPassage)
			}
		}
		for _, p := range h.articles {
			if s.in[p.doc] {
				articles[p.doc] += float32(t.inPassage)
			}
		}
	}
	return passages, articles
}

// WindowRarity returns, for each passage, the rarity of the query's terms that
// its header and two sentences in a row hold, of those two that hold most.
func (q *Query) WindowRarity(docs []Doc) []float64 {
	d := q.v.data
	rarity := make(map[uint32]float64, len(q.terms))
	for _, t := range q.terms {
		rarity[t.id] = t.inPassage
	}
	out := make([]float64, len(docs))
	seen := make(map[uint32]bool, len(q.terms))
	for i, doc := range docs {
		e := &d.passages[doc]
		for from, to := range e.windows {
			clear(seen)
			sum := 0.0
			for _, stretch := range [][]uint32{e.terms[:e.ends[0]], e.terms[from:to]} {
				for _, t := range stretch {
					if r := rarity[t]; r > 0 && !seen[t] {
						seen[t] = true
						sum += r
					}
				}
			}
			out[i] = max(out[i], sum)
		}
	}
	return out
}
