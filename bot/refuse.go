package bot

import (
	"slices"
	"strings"

	"pilcrow/retrieval"
)

// The weights of doubt. Measured by taking half of the articles away and
// asking the same questions (MultiHop-RAG, development half): coverage by a
// window and by a passage tell most, and a name or date that is not there
// tells the rest. They are round numbers, not a fit; answerable is set where
// one question in fifty that the articles answer is refused.
const (
	absentPenalty = .5  // a name in no article, or a day without an article of the outlet named
	clausePenalty = .05 // for each clause: of many, one is well covered by chance
	answerable    = .56 // what confidence must reach
	// told is how much of a part of a question one passage must hold: more than
	// half. Of 63 parts whose articles were taken away (plain questions of RGB,
	// joined by "and"), 44 % are found missing with it and 37 % without; of 189
	// whose articles are there, one.
	told = .52
)

// refusal says why the evidence is not enough for an answer; ok reports that
// it is enough.
func refusal(ev *retrieval.Evidence) (r Refused, ok bool) {
	switch {
	case len(ev.Absent.Outlets) > 0:
		return Refused{Reason: AbsentSource, Detail: strings.Join(ev.Absent.Outlets, ", ")}, false
	case len(ev.Hits) == 0 || len(ev.Asked) == 0:
		return Refused{Reason: NoEvidence}, false
	case ev.Plan.Parts == nil && confidence(ev) >= answerable, ev.Plan.Parts != nil && len(unsaid(ev)) < len(ev.Asked):
		return Refused{}, true
	case len(ev.Absent.Names) > 0:
		return Refused{Reason: AbsentName, Detail: strings.Join(ev.Absent.Names, ", ")}, false
	default:
		return Refused{Reason: NoEvidence}, false
	}
}

// confidence says how well the evidence covers what was asked: the mean
// coverage of the clauses by two neighbouring sentences, and the coverage of
// the worst covered clause by one passage, less penalties. It lies below 2 and
// may be negative.
func confidence(ev *retrieval.Evidence) float64 {
	return covers(ev.Asked, len(ev.Absent.Names) > 0, len(ev.Absent.Dates) > 0)
}

func covers(asked []retrieval.Clause, absentName, absentDate bool) float64 {
	if len(asked) == 0 {
		return 0
	}
	window, passage := 0.0, 1.0
	for _, c := range asked {
		window += c.Window
		passage = min(passage, c.Passage)
	}
	n := float64(len(asked))
	out := window/n + passage - clausePenalty*n
	if absentName {
		out -= absentPenalty
	}
	if absentDate {
		out -= absentPenalty
	}
	return out
}

// unsaid returns the parts of a question that no article tells of, or that would
// be refused if they were asked alone, in its order; none where the question is
// no more than one.
func unsaid(ev *retrieval.Evidence) []retrieval.Clause {
	if ev.Plan.Parts == nil {
		return nil
	}
	var out []retrieval.Clause
	for _, c := range ev.Asked {
		in := func(s string) bool { return strings.Contains(c.Asks, s) }
		if covers([]retrieval.Clause{c}, slices.ContainsFunc(ev.Absent.Names, in), slices.ContainsFunc(ev.Absent.Dates, in)) < answerable || c.Passage < told {
			out = append(out, c)
		}
	}
	return out
}

// settle leaves what the articles say something of among what was asked, and
// returns the rest. What they say something of only together is one question.
func settle(ev *retrieval.Evidence) (missing []retrieval.Clause) {
	missing = unsaid(ev)
	if len(missing) == 0 {
		return nil
	}
	if len(missing) == len(ev.Asked) {
		whole := *ev
		whole.Asked = []retrieval.Clause{ev.Whole}
		if confidence(&whole) >= answerable {
			ev.Asked, ev.Plan.Parts = whole.Asked, nil
			return nil
		}
		return missing
	}
	ev.Asked = slices.DeleteFunc(slices.Clone(ev.Asked), func(c retrieval.Clause) bool {
		return slices.ContainsFunc(missing, func(m retrieval.Clause) bool { return m.Asks == c.Asks })
	})
	return missing
}
