package text

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Graphemes yields the user-perceived characters of s in order (Unicode
// Standard Annex 29): a letter with its marks, an emoji with what is joined to
// it. Together they are s, invalid bytes included, one each. A cluster has no
// bound of its own: a stack of marks is one.
func Graphemes(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		state := -1
		whole := "" // a cluster that the next one may go on with
		for len(s) > 0 {
			var cluster string
			if whole == "" && apart(s) { // most text, and much faster
				cluster, s, state = s[:1], s[1:], -1
			} else {
				cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
			}
			if r, _ := utf8.DecodeRuneInString(cluster); whole != "" && !unicode.IsLetter(r) {
				if !yield(whole) {
					return
				}
				whole = ""
			}
			whole += cluster
			if conjoins(cluster) {
				continue
			}
			if !yield(whole) {
				return
			}
			whole = ""
		}
		if whole != "" {
			yield(whole)
		}
	}
}

// apart reports whether s begins with an ASCII character that stands alone:
// one that another follows, or nothing.
func apart(s string) bool {
	return s[0] < utf8.RuneSelf && s[0] != '\r' && (len(s) == 1 || s[1] < utf8.RuneSelf)
}

// conjoins reports whether a cluster ends with the sign that joins a consonant
// of an Indic script with the next one. Rule GB9c of Unicode 15.1 keeps the two
// together; the module's tables are of 15.0.
func conjoins(cluster string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(cluster, "\u200d"))
	switch r {
	case 0x094D, 0x09CD, 0x0ACD, 0x0B4D, 0x0C4D, 0x0D4D: // the viramas with Indic_Conjunct_Break=Linker
		return true
	}
	return false
}
