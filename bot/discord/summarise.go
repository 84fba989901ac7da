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
)

func (a *App) summariseCommand() command {
	return command{
		definition: definition{
			Name: "summarise", Contexts: everywhere, Installs: bothInstall,
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionString, Name: "article", Required: true, MinLength: 1, MaxLength: 2000, Complete: true},
				{Kind: discordgo.ApplicationCommandOptionString, Name: "length", Choices: []choice{
					{Name: string(bot.Short), Value: string(bot.Short)},
					{Name: string(bot.Medium), Value: string(bot.Medium)},
					{Name: string(bot.Long), Value: string(bot.Long)},
				}},
				{Kind: discordgo.ApplicationCommandOptionBoolean, Name: "private"},
			},
		},
		route:    route{publicUnlessPrivate, a.summarise},
		complete: a.completeFilters,
	}
}

// summarise answers /summarise, with an article that is read here or the page
// at a link.
func (a *App) summarise(ctx context.Context, i *interaction) (reply, error) {
	place, rights, err := a.mayAsk(ctx, i.place(i.private()), i.who())
	if err != nil {
		return nil, err
	}
	return a.summary(ctx, i, place, rights, i.Options["article"], bot.Length(i.Options["length"]))
}

// summary is the summary of the article that a person names: by ID, title or
// link.
func (a *App) summary(ctx context.Context, i *interaction, place ledger.Place, rights ledger.Rights, name string, length bot.Length) (reply, error) {
	if !length.Known() {
		length = bot.Medium
	}
	article, err := a.article(ctx, rights, name)
	if err != nil {
		return nil, err
	}
	brief := bot.Brief{Article: article.ID, Collections: rights.Read, Length: length, Now: a.options.Now()}
	if rights.Links != "" {
		brief.Collections = append([]string{rights.Links}, rights.Read...)
	}
	title := article.Title
	if title == "" {
		title = phrase(i.Locale, "sumOf")
	}
	return answer{
		kind: "summarise", question: title, place: place, asker: i.User.ID, locale: i.Locale, token: i.Token,
		thread: i.mayThread(place),
		tell: func(ctx context.Context, on terms) iter.Seq2[bot.Event, error] {
			brief.Extractive = on.extractive
			return a.options.Bot.Summarise(ctx, brief)
		},
		print: func(p *markup.Printer, events []bot.Event) markup.Reply { return p.Summary(title, events) },
	}, nil
}

// article returns the article that a person means with what they chose or
// wrote: its ID, a link, or words of its title. A page that is not read here is
// got, where it may be, and kept apart from what questions are answered from.
func (a *App) article(ctx context.Context, rights ledger.Rights, name string) (corpus.Article, error) {
	name = strings.TrimSpace(name)
	store := a.options.Store
	found, err := store.Article(ctx, name)
	switch {
	case err == nil && rights.May(found.Collections):
		return found, nil
	case err != nil && !errors.Is(err, corpus.ErrNotFound):
		return corpus.Article{}, err
	}
	if corpus.CanonicalURL(name) != "" {
		return a.page(ctx, rights, name)
	}
	for found, err := range store.Articles(ctx, corpus.Filter{Collections: rights.Read, Query: name, Limit: 1}) {
		return found, err
	}
	return corpus.Article{}, refuse("noArticle")
}

// page returns the article at an address, which is got where no place that may
// be read has it.
func (a *App) page(ctx context.Context, rights ledger.Rights, address string) (corpus.Article, error) {
	read := rights.Read
	if rights.Links != "" {
		read = append([]string{rights.Links}, read...)
	}
	found, err := a.options.Store.AtURL(ctx, read, address)
	if err == nil || !errors.Is(err, corpus.ErrNotFound) {
		return found, err
	}
	if a.options.Fetch == nil || rights.Links == "" {
		return corpus.Article{}, refuse("nothingNew")
	}
	ctx, cancel := context.WithTimeout(ctx, fetchWithin)
	defer cancel()
	found, err = a.options.Fetch(ctx, rights.Links, address)
	if err != nil {
		a.log.InfoContext(ctx, "page not read", "error", err)
		return corpus.Article{}, refuseFor("noPage", err)
	}
	return found, nil
}

// fetchWithin bounds how long a person waits for a page.
const fetchWithin = 45 * time.Second
