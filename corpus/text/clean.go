package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// Clean returns s as a paragraph is stored: valid UTF-8 (each bad byte becomes
// U+FFFD), in NFC, without soft hyphens, zero-width spaces, byte-order marks,
// control characters and tag characters (which can hide text from a reader but
// not from a model), with every run of white space as one space and none at
// the ends. Joiners that shape letters stay.
//
// What turns the direction of reading does not: with it letters are shown in
// another order than they stand in, and cut out of a paragraph it turns what
// stands behind. Hebrew and Arabic need none of it to be read. Direction marks
// stay beside their letters, where they place a full stop or a bracket.
//
// Clean is idempotent.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = unmarked(s)
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s { // a bad byte ranges as U+FFFD
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case dropped(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// dropped reports whether Clean leaves r out.
func dropped(r rune) bool {
	switch r {
	case '\u00AD', '\u180E', '\u200B', '\u2060', '\uFEFF':
		return true
	}
	return 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x206F || // embeddings, overrides, isolates and older ones
		r < 0x20 || 0x7F <= r && r < 0xA0 || 0xFFF9 <= r && r <= 0xFFFB || 0xE0000 <= r && r < 0xE0080
}

// isMark reports whether r is a direction mark, which is seen only by where it
// puts what stands beside it.
func isMark(r rune) bool { return r == '\u200E' || r == '\u200F' || r == '\u061C' }

// unmarked returns s without the direction marks that place nothing: those in a
// text that is all written in one direction, between two letters, and behind
// others.
func unmarked(s string) string {
	if !strings.ContainsFunc(s, isMark) {
		return s
	}
	leftward := strings.ContainsFunc(s, func(r rune) bool {
		p, _ := bidi.LookupRune(r)
		return unicode.IsLetter(r) && (p.Class() == bidi.R || p.Class() == bidi.AL)
	})
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	var b strings.Builder
	before := rune(0)
	for i, r := range s {
		if isMark(r) {
			next := strings.IndexFunc(s[i:], func(r rune) bool { return !isMark(r) && !dropped(r) })
			between := false
			if next >= 0 {
				after, _ := utf8.DecodeRuneInString(s[i+next:])
				between = letter(before) && letter(after)
			}
			if !leftward || between || isMark(before) {
				continue
			}
		}
		if !dropped(r) {
			before = r
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isClean is a quick test for plain ASCII that needs no work.
func isClean(s string) bool {
	prev := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7F || c == ' ' && prev == ' ' {
			return false
		}
		prev = c
	}
	return len(s) == 0 || prev != ' '
}

// Fold returns the form in which two strings are compared: lower case, without
// diacritics on Latin and Greek letters, curly quotes and apostrophes
// straightened, full-width forms narrowed. Offsets do not survive folding.
func Fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	return string(appendFold(make([]byte, 0, len(s)), s))
}

// appendFold appends the folded form of s to dst.
func appendFold(dst []byte, s string) []byte {
	base := false // the last rune was one whose marks are dropped
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) && base {
			continue
		}
		base = unicode.In(r, unicode.Latin, unicode.Greek)
		switch r {
		case '‘', '’', 'ʼ', '‛', '`':
			r = '\''
		case '“', '”', '„', '‟', '«', '»':
			r = '"'
		case 'ß', 'ẞ':
			dst = append(dst, 's', 's')
			continue
		case 'ø', 'Ø':
			r = 'o'
		case 'ł', 'Ł':
			r = 'l'
		case 'đ', 'Đ', 'ð', 'Ð':
			r = 'd'
		case 'ı', 'İ':
			r = 'i'
		case 'æ', 'Æ':
			dst = append(dst, 'a', 'e')
			continue
		case 'œ', 'Œ':
			dst = append(dst, 'o', 'e')
			continue
		case 'ς':
			r = 'σ'
		default:
			r = unicode.ToLower(r)
		}
		dst = utf8.AppendRune(dst, r)
	}
	return norm.NFC.Bytes(dst)
}
