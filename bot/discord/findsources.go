package discord

import (
	"context"
	"errors"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
)

const (
	mostFiles  = 4        // attachments that are read of one message
	longestSay = 64 << 10 // bytes of a message with its files that sources are sought for
)

func (a *App) findSourcesCommand() command {
	return command{
		definition: definition{Kind: discordgo.MessageApplicationCommand, Name: "Find sources", Contexts: everywhere, Installs: bothInstall},
		route:      route{always(deferPrivate), a.findSources},
	}
}

// findSources shows the person alone how the articles stand to each claim of a
// message. The words are another's: they go to no model.
func (a *App) findSources(ctx context.Context, i *interaction) (reply, error) {
	if i.Target == nil {
		return nil, refuse("unreadable")
	}
	_, rights, err := a.mayAsk(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	said := i.Target.said()
	inFiles, err := a.inFiles(ctx, i.Target)
	said = strings.TrimSpace(said + "\n" + inFiles)
	switch {
	case said == "" && err != nil:
		return nil, refuseFor("noFile", err)
	case said == "":
		return nil, refuse("nothingSaid")
	}
	return a.sources(ctx, i, rights, within(said, longestSay))
}

// inFiles is what the attachments of a message say. An error is the last reason
// why one of them could not be read.
func (a *App) inFiles(ctx context.Context, p *post) (string, error) {
	var all []string
	var failed error
	list := p.files()
	for _, f := range list[:min(len(list), mostFiles)] {
		d, err := a.files.read(ctx, f)
		if err != nil {
			failed = err
			continue
		}
		all = append(all, d.Paragraphs...)
	}
	return strings.Join(all, "\n"), failed
}

func (a *App) summariseLinkCommand() command {
	return command{
		definition: definition{Kind: discordgo.MessageApplicationCommand, Name: "Summarise link", Contexts: everywhere, Installs: bothInstall},
		route:      route{always(deferPrivate), a.summariseLink},
	}
}

// mostLinks is how many links and files of one message are summarised.
const mostLinks = 5

// summariseLink summarises, for the person alone, what a message leads to and
// what is attached to it, one after the other.
func (a *App) summariseLink(ctx context.Context, i *interaction) (reply, error) {
	if i.Target == nil {
		return nil, refuse("unreadable")
	}
	place, rights, err := a.mayAsk(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	type one struct {
		name    string
		summary func() (reply, error)
	}
	var each []one
	for _, link := range i.Target.links() {
		each = append(each, one{link, func() (reply, error) { return a.summary(ctx, i, place, rights, link, "") }})
	}
	for _, f := range i.Target.files() {
		each = append(each, one{f.Name, func() (reply, error) { return a.summaryOfFile(ctx, i, place, rights, f) }})
	}
	switch len(each) {
	case 0:
		return nil, refuse("noLinks")
	case 1:
		return each[0].summary()
	}
	to := a.answers(i, true)
	for _, e := range each[:min(len(each), mostLinks)] {
		rep, err := e.summary()
		if told := (*refusal)(nil); errors.As(err, &told) {
			p := note(i, told.key, told.about(i.Locale)...)
			p.Messages[0] = markup.Escape(within(e.name, 200)) + "\n" + p.Messages[0]
			rep, err = p, nil
		}
		if err == nil {
			err = a.showNext(ctx, to, rep)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(each) > mostLinks {
		return nothing{}, a.showNext(ctx, to, note(i, "moreLinks", itoa(mostLinks), itoa(len(each))))
	}
	return nothing{}, nil
}

// showNext shows one of several replies to an interaction.
func (a *App) showNext(ctx context.Context, to *answers, rep reply) error {
	switch r := rep.(type) {
	case answer:
		return a.answer(ctx, to, r)
	case page:
		for _, content := range r.Messages {
			if _, err := to.put(ctx, "", message{Content: content, Components: []discordgo.MessageComponent{}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// summaryOfFile is the summary of an attachment, which is kept like a page that
// is summarised by its link.
func (a *App) summaryOfFile(ctx context.Context, i *interaction, place ledger.Place, rights ledger.Rights, f attachment) (reply, error) {
	if rights.Links == "" {
		return nil, refuse("nothingNew")
	}
	d, err := a.files.read(ctx, f)
	if err != nil {
		return nil, refuseFor("noFile", err)
	}
	article, _, err := a.options.Store.Add(ctx, rights.Links, d)
	if err != nil {
		a.log.InfoContext(ctx, "attachment not kept", "error", err)
		return nil, refuseFor("noFile", err)
	}
	return a.summary(ctx, i, place, rights, article.ID, "")
}
