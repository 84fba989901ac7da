package discord

import (
	"context"
	"iter"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup"
)

func (a *App) digestCommand() command {
	return command{
		definition: definition{
			Name: "digest", Contexts: everywhere, Installs: bothInstall,
			Options: []option{
				{Kind: discordgo.ApplicationCommandOptionString, Name: "since", MaxLength: 100},
				{Kind: discordgo.ApplicationCommandOptionString, Name: "topic", MaxLength: 1000},
				{Kind: discordgo.ApplicationCommandOptionBoolean, Name: "private"},
			},
		},
		route: route{publicUnlessPrivate, a.digest},
	}
}

// digest answers /digest: what came in since a time, since yesterday where none is
// said.
func (a *App) digest(ctx context.Context, i *interaction) (reply, error) {
	now := a.options.Now()
	since, _, err := window(i, i.Options["since"], "", now)
	if err != nil {
		return nil, err
	}
	if since.IsZero() {
		since = now.Add(-day).Truncate(day)
	}
	place, rights, err := a.mayAsk(ctx, i.place(i.private()), i.who())
	if err != nil {
		return nil, err
	}
	topic := strings.TrimSpace(i.Options["topic"])
	brief := bot.Brief{Topic: topic, Since: since, Collections: rights.Read, Now: now}
	return answer{
		kind: "digest", question: topic, place: place, asker: i.User.ID, locale: i.Locale, token: i.Token,
		thread: i.mayThread(place),
		tell: func(ctx context.Context, on terms) iter.Seq2[bot.Event, error] {
			brief.Extractive = on.extractive
			return a.options.Bot.Summarise(ctx, brief)
		},
		print: func(p *markup.Printer, events []bot.Event) markup.Reply { return p.Digest(since, topic, events) },
	}, nil
}
