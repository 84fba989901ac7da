package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/corpus"
)

const articlesHelp = `Lists the articles of the collections, newest first, with the ID that show,
edit and remove take. Words choose those whose title, author or outlet has
all of them.`

func newArticles(c *call) *cobra.Command {
	var asJSON bool
	var limit int
	var win window
	var source string
	cmd := &cobra.Command{
		Use:     "articles [WORD]...",
		GroupID: groupKeep,
		Short:   "List articles, newest first",
		Long:    articlesHelp,
		Example: "  pilcrow articles\n  pilcrow articles --source 'The Tollness Lantern' --since 2026-03 ferry",
		RunE: func(cmd *cobra.Command, args []string) error {
			now, err := c.now()
			if err != nil {
				return err
			}
			since, until, err := win.resolve(now)
			if err != nil {
				return err
			}
			p, err := c.parts(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer p.Close()

			w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
			none := true
			for a, err := range p.store.Articles(cmd.Context(), corpus.Filter{
				Collections: c.collections, Query: joined(args), Source: source,
				Since: since, Until: until, Limit: limit,
			}) {
				if err != nil {
					return err
				}
				none = false
				if asJSON {
					if err := printJSON(c.Stdout, newArticleJSON(a)); err != nil {
						return err
					}
					continue
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", a.ID, day(a), terminal.Plain(a.Source), terminal.Plain(a.Title))
			}
			if none && !asJSON {
				fmt.Fprintln(c.Stderr, "no articles; add some with pilcrow add")
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	cmd.Flags().IntVar(&limit, "limit", 0, "list at most this many")
	cmd.Flags().StringVar(&source, "source", "", "only this `outlet`")
	win.flags(cmd.Flags())
	return cmd
}

// day is when an article was published, for a column.
func day(a corpus.Article) string {
	if a.Published.IsZero() {
		return "-"
	}
	return a.Published.Format("2006-01-02")
}
