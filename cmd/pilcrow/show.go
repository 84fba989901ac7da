package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/corpus"
)

const showHelp = `Shows one article: what is known of it, and its paragraphs with their numbers,
so that a citation can be read where it stands. An older revision, which a
citation may name, is shown with --revision.

--diff shows what a revision changed: [-words that went-], {+words that came+},
and before each paragraph its number and ~ where it changed, + where it was
added, - where it was removed, > where it was moved.`

func newShow(c *call) *cobra.Command {
	var asJSON bool
	var revision, paragraph int
	var changed bool
	var span revisions
	cmd := &cobra.Command{
		Use:     "show ARTICLE",
		GroupID: groupKeep,
		Short:   "Show an article with its paragraphs numbered",
		Long:    showHelp,
		Example: "  pilcrow show 17\n  pilcrow show 17 --paragraph 3 --revision 1\n  pilcrow show 17 --diff --from 1",
		Args:    one("the ID of an article, as pilcrow articles lists them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case revision < 0 || paragraph < 0 || span.from < 0 || span.to < 0:
				return usagef("revisions and paragraphs count from 1")
			case !changed && span != revisions{}:
				return usagef("--from and --to go with --diff")
			case changed && (asJSON || revision > 0 || paragraph > 0):
				return usagef("--diff goes with --from and --to alone")
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
			if changed {
				return c.showDiff(ctx, p.store, a, span)
			}
			current := a.Revision
			if revision > 0 {
				a.Revision = revision
			}
			ps, err := p.store.Paragraphs(ctx, a.ID, revision, paragraph, paragraph)
			if errors.Is(err, corpus.ErrNotFound) {
				return c.lacking(ctx, p.store, a, paragraph)
			}
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
			c.show(a, current, ps)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().IntVar(&revision, "revision", 0, "this revision instead of the current one")
	cmd.Flags().IntVar(&paragraph, "paragraph", 0, "this paragraph alone")
	cmd.Flags().BoolVar(&changed, "diff", false, "show what a revision changed")
	cmd.Flags().IntVar(&span.from, "from", 0, "the older `revision` of --diff (default the one before)")
	cmd.Flags().IntVar(&span.to, "to", 0, "the newer `revision` of --diff (default the current one)")
	return cmd
}

// show prints an article as a page: a head, then the paragraphs with their
// numbers in the margin. Its revision may be older than the current one.
func (c *call) show(a corpus.Article, current int, ps []corpus.Paragraph) {
	scr := c.screen()
	scr.Block("", "", scr.Byline(a))
	if a.Author != "" {
		scr.Block("", "", "by "+terminal.Plain(a.Author))
	}
	state := "revision " + strconv.Itoa(a.Revision)
	if a.Revision < current {
		state += " of " + strconv.Itoa(current) + ", changed since"
	}
	if a.Withdrawn() {
		state += ", withdrawn"
	} else {
		state += ", in " + terminal.Plain(strings.Join(a.Collections, ", "))
	}
	scr.Block("", "", scr.Dim(state))
	if a.Partial {
		scr.Block("", "", scr.Dim(onlyBeginning))
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
