package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/corpus"
)

const showHelp = `Shows one article: what is known of it, and its paragraphs with their numbers,
so that a citation can be read where it stands. An older revision, which a
citation may name, is shown with --revision.`

func newShow(c *call) *cobra.Command {
	var asJSON bool
	var revision, paragraph int
	cmd := &cobra.Command{
		Use:     "show ARTICLE",
		GroupID: groupKeep,
		Short:   "Show an article with its paragraphs numbered",
		Long:    showHelp,
		Example: "  pilcrow show 17\n  pilcrow show 17 --paragraph 3 --revision 1",
		Args:    one("the ID of an article, as pilcrow articles lists them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if revision < 0 || paragraph < 0 {
				return usagef("revisions and paragraphs count from 1")
			}
			ctx := cmd.Context()
			p, err := c.parts(ctx, false)
			if err != nil {
				return err
			}
			defer p.Close()
			a, err := p.store.Article(ctx, args[0])
			if err != nil {
				return missing(err, args[0])
			}
			if revision > 0 {
				a.Revision = revision
			}
			ps, err := p.store.Paragraphs(ctx, a.ID, revision, paragraph, paragraph)
			if err != nil {
				return err
			}
			if asJSON {
				texts := make([]string, len(ps))
				for i, p := range ps {
					texts[i] = p.Text
				}
				return printJSON(c.Stdout, struct {
					articleJSON
					Paragraphs []string `json:"paragraphs"`
				}{newArticleJSON(a), texts})
			}
			c.show(a, ps)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().IntVar(&revision, "revision", 0, "this revision instead of the current one")
	cmd.Flags().IntVar(&paragraph, "paragraph", 0, "this paragraph alone")
	return cmd
}

// show prints an article as a page: a head, then the paragraphs with their
// numbers in the margin.
func (c *call) show(a corpus.Article, ps []corpus.Paragraph) {
	scr := c.screen()
	scr.Block("", "", scr.Byline(a))
	if a.Author != "" {
		scr.Block("", "", "by "+terminal.Plain(a.Author))
	}
	state := "revision " + strconv.Itoa(a.Revision)
	if a.Withdrawn() {
		state += ", withdrawn"
	} else {
		state += ", in " + terminal.Plain(strings.Join(a.Collections, ", "))
	}
	scr.Block("", "", scr.Dim(state))
	if a.Partial {
		scr.Block("", "", scr.Dim("only the beginning: the rest is for subscribers of the site"))
	}
	if !a.Gone.IsZero() {
		scr.Block("", "", scr.Dim("its page is gone since "+terminal.Date(a.Gone)+", or not long before"))
	}
	if a.URL != "" {
		scr.Printf("%s\n", scr.Dim(terminal.Plain(a.URL)))
	}
	for _, p := range ps {
		scr.Printf("\n")
		scr.Block(scr.Dim(fmt.Sprintf("%4d  ", p.N)), "      ", terminal.Plain(p.Text))
	}
}
