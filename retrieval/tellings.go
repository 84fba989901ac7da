package retrieval

import (
	"context"
	"errors"
	"slices"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// Telling is what another article of one story tells as a hit does.
type Telling struct {
	Article    corpus.Article
	Revision   int
	Paragraphs []corpus.Paragraph // those that repeat the hit
}

const (
	// retold is how much of a paragraph (see text.Similar) stands in that of
	// another article of its story where it is the same one: with three tenths
	// of its words changed a third is left, and of other paragraphs nothing.
	retold = .3
	// mostTellings is how many are looked up of one hit.
	mostTellings = 8
)

// readTellings reads which of the articles that the candidates are cut from
// are one story with another.
func (s *search) readTellings(ctx context.Context, all []candidate) (err error) {
	var ids []string
	seen := make(map[int]bool)
	for _, c := range all {
		if no := s.view.Passage(c.doc).Article; !seen[no] {
			seen[no] = true
			ids = append(ids, s.view.Article(no).ID)
		}
	}
	s.told, err = s.engine.store.Stories(ctx, ids, s.query.Collections)
	return err
}

// tellOnce notes which paragraphs of the article that a candidate is cut from
// say nothing but what a hit of another article of its story says. Told with
// another figure they say more.
func (s *search) tellOnce(ctx context.Context, c candidate, hits []Hit) error {
	no := s.view.Passage(c.doc).Article
	others := s.told[s.view.Article(no).ID]
	if len(others) == 0 {
		return nil
	}
	st, err := s.story(ctx, no)
	if err != nil || st == nil {
		return err
	}
	for i := range hits {
		h := &hits[i]
		if !slices.ContainsFunc(others, func(a corpus.Article) bool { return a.ID == h.Article.ID }) {
			continue
		}
		whole := strings.Join(h.Text, "\n")
		wording := text.WordingOf(whole)
		for k, p := range st.texts {
			if !st.retold[k] && st.wording(k).Similar(wording) >= retold && text.SameFigures(p, whole) {
				st.retold[k] = true
			}
		}
	}
	return nil
}

// tellings returns the other articles of a hit's story that the search may
// read and that tell the same, the first published first.
func (s *search) tellings(ctx context.Context, h *Hit) ([]Telling, error) {
	var out []Telling
	if len(s.told[h.Article.ID]) == 0 {
		return nil, nil
	}
	whole := text.WordingOf(strings.Join(h.Text, "\n"))
	for _, a := range s.told[h.Article.ID] {
		if len(out) == mostTellings {
			break
		}
		if !s.may(&a) {
			continue
		}
		ps, err := s.engine.store.Paragraphs(ctx, a.ID, a.Revision, 1, 0)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // purged this moment
		}
		if err != nil {
			return nil, err
		}
		ps = slices.DeleteFunc(ps, func(p corpus.Paragraph) bool { return text.WordingOf(p.Text).Similar(whole) < retold })
		if len(ps) > 0 {
			out = append(out, Telling{a, a.Revision, ps})
		}
	}
	return out, nil
}
