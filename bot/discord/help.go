package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

const helpText = `I answer questions about articles. Every sentence of an answer is tied to a paragraph, and the tie was checked before you saw it; where the articles don't say, so do I.
- ` + "`/ask`" + ` a question; reply to the answer, or press **Ask further**, to go on`

func (a *App) helpCommand() command {
	return command{
		definition: definition{Name: "help", Contexts: everywhere, Installs: bothInstall},
		route: route{open: always(deferPrivate), handle: func(ctx context.Context, i *interaction) (reply, error) {
			return page{message{Content: helpText, Components: []discordgo.MessageComponent{}}}, nil
		}},
	}
}
