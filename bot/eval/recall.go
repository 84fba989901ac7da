package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// Depth is how many hits of each question are looked at.
const Depth = 10

// Recall says where a search found the facts of each question.
type Recall struct {
	Name  string
	Cases []Ranks // of the answerable questions, in their order
	Words float64 // of a hit, on average
}

// Ranks are the ranks, from 1, of the first hits that hold each fact of a
// question; 0 where none of the first Depth does.
type Ranks struct {
	N     int // of the question
	Kind  string
	Facts []int
}

// recall asks every answerable question as of now, and notes where its facts
// are found: a fact is found by a hit of its article that holds its words.
func recall(ctx context.Context, name string, search retrieval.Searcher, questions []Question, now time.Time) (*Recall, error) {
	out := &Recall{Name: name}
	words, hits := 0, 0
	for _, q := range questions {
		if len(q.Facts) == 0 {
			continue
		}
		found, err := search.Search(ctx, retrieval.Query{Text: q.Text, Collections: []string{collection}, Limit: Depth, Now: now})
		if err != nil {
			return nil, fmt.Errorf("score %s: question %d: %w", name, q.N, err)
		}
		c := Ranks{N: q.N, Kind: q.Kind}
		for _, f := range q.Facts {
			c.Facts = append(c.Facts, 1+slices.IndexFunc(found, f.in))
		}
		out.Cases = append(out.Cases, c)
		for _, h := range found {
			hits++
			for _, t := range h.Text {
				words += len(strings.Fields(t))
			}
		}
	}
	out.Words = float64(words) / float64(max(hits, 1))
	return out, nil
}

// in reports whether a hit holds the fact. Readers clean text differently, so
// nine in ten of its runs of four words will do.
func (f Fact) in(h retrieval.Hit) bool {
	if corpus.CanonicalURL(h.Article.URL) != f.URL {
		return false
	}
	if f.Text == "" || slices.ContainsFunc(h.Text, func(t string) bool { return strings.Contains(t, f.Text) }) {
		return true
	}
	have := make(map[string]bool)
	for _, s := range shingles(strings.Join(h.Text, " ")) {
		have[s] = true
	}
	n := 0
	want := shingles(f.Text)
	for _, s := range want {
		if have[s] {
			n++
		}
	}
	return len(want) > 0 && 10*n >= 9*len(want)
}

// shingles returns the runs of four words of s.
func shingles(s string) []string {
	spans := text.Words(s)
	var out []string
	for i := 0; i+4 <= len(spans); i++ {
		var b strings.Builder
		for _, w := range spans[i : i+4] {
			b.WriteString(text.Fold(w.Of(s)))
			b.WriteByte(' ')
		}
		out = append(out, b.String())
	}
	return out
}

// Figure is a mean over cases, and the half-width of its 95 % interval.
type Figure struct {
	N               int
	Mean, HalfWidth float64
}

// String writes a share as per cent: "80.5 ±1.4".
func (f Figure) String() string { return fmt.Sprintf("%.1f ±%.1f", 100*f.Mean, 100*f.HalfWidth) }

// Measure is a figure of one case.
type Measure func(Ranks) float64

// Share is the share of the facts found among the first k hits.
func Share(k int) Measure {
	return func(c Ranks) float64 {
		n := 0
		for _, r := range c.Facts {
			if r > 0 && r <= k {
				n++
			}
		}
		return float64(n) / float64(len(c.Facts))
	}
}

// All is 1 where all facts are found among the first k hits.
func All(k int) Measure {
	share := Share(k)
	return func(c Ranks) float64 {
		if share(c) == 1 {
			return 1
		}
		return 0
	}
}

// Any is 1 where at least one fact is.
func Any(k int) Measure {
	share := Share(k)
	return func(c Ranks) float64 {
		if share(c) > 0 {
			return 1
		}
		return 0
	}
}

// Reciprocal is one over the rank of the first hit with a fact, 0 without one.
func Reciprocal(c Ranks) float64 {
	first := 0
	for _, r := range c.Facts {
		if r > 0 && (first == 0 || r < first) {
			first = r
		}
	}
	if first == 0 {
		return 0
	}
	return 1 / float64(first)
}

// Of returns the mean of a measure over the cases that keep reports true for,
// all where keep is nil.
func (r *Recall) Of(m Measure, keep func(Ranks) bool) Figure {
	var xs []float64
	for _, c := range r.Cases {
		if keep == nil || keep(c) {
			xs = append(xs, m(c))
		}
	}
	return figure(xs)
}

// kinds returns the kinds of question there are, sorted.
func (r *Recall) kinds() []string {
	var out []string
	for _, c := range r.Cases {
		out = append(out, c.Kind)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// figure returns the mean of xs and half of the width that 95 % of a thousand
// resamplings fall into. The same numbers give the same figure.
func figure(xs []float64) Figure {
	if len(xs) == 0 {
		return Figure{}
	}
	mean := func(pick func(int) int) float64 {
		sum := 0.0
		for i := range xs {
			sum += xs[pick(i)]
		}
		return sum / float64(len(xs))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	means := make([]float64, 1000)
	for i := range means {
		means[i] = mean(func(int) int { return rng.IntN(len(xs)) })
	}
	slices.Sort(means)
	return Figure{len(xs), mean(func(i int) int { return i }), (means[975] - means[24]) / 2}
}
