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
		sign := unicode.In(r, unicode.So, unicode.Sk, unicode.Co) && r != '°' && r != '™' && r != '®' || strings.ContainsRune("@^~|\\<>{}#=!*_", r)
		if (sign || r >= 0x250 && !k.writes(r)) && !strings.ContainsRune(k.cited, r) && !strings.ContainsRune(k.question, r) {
			return string(r), true
		}
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
	orderly      = .5 // of the words of a sentence that stand in one of the paragraphs' must come in its order
	fewestWords  = 6  // less may come in any order
	sameSentence = .8 // of its words make a sentence one of theirs
)

// shuffled reports whether a sentence is one of the paragraphs' in another order
// of its words: backwards, in alphabetical order, by lot.
func (k *known) shuffled(sentence string) bool {
	var words []string
	for _, span := range text.Words(sentence) {
		words = append(words, text.Fold(span.Of(sentence)))
	}
	if len(words) < fewestWords {
		return false
	}
	for line := range strings.Lines(k.cited) {
		for _, span := range text.Sentences(line) {
			count := make(map[string]int)
			var told []string
			for _, w := range text.Words(span.Of(line)) {
				f := text.Fold(w.Of(span.Of(line)))
				told = append(told, f)
				count[f]++
			}
			shared := 0
			for _, w := range words {
				if count[w] > 0 {
					count[w]--
					shared++
				}
			}
			if float64(shared) >= sameSentence*float64(len(words)) && float64(common(words, told)) < orderly*float64(shared) {
				return true
			}
		}
	}
	return false
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
