// Package pullquote finds the lines that a page's designer lifted out of a text
// and set large between its paragraphs. They say nothing that the text does not
// say again, often condensed, and without their setting they break it in two.
package pullquote

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// What a pull-quote looks like, found by reading what these bounds cut from 609
// news articles.
const (
	minWords   = 5
	openWords  = 6 // fewer without quotation marks are a phrase
	maxWords   = 45
	bareWords  = 8  // fewer without a full stop are a heading
	nearWords  = 9  // fewer are like another sentence by chance
	minStems   = .7 // share of its content stems that one sentence elsewhere has too
	leastStems = 5  // with fewer, a share says nothing
	minRuns    = .5 // share of its runs of three words that the sentence has too
	minRunsOut = .2 // the same where it stands out among long paragraphs
	maxPosting = 32 // a run of words that stands in more sentences tells nothing
	maxLike    = 2  // what is like more paragraphs than these is a formula
)

// Find returns the indexes, rising, of the paragraphs that are pull-quotes: a
// short sentence between the first and the last paragraph that a longer
// paragraph repeats, word for word or nearly. The time it takes is linear in the
// text.
func Find(lang string, paragraphs []string) []int {
	candidates := make(map[int]*quote)
	runs := make(map[run][]*sentence) // those of the candidates, and where else they stand
	for i := 1; i < len(paragraphs)-1; i++ {
		q := candidate(paragraphs[i])
		if q == nil || q.bare && heads(paragraphs[i-1:i+2]) {
			continue
		}
		candidates[i] = q
		for r := range q.runs {
			runs[r] = nil
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	var sizes []int
	for i, p := range paragraphs {
		sizes = append(sizes, index(runs, i, p))
	}
	slices.Sort(sizes)
	usual := sizes[len(sizes)/2]
	var out []int
	for i := range paragraphs {
		q := candidates[i]
		if q == nil {
			continue
		}
		least := minRuns
		if 2*q.words <= usual {
			least = minRunsOut
		}
		if q.repeated(lang, i, least, runs) {
			out = append(out, i)
		}
	}
	return out
}

// Drop returns paragraphs without its pull-quotes.
func Drop(lang string, paragraphs []string) []string {
	found := Find(lang, paragraphs)
	if len(found) == 0 {
		return paragraphs
	}
	out := make([]string, 0, len(paragraphs)-len(found))
	for i, p := range paragraphs {
		if len(found) > 0 && found[0] == i {
			found = found[1:]
			continue
		}
		out = append(out, p)
	}
	return out
}

// run is three folded words in a row.
type run [3]string

// quote is a paragraph that could be a pull-quote.
type quote struct {
	text  string
	words int
	runs  map[run]struct{}
	bare  bool // has no full stop: a heading, unless a longer sentence has it whole
	whole bool // only an exact repeat counts
}

// sentence is what a quote is compared with.
type sentence struct {
	paragraph int
	of        int // words in the whole paragraph
	text      string
	runs      map[run]struct{}
}

const (
	opening = "\"'“‘„«‹「『"
	closing = "\"'”’“»›」』)"
)

// candidate returns p as a quote where it is one short sentence, and neither
// an item of a list, nor a label with what it labels, nor a question that heads
// a section.
func candidate(p string) *quote {
	if len(p) > 8*maxWords+64 || strings.IndexAny(p, "-*•–—·▪") == 0 || labelled(p) {
		return nil
	}
	words := text.Words(p)
	if len(words) < minWords || len(words) > maxWords || len(text.Sentences(p)) > 1 {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(p)
	last, _ := utf8.DecodeLastRuneInString(p)
	quoted := strings.ContainsRune(opening, first) && strings.ContainsRune(closing, last)
	q := &quote{text: p, words: len(words), runs: runsOf(p, words)}
	q.bare = !quoted && !stopped(p)
	asks := strings.HasSuffix(strings.TrimRight(p, closing), "?")
	if !quoted && (len(words) < openWords || asks || q.bare && len(words) < bareWords) {
		return nil
	}
	q.whole = q.bare || asks || len(words) < nearWords || !quoted && strings.ContainsAny(p, "\"“„«「")
	return q
}

// heads reports whether the second of three paragraphs, which has no full stop,
// is a heading or an item of a list: the next one takes up its words, or one
// beside it has no full stop either.
func heads(p []string) bool {
	return !stopped(p[0]) || !stopped(p[2]) || strings.HasPrefix(text.Fold(p[2]), text.Fold(p[1]))
}

// labelled reports whether p begins with a few words and a colon.
func labelled(p string) bool {
	head, _, ok := strings.Cut(p, ": ")
	return ok && len(strings.Fields(head)) <= 4
}

// stopped reports whether p ends as a sentence does.
func stopped(p string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(p, closing))
	return strings.ContainsRune(".!?…。！？।", last)
}

func runsOf(s string, words []text.Span) map[run]struct{} {
	out := make(map[run]struct{}, len(words))
	var r run
	for i, w := range words {
		r = run{r[1], r[2], text.Fold(s[w.Start:w.End])}
		if i >= 2 {
			out[r] = struct{}{}
		}
	}
	return out
}

// index notes under each run that is asked for the sentences of p it stands in.
// It returns the number of words of p.
func index(runs map[run][]*sentence, i int, p string) int {
	var sentences []*sentence
	of := 0
	for _, span := range text.Sentences(p) {
		s := p[span.Start:span.End]
		words := text.Words(s)
		of += len(words)
		sentences = append(sentences, &sentence{paragraph: i, text: s, runs: runsOf(s, words)})
	}
	for _, s := range sentences {
		s.of = of
		for r := range s.runs {
			if list, ok := runs[r]; ok && len(list) < maxPosting {
				runs[r] = append(list, s)
			}
		}
	}
	return of
}

// repeated reports whether a sentence of a longer paragraph says what q, the
// i-th paragraph, says, sharing at least that part of its runs.
func (q *quote) repeated(lang string, i int, least float64, runs map[run][]*sentence) bool {
	shared := make(map[*sentence]int)
	for r := range q.runs {
		for _, s := range runs[r] {
			if s.paragraph != i {
				shared[s]++
			}
		}
	}
	like := make(map[int]bool)
	near := false
	for s, n := range shared {
		longer := 2*s.of >= 3*q.words
		if longer && n == len(q.runs) {
			return true
		}
		if float64(n) >= least*float64(len(q.runs)) {
			like[s.paragraph] = true
			near = near || longer && !q.whole && covers(lang, s.text, q.text)
		}
	}
	return near && len(like) <= maxLike
}

// covers reports whether s has what q says: most of its content stems, and all
// of its numbers.
func covers(lang, s, q string) bool {
	has := make(map[string]bool)
	for _, t := range text.Terms(lang, s) {
		has[t.Text] = true
	}
	all := make(map[string]bool)
	shared := 0
	for _, t := range text.Terms(lang, q) {
		switch {
		case all[t.Text]:
			continue
		case has[t.Text]:
			shared++
		case strings.ContainsAny(t.Text, "0123456789"):
			return false
		}
		all[t.Text] = true
	}
	return len(all) >= leastStems && float64(shared) >= minStems*float64(len(all))
}
