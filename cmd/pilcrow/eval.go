package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pilcrow/bot/eval"
)

const evalHelp = `Scores the program on public data sets, which do not come with it: --dir or
PILCROW_EVAL_DIR names the folder that has them.

  search   multihoprag/, rgb/  where search finds what answers a question, beside
                               plain BM25, vectors alone and searches that lack
                               one part; with PILCROW_EMBED_MODEL, that model too
  refusal  multihoprag/        which questions are refused: those that no article
                               answers, those that some do, and the same with half
                               of the articles taken away
  plain    rgb/                how often the answer to a plain question stands in
                               the sentences shown
  parts    rgb/                the same of questions that ask for several things
  html     html/               the text found in saved pages, by runs of four words;
                               with a file of labels in PILCROW_EVAL_LABELS, the
                               title, date, outlet and address as well
  stories  multihoprag/        which articles are found to be one story: as they
                               are, and with an edited copy of each
  summary  summhay/            how much of what many articles say of a topic its
                               summary tells, and whether it cites those that do
  verify   ragtruth/, faithbench/
                               which sentences of models the gate holds back, and
                               which people found unsupported
  cite     wice/, multihoprag/ whether the source of a claim is found, and whether
                               a sentence with one thing changed is seen through
  injection  injection/, rgb/  what reaches a reader of the orders that stand in
                               articles, where a model obeys them all

Figures are per cent, with half of the 95 % interval. Without a name, all are
scored. --cases prints a line for each case instead, to be compared with that of
another version.`

func newEval(c *call) *cobra.Command {
	var dir string
	var cases bool
	cmd := &cobra.Command{
		Use:       "eval [NAME]...",
		GroupID:   groupLook,
		Short:     "Score the program on public data sets",
		Long:      evalHelp,
		Example:   "  pilcrow eval --dir data search refusal",
		ValidArgs: scorerNames(),
		Args:      usage(cobra.OnlyValidArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			if dir == "" {
				dir = c.Getenv("PILCROW_EVAL_DIR")
			}
			if dir == "" {
				return usagef("name the folder with the data sets in --dir or PILCROW_EVAL_DIR")
			}
			if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("there is no folder %s with data sets", dir)
			}
			for i, s := range scorers {
				if len(args) > 0 && !slices.Contains(args, s.name) {
					continue
				}
				if i > 0 && len(args) != 1 {
					fmt.Fprintln(c.Stdout)
				}
				c.progress("scoring %s …", s.name)
				report, err := s.score(cmd.Context(), c, dir)
				c.progress("")
				if err != nil {
					return err
				}
				write := report.WriteTable
				if cases {
					write = report.WriteCases
				}
				if err := write(c.Stdout); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "the `folder` with the data sets (PILCROW_EVAL_DIR)")
	cmd.Flags().BoolVar(&cases, "cases", false, "print a line for each case")
	return cmd
}

// report is what came of scoring. Neither form has a word of the data.
type report interface {
	WriteTable(io.Writer) error
	WriteCases(io.Writer) error
}

// reports are several of one data set.
type reports []report

// WriteTable implements report.
func (rs reports) WriteTable(w io.Writer) error {
	for i, r := range rs {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := r.WriteTable(w); err != nil {
			return err
		}
	}
	return nil
}

// WriteCases implements report.
func (rs reports) WriteCases(w io.Writer) error {
	for _, r := range rs {
		if err := r.WriteCases(w); err != nil {
			return err
		}
	}
	return nil
}

// scorers are what eval knows, in the order in which it prints.
var scorers = []struct {
	name  string
	score func(ctx context.Context, c *call, dir string) (report, error)
}{
	{"search", scoreSearch},
	{"refusal", scoreRefusal},
	{"plain", scorePlain},
	{"parts", scoreParts},
	{"html", scoreHTML},
	{"verify", scoreVerify},
	{"cite", scoreCite},
	{"stories", scoreStories},
	{"summary", scoreSummary},
	{"injection", scoreInjection},
}

func scorerNames() []string {
	var names []string
	for _, s := range scorers {
		names = append(names, s.name)
	}
	return names
}

// table is a report of a few rows.
type table struct {
	title   string
	columns []string
	rows    []row
	cases   []string // a line each
}

type row struct {
	name    string
	figures []eval.Figure // as many as there are columns
	last    string
}

// WriteTable implements report.
func (t *table) WriteTable(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "%s\tn", t.title)
	for _, name := range t.columns {
		fmt.Fprintf(tw, "\t%s", name)
	}
	for _, r := range t.rows {
		fmt.Fprintf(tw, "\n%s\t%d", r.name, r.figures[0].N)
		for _, f := range r.figures {
			fmt.Fprintf(tw, "\t%s", f)
		}
		if r.last != "" {
			fmt.Fprintf(tw, "\t%s", r.last)
		}
	}
	fmt.Fprintln(tw)
	return tw.Flush()
}

// WriteCases implements report.
func (t *table) WriteCases(w io.Writer) error {
	for _, c := range t.cases {
		if _, err := fmt.Fprintln(w, c); err != nil {
			return err
		}
	}
	return nil
}
