package retrieval

import (
	"slices"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval/bm25"
)

// evidence accounts for what a search found.
func (s *search) evidence() Evidence {
	out := Evidence{Plan: s.plan, Hits: s.hits, Rarity: s.view.IDF}
	for i := range s.plan.Clauses {
		if c := s.clause(i); len(c.Words) > 0 {
			out.Asked = append(out.Asked, c)
		}
	}
	if s.plan.Parts != nil {
		out.Whole = s.covered(Clause{Text: s.plan.Text, Asks: s.plan.Text, Periods: s.plan.Periods}, text.Span{End: len(s.plan.Text)})
		for i := range s.hits {
			out.Whole.Hits = append(out.Whole.Hits, i)
		}
	}
	out.Absent = s.absent()
	return out
}

// clause says how well one clause is covered.
func (s *search) clause(i int) Clause {
	out := Clause{Text: s.plan.Clause(i), Asks: s.plan.Clause(i), Periods: s.plan.times(i), Hits: s.answers[i]}
	if s.plan.Parts != nil {
		out.Asks = s.plan.Parts[i].Asks
	}
	return s.covered(out, s.plan.Clauses[i], s.plan.stretches(i)...)
}

// covered fills in the words of a clause and how well they are covered: those
// that stand in the stretches, or else in its span.
func (s *search) covered(out Clause, span text.Span, stretches ...text.Span) Clause {
	if stretches == nil {
		stretches = []text.Span{span}
	}
	out.Words = s.plan.words(stretches)
	set := s.set
	for _, m := range s.plan.Outlets {
		if span.Overlaps(m.Span) {
			out.Outlets = append(out.Outlets, m.Sources...)
		}
	}
	if len(out.Outlets) > 0 {
		set = s.view.Select(func(a *corpus.Article) bool { return s.may(a) && slices.Contains(out.Outlets, a.Source) })
	}

	parts := make([]bm25.Part, len(out.Words))
	whole := 0.0
	for k, w := range out.Words {
		parts[k] = bm25.Part{Text: w, Weight: 1}
		whole += s.view.IDF(w)
	}
	if whole == 0 {
		return out
	}
	share := func(rarity float64) float64 { return min(rarity/whole, 1) }

	q := s.view.Query(parts...)
	passages, articles := q.Rarity(set)
	for _, r := range articles {
		out.Article = max(out.Article, share(float64(r)))
	}
	var most []ranked
	for doc, r := range passages {
		if r > 0 {
			most = append(most, ranked{bm25.Doc(doc), share(float64(r))})
		}
	}
	most = s.best(most)
	if len(most) > 0 {
		out.Passage, out.Peak = most[0].score, most[0].score
	}
	if len(most) >= 10 {
		out.Peak -= most[9].score
	}
	docs := make([]bm25.Doc, len(most))
	for k := range most {
		docs[k] = most[k].doc
	}
	for _, r := range q.WindowRarity(docs) {
		out.Window = max(out.Window, share(r))
	}
	return out
}

// words returns the content words of stretches of the question as written,
// each term once, without outlets, times and words that only speak of articles
// or ask for anything at all. Nothing is left of "what is new since Monday".
func (p *Plan) words(in []text.Span) []string {
	var out []string
	var seen []string
	first := p.Tidings
	for _, t := range text.Terms(p.Lang, p.Text) {
		word := t.Of(p.Text)
		if !slices.ContainsFunc(in, func(s text.Span) bool { return s.Contains(t.Span) }) || slices.Contains(seen, t.Text) || p.steers(t.Span) || reporting().word(word) || slices.Contains(happening, text.Fold(word)) || hollow(p.Text, t.Span) {
			continue
		}
		if p.Tidings && slices.Contains(asking, text.Fold(word)) {
			continue
		}
		if first && slices.Contains(novelty, text.Fold(word)) {
			first = false // "what is new in the new library"
			continue
		}
		seen = append(seen, t.Text)
		out = append(out, word)
	}
	if !slices.ContainsFunc(out, func(w string) bool { return !slices.Contains(novelty, text.Fold(w)) }) {
		return nil
	}
	return out
}

// steers reports whether a stretch of the question belongs to the name of an
// outlet or to a time.
func (p *Plan) steers(span text.Span) bool {
	return slices.ContainsFunc(p.Outlets, func(m Mention) bool { return m.Overlaps(span) }) ||
		slices.ContainsFunc(p.Periods, func(d Period) bool { return d.Overlaps(span) })
}
