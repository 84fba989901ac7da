package discord

import (
	"context"
	"strconv"
	"strings"

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
	out := []string{phrase(i.Locale, "help"), a.commandList(i.Locale)}
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
