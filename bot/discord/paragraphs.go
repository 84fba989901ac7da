package discord

import (
	"context"
	"errors"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// mostShown is how many paragraphs are shown of one answer.
const mostShown = 20

// showParagraphs shows the person who clicks, alone, the paragraphs behind an
// answer: those that they may read, now, where they are.
func (a *App) showParagraphs(ctx context.Context, i *interaction) (reply, error) {
	kept, err := a.kept(ctx, i)
	if err != nil {
		return nil, err
	}
	rights, err := a.options.Ledger.Rights(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	if !rights.Ask {
		return nil, refuse("mayNotAsk")
	}
	var passages []markup.Passage
	for _, c := range append(kept.Body.Citations, kept.Body.Evidence...) {
		if len(passages) == mostShown {
			break
		}
		p, err := a.passage(ctx, rights, c)
		switch {
		case errors.Is(err, corpus.ErrNotFound):
			continue // purged, or not for this person
		case err != nil:
			return nil, err
		}
		passages = append(passages, p)
	}
	return page{Reply: i.printer().Paragraphs(passages)}, nil
}

// passage returns what stands at a citation, with the paragraphs beside it. It
// returns ErrNotFound where it is not there any more, or may not be read.
func (a *App) passage(ctx context.Context, rights ledger.Rights, c ledger.Citation) (markup.Passage, error) {
	article, err := a.options.Store.Article(ctx, c.Article)
	if err != nil {
		return markup.Passage{}, err
	}
	if !rights.May(article.Collections) {
		return markup.Passage{}, corpus.ErrNotFound
	}
	list, err := a.options.Store.Paragraphs(ctx, c.Article, c.Revision, max(c.Paragraph-1, 1), c.Paragraph+1)
	if err != nil {
		return markup.Passage{}, err
	}
	p := markup.Passage{Citation: bot.Citation{
		N: c.N, Article: article, Revision: c.Revision, Paragraph: c.Paragraph, Start: c.Start, End: c.End,
	}}
	for _, q := range list {
		switch q.N {
		case c.Paragraph - 1:
			p.Before = q.Text
		case c.Paragraph:
			p.Text = q.Text
		case c.Paragraph + 1:
			p.After = q.Text
		}
	}
	if p.Text == "" {
		return markup.Passage{}, corpus.ErrNotFound
	}
	if p.Start < 0 || p.Start > p.End || p.End > len(p.Text) {
		p.Start, p.End = 0, 0
	}
	return p, nil
}
