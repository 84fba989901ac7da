package discord

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"pilcrow/bot/discord/markup"
)

// helpNewest is how many articles /help names.
const helpNewest = 5

func (a *App) helpCommand() command {
	return command{
		definition: definition{Name: "help", Contexts: everywhere, Installs: bothInstall},
		route:      route{always(deferPrivate), a.help},
	}
}

// help says what the bot can do, and which articles it reads here.
func (a *App) help(ctx context.Context, i *interaction) (reply, error) {
	rights, err := a.options.Ledger.Rights(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	out := []string{phrase(i.Locale, "help") + " " + phrase(i.Locale, "help talk"), a.commandList(i.Locale) + "\n" + a.menuList(i.Locale)}
	newest, total, err := a.readable(ctx, rights, "", 0, helpNewest)
	if err != nil {
		return nil, err
	}
	if total == 0 {
		out = append(out, phrase(i.Locale, "help nothing"))
	} else {
		reads := say(i.Locale, "help reads", strconv.Itoa(total))
		for _, article := range newest {
			reads += "\n- " + markup.Escape(label(article))
		}
		out = append(out, reads)
	}
	p := page{Reply: oneMessage(strings.Join(out, "\n\n"))}
	if utf8.RuneCountInString(p.Messages[0]) > markup.Limit { // titles can be long
		p.Messages = []string{strings.Join(out[:2], "\n\n"), out[2]}
	}
	return p, nil
}

// menuList names the commands of a message's menu, and where that is.
func (a *App) menuList(locale string) string {
	var names []string
	for _, c := range []command{a.findSourcesCommand(), a.summariseLinkCommand()} {
		name, _ := c.localised().in(locale)
		names = append(names, "**"+name+"**")
	}
	return "- " + say(locale, "help menu", names...)
}

// commandList names each command with what it does, in the person's language.
func (a *App) commandList(locale string) string {
	var out []string
	for _, c := range a.commands {
		name, what := c.localised().in(locale)
		if what == "" {
			continue // a message command speaks for itself
		}
		out = append(out, "- **/"+name+"**: "+what)
	}
	return strings.Join(out, "\n")
}
