package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"pilcrow/corpus"
	"pilcrow/corpus/opml"
)

func newFeedImport(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "import FILE",
		Short:   "Follow the feeds of an OPML file, or - for standard input",
		Example: "  pilcrow feed import subscriptions.opml",
		Args:    one("an OPML file, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.feedImport(cmd.Context(), args[0])
		},
	}
}

func (c *call) feedImport(ctx context.Context, path string) error {
	in := c.Stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	list, err := opml.Read(in)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	p, err := c.parts(ctx, true)
	if err != nil {
		return err
	}
	defer p.Close()
	var feeds []corpus.Feed
	failed := false
	for _, f := range list {
		if corpus.CanonicalURL(f.URL) == "" {
			c.complain(fmt.Errorf("%.200q: %w", f.URL, corpus.ErrFeedURL))
			failed = true
			continue
		}
		for _, name := range c.collections {
			feeds = append(feeds, corpus.Feed{Collection: name, URL: f.URL, Title: f.Title, Site: f.Site})
		}
	}
	added, err := p.store.AddFeeds(ctx, feeds...)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.Stdout, "%d added, %d known\n", added, len(feeds)-added)
	if failed {
		return errReported
	}
	return nil
}

func newFeedExport(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "export",
		Short:   "Print the feeds as an OPML file",
		Example: "  pilcrow feed export > feeds.opml",
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.feedExport(cmd.Context(), c.Stdout)
		},
	}
}

func (c *call) feedExport(ctx context.Context, w io.Writer) error {
	feeds, err := c.followed(ctx)
	if err != nil {
		return err
	}
	var list []opml.Feed
	seen := make(map[string]bool)
	for _, f := range feeds {
		if !seen[f.URL] {
			seen[f.URL] = true
			list = append(list, opml.Feed{Title: f.Title, URL: f.URL, Site: f.Site})
		}
	}
	return opml.Write(w, "Feeds of "+strings.Join(c.collections, ", "), list)
}
