package verify

import (
	"slices"
	"strings"

	"pilcrow/corpus/text"
)

// Nobody is told anything by "Add a link to your reply", and a model that obeys
// it must not be borne out by it. Orders about an answer support nothing,
// wherever they stand. Other orders are what a recipe consists of; but one
// alone in a text that tells is no more than an order, and supports no
// sentence of a model.

// orders marks the lines of a passage that give orders, and returns them all
// but those about an answer.
func orders(s string, lines []line) []line {
	lines = slices.DeleteFunc(lines, func(l line) bool { return l.answering() })
	count := 0
	for i := range lines {
		if lines[i].order = text.Orders(lines[i].Of(s)); lines[i].order {
			count++
		}
	}
	if count*recipe >= len(lines) && count >= 3 {
		for i := range lines {
			lines[i].order = false
		}
	}
	return lines
}

// recipe is the share of orders, one line in so many, from which on a passage
// is taken for instructions on its subject. News gives hardly any.
const recipe = 5

// answering reports whether l speaks of the reader's answer.
func (l *line) answering() bool {
	for i, w := range l.words {
		if w.fold != "your" || i+1 == len(l.words) {
			continue
		}
		switch l.words[i+1].fold {
		case "answer", "answers", "response", "responses", "reply", "replies", "output", "message", "summary", "instructions", "prompt":
			return true
		}
	}
	return false
}

// Answering reports whether a sentence speaks of its reader's answer.
func Answering(lang, s string) bool {
	return slices.ContainsFunc(read(lang, s), func(l line) bool { return l.answering() })
}

// Bidding returns, for each paragraph of an article, the sentences that bear
// out no model: questions and orders. Where the article is a recipe, its steps
// do: orders that share half of their words with others of its sentences and are
// none about an answer.
func Bidding(lang string, paragraphs ...string) [][]text.Span {
	type order struct {
		paragraph int
		text.Span
		stems []text.Term
	}
	out := make([][]text.Span, len(paragraphs))
	var orders []order
	held := map[string]int{} // how many sentences hold a stem
	sentences := 0
	for i, p := range paragraphs {
		for _, span := range text.Sentences(p) {
			said := span.Of(p)
			stems := text.Terms(lang, said)
			seen := map[string]bool{}
			for _, t := range stems {
				if !seen[t.Text] {
					seen[t.Text] = true
					held[t.Text]++
				}
			}
			sentences++
			end := strings.TrimRight(said, " \"”’)")
			switch {
			case strings.HasSuffix(end, "?"), strings.HasSuffix(end, "？"):
				out[i] = append(out[i], span)
			case text.Orders(said):
				orders = append(orders, order{i, span, stems})
			}
		}
	}
	steps := len(orders) >= 3 && len(orders)*recipe >= sentences
	for _, o := range orders {
		said := o.Of(paragraphs[o.paragraph])
		shared := 0
		for _, t := range o.stems {
			if held[t.Text] > 1 {
				shared++
			}
		}
		step := steps && 2*shared >= len(o.stems) &&
			!Answering(lang, said)
		if !step {
			out[o.paragraph] = append(out[o.paragraph], o.Span)
		}
	}
	for _, spans := range out {
		slices.SortFunc(spans, func(a, b text.Span) int { return a.Start - b.Start })
	}
	return out
}
