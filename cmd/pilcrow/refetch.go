package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/ingest"
)

const refetchHelp = `Asks the sites of articles that were added by their addresses for what is new:
of the articles named, or of all in the collections. A changed text becomes a new
revision; an article whose page is gone stays, and is marked as gone.

--offline asks nobody and reads the kept pages again, as after an update of
Pilcrow that reads pages better.`

func newRefetch(c *call) *cobra.Command {
	var asJSON, offline bool
	cmd := &cobra.Command{
		Use:     "refetch [ARTICLE...]",
		GroupID: groupKeep,
		Short:   "Look whether articles from the web have changed",
		Long:    refetchHelp,
		Example: "  pilcrow refetch\n  pilcrow refetch gapgs35lpz\n  pilcrow refetch --offline --collection news",
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.refetch(cmd.Context(), args, offline, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object an article, as pilcrow add does")
	cmd.Flags().BoolVar(&offline, "offline", false, "ask nobody; read the kept pages again")
	return cmd
}

// gone joins the statuses of package corpus in what refetch prints.
const gone corpus.Status = "gone"

func (c *call) refetch(ctx context.Context, ids []string, offline, asJSON bool) error {
	p, err := c.parts(ctx, false)
	if err != nil {
		return err
	}
	defer p.Close()
	again := p.links.Refetch
	if offline {
		again = p.links.Reread
	}
	all := len(ids) == 0
	if all {
		for a, err := range p.store.Articles(ctx, corpus.Filter{Collections: c.collections}) {
			if err != nil {
				return err
			}
			if a.URL != "" {
				ids = append(ids, a.ID)
			}
		}
	}
	a := &adding{call: c, store: p.store, links: p.links, json: asJSON, counts: map[corpus.Status]int{}}
	for i, id := range ids {
		c.progress("%d of %d …", i+1, len(ids))
		linked, err := again(ctx, id)
		c.progress("")
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case storeFault(err):
			return err
		case all && (errors.Is(err, ingest.ErrUpload) || errors.Is(err, ingest.ErrNotKept)):
			continue // nobody asked for this one
		case errors.Is(err, fetch.ErrGone):
			linked.Status, err = gone, nil
		}
		a.waiting = append(a.waiting, candidate{Found: ingest.Found{Input: id}, err: missing(err, id), article: linked.Article, status: linked.Status})
		if err := a.settle(); err != nil {
			return err
		}
	}
	c.progress("indexing …")
	err = p.catchUp(ctx)
	c.progress("")
	if err != nil {
		return fmt.Errorf("%w; the articles are kept, and the next search indexes them", err)
	}
	if len(a.counts) == 0 && !asJSON {
		_, err := fmt.Fprintln(c.Stdout, "no articles that were fetched")
		return err
	}
	return a.summary()
}
