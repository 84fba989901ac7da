package markup

import (
	"slices"
	"strings"
	"unicode"

	"pilcrow/corpus/text"
)

// Marks in a row that a letter may carry: scripts stack no more in use, and
// higher towers are made to run over other people's lines.
const (
	marksLatin = 2 // also Greek, Cyrillic and everything common
	marksOther = 4 // Hebrew has dagesh, dot, vowel and accent
)

// plain makes foreign text one line that shows all it holds and nothing more:
// clean as a paragraph is stored, without what is invisible, turns the reading
// direction, or towers. The joiners that shape Indic scripts, Arabic and emoji
// stay where they do so.
func plain(s string) string {
	s = text.Clean(s)
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	runes := []rune(s)
	kept := runes[:0:0]
	marks, most := 0, 0 // a text begins with no letter, so with no mark
	for i, r := range runes {
		var before, after rune
		if len(kept) > 0 {
			before = kept[len(kept)-1]
		}
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		switch {
		case r == '\u200c' || r == '\u200d':
			if !joins(r, before, after) {
				continue
			}
		case r == '\ufe0e' || r == '\ufe0f': // shown as text, as emoji
			if !unicode.IsSymbol(before) && !unicode.IsDigit(before) && before != '#' && before != '*' && !unicode.IsPunct(before) {
				continue
			}
		case !shown(r):
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > most {
				continue
			}
		default:
			marks, most = 0, marksOther
			if unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common) {
				most = marksLatin
			}
		}
		kept = append(kept, r)
	}
	return text.Clean(string(kept)) // what was taken out may have stood between spaces
}

// shown reports whether a reader sees something where r stands.
func shown(r rune) bool {
	switch {
	case r == '\u2800': // an empty Braille cell
		return false
	case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return false
	}
	return unicode.IsGraphic(r) || unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// joined are the scripts in which a joiner changes the letters beside it.
var joined = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
	unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
}

// joins reports whether a joiner has something to do between two runes.
func joins(r, before, after rune) bool {
	if r == '\u200d' && unicode.In(after, unicode.So) {
		return before == '\ufe0f' || unicode.In(before, unicode.So) || 0x1F3FB <= before && before <= 0x1F3FF
	}
	return unicode.In(before, joined...) && unicode.In(after, joined...)
}

// clip returns s, or its beginning and an ellipsis where it has more than n
// characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	var b strings.Builder
	for g := range text.Graphemes(s) {
		if n--; n <= 0 {
			return strings.TrimRight(b.String(), " ") + "…"
		}
		b.WriteString(g)
	}
	return s
}

// clipStart returns s, or its end behind an ellipsis where it has more than n
// characters.
func clipStart(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if most := n * longestCluster; len(s) > most {
		s = strings.ToValidUTF8(s[len(s)-most:], "")
	}
	all := slices.Collect(text.Graphemes(s))
	if len(all) <= n {
		return s
	}
	return "…" + strings.TrimLeft(strings.Join(all[len(all)-n+1:], ""), " ")
}
