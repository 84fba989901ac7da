package eval

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"pilcrow/bot"
	"pilcrow/bot/verify"
	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// Tracer finds sources as a bot.Bot does.
type Tracer interface {
	FindSources(ctx context.Context, s string, collections []string, now time.Time) ([]bot.Claim, error)
}

// TracerOf makes a Tracer that reads these articles, in the collection "main",
// and frees it again.
type TracerOf func(ctx context.Context, drafts []corpus.Draft) (t Tracer, free func() error, err error)

// Citing says how well the source of a claim is found.
type Citing struct {
	Claims   []Traced // written by people about web pages, in the form of WiCE
	Changed  []Stood  // of these, the supported ones with one thing changed
	Verbatim []Stood  // sentences of articles, as they are and with one thing changed
}

// Traced is a claim and what was made of it.
type Traced struct {
	N         int  // its line in the data set, from 1
	Supported bool // people found it supported
	Traceable bool // they found sentences that support a part of it at least
	First     bool // the first paragraph cited is one of those
	Page      bool // it is of the right page
	Stand     verify.Stand
	Score     float64
}

// Stood is a sentence, changed in one way or not at all, and what was made of
// it.
type Stood struct {
	N      int    // which sentence, from 1
	Change Change // "" for none
	Stand  verify.Stand
}

// samples is how many sentences of articles are tried, and seed what they and
// their changes are drawn by.
const samples, seed = 600, 7

// Cite traces the claims of dir, wice/claims.jsonl, among the paragraphs of all
// their pages, and sentences of drafts among all drafts, each also with one
// figure, name or negation changed.
func Cite(ctx context.Context, dir string, drafts []corpus.Draft, of TracerOf, now time.Time) (_ *Citing, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("score cite: %w", err)
		}
	}()
	out := new(Citing)
	if err := out.traceClaims(ctx, filepath.Join(dir, "wice", "claims.jsonl"), of, now); err != nil {
		return nil, err
	}
	return out, out.traceSentences(ctx, drafts, of, now)
}

// wiceLine is a claim in the form of WiCE (Kamoi et al., 2023).
type wiceLine struct {
	Label      string   `json:"label"`
	Supporting [][]int  `json:"supporting_sentences"` // sets of indexes into Evidence
	Claim      string   `json:"claim"`
	Evidence   []string `json:"evidence"` // the sentences of a page
}

// gold returns the sentences that support the claim, clean.
func (l *wiceLine) gold() map[string]bool {
	out := map[string]bool{}
	for _, set := range l.Supporting {
		for _, i := range set {
			out[text.Clean(l.Evidence[i])] = true
		}
	}
	return out
}

func (c *Citing) traceClaims(ctx context.Context, path string, of TracerOf, now time.Time) error {
	lines, err := jsonLines[wiceLine](path)
	if err != nil {
		return err
	}
	var pages []corpus.Draft
	for i, l := range lines {
		pages = append(pages, corpus.Draft{URL: pageURL(i), Lang: "en", Paragraphs: l.Evidence})
	}
	tracer, free, err := of(ctx, pages)
	if err != nil {
		return err
	}
	defer free()
	rng := rand.New(rand.NewPCG(seed, 1))
	for i, l := range lines {
		claims, err := tracer.FindSources(ctx, l.Claim, []string{collection}, now)
		if err != nil {
			return err
		}
		t := Traced{N: i + 1, Supported: l.Label == "supported"}
		t.Stand, t.Score = lowest(claims)
		gold := l.gold()
		t.Traceable = len(gold) > 0
		if first := firstCited(claims); first != nil {
			t.First = gold[first.Text]
			t.Page = first.Article.URL == pageURL(i)
		}
		c.Claims = append(c.Claims, t)
		if !t.Supported {
			continue
		}
		c.Changed = append(c.Changed, Stood{N: i + 1, Stand: t.Stand})
		if err := c.change(ctx, tracer, &c.Changed, rng, i+1, l.Claim, l.Claim+"\n"+strings.Join(l.Evidence, "\n"), now); err != nil {
			return err
		}
	}
	return nil
}

func pageURL(i int) string { return fmt.Sprintf("https://pages.example/%d", i+1) }

func (c *Citing) traceSentences(ctx context.Context, drafts []corpus.Draft, of TracerOf, now time.Time) error {
	tracer, free, err := of(ctx, drafts)
	if err != nil {
		return err
	}
	defer free()
	rng := rand.New(rand.NewPCG(seed, 2))
	for n := 1; n <= samples; n++ {
		d := drafts[rng.IntN(len(drafts))]
		p := text.Clean(d.Paragraphs[rng.IntN(len(d.Paragraphs))])
		spans := text.Sentences(p)
		if len(spans) == 0 {
			continue
		}
		sentence := spans[rng.IntN(len(spans))].Of(p)
		if !statement(sentence) {
			continue
		}
		claims, err := tracer.FindSources(ctx, sentence, []string{collection}, now)
		if err != nil {
			return err
		}
		stand, _ := lowest(claims)
		c.Verbatim = append(c.Verbatim, Stood{N: n, Stand: stand})
		if err := c.change(ctx, tracer, &c.Verbatim, rng, n, sentence, strings.Join(d.Paragraphs, "\n"), now); err != nil {
			return err
		}
	}
	return nil
}

// statement reports whether a sentence is one that says something: eight to
// fifty words, a full stop, no question.
func statement(sentence string) bool {
	n := len(text.Words(sentence))
	return n >= 8 && n <= 50 && strings.HasSuffix(strings.TrimRight(sentence, "\"”’)"), ".")
}

// change traces sentence with each thing changed that can be, and adds what
// came of it to out.
func (c *Citing) change(ctx context.Context, tracer Tracer, out *[]Stood, rng *rand.Rand, n int, sentence, article string, now time.Time) error {
	for _, change := range Changes {
		changed, ok := Tamper(rng, change, sentence, article)
		if !ok {
			continue
		}
		claims, err := tracer.FindSources(ctx, changed, []string{collection}, now)
		if err != nil {
			return err
		}
		stand, _ := lowest(claims)
		*out = append(*out, Stood{N: n, Change: change, Stand: stand})
	}
	return nil
}

// lowest returns the stand and the score of the claim that fares worst: one
// sentence may be read as two.
func lowest(claims []bot.Claim) (verify.Stand, float64) {
	if len(claims) == 0 {
		return verify.NotFound, 0
	}
	low := slices.MinFunc(claims, func(a, b bot.Claim) int {
		if d := support(a.Stand) - support(b.Stand); d != 0 {
			return d
		}
		return int(1000 * (a.Score - b.Score))
	})
	return low.Stand, low.Score
}

func support(s verify.Stand) int {
	if s == verify.Supported {
		return 1
	}
	return 0
}

func firstCited(claims []bot.Claim) *bot.Citation {
	for i := range claims {
		if len(claims[i].Citations) > 0 {
			return &claims[i].Citations[0]
		}
	}
	return nil
}

// WriteTable writes the figures.
func (c *Citing) WriteTable(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "cite\tn\tfigure")
	row := func(name string, f Figure) { fmt.Fprintf(tw, "%s\t%d\t%s\n", name, f.N, f) }
	var traceable []Traced
	for _, t := range c.Claims {
		if t.Traceable {
			traceable = append(traceable, t)
		}
	}
	row("claims: the first paragraph cited supports", share(traceable, func(t Traced) bool { return t.First }))
	row("claims: it is of the right page", share(traceable, func(t Traced) bool { return t.Page }))
	row("claims: supported or not, balanced accuracy by score", resample(c.Claims, func(ts []Traced) float64 { return accuracy(claimsScored(ts)) }))
	row("claims: by verdict", resample(c.Claims, verdictAccuracy))
	row("claims: AUC", resample(c.Claims, func(ts []Traced) float64 { return auc(claimsScored(ts)) }))
	for _, set := range []struct {
		name string
		of   []Stood
	}{{"supported claims", c.Changed}, {"sentences of articles", c.Verbatim}} {
		for _, change := range append([]Change{""}, Changes...) {
			var of []Stood
			for _, s := range set.of {
				if s.Change == change {
					of = append(of, s)
				}
			}
			name := "as they are"
			if change != "" {
				name = "with a " + string(change) + " changed"
			}
			row(set.name+" "+name+", called supported", share(of, func(s Stood) bool { return s.Stand == verify.Supported }))
		}
	}
	return tw.Flush()
}

// share is the share of cases for which holds is true.
func share[T any](cases []T, holds func(T) bool) Figure {
	xs := make([]float64, len(cases))
	for i, c := range cases {
		xs[i] = indicator(holds(c))
	}
	return figure(xs)
}

func claimsScored(ts []Traced) []scored {
	out := make([]scored, len(ts))
	for i, t := range ts {
		out[i] = scored{!t.Supported, t.Score}
	}
	return out
}

// verdictAccuracy is the mean of the shares of supported claims called so and
// of others not.
func verdictAccuracy(ts []Traced) float64 {
	var yes, yesRight, no, noRight float64
	for _, t := range ts {
		if t.Supported {
			yes++
			yesRight += indicator(t.Stand == verify.Supported)
		} else {
			no++
			noRight += indicator(t.Stand != verify.Supported)
		}
	}
	return (yesRight/yes + noRight/no) / 2
}

// WriteCases writes a line for each claim and each sentence.
func (c *Citing) WriteCases(w io.Writer) error {
	for _, t := range c.Claims {
		if _, err := fmt.Fprintf(w, "claim %d supported=%t first=%t page=%t %s %.2f\n", t.N, t.Supported, t.First, t.Page, t.Stand, t.Score); err != nil {
			return err
		}
	}
	for _, set := range []struct {
		name string
		of   []Stood
	}{{"claim", c.Changed}, {"sentence", c.Verbatim}} {
		for _, s := range set.of {
			if s.Change == "" && set.name == "claim" {
				continue
			}
			if _, err := fmt.Fprintf(w, "%s %d %s %s\n", set.name, s.N, orNone(s.Change), s.Stand); err != nil {
				return err
			}
		}
	}
	return nil
}

func orNone(c Change) Change {
	if c == "" {
		return "unchanged"
	}
	return c
}
