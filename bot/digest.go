package bot

import (
	"context"
	"errors"

	"pilcrow/corpus"
	"pilcrow/retrieval"
)

const (
	digestMost = 200 // articles of a digest without a topic
	digestLead = 6   // paragraphs of each that are read
	mostAgain  = 8   // further tellings of a story that are looked up
)

// take adds the first paragraphs of an article to m, all where last is 0.
func (b *Bot) take(ctx context.Context, m *material, a corpus.Article, last int, also []retrieval.Telling) error {
	ps, err := b.store.Paragraphs(ctx, a.ID, a.Revision, 1, last)
	if err != nil {
		return err
	}
	for _, p := range ps {
		m.pages = append(m.pages, page{a, a.Revision, p.N, p.Text, also})
	}
	return nil
}

// beginnings reads how articles begin, each story once: of who tells it again,
// in the articles or elsewhere in the collections, what they say alike is known.
func (b *Bot) beginnings(ctx context.Context, articles []corpus.Article, collections []string) (*material, error) {
	ids := make([]string, len(articles))
	for i, a := range articles {
		ids[i] = a.ID
	}
	stories, err := b.store.Stories(ctx, ids, collections)
	if err != nil {
		return nil, err
	}
	m := new(material)
	told := map[string]bool{}
	for _, a := range articles {
		if told[a.ID] {
			continue
		}
		var also []retrieval.Telling
		for _, again := range stories[a.ID] {
			told[again.ID] = true
			if len(also) == mostAgain {
				continue
			}
			ps, err := b.store.Paragraphs(ctx, again.ID, again.Revision, 1, 0)
			if errors.Is(err, corpus.ErrNotFound) {
				continue // purged this moment
			}
			if err != nil {
				return nil, err
			}
			also = append(also, retrieval.Telling{Article: again, Revision: again.Revision, Paragraphs: ps})
		}
		if err := b.take(ctx, m, a, digestLead, also); err != nil {
			return nil, err
		}
	}
	return m, nil
}
