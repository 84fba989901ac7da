package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"pilcrow/bot/ledger"
)

// exportPerson prints what is kept about a person.
func (c *call) exportPerson(ctx context.Context, p *parts, person string) error {
	book, err := c.book(ctx)
	if err != nil {
		return err
	}
	defer book.Close()
	kept, err := book.Export(ctx, p.store, person)
	if err != nil {
		return err
	}
	return printJSON(c.Stdout, kept)
}

// book returns what communities need remembered, in the person's database.
func (c *call) book(ctx context.Context) (*ledger.Ledger, error) {
	cfg, err := c.configuration()
	if err != nil {
		return nil, err
	}
	return openLedger(ctx, cfg.Config)
}

const forgetHelp = `Deletes what is kept about a person in Discord: questions with their answers,
others' questions about their words, feedback, and the articles and feeds of their
own, which pilcrow remove --undo brings back for a week. What they had from the
model today is kept until midnight in UTC, so that forgetting is no way around a
limit, and a server's audit log keeps who changed its settings for a year.
Messages in Discord stay.`

func newForget(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "forget PERSON",
		GroupID: groupRun,
		Short:   "Delete what is kept about a person in Discord",
		Long:    forgetHelp,
		Example: "  pilcrow export --person 80351110224678912 > hers.json\n  pilcrow forget 80351110224678912",
		Args:    one("the id of a person in Discord"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			p, err := c.parts(ctx, false)
			if err != nil {
				return err
			}
			defer p.Close()
			book, err := c.book(ctx)
			if err != nil {
				return err
			}
			defer book.Close()
			f, err := book.Forget(ctx, p.store, args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.Stdout, "deleted %d answers and %d opinions; took out %d articles\n", f.Answers, f.Feedback, f.Articles)
			return err
		},
	}
}
