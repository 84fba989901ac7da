package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pilcrow/bot/terminal"
	"pilcrow/configs"
)

const configHelp = `Prints each setting that is in force, and where its value comes from: a flag,
an environment variable, a line of the configuration file, or the default.
Secrets show as ***.

--dump prints a file with every setting at its default, to start from.`

func newConfig(c *call) *cobra.Command {
	var asJSON, dump bool
	cmd := &cobra.Command{
		Use:     "config",
		GroupID: groupLook,
		Short:   "Print the settings in force, and where each comes from",
		Long:    configHelp,
		Example: "  pilcrow config\n  pilcrow config --dump > ~/.config/pilcrow/pilcrow.yaml",
		Args:    usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if dump {
				_, err := fmt.Fprint(c.Stdout, configs.Reference())
				return err
			}
			l, err := c.configuration()
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.Stdout, settingsJSON(l))
			}
			w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
			for _, s := range l.Settings() {
				value := terminal.Plain(s.Value)
				if value == "" {
					value = "-"
				}
				fmt.Fprintf(w, "%s\t%s\t%s\n", s.Key, value, s.From)
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().BoolVar(&dump, "dump", false, "print the reference file instead")
	return cmd
}

type settingJSON struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	From  string `json:"from"`
	Env   string `json:"env"`
}

func settingsJSON(l *configs.Loaded) any {
	list := []settingJSON{}
	for _, s := range l.Settings() {
		list = append(list, settingJSON{s.Key, s.Value, s.From, s.Env})
	}
	return struct {
		File     string        `json:"file"`
		Settings []settingJSON `json:"settings"`
	}{l.File, list}
}
