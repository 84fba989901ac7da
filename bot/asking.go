package bot

import (
	"math"
	"slices"

	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// asking is a question in the terms of one analyser.
type asking struct {
	lang    string
	terms   []string       // the content terms of its clauses, each once
	at      map[string]int // where each stands in terms
	clauses []clause
	words   map[string]bool
}

// clause is a part of a question: its content terms and their rarity.
type clause struct {
	terms  []int // indexes into asking.terms
	rarity []float64
	total  float64
}

func read(lang, question string, asked []retrieval.Clause, rarity func(string) float64) *asking {
	q := &asking{lang: lang, at: make(map[string]int), words: make(map[string]bool)}
	for _, a := range asked {
		var c clause
		for _, w := range a.Words {
			for _, t := range text.Terms(lang, w) {
				at, ok := q.at[t.Text]
				if !ok {
					at = len(q.terms)
					q.at[t.Text] = at
					q.terms = append(q.terms, t.Text)
				}
				if !slices.Contains(c.terms, at) {
					r := rarity(t.Of(w))
					c.terms, c.rarity = append(c.terms, at), append(c.rarity, r)
					c.total += r
				}
			}
		}
		q.clauses = append(q.clauses, c)
	}
	for _, t := range text.Terms(lang, question) {
		q.words[t.Text] = true
	}
	return q
}

// held says of each sentence which of the question's terms it has.
func (q *asking) held(sentences []said) [][]bool {
	out := make([][]bool, len(sentences))
	all := make([]bool, len(sentences)*len(q.terms))
	for i, s := range sentences {
		out[i], all = all[:len(q.terms)], all[len(q.terms):]
		for _, t := range s.terms {
			if at, ok := q.at[t.Text]; ok {
				out[i][at] = true
			}
		}
	}
	return out
}

// covered returns the share of clause k that stands in any of the sentences.
func (q *asking) covered(k int, held [][]bool) float64 {
	c := &q.clauses[k]
	if c.total == 0 {
		return 0
	}
	sum := 0.0
	for i, t := range c.terms {
		if slices.ContainsFunc(held, func(h []bool) bool { return h[t] }) {
			sum += c.rarity[i]
		}
	}
	return sum / c.total
}

// paired returns the share of the neighbouring terms of clause k that are
// neighbours in a sentence too, in any order: "super cup" is more than a cup that
// is super. Of a clause of one term, that is the term.
func (q *asking) paired(k int, terms []text.Term) float64 {
	c := &q.clauses[k]
	if len(c.terms) == 1 && slices.ContainsFunc(terms, func(t text.Term) bool { return t.Text == q.terms[c.terms[0]] }) {
		return 1
	}
	sum, all := 0.0, 0.0
	for i := 1; i < len(c.terms); i++ {
		weight := c.rarity[i-1] + c.rarity[i]
		all += weight
		a, b := q.terms[c.terms[i-1]], q.terms[c.terms[i]]
		for j := 1; j < len(terms); j++ {
			if s, t := terms[j-1].Text, terms[j].Text; s == a && t == b || s == b && t == a {
				sum += weight
				break
			}
		}
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// distance returns how many bytes lie between a stretch of a sentence and the
// nearest term of the question in it.
func (q *asking) distance(span text.Span, terms []text.Term) int {
	out := math.MaxInt32
	for _, t := range terms {
		if _, ok := q.at[t.Text]; ok {
			out = min(out, max(span.Start-t.End, t.Start-span.End, 0))
		}
	}
	return out
}

// portions returns the question's terms that a sentence has, each with its
// largest share of a clause.
func (q *asking) portions(held []bool) []portion {
	var out []portion
	for at, ok := range held {
		if !ok {
			continue
		}
		p := portion{term: q.terms[at]}
		for _, c := range q.clauses {
			if i := slices.Index(c.terms, at); i >= 0 && c.total > 0 {
				p.share = max(p.share, c.rarity[i]/c.total)
			}
		}
		out = append(out, p)
	}
	return out
}

// holds reports whether the question holds the word.
func (q *asking) holds(word string) bool {
	ts := text.Terms(q.lang, word)
	for _, t := range ts {
		if !q.words[t.Text] {
			return false
		}
	}
	return len(ts) > 0
}

// remember keeps what f returned: one question asks for the rarity of the same
// words again and again.
func remember(f func(string) float64) func(string) float64 {
	known := make(map[string]float64)
	return func(word string) float64 {
		r, ok := known[word]
		if !ok {
			r = f(word)
			known[word] = r
		}
		return r
	}
}
