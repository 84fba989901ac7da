package main

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"pilcrow/bot/terminal"
	"pilcrow/corpus"
	"pilcrow/corpus/ingest"
)

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
	links *ingest.Linker
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

// add stores what each adds, brings the indexes up to date and says what became
// of it all.
func (c *call) add(ctx context.Context, asJSON bool, each func(*adding) error) error {
	p, err := c.parts(ctx, true)
	if err != nil {
		return err
	}
	defer p.Close()
	a := &adding{call: c, store: p.store, links: p.links, json: asJSON, counts: map[corpus.Status]int{}}
	if err := each(a); err != nil {
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
	return a.settle()
}

// settle prints the candidates whose fate is known.
func (a *adding) settle() error {
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
	if w.article.Partial {
		scr.Block("           ", "           ", scr.Dim(onlyBeginning))
	}
	return scr.Err()
}

// reject names the input in err, unless it does so itself.
func reject(input string, err error) error {
	if strings.Contains(err.Error(), input) {
		return err
	}
	return fmt.Errorf("%s: %w", input, err)
}

// onlyBeginning is what a person is told of an article that is Partial.
const onlyBeginning = "only the beginning: the rest is for subscribers of the site"

// summary ends the output for people, and says whether all went well.
func (a *adding) summary() error {
	if !a.json {
		var parts []string
		for _, s := range []corpus.Status{corpus.StatusAdded, corpus.StatusUpdated, corpus.StatusUnchanged, gone, rejected} {
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
