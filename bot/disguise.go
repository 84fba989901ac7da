package bot

import (
	"slices"
	"strings"
	"unicode"

	"pilcrow/bot/verify"
	"pilcrow/corpus/text"
)

const (
	longestWord = 30 // letters: what is longer in one piece lost its spaces
	mistakes    = 2  // in short words, which a writer's own word may be like by chance
	shouted     = 5  // letters of an unknown word in capitals: a shorter one may be an acronym
	recased     = 3  // words in capitals, or without, that stand otherwise in the paragraphs
	spelled     = 3  // letters in a row that stand alone
	stutters    = 2  // words said twice
)

// disguised returns a word of the sentence that is one of the paragraphs' in
// other letters: jumbled, misspelt, with figures or signs among its letters, run
// together, taken apart or shouted; or a sign that they do not have.
func (k *known) disguised(sentence string) (string, bool) {
	if s, ok := k.strange(sentence); ok {
		return s, true
	}
	for _, field := range strings.Fields(sentence) {
		bare := strings.TrimFunc(field, unicode.IsPunct)
		if (mixes(bare) || len([]rune(bare)) > longestWord) && !strings.Contains(k.cited, bare) {
			return field, true
		}
	}
	if s := strings.TrimRight(sentence, ".!? "); len(s) > 1 && !strings.Contains(k.cited, s[1:]) && strings.Contains(strings.ToLower(k.cited), strings.ToLower(s)) {
		return s, true // the same words, in other capitals
	}
	if k.copied(sentence) || k.shuffled(sentence) {
		return sentence, true
	}
	wrong, capitals, single, again := 0, 0, 0, 0
	before, last, at := "", "", 0
	for i, span := range text.Words(sentence) {
		word := span.Of(sentence)
		w := text.Fold(word)
		if single++; len(w) > 1 || !unicode.IsLetter(rune(w[0])) {
			single = 0
		}
		if w == before && !strings.Contains(k.folded, " "+w+" "+w+" ") {
			again++
		}
		before = w
		plain := i > 0 && sentence[at:span.Start] == " " // a capital may stand behind a colon
		at = span.End
		if plain && len(w) >= 3 && text.Stop("en", w) && word != w && !strings.Contains(k.cited, last+" "+word) {
			capitals += 2 // "of The Year"
		}
		last = word
		switch {
		case loud(word) && (k.words[w] || len(w) >= shouted) && !strings.Contains(k.cited, word):
			return word, true
		case k.words[w]:
			if len(w) >= 3 && plain && !k.forms[word] && !k.forms[strings.TrimSuffix(word, "s")] {
				capitals++
				if strings.ContainsFunc(word[1:], unicode.IsUpper) {
					return word, true
				}
			}
		case !k.around[w] && !k.words[w] && !verify.Light(w) && !text.Stop("en", w) && len(text.Numbers(w)) == 0:
			wrong += k.mistaken(w)
		}
		if wrong >= mistakes || capitals >= recased || single >= spelled || again >= stutters {
			return word, true
		}
	}
	return "", false
}

// copied reports whether a sentence is one of the paragraphs' word for word, but
// for letters.
func (k *known) copied(sentence string) bool {
	words := folded(sentence)
	for _, like := range k.sentences {
		if len(like) != len(words) || len(words) < 4 {
			continue
		}
		same, near := 0, 0
		for i, a := range words {
			b := like[i]
			switch {
			case a == b:
				same++
			case nearly(a, b) && (text.Stop("en", b) || text.Stem("en", a) != text.Stem("en", b)):
				near++
			}
		}
		if near > 0 && same+near == len(words) && 2*same >= len(words) {
			return true
		}
	}
	return false
}

// nearly reports whether two words differ in one letter more or less, or only in
// the order of their letters.
func nearly(a, b string) bool {
	long, short := []rune(a), []rune(b)
	if len(long) < len(short) {
		long, short = short, long
	}
	if len(long) == len(short) {
		return sorted(a) == sorted(b)
	}
	i := 0
	for i < len(short) && long[i] == short[i] {
		i++
	}
	return len(long) == len(short)+1 && slices.Equal(long[i+1:], short[i:])
}

// loud reports whether a word of three letters or more is all capitals.
func loud(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 3
}

// mixes reports whether figures or signs stand between the letters of a word.
func mixes(word string) bool {
	letter, between := false, false
	for _, r := range word {
		switch {
		case unicode.IsDigit(r) || strings.ContainsRune("@#$%&*", r):
			between = letter
		case unicode.IsLetter(r):
			if between {
				return true
			}
			letter = true
		default:
			letter, between = false, false
		}
	}
	return false
}

// mistaken says how many mistakes an unknown word is worth: none where it is
// like no known word, all that are needed where it can hardly be another.
func (k *known) mistaken(w string) int {
	r := []rune(w)
	if like := k.letters[sorted(w)]; like != "" {
		if len(r) >= 4 || text.Stop("en", like) && w != "saw" && w != "won" {
			return mistakes
		}
		return 1
	}
	stem := text.Stem("en", w)
	most := 0
	for v := range k.around {
		long, short := r, []rune(v)
		if len(long) < len(short) {
			long, short = short, long
		}
		if len(long) != len(short)+1 || len(long) < 3 || len(short) < 3 && strings.ContainsAny(w, "aeiou") {
			continue
		}
		i := 0
		for i < len(short) && long[i] == short[i] {
			i++
		}
		if !slices.Equal(long[i+1:], short[i:]) || text.Stem("en", v) == stem {
			continue
		}
		inside := i > 0 && i < len(short) // the ends inflect
		if i > 0 && long[i-1] == 'o' && strings.HasPrefix(string(long[i:]), "ur") || strings.HasPrefix(string(long[i:]), "led") || strings.HasPrefix(string(long[i:]), "ling") {
			continue // "colour" and "travelled" are not misspelt
		}
		doubled := i > 0 && long[i] == long[i-1] && text.Stop("en", v)
		if doubled || inside && len(long) >= 4 || !strings.ContainsAny(w, "aeiouyäöüáéíóú") {
			return mistakes
		}
		most = 1
	}
	return most
}

// sorted returns the letters of w in order.
func sorted(w string) string {
	r := []rune(w)
	slices.Sort(r)
	return string(r)
}
