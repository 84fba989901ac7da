package bm25

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
				passages[p.doc] += float32(t.rarity)
			}
		}
		for _, p := range h.articles {
			if s.in[p.doc] {
				articles[p.doc] += float32(t.rarity)
			}
		}
	}
	return passages, articles
}

// WindowRarity returns, for each passage, the rarity of the query's terms that
// its header and two sentences in a row hold, of those two that hold most.
func (q *Query) WindowRarity(docs []Doc) []float64 {
	d := q.v.data
	place := q.places()
	defer q.forget(place)
	last := make([]int, len(q.terms)) // the window that each term was last seen in
	window := 0
	out := make([]float64, len(docs))
	for i, doc := range docs {
		e := &d.passages[doc]
		for from, to := range e.windows {
			window++
			sum := 0.0
			for _, stretch := range [...][]uint32{e.terms[:e.ends[0]], e.terms[from:to]} {
				for _, t := range stretch {
					if k := place[t]; k > 0 && last[k-1] != window {
						last[k-1] = window
						sum += q.terms[k-1].rarity
					}
				}
			}
			out[i] = max(out[i], sum)
		}
	}
	return out
}
