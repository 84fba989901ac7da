package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

func (a *App) forgetCommand() command {
	return command{
		definition: definition{Name: "forget", Contexts: everywhere, Installs: bothInstall},
		route: route{always(deferPrivate), func(_ context.Context, i *interaction) (reply, error) {
			p := note(i, "forgetAsk")
			p.buttons = []discordgo.MessageComponent{row(button(i.Locale, "forget", discordgo.DangerButton, verbForget, i.User.ID))}
			return p, nil
		}},
	}
}

// forget deletes what is kept about the person who clicks, and the messages that
// show it where the bot can delete them.
func (a *App) forget(ctx context.Context, i *interaction) (reply, error) {
	if i.argument(1) != i.User.ID {
		return nil, refuse("askerAlone")
	}
	gone, err := a.options.Ledger.Forget(ctx, a.options.Store, i.User.ID)
	if err != nil {
		return nil, err
	}
	left := 0
	for _, m := range gone.Messages {
		switch err := a.inChannel(m.Channel, "").drop(ctx, m.Message); {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil: // private ones, which their reader closes, and what is gone or out of reach
			left++
		}
	}
	p := note(i, "forgotten", itoa(gone.Answers), itoa(gone.Feedback), itoa(gone.Articles), itoa(len(gone.Messages)-left))
	p.update = true
	return p, nil
}
