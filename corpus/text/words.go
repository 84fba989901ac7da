package text

import (
	"unicode"
	"unicode/utf8"
)

// Words returns the runs of letters and digits as a reader sees them, in
// order: "don't", "U.S.", "1,000", "3.5" are one word each; hyphens part
// words; every Han, Hiragana, Katakana and Hangul character is its own.
func Words(s string) []Span {
	out := make([]Span, 0, len(s)/6+1)
	for w := range words(s) {
		out = append(out, w)
	}
	return out
}

// words yields what Words returns.
func words(s string) func(yield func(Span) bool) {
	return func(yield func(Span) bool) {
		for i := 0; i < len(s); {
			r, n := rune(s[i]), 1
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(s[i:])
			}
			if !wordRune(r) {
				i += n
				continue
			}
			end := i + n
			if !ideographic(r) {
				end = wordEnd(s, i)
			}
			if !yield(Span{i, end}) {
				return
			}
			i = end
		}
	}
}

// wordEnd returns where the word that starts at i ends.
func wordEnd(s string, i int) int {
	letters := 0 // letters since the last dot
	dotted := false
	var prev rune
	for i < len(s) {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if wordRune(r) && !ideographic(r) {
			letters++
			prev = r
			i += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+n:])
		switch {
		case r == '\'' || r == '’' || r == 'ʼ' || r == '＇':
			if !unicode.IsLetter(prev) || !unicode.IsLetter(next) || ideographic(next) {
				return i
			}
		case r == '.' && letters == 1 && unicode.IsLetter(prev) && (dotted || unicode.IsUpper(prev) || lowerDotted(s, i)):
			// U.S., J.K., a.m.: the last stop belongs to the word.
			if !unicode.IsLetter(next) || ideographic(next) || !singleLetter(s, i+1) {
				if dotted {
					return i + 1
				}
				return i
			}
			dotted = true
			letters = 0
			i++
			continue
		case r == '.' || r == ',':
			if !isDigit(prev) || !isDigit(next) {
				return i
			}
		case r == '_' || r == '·':
			if !wordRune(next) {
				return i
			}
		default:
			return i
		}
		letters = 0
		prev = r
		i += n
	}
	return i
}

// lowerDotted reports whether the dot at i stands in something like "a.m.".
func lowerDotted(s string, i int) bool {
	return singleLetter(s, i+1) && i+2 < len(s) && s[i+2] == '.'
}

// singleLetter reports whether one letter stands at i with no letter or digit
// after it.
func singleLetter(s string, i int) bool {
	r, n := utf8.DecodeRuneInString(s[i:])
	if !unicode.IsLetter(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[i+n:])
	return !wordRune(next)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// wordRune reports whether r can stand in a word.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r == '\u200C' || r == '\u200D')
}

// ideographic reports whether r belongs to a script written without spaces
// that is indexed by pairs of characters.
func ideographic(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r == 'ー' || r == '々'
}
