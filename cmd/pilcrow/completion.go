package main

import (
	"strings"

	"github.com/spf13/cobra"
)

var shells = []string{"bash", "fish", "powershell", "zsh"}

const completionHelp = `Prints a script that teaches a shell to complete commands and flags. Read it
in where the shell starts:

  bash        source <(pilcrow completion bash)
  zsh         source <(pilcrow completion zsh)
  fish        pilcrow completion fish | source
  powershell  pilcrow completion powershell | Out-String | Invoke-Expression`

func newCompletion(c *call) *cobra.Command {
	return &cobra.Command{
		Use:       "completion SHELL",
		GroupID:   groupLook,
		Short:     "Print a script that completes commands: " + strings.Join(shells, ", "),
		Long:      completionHelp,
		Args:      cobra.MatchAll(one("the name of a shell"), usage(cobra.OnlyValidArgs)),
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(c.Stdout, true)
			case "fish":
				return root.GenFishCompletion(c.Stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(c.Stdout)
			default:
				return root.GenZshCompletion(c.Stdout)
			}
		},
	}
}

// newHelp replaces cobra's help command, which takes any words.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		GroupID: groupLook,
		Short:   "Help about a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 || about == cmd.Root() && len(args) > 0 {
				return usagef("no command %q; see pilcrow --help", joined(args))
			}
			return about.Help()
		},
	}
}
