package discord

import (
	"context"
	"strconv"
	"strings"

	"pilcrow/bot/discord/markup"
	"pilcrow/corpus"
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
	out := []string{phrase(i.Locale, "help"), a.commandList(i.Locale)}
	total := 0
	var newest []string
	if len(rights.Read) > 0 {
		for article, err := range a.options.Store.Articles(ctx, corpus.Filter{Collections: rights.Read}) {
			if err != nil {
				return nil, err
			}
			if total++; total <= helpNewest {
				newest = append(newest, "- "+markup.Escape(label(article)))
			}
		}
	}
	if total == 0 {
		out = append(out, phrase(i.Locale, "help nothing"))
	} else {
		out = append(out, say(i.Locale, "help reads", strconv.Itoa(total))+"\n"+strings.Join(newest, "\n"))
	}
	return page{Reply: oneMessage(strings.Join(out, "\n\n"))}, nil
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
