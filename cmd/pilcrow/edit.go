package main

import (
	"time"

	"github.com/spf13/cobra"

	"pilcrow/corpus"
)

const editHelp = `Corrects what an article says of itself. What is corrected stays so when the
article is added again. An empty value means unknown.`

func newEdit(c *call) *cobra.Command {
	var title, author, source, lang, published string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "edit ARTICLE",
		GroupID: groupKeep,
		Short:   "Correct an article's title, author, outlet, date or language",
		Long:    editHelp,
		Example: "  pilcrow edit 17 --source 'Tollness Courier' --published 2026-03-03",
		Args:    one("the ID of an article, as pilcrow articles lists them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var fix corpus.Correction
			given := false
			for _, f := range []struct {
				flag  string
				value *string
				to    **string
			}{
				{"title", &title, &fix.Title},
				{"author", &author, &fix.Author},
				{"source", &source, &fix.Source},
				{"lang", &lang, &fix.Lang},
			} {
				if cmd.Flags().Changed(f.flag) {
					*f.to, given = f.value, true
				}
			}
			if cmd.Flags().Changed("published") {
				t, err := publication(published)
				if err != nil {
					return err
				}
				fix.Published, given = &t, true
			}
			if !given {
				return usagef("nothing to correct; give --title, --author, --source, --published or --lang")
			}
			p, err := c.parts(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer p.Close()
			a, err := p.store.Edit(cmd.Context(), args[0], fix)
			if err != nil {
				return missing(err, args[0])
			}
			return c.printArticle(a, asJSON)
		},
	}
	f := cmd.Flags()
	f.StringVar(&title, "title", "", "the title")
	f.StringVar(&author, "author", "", "who wrote it")
	f.StringVar(&source, "source", "", "the outlet")
	f.StringVar(&published, "published", "", "when it was published: a `date`, or a time in RFC 3339")
	f.StringVar(&lang, "lang", "", "the language, such as en or de")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// publication reads when an article was published; empty means unknown.
func publication(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, usagef("--published %q is not a date such as 2026-03-03, or a time in RFC 3339", s)
}

// printArticle shows an article in a line.
func (c *call) printArticle(a corpus.Article, asJSON bool) error {
	if asJSON {
		return printJSON(c.Stdout, newArticleJSON(a))
	}
	scr := c.screen()
	scr.Line(scr.Accent(a.ID) + "  " + scr.Byline(a))
	return scr.Err()
}
