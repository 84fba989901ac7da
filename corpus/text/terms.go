package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
)

// Term is one index term and where it stands.
type Term struct {
	Span
	Text string // lower-cased, folded, stemmed; never a stop word
}

// Terms returns the index terms of s in the order they stand there, as the
// analyser of lang makes them.
func Terms(lang, s string) []Term {
	a := analyserOf(lang)
	out := make([]Term, 0, len(s)/9+1)
	last := Span{-1, -1} // the ideograph before
	paired := false
	for w := range words(s) {
		word := w.Of(s)
		r, _ := utf8.DecodeRuneInString(word)
		if ideographic(r) {
			switch {
			case last.End == w.Start:
				if paired {
					out = append(out, Term{Span{last.Start, w.End}, s[last.Start:w.End]})
				} else {
					out[len(out)-1] = Term{Span{last.Start, w.End}, s[last.Start:w.End]}
				}
				paired = true
			default:
				out = append(out, Term{w, word})
				paired = false
			}
			last = w
			continue
		}
		if t, ok := a.term(word); ok {
			out = append(out, Term{w, t})
		}
	}
	return out
}

// Analyser returns the name of the analyser that lang resolves to. Terms of
// different analysers are never to be compared.
func Analyser(lang string) string { return analyserOf(lang).name }

// Stem returns the index term of one word, stop word or not.
func Stem(lang, word string) string {
	a := analyserOf(lang)
	return a.stem(a.normal(word))
}

// Stop reports whether word carries no content of its own in lang.
func Stop(lang, word string) bool {
	a := analyserOf(lang)
	return a.stop[strings.ToLower(strings.ReplaceAll(word, "’", "'"))]
}

type analyser struct {
	name   string
	stop   analysis.TokenMap
	filter analysis.TokenFilter
}

func (a *analyser) term(word string) (string, bool) {
	n := a.normal(word)
	if n == "" || a.stop[n] && !acronym(word) {
		return "", false
	}
	return a.stem(n), true
}

func (a *analyser) normal(word string) string {
	n := Fold(word)
	n = strings.TrimSuffix(n, "'s")
	if a.stop[n] {
		return n
	}
	return strings.NewReplacer(".", "", ",", "", "'", "").Replace(n)
}

func (a *analyser) stem(n string) string {
	if a.filter == nil || len(n) < 3 {
		return n
	}
	ts := a.filter.Filter(analysis.TokenStream{&analysis.Token{Term: []byte(n)}})
	return string(ts[0].Term)
}

func acronym(word string) bool {
	return len(word) > 1 && word == strings.ToUpper(word) && unicode.IsLetter(rune(word[0]))
}

var english = sync.OnceValue(func() *analyser {
	stop := analysis.NewTokenMap()
	stop.LoadBytes(en.EnglishStopWords)
	return &analyser{name: "en", stop: stop, filter: en.NewEnglishStemmerFilter()}
})

var neutral = &analyser{name: "standard"}
var cjk = &analyser{name: "cjk"}

func analyserOf(lang string) *analyser {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	switch lang {
	case "en":
		return english()
	case "zh", "ja", "ko":
		return cjk
	}
	return neutral
}
