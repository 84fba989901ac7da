package discord

import (
	"context"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// perPage is how many articles a page lists.
const perPage = 10

func (a *App) articlesCommand() command {
	return command{
		definition: definition{
			Name: "articles", Contexts: everywhere, Installs: bothInstall,
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionString, Name: "search", MaxLength: 80},
			},
		},
		route: route{always(deferPrivate), func(ctx context.Context, i *interaction) (reply, error) {
			return a.listArticles(ctx, i, i.Options["search"], 0)
		}},
	}
}

// turnPage shows another page of a list, in its place.
func (a *App) turnPage(ctx context.Context, i *interaction) (reply, error) {
	_, rest, _ := strings.Cut(i.CustomID, ":")
	number, query, _ := strings.Cut(rest, ":")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || i.Message == nil || !i.Message.Private { // a list never stands where all see it
		return nil, refuse("unknown")
	}
	return a.listArticles(ctx, i, query, n)
}

// listArticles shows the nth page, from 0, of the articles that the person may
// read.
func (a *App) listArticles(ctx context.Context, i *interaction, query string, n int) (reply, error) {
	_, rights, err := a.mayAsk(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	shown, total, err := a.readable(ctx, rights, query, n*perPage, perPage)
	if err != nil {
		return nil, err
	}
	switch {
	case len(shown) == 0 && n > 0: // articles went meanwhile
		return a.listArticles(ctx, i, query, 0)
	case total == 0 && strings.TrimSpace(query) == "":
		p := note(i, "help nothing")
		p.update = true
		return p, nil
	}
	var turn []discordgo.MessageComponent
	at := func(n int) []string { return []string{verbArticles, strconv.Itoa(n), within(query, customIDLeft)} }
	if n > 0 {
		turn = append(turn, button(i.Locale, "earlier", discordgo.SecondaryButton, at(n-1)...))
	}
	if (n+1)*perPage < total {
		turn = append(turn, button(i.Locale, "later", discordgo.SecondaryButton, at(n+1)...))
	}
	p := page{Reply: i.printer().Articles(shown, n*perPage+1, total), update: true}
	if len(turn) > 0 {
		p.buttons = []discordgo.MessageComponent{row(turn...)}
	}
	return p, nil
}

// readable returns some of the articles that are read here and match a query,
// newest first, after as many as skip says, and how many there are.
func (a *App) readable(ctx context.Context, rights ledger.Rights, query string, skip, most int) (some []corpus.Article, total int, err error) {
	if len(rights.Read) == 0 {
		return nil, 0, nil
	}
	f := corpus.Filter{Collections: rights.Read, Query: query}
	if total, err = a.options.Store.Count(ctx, f); err != nil || total <= skip {
		return nil, total, err
	}
	f.Limit = skip + most
	for article, err := range a.options.Store.Articles(ctx, f) {
		if err != nil {
			return nil, 0, err
		}
		if skip--; skip < 0 {
			some = append(some, article)
		}
	}
	return some, total, nil
}

// customIDLeft is how many characters of a custom ID's 100 are left beside verb
// and page.
const customIDLeft = 80

// within returns the first n characters of s.
func within(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// oneMessage is a reply of one message.
func oneMessage(content string) markup.Reply { return markup.Reply{Messages: []string{content}} }
