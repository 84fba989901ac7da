package main

import (
	"context"
	"errors"
	"iter"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/ingest"
)

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

// previews yields the articles of inputs, files and addresses, in order.
func (c *call) previews(ctx context.Context, inputs []string, o ingest.Options) iter.Seq2[ingest.Found, error] {
	return func(yield func(ingest.Found, error) bool) {
		for kind, run := range runs(inputs) {
			if kind == path {
				for f, err := range ingest.Read(ctx, run, o) {
					if !yield(f, err) {
						return
					}
				}
				continue
			}
			for _, address := range run {
				d, err := c.preview(ctx, address)
				if ctx.Err() != nil {
					err = ctx.Err()
				}
				if !yield(ingest.Found{Input: printable(address), Draft: d}, err) {
					return
				}
			}
		}
	}
}

// preview reads what stands at an address. There need be no database.
func (c *call) preview(ctx context.Context, address string) (corpus.Draft, error) {
	cfg, err := c.configuration()
	if err != nil {
		return corpus.Draft{}, err
	}
	web, err := newWeb(cfg.Config, c.log(cfg.Log.SlogLevel()))
	if err != nil {
		return corpus.Draft{}, err
	}
	defer web.Close()
	return ingest.Preview(ctx, web, address)
}

// dryRun prints what add would store.
func (c *call) dryRun(ctx context.Context, inputs []string, o ingest.Options) error {
	failed := false
	for f, err := range c.previews(ctx, inputs, o) {
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
