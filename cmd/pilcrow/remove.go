package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"pilcrow/corpus"
)

const removeHelp = `Takes articles out of a collection. An article that is in no other is then no
longer searched; its citations say that it is withdrawn. For a week --undo
brings it back; after that its text is deleted.`

func newRemove(c *call) *cobra.Command {
	var asJSON, undo bool
	cmd := &cobra.Command{
		Use:     "remove ARTICLE...",
		GroupID: groupKeep,
		Short:   "Take articles out, or within a week put them back",
		Long:    removeHelp,
		Example: "  pilcrow remove 17\n  pilcrow remove --undo 17",
		Args:    need("the ID of an article, as pilcrow articles lists them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if undo {
				return c.membership(cmd.Context(), args, asJSON, "restored", (*corpus.Store).Restore)
			}
			return c.membership(cmd.Context(), args, asJSON, "removed", (*corpus.Store).Remove)
		},
	}
	cmd.Flags().BoolVar(&undo, "undo", false, "put removed articles back")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

// membership changes what the collections hold, article by article, and goes
// on after one that cannot be changed.
func (c *call) membership(ctx context.Context, ids []string, asJSON bool, done string,
	change func(*corpus.Store, context.Context, string, string) error) error {
	p, err := c.parts(ctx, false)
	if err != nil {
		return err
	}
	defer p.Close()
	failed := false
	for _, id := range ids {
		if err := c.change(ctx, p.store, id, asJSON, done, change); err != nil {
			if ctx.Err() != nil {
				return err
			}
			c.complain(err)
			failed = true
		}
	}
	if failed {
		return errReported
	}
	// By the clock, not by --now: what is deleted does not come back.
	_, err = p.store.Purge(ctx, time.Now())
	return err
}

func (c *call) change(ctx context.Context, s *corpus.Store, id string, asJSON bool, done string,
	change func(*corpus.Store, context.Context, string, string) error) error {
	for _, name := range c.collections {
		if err := change(s, ctx, name, id); errors.Is(err, corpus.ErrNotFound) {
			return fmt.Errorf("%q cannot be %s: there is no such article in collection %q", id, done, name)
		} else if err != nil {
			return err
		}
	}
	a, err := s.Article(ctx, id)
	if err != nil {
		return err
	}
	if !asJSON {
		fmt.Fprintf(c.Stdout, "%s  ", done)
	}
	return c.printArticle(a, asJSON)
}
