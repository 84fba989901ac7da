package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a run of capitalised words: a person, a place, an outlet, an
// organisation.
type Name struct {
	Span      // without title and possessive
	Full Span // with the title before it: "Gen. Smith"
}

// Names returns the names of s in order, without overlap. It knows scripts
// with capitals only: for others it returns nothing.
func Names(lang, s string) []Name {
	var out []Name
	for _, sent := range Sentences(s) {
		first := true
		run := Span{-1, -1}
		flush := func() {
			if run.Start >= 0 {
				out = append(out, Name{run, run})
			}
			run = Span{-1, -1}
		}
		for w := range words(sent.Of(s)) {
			w = Span{w.Start + sent.Start, w.End + sent.Start}
			word := w.Of(s)
			r, _ := utf8.DecodeRuneInString(word)
			if !unicode.IsUpper(r) || Stop(lang, word) {
				flush()
				first = false
				continue
			}
			if i := strings.IndexAny(word, "'’"); i > 0 && strings.HasSuffix(word, "s") && i == strings.LastIndexAny(word, "'’") && len(word)-i <= 4 {
				w.End = w.Start + i
			}
			if run.Start >= 0 && strings.TrimLeft(s[run.End:w.Start], " -.") == "" {
				run.End = w.End
			} else {
				flush()
				run = w
			}
			_ = first
		}
		flush()
	}
	return out
}

// SameName reports whether a and b can stand for the same: equal when folded,
// one the initials of the other, or one the last words of the other.
func SameName(a, b string) bool {
	a, b = Fold(a), Fold(b)
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if strings.HasSuffix(b, " "+a) {
		return true
	}
	var initials strings.Builder
	for w := range words(b) {
		if !Stop("en", w.Of(b)) {
			initials.WriteByte(b[w.Start])
		}
	}
	return initials.String() == strings.ReplaceAll(a, ".", "")
}
