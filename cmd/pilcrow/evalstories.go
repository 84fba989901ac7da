package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"pilcrow/bot/eval"
)

func scoreStories(ctx context.Context, _ *call, dir string) (report, error) {
	drafts, _, err := multihop(ctx, dir)
	if err != nil {
		return nil, err
	}
	r, err := eval.Stories(ctx, drafts)
	return storiesReport{r}, err
}

// storiesReport is a report of which articles are one story.
type storiesReport struct{ *eval.StoriesReport }

// WriteTable implements report.
func (r storiesReport) WriteTable(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "one story\tpairs\ttaken for one\tright\tthat are one\tfound")
	for _, s := range []struct {
		name string
		of   eval.StoryScore
	}{{"articles as they are", r.Real}, {"with an edited copy of each", r.Planted}} {
		fmt.Fprintf(tw, "%s\t%d\t%d\t%s\t%d\t%s\n", s.name, s.of.Pairs, s.of.Precision.N, s.of.Precision, s.of.Recall.N, s.of.Recall)
	}
	for _, name := range eval.Edits {
		fmt.Fprintf(tw, "  10 to 30 %% of %s\t\t\t\t%d\t%s\n", name, r.Edits[name].N, r.Edits[name])
	}
	return tw.Flush()
}

// WriteCases implements report.
func (r storiesReport) WriteCases(w io.Writer) error {
	for _, p := range slices.Concat(r.Real.Wrong, r.Planted.Wrong) {
		if _, err := fmt.Fprintln(w, "not one story:", p); err != nil {
			return err
		}
	}
	return nil
}
