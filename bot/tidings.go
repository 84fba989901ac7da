package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pilcrow/retrieval"
)

// aboutShare is how much of what a question names an article tells of, weighed
// by how rare the words are, to be one of the tidings of that.
const aboutShare = .5

// tidings returns what to summarise where a question asks for what happened in a
// short time to what it names: "what happened in Tollness in May". Those are the
// articles of that time that are about it; false where there is none.
func (b *Bot) tidings(ctx context.Context, m *Message, ev *retrieval.Evidence) (Brief, bool, error) {
	if len(ev.Asked) == 0 || len(ev.Plan.Clauses) != 1 || len(ev.Plan.Periods) != 1 || !ev.Plan.Tidings {
		return Brief{}, false, nil
	}
	if p := ev.Plan.Periods[0]; !short(p) && (!p.Keeps || p.From.IsZero()) {
		return Brief{}, false, nil
	}
	brief, ok := ofTime(m, ev, ev.Plan.Periods[0])
	if !ok {
		return Brief{}, false, nil
	}
	var words []string
	for _, c := range ev.Asked {
		words = append(words, c.Words...)
	}
	found, err := b.find.Find(ctx, retrieval.Query{
		Text: strings.Join(words, " "), Collections: brief.Collections, Since: brief.Since, Until: brief.Until,
		Source: brief.Source, Limit: evidenceHits, Now: brief.Now,
	})
	if err != nil {
		return Brief{}, false, fmt.Errorf("find tidings: %w", err)
	}
	for i := range found.Hits {
		h := &found.Hits[i]
		if !slices.Contains(brief.Articles, h.Article.ID) && about(h, words, ev) {
			brief.Articles = append(brief.Articles, h.Article.ID)
		}
	}
	return brief, len(brief.Articles) > 0, nil
}

// about reports whether a hit tells of enough of the words. A newspaper that is
// named after a town tells of it.
func about(h *retrieval.Hit, words []string, ev *retrieval.Evidence) bool {
	lang := h.Article.Lang
	there := ones(lang, strings.Join(append([]string{h.Article.Title, h.Article.Source}, h.Text...), "\n"))
	has, all := 0.0, 0.0
	for _, w := range words {
		rarity := ev.Rarity(w)
		all += rarity
		for t := range ones(lang, w) {
			if there[t] > 0 {
				has += rarity
				break
			}
		}
	}
	return all > 0 && has >= aboutShare*all
}
