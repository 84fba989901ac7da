package verify

import "strings"

// kinLength is how many leading bytes two stems must share to be taken for
// forms of one word that the stemmer left apart ("sponsor", "sponsorship").
// Five is where prefixes of English and German words stop being chance.
const kinLength = 5

// vocabulary is the set of stems of a text, with what is needed to find the
// form in which a stem stands there.
type vocabulary struct {
	stems map[string]bool
	kin   map[string][]string // by their first kinLength bytes
}

func newVocabulary() *vocabulary {
	return &vocabulary{stems: map[string]bool{}, kin: map[string][]string{}}
}

func (v *vocabulary) add(stem string) {
	if stem == "" || v.stems[stem] {
		return
	}
	v.stems[stem] = true
	if len(stem) >= kinLength && stem[0] != '#' {
		k := stem[:kinLength]
		v.kin[k] = append(v.kin[k], stem)
	}
}

// find returns the stem of the vocabulary that stem stands for: itself, another
// spelling, a form of the same word. Where there is none it returns stem and
// false.
func (v *vocabulary) find(stem string) (string, bool) {
	if v.stems[stem] {
		return stem, true
	}
	for _, other := range alike(stem) {
		if v.stems[other] {
			return other, true
		}
	}
	if len(stem) < kinLength || stem[0] == '#' {
		return stem, false
	}
	best := ""
	for _, other := range v.kin[stem[:kinLength]] {
		if kin(stem, other) && (best == "" || len(other) < len(best) || len(other) == len(best) && other < best) {
			best = other
		}
	}
	if best == "" {
		return stem, false
	}
	return best, true
}

// kin reports whether a and b share their first seven tenths, and differ in no
// more than an ending of four bytes.
func kin(a, b string) bool {
	n := max(kinLength, len(a)*7/10)
	return len(a) >= n && len(b) >= n && a[:n] == b[:n] && abs(len(a)-len(b)) <= 4
}

func abs(n int) int { return max(n, -n) }

// alike returns other stems of the same word that no stemmer joins: an
// inhabitant and the country, British and American spelling.
func alike(stem string) []string {
	if to, ok := demonyms()[stem]; ok {
		return to
	}
	switch {
	case strings.HasSuffix(stem, "our") && len(stem) > 5:
		return []string{stem[:len(stem)-3] + "or"}
	case strings.HasSuffix(stem, "or") && len(stem) > 4:
		return []string{stem[:len(stem)-2] + "our"}
	case strings.HasSuffix(stem, "is") && len(stem) > 5:
		return []string{stem[:len(stem)-2] + "iz"}
	case strings.HasSuffix(stem, "iz") && len(stem) > 5:
		return []string{stem[:len(stem)-2] + "is"}
	case strings.HasSuffix(stem, "tre"):
		return []string{stem[:len(stem)-2] + "er"}
	case strings.HasSuffix(stem, "ter"):
		return []string{stem[:len(stem)-2] + "re"}
	}
	return nil
}
