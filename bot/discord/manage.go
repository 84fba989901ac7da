package discord

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// own returns the collection that the person may add to from where they are:
// their server's, or in their direct messages their own.
func (a *App) own(ctx context.Context, i *interaction) (string, error) {
	rights, err := a.options.Ledger.Rights(ctx, i.place(true), i.who())
	switch {
	case err != nil:
		return "", err
	case !rights.Add || rights.Own == "":
		return "", refuse("mayNotAdd")
	}
	return rights.Own, nil
}

// noted writes into the server's audit log who did what to its articles or
// feeds. Direct messages have none.
func (a *App) noted(ctx context.Context, i *interaction, what, before, after string) error {
	if i.Guild == "" {
		return nil
	}
	return a.options.Ledger.Note(ctx, ledger.Entry{Guild: i.Guild, Person: i.User.ID, What: what, Before: before, After: after})
}

func (a *App) addCommand() command {
	return command{
		definition: definition{
			Name: "add", Contexts: []int{0, 1}, Installs: bothInstall,
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionString, Name: "link", MaxLength: 2000},
				{Kind: discordgo.ApplicationCommandOptionAttachment, Name: "file"},
			},
		},
		route: route{always(deferPrivate), a.add},
	}
}

// add takes an article in: the page at a link, or an attachment.
func (a *App) add(ctx context.Context, i *interaction) (reply, error) {
	own, err := a.own(ctx, i)
	if err != nil {
		return nil, err
	}
	link := strings.TrimSpace(i.Options["link"])
	file, attached := i.Files[i.Options["file"]]
	var article corpus.Article
	switch {
	case link != "" && attached || link == "" && !attached:
		return nil, refuse("linkOrFile")
	case attached:
		d, err := a.files.read(ctx, file)
		if err != nil {
			return nil, refuseFor("noFile", err)
		}
		if article, _, err = a.options.Store.Add(ctx, own, d); err != nil {
			a.log.InfoContext(ctx, "attachment not added", "error", err)
			return nil, refuseFor("noFile", err)
		}
	case a.options.Fetch == nil:
		return nil, refuse("nothingNew")
	default:
		ctx, cancel := context.WithTimeout(ctx, fetchWithin)
		defer cancel()
		if article, err = a.options.Fetch(ctx, own, link); err != nil {
			a.log.InfoContext(ctx, "page not added", "error", err)
			return nil, refuseFor("noPage", err)
		}
	}
	return note(i, "added", label(article), itoa(article.Paragraphs)), a.noted(ctx, i, "add", "", label(article))
}

func (a *App) removeCommand() command {
	return command{
		definition: definition{
			Name: "remove", Contexts: []int{0, 1}, Installs: bothInstall,
			Options: []option{{Kind: discordgo.ApplicationCommandOptionString, Name: "article", Required: true, MaxLength: 200, Complete: true}},
		},
		route:    route{always(deferPrivate), a.remove},
		complete: a.completeOwn,
	}
}

// remove takes an article out of the collection, and offers to bring it back.
func (a *App) remove(ctx context.Context, i *interaction) (reply, error) {
	own, article, err := a.ownArticle(ctx, i)
	if err != nil {
		return nil, err
	}
	switch err := a.options.Store.Remove(ctx, own, article.ID); {
	case errors.Is(err, corpus.ErrNotFound):
		return nil, refuse("noArticle")
	case err != nil:
		return nil, err
	}
	p := note(i, "removed", label(article))
	p.buttons = []discordgo.MessageComponent{row(button(i.Locale, "undo", discordgo.SecondaryButton, verbUndo, article.ID))}
	return p, a.noted(ctx, i, "remove", label(article), "")
}

// undoRemove brings an article back that was removed from where the person is.
func (a *App) undoRemove(ctx context.Context, i *interaction) (reply, error) {
	own, err := a.own(ctx, i)
	if err != nil {
		return nil, err
	}
	id := i.argument(1)
	switch err := a.options.Store.Restore(ctx, own, id); {
	case errors.Is(err, corpus.ErrNotFound):
		return nil, refuse("nothingToUndo")
	case err != nil:
		return nil, err
	}
	article, err := a.options.Store.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	p := note(i, "backAgain", label(article))
	p.update = true
	return p, a.noted(ctx, i, "restore", "", label(article))
}

func (a *App) editCommand() command {
	given := func(name string) option {
		return option{Kind: discordgo.ApplicationCommandOptionString, Name: name, MaxLength: 300}
	}
	return command{
		definition: definition{
			Name: "edit", Contexts: []int{0, 1}, Installs: bothInstall,
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionString, Name: "article", Required: true, MaxLength: 200, Complete: true},
				given("title"), given("source"), given("author"), given("date"), given("language"),
			},
		},
		route:    route{always(deferPrivate), a.edit},
		complete: a.completeOwn,
	}
}

// edit corrects what an article says of itself. One that others read as well is
// not theirs alone to correct.
func (a *App) edit(ctx context.Context, i *interaction) (reply, error) {
	own, article, err := a.ownArticle(ctx, i)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(article.Collections, func(c string) bool { return c != own && !strings.HasPrefix(c, own+"/") }) {
		return nil, refuse("sharedArticle")
	}
	var c corpus.Correction
	given := 0
	for name, to := range map[string]**string{"title": &c.Title, "source": &c.Source, "author": &c.Author, "language": &c.Lang} {
		if s := strings.TrimSpace(i.Options[name]); s != "" {
			*to = &s
			given++
		}
	}
	if s := strings.TrimSpace(i.Options["date"]); s != "" {
		at, _, err := text.When(s, i.Locale, a.options.Now())
		if err != nil {
			return nil, refuse("notATime", s)
		}
		c.Published = &at
		given++
	}
	if given == 0 {
		return nil, refuse("nothingToEdit")
	}
	now, err := a.options.Store.Edit(ctx, article.ID, c)
	if err != nil {
		a.log.InfoContext(ctx, "article not corrected", "error", err)
		return nil, refuse("cannotEdit", reason(err))
	}
	return note(i, "edited", label(now)), a.noted(ctx, i, "edit", label(article), label(now))
}

// ownArticle returns the article that the person names, of the collection that
// they may add to.
func (a *App) ownArticle(ctx context.Context, i *interaction) (own string, article corpus.Article, err error) {
	if own, err = a.own(ctx, i); err != nil {
		return "", article, err
	}
	article, err = a.article(ctx, ledger.Rights{Ask: true, Read: []string{own}}, i.Options["article"])
	return own, article, err
}

// completeOwn lists articles of the collection that the person may add to.
func (a *App) completeOwn(ctx context.Context, i *interaction) ([]choice, error) {
	own, err := a.own(ctx, i)
	if err != nil || i.Focused != "article" {
		return nil, nil // nothing to choose from, which is no fault
	}
	return a.completeArticle(ctx, []string{own}, i.Options["article"])
}

func (a *App) feedCommand() command {
	return command{
		definition: definition{
			Name: "feed", Contexts: []int{0, 1}, Installs: bothInstall,
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionSubCommand, Name: "add", Options: []option{
					{Kind: discordgo.ApplicationCommandOptionString, Name: "address", Required: true, MaxLength: 2000},
				}},
				{Kind: discordgo.ApplicationCommandOptionSubCommand, Name: "list"},
				{Kind: discordgo.ApplicationCommandOptionSubCommand, Name: "remove", Options: []option{
					{Kind: discordgo.ApplicationCommandOptionString, Name: "feed", Required: true, MaxLength: 2000, Complete: true},
				}},
			},
		},
		route:    route{always(deferPrivate), a.feed},
		complete: a.completeFeed,
	}
}

// mostFeeds is how many feeds one server or person may follow.
const mostFeeds = 200

// feed answers /feed.
func (a *App) feed(ctx context.Context, i *interaction) (reply, error) {
	own, err := a.own(ctx, i)
	if err != nil {
		return nil, err
	}
	feeds, err := a.options.Store.Feeds(ctx, own)
	if err != nil {
		return nil, err
	}
	switch i.Name {
	case "feed add":
		if a.options.FindFeed == nil {
			return nil, refuse("nothingNew")
		}
		if len(feeds) >= mostFeeds {
			return nil, refuse("tooManyFeeds", itoa(mostFeeds))
		}
		within, cancel := context.WithTimeout(ctx, fetchWithin)
		defer cancel()
		f, err := a.options.FindFeed(within, strings.TrimSpace(i.Options["address"]))
		if err != nil {
			a.log.InfoContext(ctx, "no feed", "error", err)
			return nil, refuseFor("noFeed", err)
		}
		f.Collection = own
		if _, err := a.options.Store.AddFeeds(ctx, f); err != nil {
			return nil, err
		}
		return note(i, "feedAdded", feedName(f)), a.noted(ctx, i, "feed add", "", f.URL)
	case "feed remove":
		for _, f := range feeds {
			if f.URL == i.Options["feed"] || itoa(int(f.N)) == i.Options["feed"] {
				if err := a.options.Store.RemoveFeed(ctx, own, f.URL); err != nil && !errors.Is(err, corpus.ErrNotFound) {
					return nil, err
				}
				return note(i, "feedRemoved", feedName(f)), a.noted(ctx, i, "feed remove", f.URL, "")
			}
		}
		return nil, refuse("feedUnknown")
	}
	if len(feeds) == 0 {
		return note(i, "feedNone"), nil
	}
	var lines []string
	for _, f := range feeds {
		line := "- " + markup.Escape(feedName(f))
		switch {
		case f.Paused:
			line += " · " + phrase(i.Locale, "feed paused")
		case f.Reason != "" && !f.Failing.IsZero():
			line += " · " + say(i.Locale, "feed fails", f.Failing.Format("2006-01-02"), markup.Escape(within(f.Reason, 120)))
		}
		lines = append(lines, line)
	}
	return page{Reply: oneMessage(fitted(lines))}, nil
}

// feedName is how a feed is called in a list.
func feedName(f corpus.Feed) string {
	if f.Title == "" {
		return f.URL
	}
	return within(f.Title, 80) + " · " + f.URL
}

// completeFeed lists the feeds that can be removed.
func (a *App) completeFeed(ctx context.Context, i *interaction) ([]choice, error) {
	own, err := a.own(ctx, i)
	if err != nil {
		return nil, nil // nothing to choose from, which is no fault
	}
	feeds, err := a.options.Store.Feeds(ctx, own)
	typed := text.Fold(i.Options["feed"])
	var out []choice
	for _, f := range feeds {
		if name := feedName(f); len(out) < mostChoices && strings.Contains(text.Fold(name), typed) {
			out = append(out, choice{Name: within(name, longestLabel), Value: itoa(int(f.N))})
		}
	}
	return out, err
}

// fitted joins as many lines as a message holds; "…" stands for the rest.
func fitted(lines []string) string {
	length := 0
	for n, line := range lines {
		if length += len(line) + 1; length > markup.Limit-len("\n…") {
			return strings.Join(append(slices.Clone(lines[:n]), "…"), "\n")
		}
	}
	return strings.Join(lines, "\n")
}
