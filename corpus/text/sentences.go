package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts s into sentences. The spans are in order, never empty, and
// cover everything but the white space between them.
func Sentences(s string) []Span {
	var out []Span
	start := 0
	emit := func(end int) {
		a, b := start, end
		for a < b {
			r, n := utf8.DecodeRuneInString(s[a:b])
			if !unicode.IsSpace(r) {
				break
			}
			a += n
		}
		for a < b {
			r, n := utf8.DecodeLastRuneInString(s[a:b])
			if !unicode.IsSpace(r) {
				break
			}
			b -= n
		}
		if a < b {
			out = append(out, Span{a, b})
		}
		start = end
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch r {
		case '。', '！', '？', '।', '॥':
			emit(i)
		case '\n':
			emit(i)
		case '.', '!', '?', '…':
			end := i
			for end < len(s) {
				c, m := utf8.DecodeRuneInString(s[end:])
				if !strings.ContainsRune(".!?…\"'”’)]»", c) {
					break
				}
				end += m
			}
			i = end
			if end == len(s) || s[end] != ' ' && s[end] != '\n' {
				continue
			}
			next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[end:], " \n\"“‘'("))
			if unicode.IsLower(next) || r == '.' && abbreviated(s[start:end]) {
				continue
			}
			emit(end)
		}
	}
	emit(len(s))
	return out
}

func abbreviated(s string) bool {
	w := s[strings.LastIndexAny(s, " (\"“")+1:]
	w = strings.TrimRight(w, ".")
	if utf8.RuneCountInString(w) == 1 && strings.ToUpper(w) == w && w != "I" {
		return true
	}
	switch strings.ToLower(w) {
	case "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "st", "jr", "sr", "inc", "ltd", "co", "corp", "vs", "no", "u.s", "u.k", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "e.g", "i.e":
		return true
	}
	return false
}
