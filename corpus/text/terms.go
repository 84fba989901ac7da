package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// Term is one index term and where it stands.
type Term struct {
	Span
	Text string // lower-cased, folded, stemmed; never a stop word
}

// maxStemmed is the length in bytes beyond which a word is not a word of any
// language and is left unstemmed.
const maxStemmed = 64

// Terms returns the index terms of s in the order they stand there, made by
// the analyser of lang: bleve's filters over this package's Words, which are
// found four times as fast as bleve's own and are the same on plain text. What
// differs is wanted: "U.S." is "us", "10,000" is "10000", "l’eau" and "l'eau" are
// one, as are "café" and "cafe".
//
// Scripts written without spaces give overlapping pairs of characters, a
// single character where it stands alone. A stop word written as an acronym
// ("WHO", "IT") is a term, unless its neighbours are in capitals too.
func Terms(lang, s string) []Term {
	out := make([]Term, 0, len(s)/9+1)
	w := writer{analyser: analyserOf(lang), s: s}
	var single, before Span // the lone character that a pair replaces; the character before
	for word := range words(s) {
		r, _ := utf8.DecodeRuneInString(s[word.Start:])
		if unspaced(r) {
			switch {
			case before.End != word.Start || before.End == 0:
				out = append(out, Term{word, w.letter(word)})
				single = word
			case single == before:
				out[len(out)-1] = Term{Span{before.Start, word.End}, w.letter(Span{before.Start, word.End})}
				single = Span{}
			default:
				out = append(out, Term{Span{before.Start, word.End}, w.letter(Span{before.Start, word.End})})
			}
			before = word
			continue
		}
		if t := w.term(word); t != "" {
			out = append(out, Term{word, t})
		}
	}
	return out
}

// Analyser returns the name of the analyser that lang resolves to. Terms of
// different analysers are never to be compared.
func Analyser(lang string) string { return analyserOf(lang).name }

// Stem returns the index term of one word, stop word or not.
func Stem(lang, word string) string {
	w := writer{analyser: analyserOf(lang), s: word}
	w.normalise(word)
	w.strip()
	return w.stemmed()
}

// Stop reports whether word, in any case, carries no content of its own in
// lang. It knows no stop words of a language without an analyser.
func Stop(lang, word string) bool {
	w := writer{analyser: analyserOf(lang), s: word}
	w.normalise(word)
	return w.stopped()
}

// writer makes terms of one string. It lives for one call.
type writer struct {
	*analyser
	s      string
	buf    []byte            // the word at work
	stems  map[string]string // of a slow analyser
	token  analysis.Token
	stream [1]*analysis.Token
}

// term returns the term of a word, "" for a stop word.
func (w *writer) term(word Span) string {
	t := word.Of(w.s)
	w.normalise(t)
	if w.stopped() && !w.acronym(word) {
		return ""
	}
	w.strip()
	return w.stemmed()
}

// letter returns the term of characters of a script without spaces.
func (w *writer) letter(c Span) string {
	w.normalise(c.Of(w.s))
	return string(w.buf)
}

// normalise puts word into w.buf, in lower case, with straight apostrophes,
// and spelled as the stop words are.
func (w *writer) normalise(word string) {
	w.buf = w.buf[:0]
	ascii := true
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			ascii = false
			break
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		w.buf = append(w.buf, c)
	}
	switch {
	case ascii:
	case w.foldFirst:
		w.buf = appendFold(w.buf[:0], word)
	default:
		w.buf = w.buf[:0]
		for _, r := range word {
			switch {
			case isApostrophe(r):
				r = '\''
			case r == 'İ' && w.name == "tr":
				r = 'i'
			case r == 'I' && w.name == "tr":
				r = 'ı'
			default:
				r = unicode.ToLower(r)
			}
			w.buf = utf8.AppendRune(w.buf, r)
		}
	}
	w.run(w.normal)
	if n := len(w.buf); w.possessive && n > 2 && w.buf[n-1] == 's' && w.buf[n-2] == '\'' {
		w.buf = w.buf[:n-2]
	}
}

func (w *writer) stopped() bool { return w.stop[string(w.buf)] }

// strip takes the points out of what was read: dots of abbreviations, commas
// of thousands, apostrophes. The point of a decimal stays.
func (w *writer) strip() {
	plain := true
	for _, c := range w.buf {
		if c == '.' || c == ',' || c == '\'' || c == '%' {
			plain = false
			break
		}
	}
	if plain {
		return
	}
	if isDigit(rune(w.buf[0])) {
		w.buf = append(w.buf[:0], figure(string(w.buf), w.dotGroups)...)
	}
	out := w.buf[:0]
	for i, c := range w.buf {
		switch {
		case c == ',' || c == '\'' || c == '%':
		case c == '.' && !(i > 0 && i+1 < len(w.buf) && isDigit(rune(w.buf[i-1])) && isDigit(rune(w.buf[i+1]))):
		default:
			out = append(out, c)
		}
	}
	w.buf = out
}

func (w *writer) stemmed() (stem string) {
	if len(w.buf) == 0 {
		return ""
	}
	if w.slow {
		if stem, ok := w.stems[string(w.buf)]; ok {
			return stem
		}
		if w.stems == nil {
			w.stems = make(map[string]string)
		}
		word := string(w.buf)
		defer func() { w.stems[word] = stem }()
	}
	if len(w.buf) <= maxStemmed && !isDigit(rune(w.buf[0])) {
		w.run(w.stem)
	}
	if !w.foldFirst {
		for _, c := range w.buf {
			if c >= utf8.RuneSelf {
				return string(appendFold(nil, string(w.buf)))
			}
		}
	}
	return string(w.buf)
}

// run passes w.buf through filters that map one token to one.
func (w *writer) run(fs []analysis.TokenFilter) {
	if len(fs) == 0 {
		return
	}
	w.token = analysis.Token{Term: w.buf}
	w.stream[0] = &w.token
	for _, f := range fs {
		f.Filter(w.stream[:])
	}
	w.buf = append(w.buf[:0], w.token.Term...)
}

// acronym reports whether the word is in capitals and its neighbours are not.
func (w *writer) acronym(word Span) bool {
	if !inCapitals(word.Of(w.s)) {
		return false
	}
	after := word.End + strings.IndexFunc(w.s[word.End:], wordRune)
	if after >= word.End && inCapitals(w.s[after:wordEnd(w.s, after)]) {
		return false
	}
	end := strings.LastIndexFunc(w.s[:word.Start], wordRune) + 1
	start := end
	for start > 0 && 'A' <= w.s[start-1] && w.s[start-1] <= 'Z' {
		start--
	}
	return end-start < 2
}

// inCapitals reports whether word has two letters or more and no small one,
// a possessive aside.
func inCapitals(word string) bool {
	letters := 0
	for i, r := range word {
		if isApostrophe(r) && i > 0 && strings.EqualFold(word[i+utf8.RuneLen(r):], "s") {
			break
		}
		if unicode.IsLetter(r) {
			if !unicode.IsUpper(r) {
				return false
			}
			letters++
		}
	}
	return letters >= 2
}
