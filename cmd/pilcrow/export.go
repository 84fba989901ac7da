package main

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pilcrow/corpus"
	"pilcrow/corpus/ingest"
)

const exportHelp = `Prints the articles of the collections as JSON lines, first those without a date
and then the newest, one object {title, author, source, published_at, url, lang,
body} each, its paragraphs parted by blank lines. It is what pilcrow import and
pilcrow add read, and of what they have read it prints the same again. Articles
are printed as they stand now: revisions, corrections' pins, what was removed,
and which articles were fetched from their addresses are in a backup only.

With --person it prints instead all that is kept about one person in Discord, as
one JSON object: {person, asked, quoted, feedback, usage, follows, audit, feeds,
articles}. pilcrow forget deletes it.`

func newExport(c *call) *cobra.Command {
	var person string
	cmd := &cobra.Command{
		Use:     "export",
		GroupID: groupKeep,
		Short:   "Print the articles as JSON lines",
		Long:    exportHelp,
		Example: "  pilcrow export | gzip > articles.jsonl.gz\n  pilcrow export --collection harbour",
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			p, err := c.parts(ctx, false)
			if err != nil {
				return err
			}
			defer p.Close()
			if person != "" {
				return c.exportPerson(ctx, p, person)
			}
			ids, err := exported(ctx, p.store, c.collections)
			if err != nil {
				return err
			}
			for _, id := range ids {
				a, err := p.store.Article(ctx, id)
				if errors.Is(err, corpus.ErrNotFound) {
					continue // purged this moment
				}
				if err != nil {
					return err
				}
				ps, err := p.store.Paragraphs(ctx, a.ID, a.Revision, 0, 0)
				if errors.Is(err, corpus.ErrNotFound) {
					continue
				}
				if err != nil {
					return err
				}
				if err := printJSON(c.Stdout, newExportJSON(a, ps)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&person, "person", "", "print what is kept about the person with this `id` in Discord")
	return cmd
}

// exported returns the IDs of the articles of the collections, in an order that
// knows nothing of when they were added: whoever imports them adds them at
// another time.
func exported(ctx context.Context, store *corpus.Store, collections []string) ([]string, error) {
	type one struct {
		id        string
		published time.Time
	}
	var list []one
	for a, err := range store.Articles(ctx, corpus.Filter{Collections: collections}) {
		if err != nil {
			return nil, err
		}
		list = append(list, one{a.ID, a.Published})
	}
	slices.SortFunc(list, func(a, b one) int {
		if a.published.IsZero() != b.published.IsZero() {
			return a.published.Compare(b.published) // zero is before all
		}
		return cmp.Or(b.published.Compare(a.published), cmp.Compare(a.id, b.id))
	})
	ids := make([]string, len(list))
	for i, a := range list {
		ids[i] = a.id
	}
	return ids, nil
}

// exportJSON is an article with its text, as add reads it.
type exportJSON struct {
	Title     string     `json:"title"`
	Author    string     `json:"author"`
	Source    string     `json:"source"`
	Published *time.Time `json:"published_at"`
	URL       string     `json:"url"`
	Lang      string     `json:"lang"`
	Body      string     `json:"body"`
}

func newExportJSON(a corpus.Article, ps []corpus.Paragraph) exportJSON {
	texts := make([]string, len(ps))
	for i, p := range ps {
		texts[i] = p.Text
	}
	return exportJSON{a.Title, a.Author, a.Source, known(a.Published), a.URL, a.Lang, strings.Join(texts, "\n\n")}
}

const importHelp = `Adds the articles of files in JSON lines, whatever the files are called, as
pilcrow add does; - reads standard input.`

func newImport(c *call) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "import FILE...",
		GroupID: groupKeep,
		Short:   "Add the articles that export printed",
		Long:    importHelp,
		Example: "  pilcrow import articles.jsonl\n  zcat articles.jsonl.gz | pilcrow import -",
		Args:    need("a file of JSON lines, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.add(ctx, asJSON, func(a *adding) error { return a.all(ctx, c.lines(ctx, args)) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object an article")
	return cmd
}

// lines reads the articles of files in JSON.
func (c *call) lines(ctx context.Context, paths []string) iter.Seq2[ingest.Found, error] {
	return func(yield func(ingest.Found, error) bool) {
		for _, path := range paths {
			if !c.linesOf(ctx, path, yield) {
				return
			}
		}
	}
}

// linesOf reads the articles of one file, and reports whether to go on.
func (c *call) linesOf(ctx context.Context, path string, yield func(ingest.Found, error) bool) bool {
	in := c.Stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return yield(ingest.Found{Input: path}, err)
		}
		defer f.Close() // it only read
		in = f
	}
	for found, err := range ingest.Read(ctx, []string{"-"}, ingest.Options{Stdin: in}) {
		found.Input = path + strings.TrimPrefix(found.Input, "-")
		if !yield(found, err) {
			return false
		}
	}
	return true
}
