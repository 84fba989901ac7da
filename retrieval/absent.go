package retrieval

import (
	"slices"
	"strings"
	"sync"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval/bm25"
)

// absent says what the question names and the articles read do not have.
func (s *search) absent() Absent {
	var out Absent
	p := &s.plan
	names := text.Names(p.Lang, p.Text)
	var inPlace []text.Span
	for _, n := range p.outletPlaces(names) {
		name := n.Of(p.Text)
		if len(s.outlets.Match(name)) > 0 { // in another case: "CNBC" for "Cnbc"
			continue
		}
		if !n.sure && s.meets(name) { // somebody the articles tell of
			continue
		}
		inPlace = append(inPlace, n.Span)
		out.Outlets = append(out.Outlets, n.Of(p.Text))
	}
	if s.query.Source != "" && len(s.sources) == 0 {
		out.Outlets = append(out.Outlets, s.query.Source)
	}
	for _, n := range names {
		if ordinary(p.Lang, n, p.Text) {
			continue
		}
		if !p.steers(n.Span) && !slices.ContainsFunc(inPlace, n.Overlaps) && !s.meets(n.Of(p.Text)) {
			out.Names = append(out.Names, n.Of(p.Text))
		}
	}
	for _, d := range p.Periods {
		if day(d) && !s.published(d) {
			out.Dates = append(out.Dates, d.Of(p.Text))
		}
	}
	out.Outlets, out.Names, out.Dates = unique(out.Outlets), unique(out.Names), unique(out.Dates)
	return out
}

// ordinary reports whether a name may be no more than a noun: a single word of
// German, which writes them all with a capital.
func ordinary(lang string, n text.Name, s string) bool {
	return text.Analyser(lang) == text.Analyser("de") && !n.Acronym && len(text.Words(n.Of(s))) == 1
}

// day reports whether a period is the day on which something is said to have
// been published. Longer ones and open ones tell when things happened.
func day(d Period) bool {
	return !d.Keeps && !d.From.IsZero() && d.To.Sub(d.From) <= 24*time.Hour
}

func unique(s []string) []string {
	slices.Sort(s)
	return slices.Compact(s)
}

// meets reports whether some visible article has all words of a name, each as
// written or, where no article has it, as it is almost spelt.
func (s *search) meets(name string) bool {
	if s.view.Meet(s.visible, name) > 0 {
		return true
	}
	q := s.view.Query(bm25.Part{Text: name, Weight: 1})
	if len(q.Respelled) == 0 {
		return false
	}
	for _, r := range q.Respelled {
		name = strings.ReplaceAll(name, r.Word, r.As[0].Term)
	}
	return s.view.Meet(s.visible, name) > 0
}

// published reports whether an outlet named beside the period, or any where
// none is, published something in it.
func (s *search) published(d Period) bool {
	var beside []string
	for _, c := range s.plan.Clauses {
		if !c.Overlaps(d.Span) {
			continue
		}
		for _, m := range s.plan.Outlets {
			if c.Overlaps(m.Span) {
				beside = append(beside, m.Sources...)
			}
		}
	}
	slack := dayOff
	if d.Keeps {
		slack = 0
	}
	return s.view.Select(func(a *corpus.Article) bool {
		return s.may(a) && d.Holds(a.Published, slack) && (len(beside) == 0 || slices.Contains(beside, a.Source))
	}).Len() > 0
}

// outletPlaces returns the names that stand where a question names an outlet
// ("according to …", "the … article", "reported by both … and …") and are none
// of the archive's. The grammar is that of English.
func (p *Plan) outletPlaces(names []text.Name) []place {
	r := reader{plan: p, words: text.Words(p.Text), names: names}
	for _, w := range r.words {
		r.folded = append(r.folded, text.Fold(trimPossessive(w.Of(p.Text))))
	}
	for i, w := range r.folded {
		next := ""
		if i+1 < len(r.folded) {
			next = r.folded[i+1]
		}
		switch v := reporting(); {
		case w == "according" && next == "to":
			r.list(i+2, false)
		case v.pieces[w] && (next == "by" || next == "in" || next == "from"), v.carried[w] && next == "by":
			r.list(i+2, true)
		}
		if n, ok := r.nameAt(i); ok {
			after := i
			for after < len(r.words) && r.words[after].Start < n.End {
				after++
			}
			if after < len(r.folded) && reporting().pieces[r.folded[after]] && beside(p.Text, n.End, r.words[after].Start) {
				r.add(n, r.folded[after] != "coverage" && r.folded[after] != "analysis")
			}
		}
	}
	return r.out
}

// reader walks the words of a question.
type reader struct {
	plan   *Plan
	words  []text.Span
	folded []string
	names  []text.Name
	out    []place
}

// place is a name that stands where an outlet would.
type place struct {
	text.Span
	sure bool // people are not spoken of like that
}

// nameAt returns the name or known outlet that begins with word i.
func (r *reader) nameAt(i int) (text.Span, bool) {
	for _, m := range r.plan.Outlets {
		if i < len(r.words) && m.Start == r.words[i].Start {
			return m.Span, true
		}
	}
	for _, n := range r.names {
		if i < len(r.words) && n.Start == r.words[i].Start {
			return n.Span, true
		}
	}
	return text.Span{}, false
}

func (r *reader) add(n text.Span, sure bool) {
	if !r.plan.steers(n) {
		r.out = append(r.out, place{n, sure})
	}
}

// list adds the names that stand in a row from word i on: "both the A and B, C
// or D".
func (r *reader) list(i int, sure bool) {
	for i < len(r.words) {
		switch r.folded[i] {
		case "the", "a", "an", "both", "either", "and", "or", "articles", "article", "reports", "report", "by", "from", "in", "sources", "like", "as":
			i++
			continue
		}
		n, ok := r.nameAt(i)
		if !ok {
			return
		}
		r.add(n, sure)
		for i < len(r.words) && r.words[i].Start < n.End {
			i++
		}
		if i >= len(r.words) || !goesOn(r.plan.Text[n.End:r.words[i].Start], r.folded[i]) {
			return
		}
	}
}

// goesOn reports whether a list goes on after one of its names.
func goesOn(between, next string) bool {
	return strings.Contains(between, ",") || next == "and" || next == "or"
}

// beside reports whether nothing but space, a closing quotation mark or a
// possessive stands between two offsets of s.
func beside(s string, from, to int) bool {
	return from <= to && strings.Trim(s[from:to], " '’”\"s") == ""
}

// vocabulary holds, folded, the English words that speak of articles rather
// than of the world.
type vocabulary struct {
	pieces  map[string]bool // what outlets publish
	carried map[string]bool // what only outlets do: people mention and describe things too
	stems   map[string]bool // of both, and of the verbs that relate what a piece says
}

func (v *vocabulary) word(w string) bool { return v.stems[text.Stem("en", w)] }

var reporting = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{make(map[string]bool), make(map[string]bool), make(map[string]bool)}
	for _, w := range strings.Fields("article report story piece post review interview coverage column editorial analysis feature publication") {
		v.pieces[w], v.pieces[w+"s"] = true, true
		v.stems[text.Stem("en", w)] = true
	}
	for _, w := range strings.Fields("reported published covered printed") {
		v.carried[w] = true
		v.stems[text.Stem("en", w)] = true
	}
	for _, w := range strings.Fields("say tell write discuss mention describe feature highlight post suggest claim indicate state imply portray according") {
		v.stems[text.Stem("en", w)] = true
	}
	return v
})
