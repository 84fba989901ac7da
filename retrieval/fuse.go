package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/passage"
)

// The addends of a passage's score for one lookup, in the order they are
// added.
const (
	partPassage = iota
	partSentence
	partArticle
	partVector
	partOutlet
	partDate
	numParts
)

var partNames = [numParts]string{"passage", "sentence", "article", "vector", "outlet", "date"}

// row is a passage and its score for one lookup, as a share of the best one's.
type row struct {
	doc   bm25.Doc
	parts [numParts]float64
	score float64 // their sum, in [0, 1]
}

// sheet is what one lookup makes of the passages.
type sheet struct {
	Lookup
	rows []row     // those looked at closely
	near []float32 // by Doc: BM25 of every passage
}

// dayOff is how far from a date that a question names an article about it may
// have been published.
const dayOff = 24 * time.Hour

// score makes the sheet of a lookup. vec is its vector, nil for none.
func (s *search) score(ctx context.Context, l Lookup, vec []float32) (*sheet, error) {
	p := &s.engine.params
	var parts []bm25.Part
	for _, stretch := range s.plan.stretches(l.Clause) {
		parts = append(parts, bm25.Part{Text: stretch.Of(s.plan.Text), Weight: 1})
	}
	q := s.view.Query(append(parts, bm25.Part{Text: s.plan.Text, Weight: p.Beside})...)
	out := &sheet{Lookup: l, near: q.Passages(s.set)}
	articles := q.Articles(s.set)
	bestPassage, bestArticle := float64(slices.Max(out.near)), float64(slices.Max(articles))

	// A first look at every passage: what the close one cannot do without.
	plain := make([]ranked, 0, len(out.near))
	top := 0.0
	pull := make([]float64, len(articles))
	for no := range articles {
		if articles[no] == 0 {
			continue
		}
		outlet, date := s.steer(&l, no)
		pull[no] = outlet + date
		whole := p.Article * float64(articles[no]) / bestArticle
		start, end := s.view.Docs(no)
		for doc := start; doc < end; doc++ {
			if out.near[doc] == 0 {
				continue
			}
			if score := p.Passage*float64(out.near[doc])/bestPassage + whole; score > 0 {
				plain = append(plain, ranked{doc, score})
				top = max(top, score)
			}
		}
	}
	var steered []ranked
	for _, r := range plain {
		if by := pull[s.view.Passage(r.doc).Article]; by > 0 {
			steered = append(steered, ranked{r.doc, r.score + by*math.Sqrt(r.score*top)})
		}
	}
	nearest, err := s.nearest(ctx, vec)
	if err != nil {
		return nil, err
	}
	for _, doc := range s.pool(s.best(plain), s.best(steered), nearest) {
		no := s.view.Passage(doc).Article
		r := row{doc: doc}
		if bestPassage > 0 {
			r.parts[partPassage] = p.Passage * float64(out.near[doc]) / bestPassage
			r.parts[partArticle] = p.Article * float64(articles[no]) / bestArticle
		}
		r.parts[partOutlet], r.parts[partDate] = s.steer(&l, no)
		out.rows = append(out.rows, r)
	}
	return out, s.closely(out, q, vec)
}

// closely adds to the rows of a sheet what is too dear for every passage, and
// scales their scores.
func (s *search) closely(out *sheet, q *bm25.Query, vec []float32) error {
	p := &s.engine.params
	if len(out.rows) == 0 {
		return nil
	}
	docs := make([]bm25.Doc, len(out.rows))
	refs := make([]passage.Ref, len(out.rows))
	for i := range out.rows {
		docs[i] = out.rows[i].doc
		refs[i] = s.view.Passage(docs[i]).Ref
	}
	sentences := q.Sentences(docs)
	best := slices.Max(sentences)
	var cosines []float64
	var least, most float64
	if vec != nil {
		var err error
		if cosines, err = s.engine.vectors.Cosines(vec, refs); err != nil {
			return fmt.Errorf("compare vectors: %w", err)
		}
		least, most = spread(cosines)
	}

	top := 0.0
	for i := range out.rows {
		r := &out.rows[i]
		if best > 0 {
			r.parts[partSentence] = p.Sentence * sentences[i] / best
		}
		if vec != nil {
			r.parts[partVector] = p.Vector * scale(cosines[i], least, most)
		}
		r.score = 0
		for _, v := range r.parts[:partOutlet] {
			r.score += v
		}
		top = max(top, r.score)
	}
	best = 0
	for i := range out.rows {
		r := &out.rows[i]
		gain := math.Sqrt(r.score * top)
		r.parts[partOutlet] *= gain
		r.parts[partDate] *= gain
		r.score += r.parts[partOutlet] + r.parts[partDate]
		best = max(best, r.score)
	}
	if best == 0 {
		out.rows = nil
		return nil
	}
	for i := range out.rows {
		r := &out.rows[i]
		for k := range r.parts {
			r.parts[k] /= best
		}
		r.score /= best
	}
	return nil
}

// scale returns where c lies between least and most; what is alone there is the
// most.
func scale(c, least, most float64) float64 {
	switch {
	case c < least:
		return 0
	case most == least:
		return 1
	}
	return (c - least) / (most - least)
}

// spread returns the least and the largest cosine of the passages that have a
// vector.
func spread(cosines []float64) (least, most float64) {
	least, most = 1, -1
	for _, c := range cosines {
		if c > -1 {
			least, most = min(least, c), max(most, c)
		}
	}
	return least, most
}

// steer returns how much the passages of an article gain from its outlet and
// from its date, as a share of the mean (the geometric one) of their score and
// the best one.
func (s *search) steer(l *Lookup, no int) (outlet, date float64) {
	p := &s.engine.params
	a := s.view.Article(no)
	if _, ok := slices.BinarySearch(l.Outlets, a.Source); ok {
		outlet = p.Outlets
		if l.Named {
			outlet = p.Outlet
		}
	}
	for _, d := range l.Periods {
		switch {
		case d.Keeps && d.Holds(a.Published, 0):
			date = max(date, p.Window)
		case d.Holds(a.Published, dayOff):
			date = max(date, p.Date)
		}
	}
	return outlet, date
}

// ranked is a passage and a score to choose it by.
type ranked struct {
	doc   bm25.Doc
	score float64
}

// nearest returns the passages that are nearest to a vector, as far as the
// search may read them.
func (s *search) nearest(ctx context.Context, vec []float32) ([]ranked, error) {
	n := s.engine.params.Near
	if vec == nil || n == 0 {
		return nil, nil
	}
	similar, err := s.engine.vectors.Similar(ctx, vec, s.query.Collections, n)
	if err != nil {
		return nil, fmt.Errorf("find near vectors: %w", err)
	}
	var out []ranked
	for _, m := range similar {
		if doc, ok := s.view.Find(m.Ref); ok && s.set.Has(s.view.Passage(doc).Article) {
			out = append(out, ranked{doc, m.Cosine})
		}
	}
	return out, nil
}

// pool returns the passages of all lists, each once, in the order of their
// names.
func (s *search) pool(lists ...[]ranked) []bm25.Doc {
	var out []bm25.Doc
	for _, l := range lists {
		for _, r := range l {
			out = append(out, r.doc)
		}
	}
	slices.SortFunc(out, s.compare)
	return slices.Compact(out)
}

// best returns the Pool best of a list, best first. It sorts only those near
// them.
func (s *search) best(list []ranked) []ranked {
	n := s.engine.params.Pool
	if len(list) > n {
		list = atLeast(list, n)
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), s.compare(a.doc, b.doc))
	})
	return list[:min(n, len(list))]
}

// atLeast returns the n best of a longer list, and those that score almost
// like the last of them, in no order.
func atLeast(list []ranked, n int) []ranked {
	const steps = 1024
	top := 0.0
	for _, r := range list {
		top = max(top, r.score)
	}
	step := func(r ranked) int { return int(r.score / top * (steps - 1)) }
	var count [steps]int
	for _, r := range list {
		count[step(r)]++
	}
	edge, kept := steps-1, count[steps-1]
	for kept < n {
		edge--
		kept += count[edge]
	}
	out := make([]ranked, 0, kept)
	for _, r := range list {
		if step(r) >= edge {
			out = append(out, r)
		}
	}
	return out
}

func (s *search) compare(a, b bm25.Doc) int {
	return s.view.Passage(a).Ref.Compare(s.view.Passage(b).Ref)
}
