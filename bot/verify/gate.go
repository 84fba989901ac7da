package verify

import (
	"cmp"
	"slices"

	"pilcrow/corpus/text"
)

// checks is the gate: what must hold of a sentence before anybody reads it.
// Each returns what does not.
var checks = []func(*evidence, *claim) []finding{
	readable,   // it can be read to its end
	figures,    // numbers, percentages and money stand in the passages
	calendars,  // so do months and days of the week
	names,      // so do the names, where the sentence speaks of them
	quotations, // so do words in quotation marks, in that order
	content,    // and enough of the rest
	roles,      // a name stands beside the words that it is put beside
	denials,    // nothing is denied that they affirm, or the reverse
	directions, // nothing rises that falls
	conflicts,  // a sentence much like one of theirs differs in no detail
	attributed, // a passage that the sentence names itself is the right one
}

// Verdict is what the gate says of one sentence of an answer.
type Verdict struct {
	Kind      Kind
	Supported bool
	Score     float64  // in [0,1]; 1 means fully supported
	Reasons   []string // what speaks against it, each a Reason and what it is about
	Places    []Place  // what speaks for it, best first
}

// Place is a stretch of one passage.
type Place struct {
	ID string
	text.Span
}

// Checked is one sentence of a text with its verdict.
type Checked struct {
	text.Span
	Verdict
}

// passing is the score from which on a sentence counts as supported: where F1
// over answers is best (RAGTruth-QA, flat from .42 to .48), and where accuracy
// over claims is (WiCE).
const passing = .45

// Sentence checks one sentence of an answer to question, which may be empty,
// against the whole source.
func (s *Source) Sentence(sentence, question string) Verdict {
	return s.verdict(s.one(sentence, s.asked(question)))
}

// Cited checks a sentence of a model against the passages that it cites. One
// that cites none, or one that was not given, never passes, nor does one that
// rests on an order to the reader.
func (s *Source) Cited(sentence, question string, ids ...string) Verdict {
	if len(ids) == 0 {
		return Verdict{Reasons: []string{string(Uncited)}}
	}
	var pages []*page
	for _, id := range ids {
		i := slices.IndexFunc(s.pages, func(p *page) bool { return p.ID == id })
		if i < 0 {
			return Verdict{Reasons: []string{finding{Reason: UnknownID, about: id}.String()}}
		}
		pages = append(pages, s.pages[i])
	}
	told := newSource(pages, false)
	c := told.one(sentence, told.asked(question))
	v := told.verdict(c)
	if v.Supported || !slices.ContainsFunc(pages, (*page).bids) {
		return v
	}
	if newSource(pages, true).verdict(c).Supported {
		v.Reasons = []string{string(Instruction)}
	}
	return v
}

// bids reports whether some line of the page is an order.
func (p *page) bids() bool { return slices.ContainsFunc(p.lines, func(l line) bool { return l.order }) }

// Text checks each sentence of an answer to question.
func (s *Source) Text(answer, question string) []Checked {
	asked := s.asked(question)
	var out []Checked
	for _, l := range items(answer, read(s.lang, answer)) {
		out = append(out, Checked{l.Span, s.verdict(newClaim(answer, l, asked))})
	}
	return settle(out)
}

// company is how much the sentences beside one tell of it: what a model makes
// up comes in runs. Any value from .1 to .5 does better than none.
const company = .2

// settle lets the worse of its neighbours speak into the score of a claim.
func settle(cs []Checked) []Checked {
	scores := make([]float64, len(cs))
	for i, c := range cs {
		scores[i] = c.Score
		if c.Kind != Claim {
			continue
		}
		beside := 1.
		if i > 0 {
			beside = min(beside, cs[i-1].Score)
		}
		if i+1 < len(cs) {
			beside = min(beside, cs[i+1].Score)
		}
		scores[i] = (c.Score + company*beside) / (1 + company)
	}
	for i := range cs {
		cs[i].Score = scores[i]
		cs[i].Supported = scores[i] >= passing
	}
	return cs
}

func (s *Source) verdict(c *claim) Verdict {
	v := Verdict{Kind: c.kind, Score: 1, Supported: true}
	var found []finding
	switch {
	case c.kind == Claim, c.cut:
		e := s.gather(c)
		v.Places = e.places()
		for _, check := range checks {
			found = append(found, check(e, c)...)
		}
	case c.kind == Absence:
		found = told(s, c)
	default:
		v.Reasons = []string{string(NoClaim)}
	}
	seen := map[Reason]bool{}
	for _, f := range found {
		risk := cmp.Or(f.risk, risks[f.Reason].answer)
		if risk == 0 {
			continue
		}
		if !seen[f.Reason] { // doubts of different kinds add up
			seen[f.Reason] = true
			v.Score *= 1 - risk
		}
		if f.Reason != ContentAbsent || risk > 1-passing {
			v.Reasons = append(v.Reasons, f.String())
		}
	}
	v.Supported = v.Score >= passing
	return v
}

// places returns where the evidence stands, best first.
func (e *evidence) places() []Place {
	out := make([]Place, len(e.anchors))
	for i, at := range e.anchors {
		out[i] = e.place(at)
	}
	return out
}
