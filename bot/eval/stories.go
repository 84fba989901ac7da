package eval

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// Proportion is a share of N cases and its 95 % interval by Wilson ("Probable
// inference", 1927), which holds at 0 and at 1 as well.
type Proportion struct {
	N              int
	Mean, Low, Top float64
}

// String writes it as per cent: "98.3 (96.9 to 99.1)".
func (p Proportion) String() string {
	if p.N == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f (%.1f to %.1f)", 100*p.Mean, 100*p.Low, 100*p.Top)
}

func proportion(hits, n int) Proportion {
	if n == 0 {
		return Proportion{}
	}
	const z = 1.96
	m, f := float64(hits)/float64(n), float64(n)
	centre := (m + z*z/(2*f)) / (1 + z*z/f)
	half := z / (1 + z*z/f) * math.Sqrt(m*(1-m)/f+z*z/(4*f*f))
	return Proportion{n, m, max(centre-half, 0), min(centre+half, 1)}
}

// StoriesReport says how well articles that are one story are found to be.
type StoriesReport struct {
	Real    StoryScore            // among the articles as they are
	Planted StoryScore            // among them and edited copies of them
	Edits   map[string]Proportion // recall of the copies by what was done to them
}

// StoryScore counts pairs of articles.
type StoryScore struct {
	Pairs             int // all that there are
	Precision, Recall Proportion
	Wrong             []string // pairs that are no story, by their places among the articles
}

// Edits are what a planted copy goes through, each at 10 to 30 % drawn for each
// copy: words put in the place of others, sentences moved, sentences cut.
var Edits = []string{"words changed", "sentences moved", "sentences cut", "all three"}

// Stories adds drafts to an archive, as they are and then with an edited copy
// of each beside it, as if another outlet had published it within two days, and
// counts the pairs that the archive takes for one story.
//
// Two drafts are one story in truth where more than half of the shorter one's
// words stand in sentences that the other has word for word.
func Stories(ctx context.Context, drafts []corpus.Draft) (_ *StoriesReport, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("score stories: %w", err)
		}
	}()
	one := repeated(drafts)
	r := &StoriesReport{Edits: map[string]Proportion{}}
	if r.Real, _, err = pairUp(ctx, drafts, one, nil); err != nil {
		return nil, err
	}
	n := len(drafts)
	all := append(append([]corpus.Draft{}, drafts...), plant(drafts)...)
	found := func(i, j int) bool { return i%n == j%n || one(i%n, j%n) }
	var told map[[2]int]bool
	if r.Planted, told, err = pairUp(ctx, all, found, func(i, j int) bool { return j == i+n }); err != nil {
		return nil, err
	}
	for k, name := range Edits {
		hits, of := 0, 0
		for i := k; i < n; i += len(Edits) {
			of++
			if told[[2]int{i, i + n}] {
				hits++
			}
		}
		r.Edits[name] = proportion(hits, of)
	}
	return r, nil
}

// pairUp counts the pairs of drafts that an archive takes for one story.
// Recall is over those that wanted chooses; nil chooses all that are one.
func pairUp(ctx context.Context, drafts []corpus.Draft, one, wanted func(i, j int) bool) (StoryScore, map[[2]int]bool, error) {
	if wanted == nil {
		wanted = one
	}
	store, err := corpus.Open(ctx, corpus.Memory)
	if err != nil {
		return StoryScore{}, nil, err
	}
	defer store.Close()
	added, err := store.AddAll(ctx, "main", drafts)
	if err != nil {
		return StoryScore{}, nil, err
	}
	if err := store.LinkStories(ctx); err != nil {
		return StoryScore{}, nil, err
	}
	ids := make([]string, len(added))
	at := make(map[string]int)
	for i, a := range added {
		ids[i], at[a.Article.ID] = a.Article.ID, i
	}
	stories, err := store.Stories(ctx, ids, []string{"main"})
	if err != nil {
		return StoryScore{}, nil, err
	}
	told := map[[2]int]bool{}
	for id, others := range stories {
		for _, o := range others {
			if i, j := at[id], at[o.ID]; i < j {
				told[[2]int{i, j}] = true
			}
		}
	}
	s := StoryScore{Pairs: len(drafts) * (len(drafts) - 1) / 2}
	right := 0
	for p := range told {
		if one(p[0], p[1]) {
			right++
		} else {
			s.Wrong = append(s.Wrong, fmt.Sprintf("%d %d", p[0], p[1]))
		}
	}
	slices.Sort(s.Wrong)
	s.Precision = proportion(right, len(told))
	hits, of := 0, 0
	for i := range drafts {
		for j := i + 1; j < len(drafts); j++ {
			if wanted(i, j) {
				of++
				if told[[2]int{i, j}] {
					hits++
				}
			}
		}
	}
	s.Recall = proportion(hits, of)
	return s, told, nil
}

// repeated returns whether two drafts are one story in truth.
func repeated(drafts []corpus.Draft) func(i, j int) bool {
	sets := make([]map[string]int, len(drafts)) // sentences and their words
	words := make([]int, len(drafts))
	for i, d := range drafts {
		sets[i] = map[string]int{}
		for _, p := range d.Paragraphs {
			for _, s := range text.Sentences(p) {
				sets[i][s.Of(p)] = len(text.Words(s.Of(p)))
			}
		}
		for _, n := range sets[i] {
			words[i] += n
		}
	}
	return func(i, j int) bool {
		if words[i] > words[j] {
			i, j = j, i
		}
		shared := 0
		for s, n := range sets[i] {
			if _, ok := sets[j][s]; ok {
				shared += n
			}
		}
		return i == j || 2*shared > words[i]
	}
}

// plant returns an edited copy of each draft, the same in every run.
func plant(drafts []corpus.Draft) []corpus.Draft {
	var vocabulary []string
	for _, d := range drafts {
		for _, p := range d.Paragraphs {
			vocabulary = append(vocabulary, strings.Fields(p)...)
		}
	}
	out := make([]corpus.Draft, len(drafts))
	for i, d := range drafts {
		rng := rand.New(rand.NewPCG(uint64(i), 5))
		share := func() float64 { return .1 + .2*rng.Float64() }
		edit := Edits[i%len(Edits)]
		if edit == Edits[1] || edit == Edits[3] {
			d.Paragraphs = moved(d.Paragraphs, share(), rng)
		}
		if edit == Edits[2] || edit == Edits[3] {
			d.Paragraphs = shortened(d.Paragraphs, share(), rng)
		}
		if edit == Edits[0] || edit == Edits[3] {
			d.Paragraphs = reworded(d.Paragraphs, share(), vocabulary, rng)
		}
		d.Source, d.Title, d.Author = "Another outlet", "", ""
		d.URL = fmt.Sprintf("https://another.example/%d", i)
		if !d.Published.IsZero() {
			d.Published = d.Published.Add(time.Duration(rng.Int64N(int64(48 * time.Hour))))
		}
		out[i] = d
	}
	return out
}

// reworded puts other words in the place of a share of them.
func reworded(paragraphs []string, share float64, vocabulary []string, rng *rand.Rand) []string {
	var out []string
	for _, p := range paragraphs {
		words := strings.Fields(p)
		for i := range words {
			if rng.Float64() < share {
				words[i] = vocabulary[rng.IntN(len(vocabulary))]
			}
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

// moved puts a share of the sentences into other paragraphs.
func moved(paragraphs []string, share float64, rng *rand.Rand) []string {
	kept := make([][]string, len(paragraphs))
	var loose []string
	for i, p := range paragraphs {
		for _, s := range text.Sentences(p) {
			if rng.Float64() < share {
				loose = append(loose, s.Of(p))
			} else {
				kept[i] = append(kept[i], s.Of(p))
			}
		}
	}
	for _, s := range loose {
		i := rng.IntN(len(kept))
		at := rng.IntN(len(kept[i]) + 1)
		kept[i] = append(kept[i][:at:at], append([]string{s}, kept[i][at:]...)...)
	}
	return joined(kept)
}

// shortened leaves out a share of the sentences.
func shortened(paragraphs []string, share float64, rng *rand.Rand) []string {
	kept := make([][]string, len(paragraphs))
	for i, p := range paragraphs {
		for _, s := range text.Sentences(p) {
			if rng.Float64() >= share {
				kept[i] = append(kept[i], s.Of(p))
			}
		}
	}
	return joined(kept)
}

func joined(paragraphs [][]string) []string {
	var out []string
	for _, sentences := range paragraphs {
		if len(sentences) > 0 {
			out = append(out, strings.Join(sentences, " "))
		}
	}
	return out
}
