package discord

import (
	"context"
	"iter"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
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

// ask answers /ask.
func (a *App) ask(ctx context.Context, i *interaction) (reply, error) {
	now := a.options.Now()
	since, until, err := window(i.Options["since"], i.Options["until"], now)
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
	return a.asked(i, place, m, "")
}

// asked is the answer to a question, which may go on with an earlier answer.
func (a *App) asked(i *interaction, place ledger.Place, m bot.Message, follows string) (reply, error) {
	if len(text.Words(m.Text)) == 0 {
		return nil, refuse("empty")
	}
	return answer{
		kind: "ask", question: m.Text, place: place, asker: i.User.ID, locale: i.Locale, token: i.Token,
		follows: follows, thread: i.mayThread(place),
		tell: func(ctx context.Context, conversation string) iter.Seq2[bot.Event, error] {
			m.Conversation = conversation
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
	root := i.argument(2)
	if root == "" {
		root = kept.ID
	}
	now := a.options.Now()
	a.options.Bot.Recall(root, []string{kept.Question}, now)
	return a.asked(i, place, bot.Message{Text: i.Fields["question"], Collections: rights.Read, Now: now}, root)
}

// window reads since and until as a person writes them.
func window(since, until string, now time.Time) (from, to time.Time, err error) {
	if strings.TrimSpace(since) != "" {
		if from, _, err = text.When(since, now); err != nil {
			return from, to, refuse("notATime", since)
		}
	}
	if strings.TrimSpace(until) != "" {
		if _, to, err = text.When(until, now); err != nil {
			return from, to, refuse("notATime", until)
		}
	}
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		return from, to, refuse("notBefore", since, until)
	}
	return from, to, nil
}
