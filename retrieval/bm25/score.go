package bm25

// The parameters of BM25 for each kind of document, k1 and b as in Robertson
// and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
// (2009). Term frequency in the query is binary. Measured flat within a point
// around these values.
const (
	passageK1, passageB   = 1.2, .75
	sentenceK1, sentenceB = .9, .4
)

// Passages scores every passage of the set by BM25. The result is indexed by
// Doc; what is not in the set has 0.
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

// norm returns the two parts of BM25's length norm, k1·(1−b) and k1·b/mean.
func norm(k1, b float64, t total) (fixed, slope float32) {
	return float32(k1 * (1 - b)), float32(k1 * b / t.mean())
}

// Articles scores whole articles by BM25, all passages of one together being
// the document. The result is indexed by article number; what is not in the
// set has 0.
func (q *Query) Articles(s *Set) []float32 {
	d := q.v.data
	score := make([]float32, len(d.articles))
	for _, t := range q.terms {
		h := &d.held[t.id]
		f := &d.fields[d.terms[t.id].field]
		w := float32(t.inArticle * (passageK1 + 1))
		fixed, slope := norm(passageK1, passageB, f.articles)
		for _, p := range h.articles {
			if s.in[p.doc] {
				score[p.doc] += w * p.tf / (p.tf + fixed + slope*d.extent[p.doc])
			}
		}
	}
	return score
}

// Sentences returns, for each passage, the BM25 score of its best sentence. The
// header belongs to none; rarity is that among passages.
func (q *Query) Sentences(docs []Doc) []float64 {
	d := q.v.data
	place := q.places()
	defer q.forget(place)
	times := make([]float32, len(q.terms))
	out := make([]float64, len(docs))
	for i, doc := range docs {
		e := &d.passages[doc]
		f := &d.fields[d.articles[e.article].field]
		fixed, slope := norm(sentenceK1, sentenceB, f.sentences)
		for from, to := range e.sentences {
			clear(times)
			for _, t := range e.terms[from:to] {
				if k := place[t]; k > 0 {
					times[k-1]++
				}
			}
			sum := 0.0
			for k, tf := range times {
				if tf > 0 {
					sum += q.terms[k].inPassage * (sentenceK1 + 1) * float64(tf/(tf+fixed+slope*float32(to-from)))
				}
			}
			out[i] = max(out[i], sum)
		}
	}
	return out
}

// places says, by term number, where a term stands in q.terms, counting from
// 1, and 0 of all others. It is lent from a pool, to which forget returns it.
func (q *Query) places() []uint32 {
	place, _ := q.v.pool.Get().(*[]uint32)
	if place == nil || len(*place) < len(q.v.terms) {
		fresh := make([]uint32, len(q.v.terms))
		place = &fresh
	}
	for i, t := range q.terms {
		(*place)[t.id] = uint32(i + 1)
	}
	return *place
}

func (q *Query) forget(place []uint32) {
	for _, t := range q.terms {
		place[t.id] = 0
	}
	q.v.pool.Put(&place)
}
