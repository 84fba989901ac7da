package bm25

// The parameters of BM25 for each kind of document, k1 and b as in Robertson
// and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
// (2009). Term frequency in the query is binary. Measured flat within a point
// around these values.
const (
	passageK1, passageB = 1.2, .75
	windowK1, windowB   = .9, .4
)

// Scored is a passage and its score.
type Scored struct {
	Doc   Doc
	Score float64
}

// scratch is what scoring needs by the thousand and gives back clean.
type scratch struct {
	score    []float32 // by Doc or article number
	position []uint32  // by term number: where the term stands in a query, counting from 1; 0 is not there
	count    []float32 // by position in a query, less 1
}

func (v *View) borrow() *scratch {
	s, _ := v.pool.Get().(*scratch)
	if s == nil {
		s = new(scratch)
	}
	return s
}

func zeros(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// Top returns the n best passages of the set by BM25, best first, each with a
// score above 0; equals stand by article ID and then by position.
func (q *Query) Top(s *Set, n int) []Scored {
	d := q.v.data
	scratch := q.v.borrow()
	defer q.v.pool.Put(scratch)
	scratch.score = zeros(scratch.score, len(d.passages))
	score := scratch.score
	for _, t := range q.terms {
		h := &d.held[t.id]
		f := &d.fields[d.terms[t.id].field]
		w := float32(t.inPassage * (passageK1 + 1))
		fixed, slope := norm(passageK1, passageB, f.passages)
		for _, p := range h.passages {
			score[p.doc] += w * p.tf / (p.tf + fixed + slope*d.length[p.doc])
		}
	}
	best := top{limit: n, compare: d.compare}
	for doc, sc := range score {
		if sc > 0 && s.in[d.passages[doc].article] {
			best.add(Scored{Doc(doc), float64(sc)})
		}
	}
	return best.sorted()
}

// norm returns the two parts of BM25's length norm, k1·(1−b) and k1·b/mean.
func norm(k1, b float64, t total) (fixed, slope float32) {
	return float32(k1 * (1 - b)), float32(k1 * b / t.mean())
}

// compare orders passages as their names do, which no rebuild alters.
func (d *data) compare(a, b Doc) int { return d.ref(a).Compare(d.ref(b)) }

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

// Windows returns, for each passage, the BM25 score of its best two sentences
// in a row. The header belongs to none of them; rarity is that among passages.
func (q *Query) Windows(docs []Doc) []float64 {
	d := q.v.data
	scratch := q.v.borrow()
	defer q.v.pool.Put(scratch)
	if len(scratch.position) < len(d.terms) {
		scratch.position = make([]uint32, len(d.terms))
	}
	for i, t := range q.terms {
		scratch.position[t.id] = uint32(i + 1)
	}
	scratch.count = zeros(scratch.count, len(q.terms))
	out := make([]float64, len(docs))
	for i, doc := range docs {
		e := &d.passages[doc]
		f := &d.fields[d.articles[e.article].field]
		fixed, slope := norm(windowK1, windowB, f.windows)
		for from, to := range e.windows {
			clear(scratch.count)
			for _, t := range e.terms[from:to] {
				if k := scratch.position[t]; k > 0 {
					scratch.count[k-1]++
				}
			}
			sum := 0.0
			for k, tf := range scratch.count {
				if tf > 0 {
					sum += q.terms[k].inPassage * (windowK1 + 1) * float64(tf/(tf+fixed+slope*float32(to-from)))
				}
			}
			out[i] = max(out[i], sum)
		}
	}
	for _, t := range q.terms {
		scratch.position[t.id] = 0
	}
	return out
}
