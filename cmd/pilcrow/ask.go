package main

import (
	"cmp"
	"encoding/json"

	"github.com/spf13/cobra"

	"pilcrow/bot"
)

const askHelp = `Answers a question from the articles. Every sentence has the number of the
paragraph that it stands on, listed below with outlet and date. Where the
articles don't say, the answer says that and shows what comes closest; that is
no error.

Outlets and dates that the question names steer the search. --since, --until,
--source and --article allow nothing else.

--batch reads objects {id, question, since, until, source, article}, one a
line, and prints one a line with the same id.`

func newAsk(c *call) *cobra.Command {
	var asJSON bool
	var file string
	var in askLine
	cmd := &cobra.Command{
		Use:     "ask QUESTION...",
		GroupID: groupAsk,
		Short:   "Answer a question, each sentence with its paragraph",
		Long:    askHelp,
		Example: "  pilcrow ask what does the sea wall cost\n" +
			"  pilcrow ask --source 'The Tollness Lantern' --since 'last month' who pays\n" +
			"  pilcrow ask --batch questions.jsonl > answers.jsonl",
		Args: wordsOrBatch(&file, "a question"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			p, err := c.open(ctx)
			if err != nil {
				return err
			}
			defer p.Close()
			if file != "" {
				return batch(ctx, c, file, func(id json.RawMessage, line askLine) (any, error) {
					m, err := c.message(line.or(in))
					if err != nil {
						return nil, err
					}
					return collect(id, line.Question, p.bot.Handle(ctx, m))
				})
			}
			in.Question = joined(args)
			m, err := c.message(in)
			if err != nil {
				return err
			}
			if asJSON {
				a, err := collect(nil, in.Question, p.bot.Handle(ctx, m))
				if err != nil {
					return err
				}
				return printJSON(c.Stdout, a)
			}
			m.Told = true
			_, err = c.screen().Answer(p.bot.Handle(ctx, m))
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.Since, "since", "", "published at or after this `time`: "+whenHelp)
	f.StringVar(&in.Until, "until", "", "published before the end of this `time`")
	f.StringVar(&in.Source, "source", "", "only this `outlet`")
	f.StringVar(&in.Article, "article", "", "only the article with this `ID`")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	f.StringVar(&file, "batch", "", "answer each line of `file`, or of - for standard input, in JSON")
	return cmd
}

// askLine is a question with its limits, as a line of a batch has it.
type askLine struct {
	Question string `json:"question"`
	Since    string `json:"since"`
	Until    string `json:"until"`
	Source   string `json:"source"`
	Article  string `json:"article"`
}

// or takes from flags what the line leaves open.
func (l askLine) or(flags askLine) askLine {
	return askLine{
		Question: l.Question,
		Since:    cmp.Or(l.Since, flags.Since),
		Until:    cmp.Or(l.Until, flags.Until),
		Source:   cmp.Or(l.Source, flags.Source),
		Article:  cmp.Or(l.Article, flags.Article),
	}
}

// message is what the bot is asked.
func (c *call) message(l askLine) (bot.Message, error) {
	now, err := c.now()
	if err != nil {
		return bot.Message{}, err
	}
	w := window{l.Since, l.Until}
	since, until, err := w.resolve(now)
	if err != nil {
		return bot.Message{}, err
	}
	return bot.Message{
		Text: l.Question, Collections: c.collections, Since: since, Until: until,
		Source: l.Source, Article: l.Article, Now: now,
	}, nil
}
