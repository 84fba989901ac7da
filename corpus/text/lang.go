package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

const (
	langBytes   = 2048 // how much of a text Lang reads
	langLetters = 100  // from how many letters on trigrams are trusted
)

// Lang returns the BCP 47 base tag of the language that s is written in, or ""
// when it is too short or too mixed to tell. It reads the first 2 KiB.
//
// The script decides where it can. Otherwise stop words and letters with marks
// vote for the languages that have them, so that a short question tells as well
// as an article; where they leave it open, trigrams (whatlanggo) decide about
// longer texts in languages that have no vote.
func Lang(s string) string {
	if len(s) > langBytes {
		end := langBytes
		for end > langBytes-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	counts := scriptsOf(s)
	total := 0
	for _, n := range counts {
		total += n
	}
	main := slices.Index(counts[:], slices.Max(counts[:]))
	if total < 2 || counts[main]*2 < total && main != han {
		return ""
	}
	if kana := counts[kana]; kana > 0 && kana*10 >= counts[han]+kana {
		return "ja"
	}
	if tag := scriptTags[main]; tag != "" {
		return tag
	}
	if main == cyrillic && strings.ContainsAny(s, "іїєґ") && !strings.ContainsAny(s, "ыэъ") {
		return "uk"
	}
	if tag := vote(s); tag != "" {
		return tag
	}
	if total < langLetters {
		return ""
	}
	info := whatlanggo.Detect(s)
	tag := info.Lang.Iso6391()
	if _, voted := stopLists[tag]; voted || !info.IsReliable() {
		return "" // its stop words would have shown
	}
	return tag
}

// The scripts that Lang tells apart.
const (
	latin = iota
	cyrillic
	arabic
	devanagari
	han
	kana
	hangul
	greek
	hebrew
	thai
	armenian
	georgian
	bengali
	tamil
	telugu
	gujarati
	otherScript
	scriptCount
)

// scriptTags are the languages that a script alone tells.
var scriptTags = [scriptCount]string{
	han: "zh", kana: "ja", hangul: "ko", greek: "el", hebrew: "he", thai: "th", armenian: "hy", georgian: "ka",
	bengali: "bn", tamil: "ta", telugu: "te", gujarati: "gu",
}

// scriptsOf counts the letters of each script; a Han character counts two.
func scriptsOf(s string) (counts [scriptCount]int) {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if isASCIILetter(byte(r)) {
				counts[latin]++
			}
		case !unicode.IsLetter(r):
		case r < 0x0250, r >= 0x1E00 && r < 0x1F00:
			counts[latin]++
		case r < 0x0400:
			counts[greek]++
		case r < 0x0530:
			counts[cyrillic]++
		case r < 0x0590:
			counts[armenian]++
		case r < 0x0600:
			counts[hebrew]++
		case r < 0x0780:
			counts[arabic]++
		case r >= 0x0900 && r < 0x0980:
			counts[devanagari]++
		case r >= 0x0980 && r < 0x0A00:
			counts[bengali]++
		case r >= 0x0A80 && r < 0x0B00:
			counts[gujarati]++
		case r >= 0x0B80 && r < 0x0C00:
			counts[tamil]++
		case r >= 0x0C00 && r < 0x0C80:
			counts[telugu]++
		case r >= 0x0E00 && r < 0x0E80:
			counts[thai]++
		case r >= 0x10A0 && r < 0x1100:
			counts[georgian]++
		case unicode.Is(unicode.Han, r):
			counts[han] += 2
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			counts[kana]++
		case unicode.Is(unicode.Hangul, r):
			counts[hangul] += 2
		case unicode.Is(unicode.Arabic, r):
			counts[arabic]++
		default:
			counts[otherScript]++
		}
	}
	return counts
}
