package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// Plan is how a question is read: what is looked for, where, and around when.
type Plan struct {
	Text    string // the question, cut to as many words as are read
	Lang    string // the language of its own words; "en" where unsure
	Outlets []Mention
	Periods []Period
	Clauses []text.Span // in Text; they cover it
	Parts   []Single    // by clause, where each is a question by itself; otherwise nil
	Lookups []Lookup
	// Tidings says that the question asks for all that happened, or is new, to what
	// its other words name: "what happened in Tollness in May".
	Tidings bool
}

// Lookup is one search of the plan: a clause, towards one outlet that it names.
type Lookup struct {
	Clause  int      // index into Plan.Clauses
	Outlets []string // sources to look towards; none means all alike
	Named   bool     // the clause itself names them, not only the question
	Periods []Period // times to look towards
}

// NewPlan reads a question. It is a pure function: outlets are those that the
// archive has, and now is the clock that "last week" is read by.
func NewPlan(question string, outlets *Outlets, now time.Time, params Params) Plan {
	p := Plan{Text: cutWordsOff(question, params.Words)}
	p.Lang = cmp.Or(text.Lang(p.Text), "en")
	p.Outlets = outlets.Named(p.Text)
	p.Periods = periods(p.Text, p.Lang, now)
	p.Tidings = p.tidings()

	var wholes []text.Span
	for _, m := range p.Outlets {
		wholes = append(wholes, m.Span)
	}
	for _, d := range p.Periods {
		wholes = append(wholes, d.Span)
	}
	content := p.content(wholes)
	wholes = append(text.Quotes(p.Text), wholes...)
	if params.Terms < params.Words {
		p.Clauses, p.Parts = p.parts(wholes, content)
	}
	if p.Clauses == nil {
		p.Clauses = clauses(p.Text, p.Lang, wholes, content, params.Terms, params.Lookups)
	}
	p.lookUp(params.Lookups)
	return p
}

// content returns where the content words of the question stand, those of the
// wholes left out, and those that only speak of articles: "as reported by" is
// no clause.
func (p *Plan) content(wholes []text.Span) []text.Span {
	var out []text.Span
	for _, t := range text.Terms(p.Lang, p.Text) {
		if !slices.ContainsFunc(wholes, t.Span.Overlaps) && !reporting().word(t.Of(p.Text)) {
			out = append(out, t.Span)
		}
	}
	return out
}

// lookUp fills in Lookups: one for each clause and outlet in it, or only one
// for each clause where that would be more than most.
func (p *Plan) lookUp(most int) {
	everywhere := sourcesOf(p.Outlets)
	var fine, coarse []Lookup
	for i, span := range p.Clauses {
		times := p.times(i)
		var named []Mention
		for _, m := range p.Outlets {
			if !span.Overlaps(m.Span) {
				continue
			}
			if !slices.ContainsFunc(named, func(n Mention) bool { return slices.Equal(n.Sources, m.Sources) }) {
				fine = append(fine, Lookup{Clause: i, Outlets: m.Sources, Named: true, Periods: times})
			}
			named = append(named, m)
		}
		whole := Lookup{Clause: i, Outlets: sourcesOf(named), Named: true, Periods: times}
		if len(named) == 0 {
			whole.Outlets, whole.Named = everywhere, false
			fine = append(fine, whole)
		}
		coarse = append(coarse, whole)
	}
	p.Lookups = fine
	if len(fine) > most {
		p.Lookups = coarse
	}
}

// sourcesOf returns the sources that mentions name, sorted.
func sourcesOf(ms []Mention) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Sources...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// times returns the periods that steer a clause: its own, or the only one of
// the question where the question keeps to it.
func (p *Plan) times(clause int) []Period {
	var out []Period
	for _, d := range p.Periods {
		if slices.ContainsFunc(p.stretches(clause), d.Overlaps) {
			out = append(out, d)
		}
	}
	if len(p.Periods) == 1 && p.Periods[0].Keeps {
		return p.Periods
	}
	return out
}

// stretches returns where the words of a clause stand, in order.
func (p *Plan) stretches(clause int) []text.Span {
	out := []text.Span{p.Clauses[clause]}
	if p.Parts != nil {
		out = append(out, p.Parts[clause].With...)
		slices.SortFunc(out, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
	}
	return out
}

// whole returns the words of a clause with those that it shares.
func (p *Plan) whole(clause int) string {
	var out []string
	for _, s := range p.stretches(clause) {
		out = append(out, strings.Trim(s.Of(p.Text), " "+stops+wideStops))
	}
	return strings.Join(out, " ")
}

// Clause returns the words of a clause, without the spaces and stops around
// them.
func (p *Plan) Clause(i int) string {
	return strings.Trim(p.Clauses[i].Of(p.Text), " "+stops+wideStops)
}

// cutWordsOff returns the first n words of s, and no more than some dozens of
// bytes for each.
func cutWordsOff(s string, n int) string {
	const longWord = 40
	if most := n * longWord; len(s) > most {
		for most > 0 && !utf8.RuneStart(s[most]) {
			most--
		}
		s = s[:most]
	}
	s = text.Clean(s)
	if words := text.Words(s); len(words) > n {
		s = s[:words[n-1].End]
	}
	return s
}
