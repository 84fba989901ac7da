package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/ledger"
	"pilcrow/corpus/text"
)

func (a *App) citeCommand() command {
	return command{
		definition: definition{
			Name: "cite", Contexts: everywhere, Installs: bothInstall,
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionString, Name: "text", Required: true, MinLength: 1, MaxLength: 6000},
			},
		},
		route: route{always(deferPrivate), a.cite},
	}
}

// cite answers /cite, for the person alone: what others read of it is theirs to
// say.
func (a *App) cite(ctx context.Context, i *interaction) (reply, error) {
	_, rights, err := a.mayAsk(ctx, i.place(true), i.who())
	if err != nil {
		return nil, err
	}
	return a.sources(ctx, i, rights, i.Options["text"])
}

// sources shows how the articles stand to each claim of a text.
func (a *App) sources(ctx context.Context, i *interaction, rights ledger.Rights, said string) (reply, error) {
	if text.Clean(said) == "" {
		return nil, refuse("empty")
	}
	claims, err := a.options.Bot.FindSources(ctx, said, rights.Read, a.options.Now())
	if err != nil {
		return nil, err
	}
	return page{Reply: i.printer().Claims(said, claims)}, nil
}
