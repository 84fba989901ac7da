package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/retrieval"
)

const searchHelp = `Finds the passages that bear on a question, best first: consecutive whole
paragraphs of one article. Outlets and dates that the question names steer the
search; --since, --until and --source allow nothing else. --explain shows how
the question was read and what each score is made of.

--batch reads objects {id, query, since, until, source, limit}, one a line, and
prints one a line with the same id.`

func newSearch(c *call) *cobra.Command {
	var asJSON, explain bool
	var file string
	var in searchLine
	cmd := &cobra.Command{
		Use:     "search QUESTION...",
		GroupID: groupAsk,
		Short:   "Find the passages that bear on a question",
		Long:    searchHelp,
		Example: "  pilcrow search sea wall cost\n  pilcrow search --since 2026-03 --limit 3 --explain night ferry",
		Args:    wordsOrBatch(&file, "a question, or words to look for"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if in.Limit < 0 {
				return usagef("--limit %d is less than nothing", in.Limit)
			}
			p, err := c.open(ctx)
			if err != nil {
				return err
			}
			defer p.Close()
			if file != "" {
				return batch(ctx, c, file, func(id json.RawMessage, line searchLine) (any, error) {
					q, err := c.query(line.or(in))
					if err != nil {
						return nil, err
					}
					found, err := p.search.Find(ctx, q)
					if err != nil {
						return nil, err
					}
					return newResultJSON(id, line.Query, found, explain), nil
				})
			}
			in.Query = joined(args)
			q, err := c.query(in)
			if err != nil {
				return err
			}
			found, err := p.search.Find(ctx, q)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.Stdout, newResultJSON(nil, in.Query, found, explain))
			}
			return c.showHits(found, explain)
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.Since, "since", "", "published at or after this `time`: "+whenHelp)
	f.StringVar(&in.Until, "until", "", "published before the end of this `time`")
	f.StringVar(&in.Source, "source", "", "only this `outlet`")
	f.IntVar(&in.Limit, "limit", 0, "how many passages at most (default 10)")
	f.BoolVar(&explain, "explain", false, "show the parts of each score")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	f.StringVar(&file, "batch", "", "search for each line of `file`, or of - for standard input, in JSON")
	return cmd
}

// searchLine is a query with its limits, as a line of a batch has it.
type searchLine struct {
	Query  string `json:"query"`
	Since  string `json:"since"`
	Until  string `json:"until"`
	Source string `json:"source"`
	Limit  int    `json:"limit"`
}

// or takes from flags what the line leaves open.
func (l searchLine) or(flags searchLine) searchLine {
	return searchLine{
		Query:  l.Query,
		Since:  cmp.Or(l.Since, flags.Since),
		Until:  cmp.Or(l.Until, flags.Until),
		Source: cmp.Or(l.Source, flags.Source),
		Limit:  cmp.Or(l.Limit, flags.Limit),
	}
}

func (c *call) query(l searchLine) (retrieval.Query, error) {
	if l.Limit < 0 {
		return retrieval.Query{}, usagef("limit %d is less than nothing", l.Limit)
	}
	now, err := c.now()
	if err != nil {
		return retrieval.Query{}, err
	}
	w := window{l.Since, l.Until}
	since, until, err := w.resolve(now)
	if err != nil {
		return retrieval.Query{}, err
	}
	return retrieval.Query{
		Text: l.Query, Collections: c.collections, Since: since, Until: until,
		Source: l.Source, Limit: l.Limit, Now: now,
	}, nil
}

// resultJSON is what search prints.
type resultJSON struct {
	ID    json.RawMessage `json:"id"`
	Query string          `json:"query"`
	Plan  string          `json:"plan,omitempty"` // with --explain
	Hits  []hitJSON       `json:"hits"`
}

type hitJSON struct {
	Article    string     `json:"article"`
	Revision   int        `json:"revision"`
	Title      string     `json:"title"`
	Source     string     `json:"source"`
	Published  *time.Time `json:"published"`
	URL        string     `json:"url"`
	First      int        `json:"first"`
	Last       int        `json:"last"`
	Paragraphs []string   `json:"paragraphs"`
	Score      float64    `json:"score"`
	Why        []partJSON `json:"why,omitempty"` // with --explain
}

type partJSON struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

func newResultJSON(id json.RawMessage, query string, found retrieval.Evidence, explain bool) resultJSON {
	r := resultJSON{ID: id, Query: query, Hits: []hitJSON{}}
	if explain {
		r.Plan = found.Plan.String()
	}
	for _, h := range found.Hits {
		out := hitJSON{
			Article: h.Article.ID, Revision: h.Revision, Title: h.Article.Title, Source: h.Article.Source,
			Published: known(h.Article.Published), URL: h.Article.URL,
			First: h.First, Last: h.Last, Paragraphs: list(h.Text), Score: h.Score,
		}
		if explain {
			for _, p := range h.Why {
				out.Why = append(out.Why, partJSON(p))
			}
		}
		r.Hits = append(r.Hits, out)
	}
	return r
}

// showHits prints passages for a person, each under its article.
func (c *call) showHits(found retrieval.Evidence, explain bool) error {
	scr := c.screen()
	if explain {
		for line := range strings.Lines(found.Plan.String()) {
			scr.Printf("%s\n", scr.Dim(terminal.Plain(strings.TrimRight(line, "\n"))))
		}
		scr.Printf("\n")
	}
	if len(found.Hits) == 0 {
		scr.Printf("Nothing here bears on that.\n")
	}
	for i, h := range found.Hits {
		if i > 0 {
			scr.Printf("\n")
		}
		place := "¶" + strconv.Itoa(h.First)
		if h.Last > h.First {
			place += "–" + strconv.Itoa(h.Last)
		}
		scr.Block(scr.Accent(strconv.Itoa(i+1))+" ", "  ", scr.Byline(h.Article)+scr.Dim("\u00a0· "+place))
		if explain {
			scr.Block("  ", "  ", scr.Dim(explanation(h)))
		}
		for j, p := range h.Text {
			scr.Block(scr.Dim(fmt.Sprintf("%4d  ", h.First+j)), "      ", terminal.Plain(p))
		}
		for _, t := range h.Also {
			scr.Block("      ", "      ", scr.Dim("also in ")+scr.Byline(t.Article))
		}
	}
	return scr.Err()
}

// explanation is a score and its addends: .82 = .50 clause 1 passage + …
func explanation(h retrieval.Hit) string {
	s := "score " + strconv.FormatFloat(h.Score, 'f', 3, 64)
	for i, p := range h.Why {
		sign := " + "
		switch {
		case i == 0:
			sign = " = "
		case p.Value < 0:
			sign = " − "
		}
		s += sign + strconv.FormatFloat(math.Abs(p.Value), 'f', 3, 64) + " " + terminal.Plain(p.Name)
	}
	return s
}
