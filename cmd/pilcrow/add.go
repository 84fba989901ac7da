package main

import (
	"github.com/spf13/cobra"

	"pilcrow/corpus/ingest"
)

const addHelp = `Adds articles: Markdown, plain text, saved HTML, PDF, JSON and JSON lines, one
by one or in folders; - reads JSON lines from standard input. An address on the
web is fetched: a page, a PDF, a text. Title, author, outlet, date, address and
language are taken from the article where it has them; pilcrow edit corrects
them.

Adding an article again changes nothing; a changed text becomes a new revision,
and what cites the old one still finds it. What cannot be read is reported and
does not stop the rest.

--json prints one object an article. --dry-run stores nothing and prints, in
JSON, what would be stored.`

func newAdd(c *call) *cobra.Command {
	var asJSON, dry bool
	var source string
	cmd := &cobra.Command{
		Use:     "add PATH|ADDRESS...",
		GroupID: groupKeep,
		Short:   "Add articles from files, folders and the web",
		Long:    addHelp,
		Example: "  pilcrow add articles/\n" +
			"  pilcrow add https://example.com/2026/the-night-ferry\n" +
			"  pilcrow add --collection work report.pdf\n" +
			"  pilcrow add --dry-run page.html\n" +
			"  zcat archive.jsonl.gz | pilcrow add -",
		Args: need("a file, a folder, an address, or - for JSON lines on standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o := ingest.Options{Stdin: c.Stdin, Source: source}
			if dry {
				return c.dryRun(cmd.Context(), args, o)
			}
			return c.add(cmd.Context(), asJSON, func(a *adding) error { return a.inputs(cmd.Context(), args, o) })
		},
	}
	f := cmd.Flags()
	f.BoolVar(&asJSON, "json", false, "print one JSON object an article")
	f.BoolVar(&dry, "dry-run", false, "store nothing; print, in JSON, what would be stored")
	f.StringVar(&source, "source", "", "the `outlet` of articles that name none")
	return cmd
}
