package retrieval

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/corpus/text"
)

const (
	// shortQuestion is how many words a question may have to be read word by
	// word. Of the questions of MultiHop-RAG, which ask for several reports, one in
	// a hundred has as few; of RGB's, all have.
	shortQuestion = 24
	// mostParts is how many parts such a question may have.
	mostParts = 4
	// short is up to how many content words a question needs others to be
	// understood.
	short = 2
)

// Single is a clause of a short question as a question by itself.
type Single struct {
	Asks string      // the question that it is
	With []text.Span // what belongs to it of the other clauses, in order
}

// part is one under way.
type part struct {
	own    run
	asks   bool // it begins with a question word of its own
	shared []run
}

// parts reads what a short question asks for: each of its questions ("who built
// it, and how tall is it"), and each of the things that one is asked of ("when
// were the pier and the mole built", "the start and end of the season"). Nil
// where it asks for one thing, or for what cannot be told apart.
func (p *Plan) parts(wholes, content []text.Span) (spans []text.Span, parts []Single) {
	words := text.Words(p.Text)
	if len(words) < 3 || len(words) > shortQuestion {
		return nil, nil
	}
	a := &asker{plan: p, wholes: wholes, content: content, words: words, tongue: tongues[p.Lang]}
	if a.tongue == nil {
		a.tongue = tongues["en"]
	}
	for _, w := range words {
		a.low = append(a.low, strings.ToLower(w.Of(p.Text)))
	}
	for _, n := range text.Names(p.Lang, p.Text) {
		if !among(a.ask, strings.ToLower(n.Of(p.Text))) {
			a.names = append(a.names, n)
			a.units = append(a.units, n.Span)
		}
	}
	a.units = append(a.units, wholes...)
	var all []part
	for _, q := range a.questions() {
		all = append(all, a.things(q)...)
	}
	if len(all) < 2 || len(all) > mostParts {
		return nil, nil
	}
	for i, q := range all {
		out := Single{}
		says := a.says(q.own) > 0
		for _, r := range q.shared {
			if r.start < r.end {
				says = says || a.says(r) > 0
				out.With = append(out.With, a.span(r))
			}
		}
		if !says {
			return nil, nil
		}
		slices.SortFunc(out.With, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
		out.Asks = a.question(q)
		parts = append(parts, out)
		start, end := 0, len(p.Text)
		if i > 0 {
			start = spans[i-1].End
		}
		if i+1 < len(all) {
			end = words[all[i+1].own.start].Start
		}
		spans = append(spans, text.Span{Start: start, End: end})
	}
	return spans, parts
}

// question writes a part as a question by itself.
func (a *asker) question(q part) string {
	own := q.own
	if a.is(a.and, own.start) {
		own.start++
	}
	runs := []run{own}
	if !q.asks {
		runs = append(runs, q.shared...)
	}
	slices.SortFunc(runs, func(a, b run) int { return cmp.Compare(a.start, b.start) })
	var out []string
	for _, r := range runs {
		if r.start < r.end {
			out = append(out, a.span(r).Of(a.plan.Text))
		}
	}
	return strings.Join(out, " ")
}

// questions cuts at the question words behind an "and" or a comma.
func (a *asker) questions() []part {
	var cuts []int
	for i := 1; i < len(a.words); i++ {
		at := i
		and := a.is(a.and, i)
		if and {
			at++
		}
		if !and && !a.comma(i) || a.bound(i) {
			continue
		}
		if a.is(a.at, at) && !a.is(a.ask, at) {
			at++
		}
		if a.is(a.ask, at) && (and || a.inverted(at)) && (len(cuts) == 0 || cuts[len(cuts)-1] < i-1) {
			cuts = append(cuts, i)
		}
	}
	var out []part
	start := 0
	for _, c := range append(cuts, len(a.words)) {
		out = append(out, part{own: run{start, c}, asks: a.has(a.ask, run{start, min(start+4, c)}) || a.is(a.carry, start)})
		start = c
	}
	for i := range out {
		q := &out[i]
		if i+1 < len(out) && a.bare(q.own) {
			q.shared, q.asks = append(q.shared, a.predicate(out[i+1].own)), false
		}
		switch {
		case i > 0 && (a.has(a.refer, q.own) || !a.named(q.own) && a.says(q.own) <= short):
			q.shared = append(q.shared, a.topic(out[0].own))
		case i == 0 && len(out) > 1 && len(q.shared) == 0 && !a.named(q.own) && a.says(q.own) <= short:
			q.shared = append(q.shared, a.setting(out[len(out)-1].own))
		}
	}
	return out
}

// inverted reports whether a question word behind a comma opens a question and
// not a relative clause: the verb comes before what is asked about.
func (a *asker) inverted(at int) bool {
	if a.is(a.degree, at) {
		return a.is(a.carry, at+1) || a.is(a.carry, at+2) || a.is(a.carry, at+3)
	}
	return a.is(a.carry, at+1) && (!slices.Contains([]string{"who", "which", "qui"}, a.low[at]) || !a.is(a.ask, 0))
}

// bare reports whether a run is hardly more than a question word: "when", "in
// which year", "how tall".
func (a *asker) bare(r run) bool {
	return r.end-r.start <= 3 && !a.has(a.carry, r) && a.has(a.ask, r)
}

// predicate returns what follows the question word of a run, from its verb on.
func (a *asker) predicate(r run) run {
	for i := r.start; i < r.end; i++ {
		if a.is(a.carry, i) {
			return run{i, r.end}
		}
	}
	for i := r.start; i < r.end; i++ {
		if a.is(a.ask, i) {
			return run{i + 1, r.end}
		}
	}
	return r
}

// setting returns the last words of a run from a preposition on, where they
// hold nothing but that: "how many died and how many were hurt in the storm".
func (a *asker) setting(r run) run {
	for i := r.end - 2; i > r.start+1; i-- {
		if a.is(a.at, i) && !a.has(a.refer, run{i, r.end}) && !a.dated(run{i, r.end}) {
			return run{i, r.end}
		}
	}
	return run{}
}

// topic returns what a run is about: from its first name to its last, or all of
// it.
func (a *asker) topic(r run) run {
	span, out := a.span(r), run{-1, -1}
	for _, n := range a.names {
		if !span.Contains(n.Span) {
			continue
		}
		for i := r.start; i < r.end; i++ {
			if n.Span.Overlaps(a.words[i]) {
				if out.start < 0 {
					out.start = i
				}
				out.end = i + 1
			}
		}
	}
	if out.start < 0 {
		return r
	}
	for out.end < r.end && number(a.low[out.end]) {
		out.end++
	}
	return out
}
