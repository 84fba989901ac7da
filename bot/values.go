package bot

import (
	"math"
	"strconv"
	"strings"
	"time"

	"pilcrow/corpus/text"
)

// value is something in a sentence that may be the answer.
type value struct {
	text.Span // in the sentence
	meaning
	weight float64 // against other values of the kind: a bare year is a poor date
	firm   float64 // how well it answers where it stands, in this sentence
}

// meaning is what equal values have in common, however they are written.
type meaning struct {
	of  wanted
	key string
}

// values returns the values of one kind in a sentence, without those whose
// every word stands in the question. now completes dates.
func values(want wanted, lang, sentence string, asked func(word string) bool, rarity func(string) float64, now time.Time) []value {
	var out []value
	switch want {
	case moment:
		for _, d := range text.Dates(sentence, lang, now) {
			if d.Relative {
				continue
			}
			// Sentences name one day with and without its year.
			if d.To.Sub(d.From) <= 48*time.Hour {
				v := value{Span: d.Span, meaning: meaning{want, d.From.Format("Jan 2")}, weight: 1, firm: 1}
				if !d.Yearless {
					v.firm *= wholeDate
				}
				out = append(out, v)
			} else {
				out = append(out, value{Span: d.Span, meaning: meaning{want, d.From.Format("2006-01/") + d.To.Format("2006-01")}, weight: .4, firm: 1})
			}
		}
		for _, n := range text.Numbers(sentence) {
			if n.Kind == text.Clock && !asked(n.Of(sentence)) {
				out = append(out, value{Span: n.Span, meaning: meaning{want, strconv.FormatFloat(n.Value, 'g', 6, 64) + n.Unit}, weight: timeOfDay, firm: 1})
			}
		}
	case count, share, money:
		for _, n := range text.Numbers(sentence) {
			if want == money && n.Kind != text.Money || want == share && n.Kind != text.Percent {
				continue
			}
			if want == count && (n.Kind == text.Year || n.Kind == text.Clock || n.Kind == text.Ordinal) || asked(n.Of(sentence)) {
				continue
			}
			out = append(out, value{Span: n.Span, meaning: meaning{want, strconv.FormatFloat(n.Value, 'g', 6, 64) + n.Unit}, weight: 1, firm: 1})
		}
	case reason:
		if at, ok := because(lang, sentence); ok {
			out = append(out, value{at, meaning{want, "reason"}, 1, givesReason})
		}
	case thing, person, place:
		out = names(want, lang, sentence, asked, rarity)
	}
	return out
}

// names returns the names of a sentence as values: the words of each that the
// question does not hold, weighed by how rare they are. Names everybody uses
// answer little.
func names(want wanted, lang, sentence string, asked func(string) bool, rarity func(string) float64) []value {
	var out []value
	for _, n := range text.Names(lang, sentence) {
		name := n.Of(sentence)
		var key strings.Builder
		sum, words := 0.0, 0
		for _, w := range text.Words(name) {
			word := w.Of(name)
			if text.Stop(lang, word) || asked(word) {
				continue
			}
			key.WriteString(text.Stem(lang, word) + " ")
			sum += rarity(word)
			words++
		}
		if words == 0 {
			continue
		}
		v := value{Span: n.Span, meaning: meaning{want, key.String()}, weight: math.Min(sum/float64(words)/commonRarity, 1), firm: 1}
		if want == place && !located(sentence[:n.Start]) {
			v.weight *= unplaced
		}
		if want == person && words > 1 {
			v.weight *= fullName
		}
		out = append(out, v)
	}
	return out
}

// located reports whether the words before a name say that something is there.
func located(before string) bool {
	for range 3 {
		before = strings.TrimRight(before, " ")
		at := strings.LastIndexByte(before, ' ') + 1
		switch text.Fold(before[at:]) {
		case "in", "at", "from", "near", "outside", "inside", "to", "into", "across", "around", "im", "am", "bei", "aus", "nach", "a", "au", "en", "dans", "desde":
			return true
		case "the", "der", "dem", "den", "la", "le", "el", "los", "las":
			before = before[:at]
		default:
			return false
		}
	}
	return false
}

const (
	// wholeDate prefers a date with its year to the same without.
	wholeDate = 1.6
	// unplaced is what a name that nothing is said to be at weighs where a place
	// is asked for.
	unplaced = .5
	// timeOfDay is what a time of day weighs beside a date.
	timeOfDay = .6
	// commonRarity is the rarity of a word in one of about 1,300 passages,
	// from which on a name counts whole.
	commonRarity = 7.2
	// givesReason is what words that give a reason weigh beside a value that is
	// the answer: of what, they do not say.
	givesReason = .4
	// fullName prefers two words to one where a person is asked for. Measured
	// flat between 1 and 3.
	fullName = 1.5
)
