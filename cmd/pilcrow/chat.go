package main

import (
	"context"
	"iter"

	"github.com/spf13/cobra"

	"pilcrow/bot"
	"pilcrow/bot/terminal"
)

const chatHelp = `Asks for questions, one a line, and answers each from the articles. A number
shows the paragraph behind that marker of the last answer. A question may go on
with the one before: "and in August?"`

func newChat(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "chat",
		GroupID: groupAsk,
		Short:   "Ask one question after the other",
		Long:    chatHelp,
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := c.now(); err != nil {
				return err
			}
			p, err := c.open(cmd.Context())
			if err != nil {
				return err
			}
			defer p.Close()
			keyboard := terminal.IsTerminal(c.Stdin)
			screen := c.screen()
			if keyboard {
				screen.Printf("Ask about the articles. \"help\" says what else there is.\n")
			}
			chat := &terminal.Chat{
				In: c.Stdin, Screen: screen, Prompt: keyboard, Report: c.complain,
				Ask: func(ctx context.Context, question string) iter.Seq2[bot.Event, error] {
					return func(yield func(bot.Event, error) bool) {
						// Articles may have come since the last question.
						if err := p.sync(ctx); err != nil {
							yield(nil, err)
							return
						}
						m, err := c.message(askLine{Question: question})
						if err != nil {
							yield(nil, err)
							return
						}
						m.Conversation, m.Told = "chat", true
						p.bot.Handle(ctx, m)(yield)
					}
				},
			}
			return chat.Run(cmd.Context())
		},
	}
}
