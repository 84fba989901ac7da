package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/corpus/poll"
)

const pollHelp = `Fetches what is new in the feeds of all collections, each when it is due, until
it is interrupted. How often a feed is asked follows how often it has something
new. A feed that fails is told of after a day and paused after a month; pilcrow
feed list shows how they fare.

--once polls the feeds that are due now, and ends.`

func newPoll(c *call) *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use:     "poll",
		GroupID: groupKeep,
		Short:   "Fetch what is new in the feeds",
		Long:    pollHelp,
		Example: "  pilcrow poll --once",
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.poll(cmd.Context(), once)
		},
	}
	cmd.Flags().BoolVar(&once, "once", false, "poll what is due now, and end")
	return cmd
}

func (c *call) poll(ctx context.Context, once bool) error {
	p, err := c.parts(ctx, false)
	if err != nil {
		return err
	}
	defer p.Close()
	if !once {
		p.feeds.Told = func(r poll.Result) { c.polled(r, r.Report) }
		poll.New(p.feeds).Run(ctx)
		return nil
	}
	read, failed, added, updated := 0, 0, 0, 0
	p.feeds.Told = func(r poll.Result) {
		if r.Err != nil {
			failed++
		} else {
			read++
		}
		added += r.Added
		updated += r.Updated
		c.polled(r, r.Err != nil)
	}
	if err := poll.New(p.feeds).Once(ctx); err != nil {
		return err
	}
	if added+updated > 0 {
		if err := p.catchUp(ctx); err != nil {
			return fmt.Errorf("%w; the articles are kept, and the next search indexes them", err)
		}
	}
	fmt.Fprintf(c.Stdout, "%d feeds read, %d failed; %d articles added, %d updated", read, failed, added, updated)
	if next, err := p.store.NextFeed(ctx); err == nil && !next.IsZero() {
		fmt.Fprintf(c.Stdout, "; next in %d min", max(0, int(time.Until(next).Minutes())))
	}
	fmt.Fprintln(c.Stdout)
	return nil
}

// polled prints what a poll brought, and that it failed where complain says so.
func (c *call) polled(r poll.Result, complain bool) {
	name := terminal.Plain(r.Feed.Title)
	if name == "" {
		name = terminal.Plain(r.Feed.URL)
	}
	switch {
	case complain && r.Feed.Paused:
		c.complain(fmt.Errorf("%s: %w; it is polled no more; pilcrow feed resume undoes that", r.Feed.URL, r.Err))
	case complain && r.Report:
		c.complain(fmt.Errorf("%s: %w (since %s)", r.Feed.URL, r.Err, r.Feed.Failing.Format(time.DateOnly)))
	case complain:
		c.complain(fmt.Errorf("%s: %w", r.Feed.URL, r.Err))
	case r.Added+r.Updated > 0:
		left := ""
		if r.Left > 0 {
			left = fmt.Sprintf(", %d left for the next polls", r.Left)
		}
		fmt.Fprintf(c.Stdout, "%d added, %d updated  %s%s\n", r.Added, r.Updated, name, left)
	}
}
