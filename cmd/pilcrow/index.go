package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

const indexHelp = `Shows each index: how many passages its file has, and how many changed
articles it is behind the database. Whatever searches catches up first, so being
behind costs time and no answers.

The indexes are a cache. pilcrow index rebuild makes them anew.`

func newIndex(c *call) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "index",
		GroupID: groupLook,
		Short:   "Show the state of the indexes, or rebuild them",
		Long:    indexHelp,
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := c.parts(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer p.Close()
			states, err := p.states(cmd.Context())
			if err != nil {
				return err
			}
			return c.showIndexes(states, asJSON)
		},
	}
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print a JSON list")
	cmd.AddCommand(&cobra.Command{
		Use:   "rebuild",
		Short: "Make the indexes anew from the articles",
		Args:  usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := c.parts(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer p.Close()
			if err := p.rebuild(cmd.Context()); err != nil {
				return err
			}
			states, err := p.states(cmd.Context())
			if err != nil {
				return err
			}
			return c.showIndexes(states, asJSON)
		},
	})
	return cmd
}

// indexJSON is the state of one index.
type indexJSON struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Passages int    `json:"passages"`
	Behind   int    `json:"behind"` // changed articles that it has not read
}

// states tells what the files of the indexes hold. It brings none up to date.
func (p *parts) states(ctx context.Context) ([]indexJSON, error) {
	id, err := p.store.Identity(ctx)
	if err != nil {
		return nil, err
	}
	var list []indexJSON
	for _, x := range p.indexes {
		if err := x.Load(ctx, x.path, id); err != nil {
			p.log.Info("index has no file to start from", "index", x.Name(), "reason", err)
		}
		_, read := x.At()
		state := indexJSON{Name: x.Name(), Version: x.Version(), Passages: x.Len()}
		for _, err := range p.store.Changes(ctx, read) {
			if err != nil {
				return nil, err
			}
			state.Behind++
		}
		list = append(list, state)
	}
	return list, nil
}

// rebuild deletes the files of the indexes and makes them anew.
func (p *parts) rebuild(ctx context.Context) error {
	for i, x := range p.indexes {
		if err := os.Remove(x.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		p.indexes[i].needed = true // who asks for it wants to hear of it
	}
	return p.catchUp(ctx)
}

func (c *call) showIndexes(states []indexJSON, asJSON bool) error {
	if asJSON {
		return printJSON(c.Stdout, states)
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "index\tpassages\tbehind\tversion")
	for _, s := range states {
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\n", s.Name, s.Passages, s.Behind, s.Version)
	}
	return w.Flush()
}
