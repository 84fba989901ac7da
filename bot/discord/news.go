package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// listedNew is how many articles an announcement names.
const listedNew = 10

// news is the message of an announcement.
type news struct {
	title  string // of a forum's post
	answer string // what its buttons belong to; "" for none
	message
}

// forget deletes what was kept for a message that was not posted.
func (n *news) forget(ctx context.Context, a *App) error {
	if n.answer == "" {
		return nil
	}
	return a.options.Ledger.Delete(context.WithoutCancel(ctx), n.answer)
}

// news makes the message of j, in the language that its server has chosen, if
// any.
func (a *App) news(ctx context.Context, j ledger.Job, language string) (news, error) {
	locale := cmp.Or(language, "en")
	p := markup.New(locale)
	switch {
	case len(j.Articles) == 0:
		return news{message: message{Content: p.Note(phrase(locale, "newsGone"))}}, nil
	case j.Kind == ledger.JobMore:
		r := p.Articles(j.Articles[:min(len(j.Articles), listedNew)], 1, len(j.Articles)+j.More)
		return news{title: phrase(locale, "newsMore"), message: message{
			Content:    r.Messages[0],
			Components: []discordgo.MessageComponent{row(button(locale, "newsAll", discordgo.SecondaryButton, verbNews, j.ID))},
		}}, nil
	case j.Kind == ledger.JobDigest:
		since := a.options.Now().AddDate(0, 0, -1)
		if j.Follow.Every == ledger.Weekly {
			since = a.options.Now().AddDate(0, 0, -7)
		}
		var ids []string
		for _, article := range j.Articles {
			ids = append(ids, article.ID)
		}
		events, err := a.summarised(ctx, j, "digest/"+j.ID, j.Articles[0].Lang, bot.Brief{
			Articles: ids, Topic: j.Follow.Topic, Collections: j.Read, Length: bot.Medium, Language: language, Now: a.options.Now(),
		})
		if err != nil {
			return news{}, err
		}
		return a.keepNews(ctx, j, locale, j.Key, p.Digest(since, j.Follow.Topic, events), events)
	}
	article := j.Articles[0]
	title := cmp.Or(article.Title, phrase(locale, "sumOf"))
	if j.Kind == ledger.JobEdit {
		events, err := a.said(ctx, j, article)
		if err != nil {
			return news{}, err
		}
		if events != nil {
			return a.keepNews(ctx, j, locale, title, p.Story(title, events, article, j.Also), events)
		}
	}
	events, err := a.summarised(ctx, j, fmt.Sprintf("%s/%d", article.ID, article.Revision), article.Lang, bot.Brief{
		Article: article.ID, Collections: j.Read, Length: bot.Short, Language: language, Now: a.options.Now(),
	})
	if err != nil {
		return news{}, err
	}
	return a.keepNews(ctx, j, locale, title, p.Story(title, events, article, j.Also), events)
}

// said returns what a post said of an article, nil where the article's text was
// another then, or nothing of it is kept: what has not changed is not written,
// and paid for, anew.
func (a *App) said(ctx context.Context, j ledger.Job, article corpus.Article) ([]bot.Event, error) {
	kept, err := a.options.Ledger.AnswerOf(ctx, j.Message)
	if errors.Is(err, ledger.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, c := range kept.Body.Citations {
		if c.Article != article.ID || c.Revision != article.Revision {
			return nil, nil
		}
	}
	events, err := a.again(ctx, ledger.Rights{Ask: true, Read: j.Read}, kept.Body)
	if err != nil || len(kept.Body.Sentences) == 0 || len(events) <= len(kept.Body.Sentences) { // and a Done
		return nil, err
	}
	return events, nil
}

// keepNews keeps what an announcement says, for its buttons, before it is
// posted: whatever happens then, they work.
func (a *App) keepNews(ctx context.Context, j ledger.Job, locale, title string, r markup.Reply, events []bot.Event) (news, error) {
	kept, err := a.options.Ledger.Begin(ctx, ledger.Answer{Kind: "announce", Place: j.Follow.Place, Question: title, Lang: locale})
	if err != nil {
		return news{}, err
	}
	b := body(events)
	if err := a.options.Ledger.Finish(ctx, kept.ID, ledger.Done, "", b); err != nil {
		return news{}, err
	}
	n := news{title: title, answer: kept.ID, message: message{Content: r.Messages[0]}}
	var buttons []discordgo.MessageComponent
	if shows(b) {
		buttons = append(buttons, button(locale, "show", discordgo.PrimaryButton, verbShow, kept.ID, j.ID))
	}
	if !j.Follow.Forum && j.Follow.Place.Private == "" && j.Follow.Place.Parent == "" {
		buttons = append(buttons, button(locale, "discuss", discordgo.SecondaryButton, verbThread, kept.ID))
	}
	if j.Kind == ledger.JobDigest || len(j.Also) > 0 || !shows(b) {
		buttons = append(buttons, button(locale, "newsAll", discordgo.SecondaryButton, verbNews, j.ID))
	}
	n.Components = []discordgo.MessageComponent{row(buttons...)}
	switch whole := []byte(strings.Join(r.Messages, "\n\n") + "\n"); {
	case len(r.File) > 0:
		n.files = attached(r.File)
	case len(r.Messages) > 1:
		n.files = attached(whole)
	}
	return n, nil
}

// showNews shows the person who clicks, alone, the articles of an announcement,
// as far as they may read them now.
func (a *App) showNews(ctx context.Context, i *interaction) (reply, error) {
	if a.options.Announcer == nil {
		return nil, refuse("unknown")
	}
	j, err := a.options.Announcer.Job(ctx, i.argument(1))
	if errors.Is(err, ledger.ErrNotFound) {
		return nil, refuse("unknown")
	}
	if err != nil {
		return nil, err
	}
	_, rights, err := a.mayAsk(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	var shown []corpus.Article
	for _, article := range append(j.Articles, j.Also...) {
		if rights.May(article.Collections) {
			shown = append(shown, article)
		}
	}
	return page{Reply: i.printer().Articles(shown[:min(len(shown), 3*listedNew)], 1, len(shown)+j.More)}, nil
}
