package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

const backupHelp = `Writes all that the database holds to a file: articles with their revisions,
collections, feeds, settings, answers. Others may go on using the database. The
file is a database itself, which only you may read; keep it where you keep
secrets. pilcrow restore puts it back.`

func newBackup(c *call) *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:     "backup FILE",
		GroupID: groupKeep,
		Short:   "Write all that the database holds to a file",
		Long:    backupHelp,
		Example: "  pilcrow backup pilcrow-2026-03-03.db",
		Args:    one("the file to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := c.parts(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer p.Close()
			if err := p.store.Backup(cmd.Context(), args[0], force); err != nil {
				return exists(err)
			}
			info, err := os.Stat(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.Stdout, "backed up to %s, %s\n", args[0], size(info.Size()))
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "overwrite the file where there is one")
	return cmd
}

const restoreHelp = `Puts a backup in the place of the database. It must be sound, and of this
version of pilcrow or an older one. A database that is there already stays as
it is unless --force is given; then it is kept beside the new one, under a name
that is printed. Nothing else may have it open.

To put back an article that was removed, see pilcrow remove --undo.`

func newRestore(c *call) *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:     "restore FILE",
		GroupID: groupKeep,
		Short:   "Put a backup in the place of the database",
		Long:    restoreHelp,
		Example: "  pilcrow restore pilcrow-2026-03-03.db\n  pilcrow restore --force pilcrow-2026-03-03.db",
		Args:    one("the file that pilcrow backup wrote"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			cfg, err := c.configuration()
			if err != nil {
				return err
			}
			kept, err := corpus.RestoreFile(ctx, args[0], cfg.Database, force, func(path string) error {
				l, err := ledger.Open(ctx, path, ledger.Options{})
				if err != nil {
					return err
				}
				return l.Close()
			})
			if err != nil {
				return exists(err)
			}
			fmt.Fprintf(c.Stdout, "restored to %s\n", cfg.Database)
			if kept != "" {
				fmt.Fprintf(c.Stdout, "the database that was there is kept as %s\n", kept)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace a database that is there, and keep it beside the new one")
	return cmd
}

// exists says what to do about a file that stands in the way.
func exists(err error) error {
	if errors.Is(err, corpus.ErrExists) {
		return fmt.Errorf("%w; see --force", err)
	}
	return err
}

// size says how large a file is, for people.
func size(bytes int64) string {
	for _, unit := range []struct {
		name  string
		bytes int64
	}{{"GB", 1e9}, {"MB", 1e6}} {
		if bytes >= unit.bytes {
			return fmt.Sprintf("%.1f %s", float64(bytes)/float64(unit.bytes), unit.name)
		}
	}
	return fmt.Sprintf("%d kB", (bytes+999)/1000)
}
