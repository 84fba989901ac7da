package main

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"

	"pilcrow/bot"
)

const summariseHelp = `Summarises one article, or what the articles say on a topic, or everything that
came in since a time. Every sentence has its paragraph, and was checked
against it; without a model the sentences are the articles' own.

--batch reads objects {id, article, length} or {id, query, since, until,
source, length}, one a line, and prints one a line with the same id.`

func newSummarise(c *call) *cobra.Command {
	var asJSON bool
	var file string
	var in summariseLine
	cmd := &cobra.Command{
		Use:     "summarise [ARTICLE]",
		Aliases: []string{"summarize"},
		GroupID: groupAsk,
		Short:   "Summarise an article, or what came in since a time",
		Long:    summariseHelp,
		Example: "  pilcrow summarise twkmtylmpf\n" +
			"  pilcrow summarise --since 'last week'\n" +
			"  pilcrow summarise --query 'the sea wall' --length long",
		Args: usage(func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("takes one article, not %d", len(args))
			}
			if file != "" && len(args) > 0 {
				return usagef("takes no article beside --batch")
			}
			if len(args) == 1 {
				in.Article = args[0]
			}
			if file == "" && !in.enough() {
				return usagef("needs an article's ID, --query or --since")
			}
			return nil
		}),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			p, err := c.open(ctx)
			if err != nil {
				return err
			}
			defer p.Close()
			summarise := func(id json.RawMessage, line summariseLine) (*answerJSON, error) {
				brief, err := c.brief(line)
				if err != nil {
					return nil, err
				}
				out, err := collect(id, line.Query, p.bot.Summarise(ctx, brief))
				return out, missing(err, line.Article)
			}
			if file != "" {
				return batch(ctx, c, file, func(id json.RawMessage, line summariseLine) (any, error) {
					return summarise(id, line.or(in))
				})
			}
			if asJSON {
				out, err := summarise(nil, in)
				if err != nil {
					return err
				}
				return printJSON(c.Stdout, out)
			}
			brief, err := c.brief(in)
			if err != nil {
				return err
			}
			brief.Told = true
			_, err = c.screen().Answer(p.bot.Summarise(ctx, brief))
			return missing(err, in.Article)
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.Query, "query", "", "what the articles say on this `topic`")
	f.StringVar(&in.Since, "since", "", "published at or after this `time`: "+whenHelp)
	f.StringVar(&in.Until, "until", "", "published before the end of this `time`")
	f.StringVar(&in.Source, "source", "", "only this `outlet`")
	f.StringVar(&in.Length, "length", "", "short, medium or long (default medium)")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	f.StringVar(&file, "batch", "", "summarise each line of `file`, or of - for standard input, in JSON")
	return cmd
}

// summariseLine is what to summarise, as a line of a batch has it.
type summariseLine struct {
	Article string `json:"article"`
	Query   string `json:"query"`
	Since   string `json:"since"`
	Until   string `json:"until"`
	Source  string `json:"source"`
	Length  string `json:"length"`
}

// enough reports whether the line says what to summarise.
func (l summariseLine) enough() bool { return l.Article != "" || l.Query != "" || l.Since != "" }

// or takes from flags what the line leaves open.
func (l summariseLine) or(flags summariseLine) summariseLine {
	return summariseLine{
		Article: cmp.Or(l.Article, flags.Article),
		Query:   cmp.Or(l.Query, flags.Query),
		Since:   cmp.Or(l.Since, flags.Since),
		Until:   cmp.Or(l.Until, flags.Until),
		Source:  cmp.Or(l.Source, flags.Source),
		Length:  cmp.Or(l.Length, flags.Length),
	}
}

// brief is what the bot is asked to summarise.
func (c *call) brief(l summariseLine) (bot.Brief, error) {
	length := bot.Length(strings.ToLower(l.Length))
	switch {
	case !l.enough():
		return bot.Brief{}, usagef("needs an article, a query or since")
	case !length.Known():
		return bot.Brief{}, usagef("length %q is not short, medium or long", l.Length)
	}
	now, err := c.now()
	if err != nil {
		return bot.Brief{}, err
	}
	w := window{l.Since, l.Until}
	since, until, err := w.resolve(now)
	if err != nil {
		return bot.Brief{}, err
	}
	return bot.Brief{
		Article: l.Article, Topic: l.Query, Since: since, Until: until, Source: l.Source,
		Collections: c.collections, Length: length, Now: now,
	}, nil
}
