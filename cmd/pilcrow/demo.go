package main

import (
	"embed"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// The newspapers of Tollness, a town that was invented for this program.
//
//go:embed demo/*.md
var tollness embed.FS

func newDemo(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "demo",
		GroupID: groupAsk,
		Short:   "Look around in a handful of articles that come with the program",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			files, err := tollness.ReadDir("demo")
			if err != nil {
				return err
			}
			for _, f := range files {
				data, err := tollness.ReadFile("demo/" + f.Name())
				if err != nil {
					return err
				}
				_, title, _ := strings.Cut(string(data), "title: ")
				title, _, _ = strings.Cut(title, "\n")
				fmt.Fprintln(c.Stdout, title)
			}
			return nil
		},
	}
}
