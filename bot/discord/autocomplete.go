package discord

import (
	"context"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

const (
	mostChoices  = 25     // that Discord takes
	longestLabel = 100    // characters of a choice
	mostLooked   = 20_000 // articles looked through for outlets
)

// completeFilters lists articles and outlets as they are typed: those that may
// be read where the answer will be seen.
func (a *App) completeFilters(ctx context.Context, i *interaction) ([]choice, error) {
	_, rights, err := a.mayAsk(ctx, i.place(i.private()), i.who())
	if err != nil {
		return nil, nil // nothing to choose from, which is no fault
	}
	typed := i.Options[i.Focused]
	switch i.Focused {
	case "article":
		return a.completeArticle(ctx, rights.Read, typed)
	case "source":
		return a.completeSource(ctx, rights.Read, typed)
	}
	return nil, nil
}

func (a *App) completeArticle(ctx context.Context, collections []string, typed string) ([]choice, error) {
	var out []choice
	for article, err := range a.options.Store.Articles(ctx, corpus.Filter{Collections: collections, Query: typed, Limit: mostChoices}) {
		if err != nil {
			return out, err
		}
		out = append(out, choice{Name: label(article), Value: article.ID})
	}
	return out, nil
}

// label names an article in a list: title, outlet and day.
func label(a corpus.Article) string {
	title := text.Clean(a.Title)
	if title == "" {
		title = "¶"
	}
	var rest strings.Builder
	if s := text.Clean(a.Source); s != "" {
		rest.WriteString(" · " + within(s, 30))
	}
	if !a.Published.IsZero() {
		rest.WriteString(" · " + a.Published.Format("2006-01-02"))
	}
	if room := longestLabel - len([]rune(rest.String())); len([]rune(title)) > room {
		title = strings.TrimSpace(within(title, room-1)) + "…"
	}
	return title + rest.String()
}

func (a *App) completeSource(ctx context.Context, collections []string, typed string) ([]choice, error) {
	typed = text.Fold(strings.TrimSpace(typed))
	seen := make(map[string]bool)
	var out []choice
	for article, err := range a.options.Store.Articles(ctx, corpus.Filter{Collections: collections, Limit: mostLooked}) {
		if err != nil {
			return out, err
		}
		name := article.Source
		key := text.Fold(name)
		if name == "" || len([]rune(name)) > longestLabel || seen[key] || !strings.Contains(key, typed) {
			continue
		}
		seen[key] = true
		if out = append(out, choice{Name: name, Value: name}); len(out) == mostChoices {
			break
		}
	}
	return out, nil
}
