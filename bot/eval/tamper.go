package eval

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"

	"pilcrow/corpus/text"
)

// Change is what was made false about a sentence.
type Change string

const (
	NumberChanged   Change = "number"   // one figure is another
	NameChanged     Change = "name"     // one name is another of the same article and kind
	NegationChanged Change = "negation" // a "not" too many or too few
)

// Changes are all of them.
var Changes = []Change{NumberChanged, NameChanged, NegationChanged}

// Tamper returns sentence with one thing changed so that it is no longer what
// article says, and false where there is nothing of that kind to change. The
// same rng state gives the same sentence.
func Tamper(rng *rand.Rand, change Change, sentence, article string) (string, bool) {
	switch change {
	case NumberChanged:
		return changeNumber(rng, sentence)
	case NameChanged:
		return changeName(rng, sentence, article)
	case NegationChanged:
		return changeNegation(rng, sentence)
	}
	return "", false
}

// changeNumber gives one figure written in digits another value of the same
// length.
func changeNumber(rng *rand.Rand, s string) (string, bool) {
	var at []text.Span
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && (isDigit(s[j]) || j > i && j+1 < len(s) && (s[j] == ',' || s[j] == '.') && isDigit(s[j+1])) {
			j++
		}
		if j == i {
			i++
			continue
		}
		// A digit inside a word ("G20", "B2B") is part of a name.
		if (i == 0 || !letter(s[i-1])) && (j == len(s) || !letter(s[j])) {
			at = append(at, text.Span{Start: i, End: j})
		}
		i = j
	}
	if len(at) == 0 {
		return numberWord(rng, s)
	}
	span := at[rng.IntN(len(at))]
	old := span.Of(s)
	digits := []byte(old)
	year := len(old) == 4 && (strings.HasPrefix(old, "19") || strings.HasPrefix(old, "20"))
	for tries := 0; tries < 20; tries++ {
		next := append([]byte(nil), digits...)
		if year {
			y, _ := strconv.Atoi(old)
			next = []byte(strconv.Itoa(y - 5 + rng.IntN(11)))
		} else {
			i := rng.IntN(len(next))
			if !isDigit(next[i]) {
				continue
			}
			next[i] = byte('0' + rng.IntN(10))
			if next[0] == '0' && len(next) > 1 {
				continue
			}
		}
		if differs(string(next), old) {
			return s[:span.Start] + string(next) + s[span.End:], true
		}
	}
	return "", false
}

// differs reports whether two figures are far enough apart that neither can be
// taken for the other rounded.
func differs(a, b string) bool {
	x, _ := strconv.ParseFloat(strings.ReplaceAll(a, ",", ""), 64)
	y, _ := strconv.ParseFloat(strings.ReplaceAll(b, ",", ""), 64)
	if len(a) == 4 && len(b) == 4 && !strings.ContainsAny(a+b, ".,") {
		return x != y
	}
	return x != y && math.Abs(x-y) >= .05*max(math.Abs(x), math.Abs(y))
}

func numberWord(rng *rand.Rand, s string) (string, bool) {
	words := []string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	for _, span := range text.Words(s) {
		for i, w := range words {
			if span.Of(s) == w {
				return s[:span.Start] + words[(i+1+rng.IntN(len(words)-1))%len(words)] + s[span.End:], true
			}
		}
	}
	return "", false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func letter(c byte) bool  { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// changeName puts another name of the article, of as many words and not a part
// of the sentence, in the place of one.
func changeName(rng *rand.Rand, s, article string) (string, bool) {
	own := text.Names("en", s)
	if len(own) == 0 {
		return "", false
	}
	var others []string
	seen := map[string]bool{}
	for _, n := range text.Names("en", article) {
		w := n.Of(article)
		if seen[w] || len(w) < 3 || strings.Contains(s, w) || initial(article, n.Start) {
			continue
		}
		seen[w] = true
		others = append(others, w)
	}
	for _, k := range rng.Perm(len(own)) {
		old := own[k].Of(s)
		if len(old) < 3 || initial(s, own[k].Start) && !strings.Contains(old, " ") {
			continue
		}
		for _, i := range rng.Perm(len(others)) {
			to := others[i]
			if sameKind(old, to) && !text.SameName(old, to) && !overlap(old, to) {
				return s[:own[k].Start] + to + s[own[k].End:], true
			}
		}
	}
	return "", false
}

// sameKind compares two names by what can be seen of them: how many words, and
// whether they are all capitals.
func sameKind(a, b string) bool {
	return strings.Count(a, " ") == strings.Count(b, " ") && (strings.ToUpper(a) == a) == (strings.ToUpper(b) == b)
}

// overlap reports whether two names share a word.
func overlap(a, b string) bool {
	for _, w := range strings.Fields(a) {
		for _, v := range strings.Fields(b) {
			if strings.EqualFold(w, v) {
				return true
			}
		}
	}
	return false
}

// initial reports whether a sentence begins at i, where a capital means little.
func initial(s string, i int) bool {
	before := strings.TrimRight(s[:i], " \n\"“‘'(")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:\n") || strings.HasSuffix(before, "”")
}

// changeNegation takes a "not" out, or puts one behind an auxiliary verb.
func changeNegation(rng *rand.Rand, s string) (string, bool) {
	words := text.Words(s)
	for i, w := range words {
		switch f := strings.ToLower(w.Of(s)); {
		case f == "not" && i > 0:
			return s[:words[i-1].End] + s[w.End:], true
		case f == "cannot" || f == "can't" || f == "can’t":
			return s[:w.Start] + "can" + s[w.End:], true
		case strings.HasSuffix(f, "n't") && f != "won't" && f != "ain't":
			return s[:w.End-3] + s[w.End:], true
		case strings.HasSuffix(f, "n’t") && f != "won’t" && f != "ain’t":
			return s[:w.End-len("n’t")] + s[w.End:], true
		}
	}
	var at []text.Span
	for i, w := range words {
		if auxiliary(w.Of(s)) && i+1 < len(words) && s[w.End:words[i+1].Start] == " " && unicode.IsLower(rune(s[words[i+1].Start])) {
			at = append(at, w)
		}
	}
	if len(at) == 0 {
		return "", false
	}
	w := at[rng.IntN(len(at))]
	return s[:w.End] + " not" + s[w.End:], true
}

func auxiliary(w string) bool {
	switch w {
	case "is", "was", "are", "were", "has", "have", "had", "will", "would", "could", "should", "may", "might", "must", "does", "did", "do", "can":
		return true
	}
	return false
}
