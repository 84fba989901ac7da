package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/corpus"
	"pilcrow/corpus/poll"
)

const feedHelp = `Follows feeds (RSS, Atom, RDF, JSON Feed) for the collections. pilcrow poll
fetches what is new in them.`

func newFeed(c *call) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "feed",
		GroupID: groupKeep,
		Short:   "Follow feeds",
		Long:    feedHelp,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return usagef("unknown command %q; see pilcrow feed --help", args[0])
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newFeedAdd(c), newFeedList(c), newFeedRemove(c), newFeedResume(c), newFeedImport(c), newFeedExport(c))
	return cmd
}

const feedAddHelp = `Follows the feed at an address, or the one that the page there names, or else the
one that is found where feeds usually stand on its site.`

func newFeedAdd(c *call) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "add ADDRESS...",
		Short:   "Follow the feed of a site",
		Long:    feedAddHelp,
		Example: "  pilcrow feed add lantern.example\n  pilcrow feed add --collection news https://lantern.example/feed.xml\n  pilcrow poll --once",
		Args:    need("the address of a feed or of a site"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.feedAdd(cmd.Context(), args, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

// The statuses of a feed that was to be added, beside rejected.
const (
	followed      corpus.Status = "added"
	followedSince corpus.Status = "known" // from before
)

// feedAddedJSON is what feed add prints of one address.
type feedAddedJSON struct {
	Input  string        `json:"input"`
	Status corpus.Status `json:"status"`
	URL    *string       `json:"url"` // null where it was rejected
	Title  string        `json:"title"`
	Error  *string       `json:"error"` // null where it was not
}

func (c *call) feedAdd(ctx context.Context, addresses []string, asJSON bool) error {
	p, err := c.parts(ctx, true)
	if err != nil {
		return err
	}
	defer p.Close()
	failed := false
	for _, address := range addresses {
		line := feedAddedJSON{Input: address, Status: rejected}
		c.progress("%s …", address)
		f, err := poll.Find(ctx, p.web, address)
		c.progress("")
		if err == nil {
			line.Status, err = c.follow(ctx, p.store, f)
		}
		switch {
		case ctx.Err() != nil:
			return err
		case err != nil:
			failed = true
			why := err.Error()
			line.Status, line.Error = rejected, &why
		default:
			line.URL, line.Title = &f.URL, f.Title
		}
		switch {
		case asJSON:
			err = printJSON(c.Stdout, line)
		case err != nil:
			c.complain(reject(address, err))
			err = nil
		default:
			_, err = fmt.Fprintf(c.Stdout, "%-5s  %s  %s\n", line.Status, terminal.Plain(f.URL), terminal.Plain(f.Title))
		}
		if err != nil {
			return err
		}
	}
	if failed {
		return errReported
	}
	return nil
}

// follow has the collections follow a feed.
func (c *call) follow(ctx context.Context, store *corpus.Store, f corpus.Feed) (corpus.Status, error) {
	var feeds []corpus.Feed
	for _, name := range c.collections {
		f.Collection = name
		feeds = append(feeds, f)
	}
	added, err := store.AddFeeds(ctx, feeds...)
	if added > 0 {
		return followed, err
	}
	return followedSince, err
}

func newFeedList(c *call) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the feeds and how following them goes",
		Args:  usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.feedList(cmd.Context(), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

// feedJSON is a feed in the machine interface.
type feedJSON struct {
	Collection string     `json:"collection"`
	URL        string     `json:"url"`
	Title      string     `json:"title"`
	Site       string     `json:"site"`
	State      string     `json:"state"`  // new, read, failing or paused
	Polled     *time.Time `json:"polled"` // when it was last read
	Next       *time.Time `json:"next"`   // when it is due; null where it is paused
	Failing    *time.Time `json:"failing"`
	Reason     string     `json:"reason"`
}

// stateOf is how following a feed goes, in a word.
func stateOf(f corpus.Feed) string {
	switch {
	case f.Paused:
		return "paused"
	case !f.Failing.IsZero():
		return "failing"
	case f.Polled.IsZero():
		return "new"
	}
	return "read"
}

func (c *call) feedList(ctx context.Context, asJSON bool) error {
	feeds, err := c.followed(ctx)
	if err != nil {
		return err
	}
	if len(feeds) == 0 && !asJSON {
		fmt.Fprintln(c.Stderr, "no feeds; follow one with pilcrow feed add")
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, f := range feeds {
		if asJSON {
			line := feedJSON{f.Collection, f.URL, f.Title, f.Site, stateOf(f), known(f.Polled), known(f.Next), known(f.Failing), f.Reason}
			if f.Paused {
				line.Next = nil
			}
			if err := printJSON(c.Stdout, line); err != nil {
				return err
			}
			continue
		}
		about := f.Title
		if !f.Failing.IsZero() {
			about = strings.TrimSpace(fmt.Sprintf("%s (since %s: %s)", f.Title, f.Failing.Format(time.DateOnly), f.Reason))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", stateOf(f), terminal.Plain(f.URL), terminal.Plain(about))
	}
	return w.Flush()
}

// followed returns the feeds of the collections.
func (c *call) followed(ctx context.Context) ([]corpus.Feed, error) {
	p, err := c.parts(ctx, false)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	return p.store.Feeds(ctx, c.collections...)
}

func newFeedRemove(c *call) *cobra.Command {
	return &cobra.Command{
		Use:   "remove ADDRESS...",
		Short: "Follow feeds no longer; their articles stay",
		Args:  need("the address of a feed, as pilcrow feed list has it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.feedChange(cmd.Context(), args, "removed", (*corpus.Store).RemoveFeed)
		},
	}
}

func newFeedResume(c *call) *cobra.Command {
	return &cobra.Command{
		Use:   "resume ADDRESS...",
		Short: "Follow feeds again that failed for a month",
		Args:  need("the address of a feed, as pilcrow feed list has it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.feedChange(cmd.Context(), args, "resumed", (*corpus.Store).ResumeFeed)
		},
	}
}

// feedChange changes feeds one by one, and goes on after one that cannot be
// changed.
func (c *call) feedChange(ctx context.Context, urls []string, done string,
	change func(*corpus.Store, context.Context, string, string) error) error {
	p, err := c.parts(ctx, false)
	if err != nil {
		return err
	}
	defer p.Close()
	failed := false
	for _, u := range urls {
		for _, name := range c.collections {
			switch err := change(p.store, ctx, name, u); {
			case errors.Is(err, corpus.ErrNotFound):
				c.complain(fmt.Errorf("%s: no such feed in collection %q; pilcrow feed list has their addresses", u, name))
				failed = true
			case err != nil:
				return err
			default:
				fmt.Fprintf(c.Stdout, "%s  %s\n", done, terminal.Plain(u))
			}
		}
	}
	if failed {
		return errReported
	}
	return nil
}
