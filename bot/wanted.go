package bot

import (
	"slices"
	"strings"

	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// wanted is the kind of value that answers a question.
type wanted int

const (
	nothing wanted = iota // a yes, a no, what happened: no single value answers
	thing                 // a name that the question does not hold
	person                // the same, of somebody
	place                 // the same, of where something is
	moment                // a date or a time
	count                 // a number
	share                 // a percentage
	money                 // an amount
	reason                // what made it so
)

// cue is a run of words, in lower case, and what it asks for. An asterisk ends
// a word of which only the beginning is given; an ellipsis stands for any
// words.
type cue struct {
	words string
	want  wanted
}

// cues are tried in order; the first that stands in the question decides. The
// interrogatives are those of English, German, French and Spanish.
var cues = []cue{
	{"when", moment}, {"what date", moment}, {"which date", moment}, {"what day", moment}, {"which day", moment},
	{"what year", moment}, {"which year", moment}, {"what month", moment}, {"which month", moment}, {"what time", moment},
	{"the date* of", moment}, {"the release date*", moment}, {"the start of", moment}, {"the end of", moment}, {"wann", moment}, {"quand", moment}, {"cuándo", moment}, {"cuando", moment},
	{"what percent*", share}, {"what share", share}, {"what proportion", share}, {"rate of", share}, {"* rate", share}, {"* rates", share}, {"wie viel prozent", share}, {"quel pourcentage", share}, {"qué porcentaje", share},
	{"how much", money}, {"what price", money}, {"the price", money}, {"starting price", money}, {"the cost", money}, {"the budget", money}, {"the revenue", money}, {"* revenue*", money}, {"prize money", money}, {"what … cost*", money}, {"what … price", money}, {"wie viel kostet", money}, {"combien coûte", money}, {"cuánto cuesta", money},
	{"how many", count}, {"how long", count}, {"how old", count}, {"how far", count}, {"how tall", count}, {"how high", count}, {"how fast", count}, {"how big", count}, {"how large", count},
	{"what number", count}, {"the number of", count}, {"the population", count}, {"wie viel*", count}, {"wie lange", count}, {"combien", count}, {"cuánt*", count},
	{"what happen*", nothing}, {"what is happening", nothing}, {"what … say", nothing}, {"what … says", nothing}, {"what … said", nothing}, {"was … sag*", nothing}, {"was … gesagt", nothing}, {"qué … dice*", nothing}, {"qué … dijo", nothing}, {"was passier*", nothing}, {"was geschah", nothing}, {"was geschehen", nothing},
	{"why", reason}, {"how come", reason}, {"how", nothing}, {"warum", reason}, {"weshalb", reason}, {"wieso", reason}, {"wie", nothing}, {"pourquoi", reason}, {"comment", nothing}, {"por qué", reason}, {"cómo", nothing},
	{"who", person}, {"whom", person}, {"whose", person}, {"wer", person}, {"wen", person}, {"wem", person}, {"qui", person}, {"quién*", person},
	{"where", place}, {"the location", place}, {"which", thing}, {"what", thing}, {"wo", place}, {"welch*", thing}, {"was", thing}, {"où", place}, {"quel*", thing}, {"dónde", place}, {"qué", thing}, {"cuál*", thing},
}

// wantsEach returns the kind of value that answers each clause of a question: a
// clause that is no question by itself wants what the whole does.
func wantsEach(question string, clauses []retrieval.Clause) []wanted {
	whole, _ := wants(question)
	out := make([]wanted, len(clauses))
	for i, c := range clauses {
		out[i] = whole
		if own, ok := wants(c.Asks); ok {
			out[i] = own
		}
	}
	return out
}

// wants returns the kind of value that answers question, and whether it says so.
// A question that begins with a verb ("Did …", "Is …") wants none; one without
// any cue may be a bare name, and wants a thing.
func wants(question string) (_ wanted, says bool) {
	if i := strings.LastIndex(question, ", "); i > 0 { // of a question in two parts, the last is what is still asked
		if last := question[i+2:]; interrogative(last) {
			question = last
		}
	}
	var words []string
	for _, w := range text.Words(question) {
		words = append(words, strings.ToLower(w.Of(question)))
	}
	for len(words) > 0 && joins[words[0]] {
		words = words[1:]
	}
	if len(words) == 0 {
		return nothing, false
	}
	switch words[0] {
	case "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "should":
		return nothing, true
	}
	for _, c := range cues {
		if stands(words, strings.Fields(c.words)) {
			return c.want, true
		}
	}
	return thing, false
}

// joins are the words by which one question goes on with another.
var joins = map[string]bool{"and": true, "or": true, "but": true, "und": true, "oder": true, "et": true, "ou": true, "y": true, "o": true}

// interrogative reports whether s begins with a question word.
func interrogative(s string) bool {
	word, _, _ := strings.Cut(strings.ToLower(s), " ")
	switch word {
	case "what", "who", "whom", "whose", "when", "where", "which", "how", "why", "was", "wer", "wann", "wo", "wie", "warum":
		return true
	}
	return false
}

// stands reports whether the words of cue stand in words, one behind the other
// but for ellipses.
func stands(words, cue []string) bool {
	for i := range words {
		if begins(words[i:], cue) {
			return true
		}
	}
	return false
}

func begins(words, cue []string) bool {
	switch {
	case len(cue) == 0:
		return true
	case cue[0] == "…":
		return stands(words, cue[1:])
	case len(words) == 0:
		return false
	}
	begin, open := strings.CutSuffix(cue[0], "*")
	return (words[0] == cue[0] || open && strings.HasPrefix(words[0], begin)) && begins(words[1:], cue[1:])
}

// several reports whether a question asks for more than one thing: "when does it
// begin and end".
func several(question string) bool {
	return slices.ContainsFunc(text.Words(question), func(w text.Span) bool {
		word := text.Fold(w.Of(question))
		return joins[word] || word == "both" || word == "beide"
	})
}
