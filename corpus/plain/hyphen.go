package plain

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// join adds a line to the paragraph p, whose last line is prev: behind a space,
// or behind none where a word or a script without spaces goes on.
func (l *layout) join(p *bytes.Buffer, prev, next string) {
	last, size := utf8.DecodeLastRuneInString(prev)
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case wide(last) && wide(first), last == '\u00AD':
	case strings.ContainsRune("-‐", last) && l.hyphenated(prev[:len(prev)-size], next):
		p.Truncate(p.Len() - size)
	case strings.ContainsRune("-‐—", last) && inWord(prev[:len(prev)-size], first):
	default:
		p.WriteByte(' ')
	}
	p.WriteString(next)
}

// inWord reports whether a dash behind left stands close to its words.
func inWord(left string, next rune) bool {
	r, _ := utf8.DecodeLastRuneInString(left)
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && (unicode.IsLetter(next) || unicode.IsDigit(next))
}

// compounds are first parts that keep their hyphen. "long-\nterm" is one of
// them; of "govern-\nment" only the line's end made two.
var compounds = map[string]bool{
	"all": true, "anti": true, "co": true, "cross": true, "ex": true, "far": true, "first": true, "full": true,
	"half": true, "hard": true, "high": true, "ill": true, "large": true, "long": true, "low": true, "mid": true,
	"multi": true, "much": true, "near": true, "new": true, "non": true, "old": true, "one": true, "post": true,
	"pre": true, "pro": true, "second": true, "self": true, "semi": true, "short": true, "single": true, "small": true,
	"so": true, "third": true, "three": true, "two": true, "well": true, "world": true,
}

// hyphenated reports whether the hyphen between left and right is there only
// because the line ends. The words of the text decide, where they know either
// form.
func (l *layout) hyphenated(left, right string) bool {
	a := strings.ToLower(left[strings.LastIndexFunc(left, unicode.IsSpace)+1:])
	a = strings.TrimLeftFunc(a, func(r rune) bool { return !unicode.IsLetter(r) })
	b := right
	if i := strings.IndexFunc(right, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }); i >= 0 {
		b = right[:i]
	}
	if first, _ := utf8.DecodeRuneInString(b); !unicode.IsLower(first) {
		return false
	}
	if a == "" || strings.ContainsFunc(a, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		return false // "state-of-\nthe-art"
	}
	words := l.words()
	switch {
	case words[a+b]:
		return true
	case words[a+"-"+b]:
		return false
	}
	return !compounds[a]
}

// vocabulary returns the lower-case words of s, with and without hyphens in
// them, once they are asked for. The first megabyte of a long text is enough.
func vocabulary(s string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		if len(s) > 1<<20 {
			s = s[:1<<20]
		}
		words := make(map[string]bool)
		for _, f := range strings.Fields(strings.ToLower(s)) {
			words[strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })] = true
		}
		for _, w := range text.Words(s) {
			words[strings.ToLower(s[w.Start:w.End])] = true
		}
		return words
	})
}
