package main

import (
	"time"

	"github.com/spf13/cobra"

	"pilcrow/bot/ledger"
)

const feedbackHelp = `Prints what people in Discord thought of answers, one JSON object a line, oldest
answer first: {at, good, reason, person, kind, question, mode, refused,
sentences, citations, evidence}. A citation is the address of a paragraph and
the words quoted; pilcrow show prints the article.`

func newFeedback(c *call) *cobra.Command {
	var since string
	cmd := &cobra.Command{
		Use:     "feedback",
		GroupID: groupRun,
		Short:   "Export what people thought of answers, as JSON lines",
		Long:    feedbackHelp,
		Example: "  pilcrow feedback --since 'last week' > feedback.jsonl",
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			now, err := c.now()
			if err != nil {
				return err
			}
			w := window{since: since}
			from, _, err := w.resolve(now)
			if err != nil {
				return err
			}
			cfg, err := c.configuration()
			if err != nil {
				return err
			}
			if err := present(cfg.Database); err != nil {
				return err
			}
			book, err := openLedger(cmd.Context(), cfg.Config)
			if err != nil {
				return err
			}
			defer book.Close()
			for f, err := range book.Feedback(cmd.Context(), from) {
				if err != nil {
					return err
				}
				if err := printJSON(c.Stdout, newFeedbackJSON(f)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "said at or after this `time`: "+whenHelp)
	return cmd
}

// feedbackJSON is what one person thought of one answer.
type feedbackJSON struct {
	At        time.Time         `json:"at"`
	Good      bool              `json:"good"`
	Reason    string            `json:"reason"`
	Person    string            `json:"person"`
	Kind      string            `json:"kind"`
	Question  string            `json:"question"`
	Mode      string            `json:"mode"`
	Refused   string            `json:"refused"`
	Sentences []ledger.Sentence `json:"sentences"`
	Citations []ledger.Citation `json:"citations"`
	Evidence  []ledger.Citation `json:"evidence"`
}

func newFeedbackJSON(f ledger.Feedback) feedbackJSON {
	a := f.Answer
	return feedbackJSON{
		At: f.At.UTC(), Good: f.Good, Reason: f.Reason, Person: f.Person,
		Kind: a.Kind, Question: a.Question, Mode: a.Mode, Refused: a.Body.Refused,
		Sentences: list(a.Body.Sentences), Citations: list(a.Body.Citations), Evidence: list(a.Body.Evidence),
	}
}
