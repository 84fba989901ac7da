package eval

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// Stripped returns the questions without the outlets and times that they name:
// what is left when the asker does not know where and when it stood.
func Stripped(questions []Question, outlets *retrieval.Outlets, now time.Time) []Question {
	out := slices.Clone(questions)
	for i, q := range out {
		p := retrieval.NewPlan(q.Text, outlets, now, retrieval.Defaults())
		var spans []text.Span
		for _, m := range p.Outlets {
			spans = append(spans, m.Span)
		}
		for _, d := range p.Periods {
			spans = append(spans, d.Span)
		}
		slices.SortFunc(spans, func(a, b text.Span) int { return a.Start - b.Start })
		var b strings.Builder
		at := 0
		for _, s := range spans {
			b.WriteString(p.Text[at:max(at, s.Start)])
			at = max(at, s.End)
		}
		b.WriteString(p.Text[at:])
		out[i].Text = text.Clean(b.String())
	}
	return out
}

// Misspelt returns the questions with one edit in the rarest word of each, in
// its middle: two letters swapped, or one left out, doubled or replaced. A
// question whose rare words are all shorter than five letters stays as it is.
// rarity must be that of the articles. The same seed gives the same questions.
func Misspelt(questions []Question, rarity func(word string) float64, seed uint64) []Question {
	out := slices.Clone(questions)
	rng := rand.New(rand.NewPCG(seed, 1))
	for i, q := range out {
		var at text.Span
		rarest := 0.0
		for _, w := range text.Words(q.Text) {
			word := w.Of(q.Text)
			if utf8.RuneCountInString(word) < 5 || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
				continue
			}
			if r := rarity(word); r > rarest {
				at, rarest = w, r
			}
		}
		if rarest > 0 {
			out[i].Text = q.Text[:at.Start] + misspell(rng, at.Of(q.Text)) + q.Text[at.End:]
		}
	}
	return out
}

// misspell returns word with one edit behind its first letter. It differs from
// word.
func misspell(rng *rand.Rand, word string) string {
	for {
		r := []rune(word)
		i := 1 + rng.IntN(len(r)-2)
		switch rng.IntN(4) {
		case 0:
			r[i], r[i+1] = r[i+1], r[i]
		case 1:
			r = slices.Delete(r, i, i+1)
		case 2:
			r = slices.Insert(r, i, r[i])
		case 3:
			r[i] = 'a' + rune(rng.IntN(26))
		}
		if s := string(r); s != word {
			return s
		}
	}
}

// OfArticles returns the questions with each fact widened to the whole of its
// article: found is an article, whichever of its passages it is found by.
func OfArticles(questions []Question) []Question {
	out := slices.Clone(questions)
	for i, q := range out {
		out[i].Facts = nil
		for _, f := range q.Facts {
			f.Text = ""
			if !slices.Contains(out[i].Facts, f) {
				out[i].Facts = append(out[i].Facts, f)
			}
		}
	}
	return out
}
