package discord

import (
	"context"
	"errors"
	"iter"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

func (a *App) askCommand() command {
	return command{
		definition: definition{
			Name: "ask", Contexts: everywhere, Installs: bothInstall,
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionString, Name: "question", Required: true, MinLength: 1, MaxLength: 6000},
				{Kind: discordgo.ApplicationCommandOptionString, Name: "since", MaxLength: 100},
				{Kind: discordgo.ApplicationCommandOptionString, Name: "until", MaxLength: 100},
				{Kind: discordgo.ApplicationCommandOptionString, Name: "source", MaxLength: 200, Complete: true},
				{Kind: discordgo.ApplicationCommandOptionString, Name: "article", MaxLength: 200, Complete: true},
				{Kind: discordgo.ApplicationCommandOptionBoolean, Name: "private"},
			},
		},
		route:    route{publicUnlessPrivate, a.ask},
		complete: a.completeFilters,
	}
}

// ask answers /ask. In a thread that the bot opened it goes on with what was
// asked there.
func (a *App) ask(ctx context.Context, i *interaction) (reply, error) {
	now := a.options.Now()
	since, until, err := window(i, i.Options["since"], i.Options["until"], now)
	if err != nil {
		return nil, err
	}
	place, rights, err := a.mayAsk(ctx, i.place(i.private()), i.who())
	if err != nil {
		return nil, err
	}
	m := bot.Message{
		Text: i.Options["question"], Collections: rights.Read, Since: since, Until: until,
		Source: i.Options["source"], Now: now,
	}
	if name := i.Options["article"]; name != "" {
		article, err := a.article(ctx, rights, name)
		if err != nil {
			return nil, err
		}
		m.Article = article.ID
	}
	follows := ""
	if i.Channel.isThread() && place.Private == "" {
		kept, err := a.options.Ledger.Thread(ctx, i.Channel.ID)
		if err == nil {
			follows, err = a.goesOnIn(ctx, i.Channel.ID, &kept, now)
		}
		if err != nil && !errors.Is(err, ledger.ErrNotFound) {
			return nil, err
		}
	}
	return a.asked(ctx, i, place, m, follows)
}

// asked is the answer to a question, which may go on with an earlier answer.
func (a *App) asked(ctx context.Context, i *interaction, place ledger.Place, m bot.Message, follows string) (reply, error) {
	if len(text.Words(m.Text)) == 0 {
		return nil, refuse("empty")
	}
	language, words, err := a.spoken(ctx, place, m.Text, i.Locale, follows != "")
	if err != nil {
		return nil, err
	}
	m.Language = language
	return answer{
		kind: "ask", question: m.Text, place: place, asker: i.User.ID, locale: words, token: i.Token,
		follows: follows, thread: i.mayThread(place),
		tell: func(ctx context.Context, on terms) iter.Seq2[bot.Event, error] {
			m.Conversation, m.Extractive = on.conversation, on.extractive
			return a.options.Bot.Handle(ctx, m)
		},
		print: (*markup.Printer).Answer,
	}, nil
}

// furtherOpens opens the form for a further question, or the answer to it.
func furtherOpens(i *interaction) opening {
	if i.Kind == discordgo.InteractionModalSubmit {
		return publicUnlessPrivate(i)
	}
	return atOnce
}

// askFurther asks for a question that goes on with an answer, and answers it
// where that stands.
func (a *App) askFurther(ctx context.Context, i *interaction) (reply, error) {
	if i.Kind != discordgo.InteractionModalSubmit {
		return form{ID: i.CustomID, Title: phrase(i.Locale, "form further"), Fields: []discordgo.TextInput{{
			CustomID: "question", Label: phrase(i.Locale, "form question"), Style: discordgo.TextInputParagraph,
			Required: true, MinLength: 1, MaxLength: 4000,
		}}}, nil
	}
	kept, err := a.kept(ctx, i)
	if err != nil {
		return nil, err
	}
	place, rights, err := a.mayAsk(ctx, i.place(i.private()), i.who())
	if err != nil {
		return nil, err
	}
	root, err := a.root(ctx, rights, kept, i.argument(2))
	if err != nil {
		return nil, err
	}
	now := a.options.Now()
	if root != "" {
		a.options.Bot.Recall(root, []string{kept.Question}, now)
	}
	return a.asked(ctx, i, place, bot.Message{Text: i.Fields["question"], Collections: rights.Read, Now: now}, root)
}

// root returns the answer that a conversation began with, of which kept is one,
// or "" where it is to begin anew: what a summary is kept under is the title of
// an article, which may be closed to the place since.
func (a *App) root(ctx context.Context, rights ledger.Rights, kept ledger.Answer, root string) (string, error) {
	if ok, err := a.mayRecall(ctx, rights, kept); !ok || err != nil {
		return "", err
	}
	if root == "" || root == kept.ID {
		return kept.ID, nil
	}
	first, err := a.options.Ledger.Answer(ctx, root)
	if errors.Is(err, ledger.ErrNotFound) {
		return kept.ID, nil
	}
	if err != nil {
		return "", err
	}
	if ok, err := a.mayRecall(ctx, rights, first); !ok || err != nil {
		return kept.ID, err
	}
	return root, nil
}

// mayRecall reports whether what was asked for an answer may be said again: a
// person's own words always, a title where the articles may still be read.
func (a *App) mayRecall(ctx context.Context, rights ledger.Rights, kept ledger.Answer) (bool, error) {
	if kept.Kind == "ask" {
		return true, nil
	}
	for _, c := range kept.Body.Citations {
		article, err := a.options.Store.Article(ctx, c.Article)
		if errors.Is(err, corpus.ErrNotFound) || err == nil && !rights.May(article.Collections) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

const day = 24 * time.Hour

// window reads since and until as the person of i writes them. What is asked for
// in days begins with one.
func window(i *interaction, since, until string, now time.Time) (from, to time.Time, err error) {
	if strings.TrimSpace(since) != "" {
		var end time.Time
		if from, end, err = text.When(since, i.Locale, now); err != nil {
			return from, to, refuse("notATime", since)
		}
		if from.Equal(end) && now.Sub(from) >= 2*day && !strings.Contains(since, ":") {
			from = from.Truncate(day) // an article mostly says only on which day it was published
		}
	}
	if strings.TrimSpace(until) != "" {
		if _, to, err = text.When(until, i.Locale, now); err != nil {
			return from, to, refuse("notATime", until)
		}
	}
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		return from, to, refuse("notBefore", since, until)
	}
	return from, to, nil
}
