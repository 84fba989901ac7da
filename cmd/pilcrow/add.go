package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/corpus"
	"pilcrow/corpus/ingest"
)

const addHelp = `Adds articles: Markdown, plain text, saved HTML, PDF, JSON and JSON lines, one
by one or in folders; - reads JSON lines from standard input. Title, author,
outlet, date, address and language are taken from the file where it has them;
pilcrow edit corrects them.

Adding an article again changes nothing; a changed text becomes a new revision,
and what cites the old one still finds it. A file that cannot be read is
reported and does not stop the rest.

--json prints one object an article. --dry-run stores nothing and prints, in
JSON, what would be stored.`

func newAdd(c *call) *cobra.Command {
	var asJSON, dry bool
	var source string
	cmd := &cobra.Command{
		Use:     "add PATH...",
		GroupID: groupKeep,
		Short:   "Add articles from files and folders",
		Long:    addHelp,
		Example: "  pilcrow add articles/\n" +
			"  pilcrow add --collection work report.pdf\n" +
			"  pilcrow add --dry-run page.html\n" +
			"  zcat archive.jsonl.gz | pilcrow add -",
		Args: need("a file, a folder, or - for JSON lines on standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			found := ingest.Read(cmd.Context(), args, ingest.Options{Stdin: c.Stdin, Source: source})
			if dry {
				return c.dryRun(found)
			}
			return c.add(cmd.Context(), found, asJSON)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&asJSON, "json", false, "print one JSON object an article")
	f.BoolVar(&dry, "dry-run", false, "store nothing; print, in JSON, what would be stored")
	f.StringVar(&source, "source", "", "the `outlet` of articles that name none")
	return cmd
}

// Articles are stored together, which is faster, up to these bounds: how many
// there are, how many bytes of text they have, and how long the first waits.
const (
	togetherCount = 32
	togetherBytes = 4 << 20
	togetherTime  = 2 * time.Second
)

// adding is one run of add.
type adding struct {
	*call
	store *corpus.Store
	json  bool

	waiting []candidate
	bytes   int
	since   time.Time

	counts map[corpus.Status]int
	done   int
}

// candidate is what was found, on its way into the store.
type candidate struct {
	ingest.Found
	err     error
	article corpus.Article
	status  corpus.Status
}

// rejected joins the statuses of package corpus in what add prints.
const rejected corpus.Status = "rejected"

func (c *call) add(ctx context.Context, found iter.Seq2[ingest.Found, error], asJSON bool) error {
	p, err := c.parts(ctx, true)
	if err != nil {
		return err
	}
	defer p.Close()
	a := &adding{call: c, store: p.store, json: asJSON, counts: map[corpus.Status]int{}}
	if err := a.all(ctx, found); err != nil {
		return err
	}
	// By the clock, not by --now: what is deleted does not come back.
	if _, err := p.store.Purge(ctx, time.Now()); err != nil {
		return err
	}
	c.progress("indexing …")
	err = p.catchUp(ctx)
	c.progress("")
	if err != nil {
		return fmt.Errorf("%w; the articles are kept, and the next search indexes them", err)
	}
	return a.summary()
}

// all stores what is found, and prints what became of each.
func (a *adding) all(ctx context.Context, found iter.Seq2[ingest.Found, error]) error {
	for f, err := range found {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if len(a.waiting) == 0 {
			a.since = time.Now()
		}
		a.waiting = append(a.waiting, candidate{Found: f, err: err})
		for _, p := range f.Draft.Paragraphs {
			a.bytes += len(p)
		}
		if len(a.waiting) >= togetherCount || a.bytes >= togetherBytes || time.Since(a.since) >= togetherTime {
			if err := a.flush(ctx); err != nil {
				return err
			}
		}
	}
	return a.flush(ctx)
}

// flush stores the candidates that wait and prints them in order.
func (a *adding) flush(ctx context.Context) error {
	var drafts []corpus.Draft
	var at []int
	for i, w := range a.waiting {
		if w.err == nil {
			drafts, at = append(drafts, w.Draft), append(at, i)
		}
	}
	for _, name := range a.collections {
		results, err := a.store.AddAll(ctx, name, drafts)
		if err != nil {
			return err
		}
		for i, r := range results {
			w := &a.waiting[at[i]]
			w.article, w.err, w.status = r.Article, r.Err, further(w.status, r.Status)
		}
	}
	for _, w := range a.waiting {
		if w.err != nil {
			w.status = rejected
		}
		a.counts[w.status]++
		if err := a.print(w); err != nil {
			return err
		}
	}
	a.done += len(a.waiting)
	a.waiting, a.bytes = a.waiting[:0], 0
	if !terminal.IsTerminal(a.Stdout) { // where the lines themselves are no progress
		a.progress("%d articles …", a.done)
	}
	return nil
}

// further is the status that says more of an article added to several
// collections.
func further(a, b corpus.Status) corpus.Status {
	for _, s := range []corpus.Status{corpus.StatusAdded, corpus.StatusUpdated} {
		if a == s || b == s {
			return s
		}
	}
	return b
}

// addedJSON is what add prints of one article.
type addedJSON struct {
	Input      string        `json:"input"`
	Status     corpus.Status `json:"status"`
	Article    *string       `json:"article"` // null where it was rejected
	Paragraphs int           `json:"paragraphs"`
	Error      *string       `json:"error"` // null where it was not
}

func (a *adding) print(w candidate) error {
	if a.json {
		line := addedJSON{Input: w.Input, Status: w.status}
		if w.err != nil {
			why := w.err.Error()
			line.Error = &why
		} else {
			line.Article, line.Paragraphs = &w.article.ID, w.article.Paragraphs
		}
		return printJSON(a.Stdout, line)
	}
	if w.err != nil {
		a.complain(reject(w.Input, w.err))
		return nil
	}
	scr := a.screen()
	scr.Line(fmt.Sprintf("%-9s  %s  %s", w.status, scr.Accent(w.article.ID), scr.Byline(w.article)))
	return scr.Err()
}

// reject names the input in err, unless it does so itself.
func reject(input string, err error) error {
	if strings.Contains(err.Error(), input) {
		return err
	}
	return fmt.Errorf("%s: %w", input, err)
}

// summary ends the output for people, and says whether all went well.
func (a *adding) summary() error {
	if !a.json {
		var parts []string
		for _, s := range []corpus.Status{corpus.StatusAdded, corpus.StatusUpdated, corpus.StatusUnchanged, rejected} {
			if n := a.counts[s]; n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n, s))
			}
		}
		if len(parts) > 0 {
			fmt.Fprintln(a.Stdout, strings.Join(parts, ", "))
		}
	}
	if a.counts[rejected] > 0 {
		return errReported
	}
	return nil
}

// draftJSON is what add --dry-run prints of one article.
type draftJSON struct {
	Input      string     `json:"input"`
	Title      string     `json:"title"`
	Author     string     `json:"author"`
	Source     string     `json:"source"`
	Published  *time.Time `json:"published"`
	URL        string     `json:"url"`
	Lang       string     `json:"lang"`
	Paragraphs []string   `json:"paragraphs"`
}

// dryRun prints what add would store.
func (c *call) dryRun(found iter.Seq2[ingest.Found, error]) error {
	failed := false
	for f, err := range found {
		if errors.Is(err, context.Canceled) {
			return err
		}
		var d corpus.Draft
		if err == nil {
			d, err = corpus.Preview(f.Draft)
		}
		if err != nil {
			c.complain(reject(f.Input, err))
			failed = true
			continue
		}
		if err := printJSON(c.Stdout, draftJSON{
			f.Input, d.Title, d.Author, d.Source, known(d.Published), d.URL, d.Lang, list(d.Paragraphs),
		}); err != nil {
			return err
		}
	}
	if failed {
		return errReported
	}
	return nil
}
