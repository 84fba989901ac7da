package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"pilcrow/bot"
	"pilcrow/bot/verify"
	"pilcrow/corpus/text"
)

const citeHelp = `Finds the paragraph behind each claim of a text: the one that supports it, or
contradicts it (another number, date or name, or the opposite), or at least
speaks of it. It needs no model.

--batch reads objects {id, text}, one a line, and prints one a line with the
same id.`

func newCite(c *call) *cobra.Command {
	var asJSON bool
	var file string
	cmd := &cobra.Command{
		Use:     "cite TEXT...",
		GroupID: groupAsk,
		Short:   "Find the paragraph behind each claim of a text",
		Long:    citeHelp,
		Example: "  pilcrow cite the sea wall will cost 7.1 million pounds\n" +
			"  pilcrow cite --batch claims.jsonl > sources.jsonl",
		Args: wordsOrBatch(&file, "a text"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			now, err := c.now()
			if err != nil {
				return err
			}
			p, err := c.open(ctx)
			if err != nil {
				return err
			}
			defer p.Close()
			find := func(s string) ([]bot.Claim, error) {
				claims, err := p.bot.FindSources(ctx, s, c.collections, now)
				if len(claims) == bot.MostClaims {
					fmt.Fprintf(c.Stderr, "pilcrow: the text is long; its first %d claims were looked for\n", bot.MostClaims)
				}
				return claims, err
			}
			cite := func(id json.RawMessage, s string) (*citedJSON, error) {
				claims, err := find(s)
				if err != nil {
					return nil, err
				}
				return newCitedJSON(id, s, claims), nil
			}
			if file != "" {
				return batch(ctx, c, file, func(id json.RawMessage, line citeLine) (any, error) {
					return cite(id, line.Text)
				})
			}
			if asJSON {
				out, err := cite(nil, joined(args))
				if err != nil {
					return err
				}
				return printJSON(c.Stdout, out)
			}
			claims, err := find(joined(args))
			if err != nil {
				return err
			}
			return c.screen().Claims(joined(args), claims)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	f.StringVar(&file, "batch", "", "find the sources of each line of `file`, or of - for standard input, in JSON")
	return cmd
}

type citeLine struct {
	Text string `json:"text"`
}

type citedJSON struct {
	ID     json.RawMessage `json:"id"`
	Claims []claimJSON     `json:"claims"`
}

type claimJSON struct {
	Start     int            `json:"start"` // code points
	End       int            `json:"end"`
	Text      string         `json:"text"`
	Verdict   verify.Stand   `json:"verdict"`
	Score     float64        `json:"score"`
	Citations []citationJSON `json:"citations"`
}

func newCitedJSON(id json.RawMessage, s string, claims []bot.Claim) *citedJSON {
	out := &citedJSON{ID: id, Claims: []claimJSON{}}
	for _, k := range claims {
		start, end := text.Points(s, k.Span)
		j := claimJSON{Start: start, End: end, Text: k.Of(s), Verdict: k.Stand, Score: k.Score, Citations: []citationJSON{}}
		for _, c := range k.Citations {
			j.Citations = append(j.Citations, newCitationJSON(c))
		}
		out.Claims = append(out.Claims, j)
	}
	return out
}
