package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

const rootHelp = `Pilcrow (¶) answers questions about articles. Each sentence of an answer is
tied to the paragraph that it stands on; where the articles don't say, so
does Pilcrow. It needs no key and no network.`

const rootExample = `  pilcrow demo                            look around, nothing needed
  pilcrow add articles/                   a folder, a file, or - for JSON lines
  pilcrow ask when does the ferry sail    an answer with its paragraphs
  pilcrow search --since 2026-03 ferry    the passages themselves
  pilcrow chat                            one question after the other`

// The groups that help lists commands in.
const (
	groupAsk  = "ask"
	groupKeep = "keep"
	groupRun  = "run"
	groupLook = "look"
)

func newRoot(c *call) *cobra.Command {
	root := &cobra.Command{
		Use:           "pilcrow",
		Short:         "Answers about articles, each sentence tied to its paragraph",
		Long:          rootHelp,
		Example:       rootExample,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			hint := "see pilcrow --help"
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				hint = "did you mean " + near[0] + "?"
			}
			return usagef("unknown command %q; %s", args[0], hint)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%w; see %s --help", err, cmd.CommandPath())
	})
	c.flags(root.PersistentFlags())

	root.AddGroup(
		&cobra.Group{ID: groupAsk, Title: "Ask:"},
		&cobra.Group{ID: groupKeep, Title: "Keep articles:"},
		&cobra.Group{ID: groupRun, Title: "Run the Discord bot:"},
		&cobra.Group{ID: groupLook, Title: "Look inside:"},
	)
	root.AddCommand(
		newDemo(c),
		newAsk(c),
		newSearch(c),
		newSummarise(c),
		newCite(c),
		newCheck(c),
		newChat(c),

		newAdd(c),
		newArticles(c),
		newShow(c),
		newEdit(c),
		newRemove(c),
		newRefetch(c),
		newFeed(c),
		newPoll(c),
		newExport(c),
		newImport(c),
		newBackup(c),
		newRestore(c),

		newServe(c),
		newDoctor(c),
		newFeedback(c),
		newForget(c),

		newIndex(c),
		newEval(c),
		newConfig(c),
		newLicenses(c),
		newVersion(c),
		newCompletion(c),
	)
	root.SetHelpCommand(newHelp())
	root.CompletionOptions.DisableDefaultCmd = true
	return root
}

// usage turns what check finds wrong with the arguments into a usage error.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usagef("%w; see %s --help", err, cmd.CommandPath())
		}
		return nil
	}
}

// need asks for at least one argument, and says in words which.
func need(what string) cobra.PositionalArgs {
	return usage(func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return fmt.Errorf("needs %s", what)
		}
		return nil
	})
}

// one asks for exactly one argument, and says in words which.
func one(what string) cobra.PositionalArgs {
	return usage(func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("needs %s", what)
		}
		return nil
	})
}

// wordsOrBatch asks for words, or for a batch in their place.
func wordsOrBatch(file *string, what string) cobra.PositionalArgs {
	return usage(func(_ *cobra.Command, args []string) error {
		switch {
		case *file == "" && joined(args) == "":
			return fmt.Errorf("needs %s", what)
		case *file != "" && len(args) > 0:
			return fmt.Errorf("takes no words beside --batch")
		}
		return nil
	})
}
