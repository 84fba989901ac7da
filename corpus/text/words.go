package text

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Words returns the runs of letters and digits as a reader sees them, in
// order: "don't", "U.S.", "1,000" and "3.5%" are one word each; hyphens part
// words; each character of a script written without spaces is its own.
func Words(s string) []Span {
	out := make([]Span, 0, len(s)/6+1)
	for w := range words(s) {
		out = append(out, w)
	}
	return out
}

// words yields what Words returns.
func words(s string) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for i := 0; i < len(s); {
			r, n := rune(s[i]), 1
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(s[i:])
			}
			if !wordRune(r) || r == '\u200C' || r == '\u200D' {
				i += n
				continue
			}
			end := wordEnd(s, i)
			if !yield(Span{i, end}) {
				return
			}
			i = end
		}
	}
}

// wordEnd returns where the word that starts at i ends. It looks no more than
// a few runes past that end.
func wordEnd(s string, i int) int {
	first, n := utf8.DecodeRuneInString(s[i:])
	if unspaced(first) {
		i += n
		for i < len(s) && s[i] >= utf8.RuneSelf { // vowel signs and tones stay with their letter
			r, n := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsMark(r) {
				break
			}
			i += n
		}
		return i
	}
	letters := 0    // since the last point
	dotted := false // a letter and a dot went before: "U.S"
	var prev rune
	for i < len(s) {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if r == '\u200C' && unicode.Is(unicode.Arabic, prev) {
			return i // Persian writes it between the parts of a word
		}
		if wordRune(r) && !unspaced(r) {
			letters++
			prev = r
			i += n
			continue
		}
		switch {
		case r == '.':
			switch {
			case isDigit(prev):
				if i+1 >= len(s) || !isDigit(rune(s[i+1])) {
					return i
				}
			case letters == 1 && unicode.IsLetter(prev):
				more := singleLetter(s, i+1)
				if !more {
					if dotted {
						return i + 1 // the last stop of U.S. and a.m. is theirs
					}
					return i
				}
				if !dotted && unicode.IsLower(prev) && !dotFollows(s, i+1) {
					return i
				}
				dotted = true
			default:
				return i
			}
		case r == ',':
			if !isDigit(prev) || i+1 >= len(s) || !isDigit(rune(s[i+1])) {
				return i
			}
		case r == '%' && isDigit(prev):
			return i + 1
		case isApostrophe(r):
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if !unicode.IsLetter(prev) || !unicode.IsLetter(next) || unspaced(next) {
				return i
			}
		case r == '_' || r == '·':
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if !wordRune(next) || unspaced(next) {
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

// singleLetter reports whether one letter stands at i with no letter or digit
// after it.
func singleLetter(s string, i int) bool {
	r, n := utf8.DecodeRuneInString(s[i:])
	if !unicode.IsLetter(r) || unspaced(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[i+n:])
	return !wordRune(next)
}

// dotFollows reports whether the rune at i has a full stop behind it.
func dotFollows(s string, i int) bool {
	_, n := utf8.DecodeRuneInString(s[i:])
	return i+n < len(s) && s[i+n] == '.'
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isApostrophe reports whether r joins the parts of one word.
func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '＇' }

// wordRune reports whether r can stand in a word.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	if r >= 0x2000 && r < 0x2C00 {
		return r == '\u200C' || r == '\u200D' || unicode.IsNumber(r) || unicode.IsLetter(r) // dashes and quotes are commonest
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r))
}

// unspaced reports whether r belongs to a script that is written without
// spaces between words.
func unspaced(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r < 0x2E80:
		return unicode.In(r, unicode.Thai, unicode.Lao, unicode.Myanmar, unicode.Khmer, unicode.Hangul)
	}
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Myanmar)
}
