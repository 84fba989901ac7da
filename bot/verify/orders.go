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

// Bidding returns the sentences of a passage that bear out no model: orders,
// where it is no recipe, and questions.
func Bidding(s string) []text.Span {
	var all, orders []text.Span
	sentences := text.Sentences(s)
	for _, span := range sentences {
		if text.Orders(span.Of(s)) {
			orders = append(orders, span)
		}
	}
	cooking := len(orders)*recipe >= len(sentences) && len(orders) >= 3
	for _, span := range sentences {
		said := strings.TrimRight(span.Of(s), " \"”’)")
		if strings.HasSuffix(said, "?") || strings.HasSuffix(said, "？") || !cooking && slices.Contains(orders, span) {
			all = append(all, span)
		}
	}
	return all
}
