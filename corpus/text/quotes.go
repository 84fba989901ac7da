package text

import (
	"unicode"
	"unicode/utf8"
)

// quoteWords is how many words make a quotation; fewer are an irony or a title.
const quoteWords = 3

// Quotes returns the insides of quotation marks that hold three words or more,
// in order and without overlap, without the marks. It reads straight and curly
// double marks, curly single ones, „…“, »…«, «…» and 「…」. A mark that is not
// closed quotes nothing.
func Quotes(s string) []Span {
	var out []Span
	start := -1   // behind the mark that opened
	var open rune // that mark
	prev := ' '
	for i, r := range s {
		size := 1
		if r != utf8.RuneError {
			size = utf8.RuneLen(r)
		}
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		switch {
		case start >= 0 && closes(open, r) && !unicode.IsSpace(prev) && (r != '’' || !wordRune(next)):
			if q := (Span{start, i}); wordsIn(q.Of(s), quoteWords) {
				out = append(out, q)
			}
			start = -1
		case start >= 0 && r != open:
		case opens(r) && !unicode.IsSpace(next) && (r != '"' || !wordRune(prev)):
			start, open = i+size, r
		}
		prev = r
	}
	return out
}

func opens(r rune) bool {
	switch r {
	case '"', '“', '„', '‘', '‚', '«', '»', '‹', '「', '『':
		return true
	}
	return false
}

func closes(open, r rune) bool {
	switch open {
	case '"':
		return r == '"'
	case '“':
		return r == '”' || r == '"'
	case '„':
		return r == '“' || r == '”' || r == '"'
	case '‘':
		return r == '’'
	case '‚':
		return r == '‘' || r == '’'
	case '«':
		return r == '»'
	case '»':
		return r == '«'
	case '‹':
		return r == '›'
	case '「':
		return r == '」'
	case '『':
		return r == '』'
	}
	return false
}

// wordsIn reports whether s has n words or more.
func wordsIn(s string, n int) bool {
	for range words(s) {
		if n--; n == 0 {
			return true
		}
	}
	return false
}
