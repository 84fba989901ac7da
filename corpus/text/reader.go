package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// reader looks at a string word by word, for what is spelled over several.
type reader struct {
	s    string
	w    []Span
	low  []string // what lower has returned, by word
	dots *bool    // whether "1.000" is a thousand here; worked out when first asked

	scale float64 // what the number at work was multiplied by
	taken int     // where the number before it ends
}

// word returns word i as written, "" where there is none.
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.w) {
		return ""
	}
	return r.w[i].Of(r.s)
}

// lower returns word i in lower case, folded; of a word too long to be one, "".
func (r *reader) lower(i int) string {
	w := r.word(i)
	if w == "" || len(w) > 32 {
		return ""
	}
	if r.low == nil {
		r.low = make([]string, len(r.w))
	}
	if r.low[i] == "" {
		r.low[i] = Fold(w)
	}
	return r.low[i]
}

// gap returns what stands between word i and the next, up to the end of the
// text.
func (r *reader) gap(i int) string {
	if i < 0 || i >= len(r.w) {
		return ""
	}
	if i+1 == len(r.w) {
		return r.s[r.w[i].End:]
	}
	return r.s[r.w[i].End:r.w[i+1].Start]
}

// spaced reports whether one space, of any width, parts word i from the next.
func (r *reader) spaced(i int) bool {
	switch r.gap(i) {
	case " ", "\u00A0", "\u202F", "\u2009":
		return i+1 < len(r.w)
	}
	return false
}

// hyphened reports whether a hyphen parts word i from the next.
func (r *reader) hyphened(i int) bool {
	g := r.gap(i)
	return (g == "-" || g == "‐" || g == "‑") && i+1 < len(r.w)
}

// joined reports whether word i and the next can be parts of one expression:
// nothing, a space, a hyphen, or the stop of an abbreviation between them.
func (r *reader) joined(i int) bool {
	return r.spaced(i) || r.hyphened(i) || r.gap(i) == ". " && abbreviation(r.word(i)) != 0 && i+1 < len(r.w) || r.gap(i) == "" && i+1 < len(r.w)
}

// before returns the rune before byte i, and its length.
func (r *reader) before(i int) (rune, int) { return utf8.DecodeLastRuneInString(r.s[:i]) }

// dotGroups reports whether the text looks written in a language that parts
// thousands by dots.
func (r *reader) dotGroups() bool {
	if r.dots == nil {
		lang := Lang(r.s)
		dots := analyserOf(lang).dotGroups || lang != "en" && decimalComma(r.s)
		r.dots = &dots
	}
	return *r.dots
}

// decimalComma reports whether some figure of s has a comma that can only be
// a decimal one, as in "3,5".
func decimalComma(s string) bool {
	for i := 1; i < len(s); {
		j := strings.IndexByte(s[i:], ',')
		if j < 0 {
			return false
		}
		i += j
		n := 0
		for i+1+n < len(s) && n < 4 && isDigit(rune(s[i+1+n])) {
			n++
		}
		if isDigit(rune(s[i-1])) && n > 0 && n < 3 {
			return true
		}
		i++
	}
	return false
}

// digit returns the value of a decimal digit of any of the scripts that news
// is written in, -1 for another rune.
func digit(r rune) int {
	if r < utf8.RuneSelf {
		if isDigit(r) {
			return int(r - '0')
		}
		return -1
	}
	for _, zero := range [...]rune{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0xFF10} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// vulgar returns the value of a fraction written as one character, else 0.
func vulgar(r rune) float64 {
	switch r {
	case '½':
		return 1. / 2
	case '⅓':
		return 1. / 3
	case '⅔':
		return 2. / 3
	case '¼':
		return 1. / 4
	case '¾':
		return 3. / 4
	case '⅕':
		return 1. / 5
	case '⅖':
		return 2. / 5
	case '⅗':
		return 3. / 5
	case '⅘':
		return 4. / 5
	case '⅛':
		return 1. / 8
	case '⅜':
		return 3. / 8
	case '⅝':
		return 5. / 8
	case '⅞':
		return 7. / 8
	}
	return 0
}

// capital reports whether word starts with a capital letter.
func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}
