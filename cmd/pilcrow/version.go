package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		GroupID: groupLook,
		Short:   "Print the version",
		Args:    usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			info, ok := debug.ReadBuildInfo()
			if !ok {
				info = &debug.BuildInfo{GoVersion: "an unknown Go"}
			}
			_, err := fmt.Fprintln(c.Stdout, version(info))
			return err
		},
	}
}

// version says in a line what was built: "pilcrow v1.2.0 (3f2a91c04b77,
// modified) go1.26.0".
func version(info *debug.BuildInfo) string {
	line := "pilcrow " + info.Main.Version
	if info.Main.Version == "" {
		line = "pilcrow (devel)"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if rev := settings["vcs.revision"]; rev != "" {
		rev = rev[:min(12, len(rev))]
		if settings["vcs.modified"] == "true" {
			rev += ", modified"
		}
		line += " (" + rev + ")"
	}
	return line + " " + info.GoVersion
}
