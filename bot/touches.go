package bot

import (
	"context"
	"fmt"
	"slices"

	"pilcrow/corpus"
	"pilcrow/retrieval"
)

// touched is the share of a topic's words, weighed by how rare they are, that
// one passage of an article has to hold for the article to touch the topic.
const touched = .66

// Touches reports whether an article touches a topic, which may be several
// things with commas between them: whether a passage of it says most of one of
// them. The article has to be in the index.
func (b *Bot) Touches(ctx context.Context, topic string, a corpus.Article) (bool, error) {
	ev, err := b.find.Find(ctx, retrieval.Query{Text: topic, Collections: a.Collections, Article: a.ID, Limit: 1})
	if err != nil {
		return false, fmt.Errorf("look for a topic in article %s: %w", a.ID, err)
	}
	return slices.ContainsFunc(ev.Asked, func(c retrieval.Clause) bool { return c.Passage >= touched }), nil
}
