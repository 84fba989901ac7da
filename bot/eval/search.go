package eval

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"text/tabwriter"
	"time"

	"pilcrow/corpus"
	"pilcrow/retrieval"
)

// Library makes a Shelf of these articles.
type Library func(ctx context.Context, drafts []corpus.Draft) (*Shelf, error)

// Shelf is an archive that can be searched in several ways. Its articles are
// in the collection "main".
type Shelf struct {
	Model   string // of the vectors
	Search  func(retrieval.Params) retrieval.Searcher
	Outlets []string // that the articles name
	Rarity  func(word string) float64
	Close   func() error
}

// SearchReport says how well evidence is found.
type SearchReport struct {
	Systems  []*Recall // the first as the program searches, then what it is held against
	Stable   []Figure  // the first, over the questions of either half of the articles, split several times
	Misspelt Figure    // share of the articles found that still are with a rare word misspelt
	Plain    Figure    // share of plain questions whose first hit is of an article that answers
}

// misspellings is how many times the questions are misspelt, and splits how
// many times the articles are halved.
const misspellings, splits = 3, 3

// Search scores retrieval on questions over drafts, as of now, and on the plain
// questions of a file in the form of RGB. The first library is that of the
// program's own vectors; of the others, only what their vectors add is scored.
func Search(ctx context.Context, drafts []corpus.Draft, questions []Question, plain string, now time.Time, own Library, others ...Library) (_ *SearchReport, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("score search: %w", err)
		}
	}()
	out := new(SearchReport)
	shelf, err := own(ctx, drafts)
	if err != nil {
		return nil, err
	}
	defer shelf.Close()
	score := func(name string, s *Shelf, p retrieval.Params, qs []Question) error {
		r, err := recall(ctx, name, s.Search(p), qs, now)
		out.Systems = append(out.Systems, r)
		return err
	}
	stripped := Stripped(questions, retrieval.NewOutlets(shelf.Outlets, nil), now)
	for _, v := range variants() {
		qs := questions
		if v.stripped {
			qs = stripped
		}
		if err := score(v.name, shelf, v.params, qs); err != nil {
			return nil, err
		}
	}
	if err := score(shelf.Model+" alone", shelf, vectorsAlone(), questions); err != nil {
		return nil, err
	}
	for _, library := range others {
		s, err := library(ctx, drafts)
		if err != nil {
			return nil, err
		}
		defer s.Close()
		real := retrieval.Defaults()
		real.Near = 10
		if err := score("with "+s.Model, s, real, questions); err != nil {
			return nil, err
		}
		if err := score(s.Model+" alone", s, vectorsAlone(), questions); err != nil {
			return nil, err
		}
	}

	out.Stable = out.Systems[0].halves(questions)
	if out.Misspelt, err = misspelt(ctx, shelf, questions, now); err != nil {
		return nil, err
	}
	out.Plain, err = plainSources(ctx, plain, own, now)
	return out, err
}

// variants are the parameters that a report compares, the program's own first.
func variants() []variant {
	without := func(change func(*retrieval.Params)) retrieval.Params {
		p := retrieval.Defaults()
		change(&p)
		return p
	}
	return []variant{
		{"pilcrow", retrieval.Defaults(), false},
		{"no outlets or dates in the question", retrieval.Defaults(), true},
		{"without vectors", without(func(p *retrieval.Params) { p.Vector = 0 }), false},
		{"without neighbouring paragraphs", without(func(p *retrieval.Params) { p.Extent = 0 }), false},
		{"without clauses", without(func(p *retrieval.Params) { p.Lookups = 1 }), false},
		{"without outlets", without(func(p *retrieval.Params) { p.Outlet, p.Outlets = 0, 0 }), false},
		{"without dates", without(func(p *retrieval.Params) { p.Date, p.Window = 0, 0 }), false},
		{"without sentences", without(func(p *retrieval.Params) { p.Sentence = 0 }), false},
		{"without whole articles", without(func(p *retrieval.Params) { p.Article = 0 }), false},
		{"without counting what is found already", without(func(p *retrieval.Params) { p.Met = 0 }), false},
		{"plain BM25", retrieval.Params{Passage: 1, Pool: 100, Sharp: 1, Words: 400, Lookups: 1}, false},
	}
}

type variant struct {
	name     string
	params   retrieval.Params
	stripped bool
}

func vectorsAlone() retrieval.Params {
	return retrieval.Params{Vector: 1, Near: 100, Pool: 100, Sharp: 1, Words: 400, Lookups: 1}
}

// halves returns the share of facts found in the questions whose facts all
// stand in one half of the articles, and in those of the other half.
func (r *Recall) halves(questions []Question) []Figure {
	var out []Figure
	for seed := range splits {
		rng := rand.New(rand.NewPCG(uint64(seed), 2))
		side := make(map[string]int)
		of := make(map[int]int) // question to the side of all its facts, +1
		for _, q := range questions {
			for i, f := range q.Facts {
				if _, ok := side[f.URL]; !ok {
					side[f.URL] = rng.IntN(2)
				}
				if s := side[f.URL] + 1; i == 0 {
					of[q.N] = s
				} else if of[q.N] != s {
					of[q.N] = 0
				}
			}
		}
		for s := 1; s <= 2; s++ {
			out = append(out, r.Of(Share(Depth), func(c Ranks) bool { return of[c.N] == s }))
		}
	}
	return out
}

// misspelt returns the share of the articles found that are still found when
// the rarest word of each question is misspelt.
func misspelt(ctx context.Context, s *Shelf, questions []Question, now time.Time) (Figure, error) {
	articles := OfArticles(questions)
	search := s.Search(retrieval.Defaults())
	before, err := recall(ctx, "", search, articles, now)
	if err != nil {
		return Figure{}, err
	}
	var xs []float64
	for seed := range misspellings {
		after, err := recall(ctx, "", search, Misspelt(articles, s.Rarity, uint64(seed)), now)
		if err != nil {
			return Figure{}, err
		}
		for i, c := range before.Cases {
			for k, rank := range c.Facts {
				if rank > 0 {
					xs = append(xs, indicator(after.Cases[i].Facts[k] > 0))
				}
			}
		}
	}
	return figure(xs), nil
}

// plainSources returns the share of plain questions whose first hit is of an
// article that answers.
func plainSources(ctx context.Context, path string, library Library, now time.Time) (Figure, error) {
	drafts, questions, err := PlainSources(path)
	if err != nil {
		return Figure{}, err
	}
	shelf, err := library(ctx, drafts)
	if err != nil {
		return Figure{}, err
	}
	defer shelf.Close()
	r, err := recall(ctx, "plain questions", shelf.Search(retrieval.Defaults()), questions, now)
	if err != nil {
		return Figure{}, err
	}
	return r.Of(Any(1), nil), nil
}

// WriteTable writes the figures for people: a line for each system, then the
// first by kind of question and by the number of facts. All but the counts are
// per cent, with half of the width of the 95 % interval.
func (r *SearchReport) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(name string, s *Recall, keep func(Ranks) bool, last string) {
		all := s.Of(All(Depth), keep)
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\n", name, all.N,
			s.Of(Share(4), keep), s.Of(Share(Depth), keep), all, s.Of(Any(Depth), keep), s.Of(Reciprocal, keep), last)
	}
	fmt.Fprintf(t, "search\tn\tER@4\tER@%d\tALL@%d\tany@%d\tMRR\twords/hit\n", Depth, Depth, Depth)
	for _, s := range r.Systems {
		line(s.Name, s, nil, fmt.Sprintf("%.0f", s.Words))
	}
	fmt.Fprintf(t, "\n%s, by kind\tn\tER@4\tER@%d\tALL@%d\tany@%d\tMRR\t\n", r.Systems[0].Name, Depth, Depth, Depth)
	for _, kind := range r.Systems[0].kinds() {
		line(strings.TrimSuffix(kind, "_query"), r.Systems[0], func(c Ranks) bool { return c.Kind == kind }, "")
	}
	for n := 1; n <= 4; n++ {
		if keep := func(c Ranks) bool { return len(c.Facts) == n }; r.Systems[0].Of(Share(1), keep).N > 0 {
			line(fmt.Sprintf("%d facts", n), r.Systems[0], keep, "")
		}
	}
	fmt.Fprintf(t, "\nother\tn\t\n")
	for i, f := range r.Stable {
		fmt.Fprintf(t, "ER@%d, articles split %d, half %d\t%d\t%s\n", Depth, i/2+1, i%2+1, f.N, f)
	}
	fmt.Fprintf(t, "article still found, a rare word misspelt\t%d\t%s\n", r.Misspelt.N, r.Misspelt)
	fmt.Fprintf(t, "plain question, right article first\t%d\t%s\n", r.Plain.N, r.Plain)
	return t.Flush()
}

// WriteRanks writes, a line for each question, the ranks at which the first
// system finds its facts, "-" for none: a change of rank is a readable diff.
func (r *SearchReport) WriteRanks(w io.Writer) error {
	var b strings.Builder
	for _, c := range r.Systems[0].Cases {
		fmt.Fprintf(&b, "%d", c.N)
		for _, rank := range c.Facts {
			if rank == 0 {
				b.WriteString(" -")
			} else {
				fmt.Fprintf(&b, " %d", rank)
			}
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}
