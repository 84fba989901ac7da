package verify

import (
	"pilcrow/corpus/text"
)

// Passage is one paragraph that a sentence can cite.
type Passage struct {
	ID   string // opaque; what a citation names
	Text string
	Lang string // BCP 47 base tag; empty means that it is to be detected
	// Group names what the passage is part of, its article. Passages of one
	// group may support a claim together, in the order in which they are given.
	Group string
}

// Source is a set of passages, read once and asked often. It is immutable and
// safe for concurrent use.
type Source struct {
	lang     string
	pages    []*page
	lines    []line           // of all passages, in order
	of       []int            // the passage of each line
	posts    map[string][]int // stem → the lines that hold it, ascending
	words    *vocabulary
	figures  []figure       // each once
	mentions map[string]int // how many lines name a stem
	top      int            // the most that any does
	length   float64        // of a line in words, on average
}

// page is one passage read.
type page struct {
	Passage
	lines  []line
	folded string      // its words as compared, a space before and after each
	spans  []text.Span // of those words
}

// Read reads passages in the order in which a text may call them "passage 1",
// "passage 2". Linear in their length.
func Read(passages ...Passage) *Source {
	pages := make([]*page, len(passages))
	for i, p := range passages {
		pages[i] = newPage(p)
	}
	return newSource(pages, true)
}

// newPage reads p in its own language.
func newPage(p Passage) *page {
	if p.Lang == "" {
		p.Lang = text.Lang(p.Text)
	}
	if p.Lang == "" {
		p.Lang = "en"
	}
	out := &page{Passage: p, lines: orders(p.Text, read(p.Lang, p.Text))}
	folded := []byte{' '}
	for _, l := range out.lines {
		for _, w := range l.words {
			folded = append(append(folded, w.fold...), ' ')
			out.spans = append(out.spans, w.Span)
		}
	}
	out.folded = string(folded)
	return out
}

// newSource makes a source of pages; obeying says whether orders count as
// told. A sentence is compared in one language, that of most of the pages: the
// rest stay silent.
func newSource(pages []*page, obeying bool) *Source {
	s := &Source{lang: language(pages), pages: pages, posts: map[string][]int{}, words: newVocabulary(), mentions: map[string]int{}}
	words := 0
	for i, p := range pages {
		if text.Analyser(p.Lang) != text.Analyser(s.lang) {
			continue
		}
		for _, l := range p.lines {
			if l.order && !obeying {
				continue
			}
			s.add(l, i)
			words += len(l.words)
		}
	}
	s.figures = distinct(s.lines)
	s.length = max(1, float64(words)/float64(max(1, len(s.lines))))
	return s
}

// add takes in line l of page i.
func (s *Source) add(l line, i int) {
	n := len(s.lines)
	s.lines = append(s.lines, l)
	s.of = append(s.of, i)
	for _, w := range l.words {
		if w.stem == "" {
			continue
		}
		s.words.add(w.stem)
		at := s.posts[w.stem]
		if len(at) > 0 && at[len(at)-1] == n {
			continue
		}
		s.posts[w.stem] = append(at, n)
		if w.name >= 0 {
			s.mentions[w.stem]++
			s.top = max(s.top, s.mentions[w.stem])
		}
	}
}

// language returns the language that most of the text of the pages is in.
func language(pages []*page) string {
	size := map[string]int{}
	best := "en"
	for _, p := range pages {
		size[p.Lang] += len(p.Text)
		if size[p.Lang] > size[best] {
			best = p.Lang
		}
	}
	return best
}

// figure is a number and the lines that have it, ascending.
type figure struct {
	text.Number
	lines []int
}

// distinct returns the figures of lines, each once.
func distinct(lines []line) []figure {
	var out []figure
	at := map[text.Number]int{}
	for i, l := range lines {
		for _, n := range l.numbers {
			key := n.Number
			key.Span = text.Span{}
			k, ok := at[key]
			if !ok {
				k = len(out)
				at[key] = k
				out = append(out, figure{Number: key})
			}
			if had := out[k].lines; len(had) == 0 || had[len(had)-1] != i {
				out[k].lines = append(had, i)
			}
		}
	}
	return out
}
