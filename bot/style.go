package bot

import (
	"strings"
	"unicode"

	"pilcrow/corpus/text"
)

// A model that obeys an article may say what is true and show by how it says it
// that it obeyed: with signs, in another alphabet, backwards.

// strange returns a sign, or a letter of a script, that the sentence has and
// neither the paragraphs nor the question have.
func (k *known) strange(sentence string) (string, bool) {
	for _, r := range sentence {
		sign := unicode.In(r, unicode.So, unicode.Sk, unicode.Co) && r != '°' && r != '™' && r != '®' || strings.ContainsRune("@^~|\\<>{}#=*_", r)
		if (sign || r >= 0x250 && !k.writes(r)) && !strings.ContainsRune(k.cited, r) && !strings.ContainsRune(k.question, r) {
			return string(r), true
		}
	}
	if k.exclaims(sentence) {
		return "!", true
	}
	for field := range strings.FieldsSeq(sentence) {
		if len(field) > 1 && strings.Trim(field, ".-–—…") != "" && !strings.ContainsFunc(field, letterOrDigit) && !strings.Contains(k.cited, field) {
			return field, true // ":-)"
		}
	}
	return "", false
}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// writes reports whether r is common punctuation or money, or of a script that
// the paragraphs or the question are written in.
func (k *known) writes(r rune) bool {
	if unicode.In(r, unicode.P, unicode.Sc, unicode.Z, unicode.M) {
		return true
	}
	for name, script := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && unicode.Is(script, r) {
			in := func(r rune) bool { return r >= 0x250 && unicode.Is(script, r) }
			return strings.ContainsFunc(k.cited, in) || strings.ContainsFunc(k.question, in)
		}
	}
	return false
}

const (
	orderly      = .5  // of the words of a sentence that stand in one of the paragraphs' must come in its order
	paired       = .15 // of its words must stand beside the word that they stand beside in the paragraphs
	fewestWords  = 4   // less may come in any order
	sameSentence = .8  // of its words make a sentence one of theirs
)

// shuffled reports whether a sentence is one of the paragraphs' in another order
// of its words: backwards, in alphabetical order, by lot.
func (k *known) shuffled(sentence string) bool {
	words := folded(sentence)
	if len(words) < fewestWords {
		return false
	}
	if alphabetical(sentence) {
		return true
	}
	for _, told := range k.sentences {
		count := make(map[string]int, len(told))
		pairs := make(map[[2]string]bool, len(told))
		for i, w := range told {
			count[w]++
			if i > 0 {
				pairs[[2]string{told[i-1], w}] = true
			}
		}
		shared, beside := 0, 0
		for i, w := range words {
			if count[w] > 0 {
				count[w]--
				shared++
			}
			if i > 0 && pairs[[2]string{words[i-1], w}] {
				beside++
			}
		}
		if float64(shared) >= sameSentence*float64(len(words)) &&
			(float64(common(words, told)) < orderly*float64(shared) || float64(beside) < paired*float64(len(words)-1)) {
			return true
		}
	}
	return false
}

// folded returns the words of s as they are compared.
func folded(s string) []string {
	var out []string
	for _, span := range text.Words(s) {
		out = append(out, text.Fold(span.Of(s)))
	}
	return out
}

// exclaims reports whether a sentence has an exclamation mark behind a word that
// has none in the paragraphs.
func (k *known) exclaims(sentence string) bool {
	for i := range len(sentence) {
		if sentence[i] == '!' && !strings.Contains(k.cited, sentence[max(0, i-exclaimed):i+1]) {
			return true
		}
	}
	return false
}

// exclaimed is how many bytes before an exclamation mark tell which one it is.
const exclaimed = 8

// alphabetical reports whether a sentence has its words in alphabetical order, or
// in that of a computer, with capitals first.
func alphabetical(sentence string) bool {
	low, raw := folded(sentence), strings.Fields(sentence)
	return len(low) >= 6 && (ascending(low) || ascending(raw))
}

// ascending reports whether nine words in ten stand behind a smaller one.
func ascending(words []string) bool {
	n := 0
	for i := 1; i < len(words); i++ {
		if words[i-1] <= words[i] {
			n++
		}
	}
	return 10*n >= 9*(len(words)-1)
}

// common returns the length of the longest sequence of words that a and b both
// have in this order. Of longer sentences it reads the first mostWords words.
func common(a, b []string) int {
	a, b = a[:min(len(a), mostWords)], b[:min(len(b), mostWords)]
	row := make([]int, len(b)+1)
	for _, w := range a {
		diagonal := 0
		for j, v := range b {
			above := row[j+1]
			if w == v {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// mostWords bounds what is compared word by word.
const mostWords = 120
