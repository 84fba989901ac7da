package bot

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"pilcrow/corpus/text"
)

// paragraphs remembers what was read of the paragraphs that answers were chosen
// from: questions come in runs on the same articles, and the last week's are
// asked about most. It holds at most twice mostRead of them, some 4 kB each. The
// zero value is ready, and safe for concurrent use.
type paragraphs struct {
	mu       sync.Mutex
	now, old map[wording][]said // what was asked for last, and before that
}

const mostRead = 1000

// wording is a paragraph of an article in the terms of one analyser.
type wording struct{ article, analyser, text string }

// said is one sentence of a paragraph, read. It belongs to all who read it.
type said struct {
	text.Span
	terms []text.Term // each once where the sentence may be quoted; spans count its bytes
	words int
	idle  bool // an order or a question, which tells nothing
	maker bool // it names who made a photograph
}

// read returns the sentences of a paragraph of an article in lang.
func (ps *paragraphs) read(article, lang, paragraph string) []said {
	key := wording{article, text.Analyser(lang), paragraph}
	ps.mu.Lock()
	out, ok := ps.now[key]
	if ok {
		ps.mu.Unlock()
		return out
	}
	out, ok = ps.old[key]
	ps.mu.Unlock()
	if !ok {
		out = readParagraph(lang, paragraph)
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if ps.now == nil || len(ps.now) >= mostRead {
		ps.now, ps.old = make(map[wording][]said), ps.now
	}
	ps.now[key] = out
	return out
}

// forget lets go of what was read of some articles.
func (ps *paragraphs) forget(articles []string) {
	if len(articles) == 0 {
		return
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	gone := func(w wording, _ []said) bool { return slices.Contains(articles, w.article) }
	maps.DeleteFunc(ps.now, gone)
	maps.DeleteFunc(ps.old, gone)
}

func readParagraph(lang, paragraph string) []said {
	sentences := text.Sentences(paragraph)
	out := make([]said, len(sentences))
	for i, s := range sentences {
		sentence := s.Of(paragraph)
		out[i] = said{
			Span: s, terms: distinct(text.Terms(lang, sentence)), words: len(text.Words(sentence)),
			idle: asks(sentence) || text.Orders(sentence), maker: credits(sentence),
		}
	}
	return out
}

// distinct returns the terms of a sentence without their repeats. One that is
// too long to be quoted keeps them.
func distinct(terms []text.Term) []text.Term {
	if len(terms) > maxWords {
		return terms
	}
	out := terms[:0]
	for _, t := range terms {
		if !slices.ContainsFunc(out, func(o text.Term) bool { return o.Text == t.Text }) {
			out = append(out, t)
		}
	}
	return out
}

// asks reports whether a sentence is itself a question.
func asks(sentence string) bool {
	s := strings.TrimRight(sentence, "\"'”’»)] ")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？")
}

// credits reports whether a sentence names the maker of a photograph, as a
// caption that was taken for text does.
func credits(sentence string) bool {
	for _, mark := range []string{"Getty Images", "hide caption", "AP Photo", "Photo by", "Photo:", "Photo credit", "Photo Credit", "Image credit", "Image Credit", "via AP", "/AP", "/AFP", "/Reuters", "Illustration:"} {
		if strings.Contains(sentence, mark) {
			return true
		}
	}
	return false
}
