package text

import "strings"

// Quotes returns the insides of quotation marks that hold three words or more,
// in order and without overlap.
func Quotes(s string) []Span {
	var out []Span
	open, closing := -1, ""
	for i, r := range s {
		if open >= 0 && strings.ContainsRune(closing, r) {
			if q := (Span{open, i}); len(Words(q.Of(s))) >= 3 {
				out = append(out, q)
			}
			open = -1
			continue
		}
		if open >= 0 {
			continue
		}
		switch r {
		case '"':
			open, closing = i+1, "\""
		case '“', '„':
			open, closing = i+len("“"), "”“\""
		case '«':
			open, closing = i+len("«"), "»"
		case '「':
			open, closing = i+len("「"), "」"
		}
	}
	return out
}
