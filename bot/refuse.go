package bot

import (
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
)

// refusal says why the evidence is not enough for an answer; ok reports that
// it is enough.
func refusal(ev *retrieval.Evidence) (r Refused, ok bool) {
	switch {
	case len(ev.Absent.Outlets) > 0:
		return Refused{Reason: AbsentSource, Detail: strings.Join(ev.Absent.Outlets, ", ")}, false
	case len(ev.Hits) == 0 || len(ev.Asked) == 0:
		return Refused{Reason: NoEvidence}, false
	case confidence(ev) >= answerable:
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
	if len(ev.Asked) == 0 {
		return 0
	}
	window, passage := 0.0, 1.0
	for _, c := range ev.Asked {
		window += c.Window
		passage = min(passage, c.Passage)
	}
	n := float64(len(ev.Asked))
	out := window/n + passage - clausePenalty*n
	if len(ev.Absent.Names) > 0 {
		out -= absentPenalty
	}
	if len(ev.Absent.Dates) > 0 {
		out -= absentPenalty
	}
	return out
}
