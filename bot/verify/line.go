package verify

import (
	"sort"
	"strconv"
	"strings"

	"pilcrow/corpus/text"
)

// line is one sentence read: what it is made of and what each part weighs.
// Spans count bytes of the text that the line was cut from.
type line struct {
	text.Span
	words   []word
	numbers []number
	names   []name
	quotes  []text.Span
	weight  float64 // of its distinct stems together
	order   bool    // tells its reader to do something
}

// word is one word of a line.
type word struct {
	text.Span
	fold    string  // as it is compared: folded, without a possessive ending
	stem    string  // index term; a figure's is its value; "" for a stop word
	weight  float64 // 0 for a stop word, little for a light one, else 1
	number  int     // which number of the line it belongs to, -1 for none
	skipped bool    // part of the sentence, but not of what it claims
	denies  bool    // "not", "never", "without"
	name    int     // which name of the line it belongs to, -1 for none
}

// number is a figure of a line and the words that it covers.
type number struct {
	text.Number
	spelled     bool // in letters: "three"
	first, last int  // words, inclusive
}

// name is a name of a line and the words that it covers.
type name struct {
	text.Name
	text        string
	first, last int // words, inclusive
}

// read cuts s into sentences and reads each. Linear in s.
func read(lang, s string) []line {
	words := readWords(lang, s)
	numbers := text.Numbers(s)
	names := text.Names(lang, s)
	quotes := text.Quotes(s)
	spans := pieces(text.Sentences(s), words)
	lines := make([]line, len(spans))
	for i, span := range spans {
		l := &lines[i]
		l.Span = span
		words = drop(words, span.Start, func(w word) int { return w.Start })
		n := sort.Search(len(words), func(j int) bool { return words[j].Start >= span.End })
		l.words, words = words[:n:n], words[n:]

		numbers = drop(numbers, span.Start, func(n text.Number) int { return n.Start })
		for len(numbers) > 0 && numbers[0].Start < span.End {
			l.addNumber(s, numbers[0])
			numbers = numbers[1:]
		}
		names = drop(names, span.Start, func(n text.Name) int { return n.Start })
		for len(names) > 0 && names[0].Start < span.End {
			l.addName(s, names[0])
			names = names[1:]
		}
		quotes = drop(quotes, span.Start, func(q text.Span) int { return q.Start })
		for len(quotes) > 0 && quotes[0].Start < span.End {
			l.quotes = append(l.quotes, quotes[0])
			quotes = quotes[1:]
		}
		l.weigh()
	}
	return lines
}

// maxLine bounds a line in words. What has no full stop for longer is a table,
// or hostile, and is read in pieces, so that no comparison of two lines takes
// long.
const maxLine = 300

// pieces cuts sentences of more than maxLine words.
func pieces(sentences []text.Span, words []word) []text.Span {
	out := make([]text.Span, 0, len(sentences))
	for _, span := range sentences {
		words = drop(words, span.Start, func(w word) int { return w.Start })
		for len(words) > maxLine && words[maxLine].Start < span.End {
			out = append(out, text.Span{Start: span.Start, End: words[maxLine-1].End})
			span.Start = words[maxLine].Start
			words = words[maxLine:]
		}
		out = append(out, span)
	}
	return out
}

// drop returns items without those that start before at.
func drop[T any](items []T, at int, start func(T) int) []T {
	for len(items) > 0 && start(items[0]) < at {
		items = items[1:]
	}
	return items
}

// readWords reads the words of s.
func readWords(lang, s string) []word {
	spans, terms := text.Words(s), text.Terms(lang, s)
	out := make([]word, len(spans))
	for i, span := range spans {
		w := word{Span: span, fold: possessor(text.Fold(span.Of(s))), number: -1, name: -1}
		w.denies = denies(lang, w.fold)
		for len(terms) > 0 && terms[0].Start < span.Start {
			terms = terms[1:]
		}
		if len(terms) > 0 && terms[0].Start == span.Start {
			w.stem, w.weight = terms[0].Text, 1
		}
		if m := month(w.fold); m != "" {
			w.stem, w.weight = m, 1
		}
		if light(w.fold) {
			w.weight = min(w.weight, lightWeight)
		}
		out[i] = w
	}
	return out
}

// possessor takes the possessive ending off a folded word.
func possessor(fold string) string {
	if s, ok := strings.CutSuffix(fold, "'s"); ok {
		return s
	}
	return strings.TrimSuffix(fold, "'")
}

// addNumber notes n and lets the words that it covers stand for its value, so
// that "1,000" and "one thousand" are the same term.
func (l *line) addNumber(s string, n text.Number) {
	first, last := l.covered(n.Span)
	if first > last {
		return
	}
	for i := first; i <= last; i++ {
		w := &l.words[i]
		w.number = len(l.numbers)
		w.stem, w.weight = "", 0
	}
	fig := number{n, !strings.ContainsAny(n.Of(s), "0123456789"), first, last}
	l.words[first].stem = "#" + strconv.FormatFloat(n.Value, 'g', 12, 64)
	l.words[first].weight = 1
	if fig.weak() {
		l.words[first].weight = lightWeight
	}
	l.numbers = append(l.numbers, fig)
}

func (l *line) addName(s string, n text.Name) {
	first, last := l.covered(n.Span)
	if first > last {
		return
	}
	for i := first; i <= last; i++ {
		l.words[i].name = len(l.names)
	}
	l.names = append(l.names, name{n, n.Span.Of(s), first, last})
}

// covered returns the words that overlap span, first > last where none does.
func (l *line) covered(span text.Span) (first, last int) {
	first = sort.Search(len(l.words), func(i int) bool { return l.words[i].End > span.Start })
	last = sort.Search(len(l.words), func(i int) bool { return l.words[i].Start >= span.End }) - 1
	return first, last
}

// weigh sums up the distinct stems.
func (l *line) weigh() {
	seen := make(map[string]bool, len(l.words))
	l.weight = 0
	for _, w := range l.words {
		if w.stem != "" && !seen[w.stem] {
			seen[w.stem] = true
			l.weight += w.weight
		}
	}
}

// month returns one term for all spellings of a month's name, "" for any other
// word. "may" and "march" are left to their context.
func month(fold string) string {
	switch strings.TrimSuffix(fold, ".") {
	case "january", "jan":
		return "january"
	case "february", "feb":
		return "february"
	case "mar":
		return "march"
	case "april", "apr":
		return "april"
	case "june", "jun":
		return "june"
	case "july", "jul":
		return "july"
	case "august", "aug":
		return "august"
	case "september", "sept", "sep":
		return "september"
	case "october", "oct":
		return "october"
	case "november", "nov":
		return "november"
	case "december", "dec":
		return "december"
	}
	return ""
}

// content reports whether w is more than a stop word or a light one.
func (w word) content() bool { return w.weight > lightWeight }
