package main

import (
	_ "embed"
	"fmt"

	"github.com/spf13/cobra"
)

// The licences of everything that is linked into the program. licenses_test.go
// writes the file and fails where a module is missing from it.
//
//go:embed licenses/notices.txt
var notices string

func newLicenses(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "licenses",
		GroupID: groupLook,
		Short:   "Print the licences of the software inside",
		Args:    usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprint(c.Stdout, notices)
			return err
		},
	}
}
