package bot

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pilcrow/retrieval"
)

// The weights of extraction. On plain news questions (RGB, 139 questions over
// 1,387 documents as one archive) the right string stands in the sentences
// shown three times in ten more often with values than without; it stands in the
// first of them 5 times in a hundred more often for pairs, nearness, surnames and
// places together; stopping takes a quarter of the words and none of the answers.
// All of these are flat within two points around what stands here.
const (
	besideWeight = 1.0  // of words of the question in the neighbouring sentences
	pairWeight   = 1.0  // of neighbouring words of the question that are neighbours in the sentence
	hitWeight    = .2   // of the passage's score against the best passage's
	valueWeight  = 8.0  // of new values against a sentence's own words
	nearWeight   = .3   // of a value's standing near words of the question
	nearBytes    = 40.0 // from them at which that is worth half
	enough       = .05  // of what the first sentence is worth for its length, below which no other is shown
	lengthOffset = 2    // words that every sentence costs besides its own, where a value is wanted
	wholeOffset  = 20   // the same where none is, and a short sentence says little
	served       = .5   // what another sentence for the same clause is worth
	caption      = .5   // what the words under a photograph are worth
	sameStory    = .6   // text.Similar from which on two sentences tell the same
	minRelevance = .3   // of the best sentence's, below which nothing is shown
	further      = .8   // of the best's, for a further sentence without a value that is wanted
	unanswered   = .25  // of a clause's words, which no sentence before held, do as well
	minWords     = 3    // a shorter run of words is a heading or a cut
	maxWords     = 90   // a longer one is a list or a page without stops
	firstBudget  = 84.0 // words for one clause
	moreBudget   = 26.0 // words for each further clause
	partBudget   = 26.0 // the same, where each is a question by itself
	mostTurns    = 4    // sentences chosen for each of those
)

// pick is a sentence chosen to be shown, with those that tell the same.
type pick struct {
	candidate
	also   []int // hits of other outlets with a near-repeat of it
	beside bool  // it adds nothing that was asked for, and is not worth quoting
}

// extract chooses the sentences that answer best, best first, and behind them
// those that stand nearest. Sentences are
// chosen one at a time for what they add to those before: words of a clause,
// and values of the kind that the clause wants, counted as so many votes as
// there are articles that hold them near the question's words; all of it for
// each word that the reader has to read. Where one thing is asked for, a sentence
// that is worth little beside the first is not shown. Of a question that was
// made whole, the part that was asked now comes first.
func (ps *paragraphs) extract(question, now string, ev *retrieval.Evidence, clock time.Time) []pick {
	x := &extraction{ev: ev, rarity: remember(ev.Rarity), want: wantsEach(question, ev.Asked)}
	x.all = inTime(ps.candidates(question, x.want, ev, x.rarity, clock))
	for k, want := range x.want {
		votes, most := vote(x.all, k, want, ev)
		x.votes, x.most = append(x.votes, votes), append(x.most, most)
	}
	x.begin(now)
	single := len(x.want) == 1 && !several(cmp.Or(ev.Asked[0].Asks, question))
	budget := firstBudget + moreBudget*float64(max(len(ev.Asked), 1)-1)
	if x.parts {
		budget = firstBudget + partBudget*float64(len(ev.Asked)-1)
	}
	for x.shown < budget*.85 {
		next, clause, worth := x.next(budget)
		ends := next < 0
		if next >= 0 && !x.beside && (single || x.parts) && x.want[clause] != nothing && worth < enough*x.first[clause] {
			ends = true
		}
		switch {
		case !ends:
			x.take(next, clause, worth)
		case x.beside:
			return x.picks
		case !x.pass(clause):
			x.beside = true
		}
	}
	return x.picks
}

// extraction is the sentences chosen so far, and what there is to choose from.
type extraction struct {
	ev     *retrieval.Evidence
	rarity func(string) float64
	all    []candidate
	want   []wanted              // of each clause
	votes  []map[meaning]float64 // by clause
	most   []float64             // the most votes of a value for each clause

	best float64   // the largest relevance
	tops []float64 // the same to each clause

	parts bool      // each clause is a question by itself
	turns []int     // how many sentences were chosen for each, or more where it has had enough
	first []float64 // what the first for each is worth

	picks    []pick
	shown    float64 // words
	beside   bool    // what is chosen from here on adds nothing that was asked for
	used     []bool
	worth    []float64 // what each clause is still worth
	seen     map[string]bool
	told     []map[meaning]bool // by clause
	answered map[string]bool    // terms of the question
}

func (x *extraction) begin(now string) {
	asked := func(c retrieval.Clause) bool { return strings.Contains(now, strings.TrimRight(c.Text, "?？ ")) }
	goesOn := slices.ContainsFunc(x.ev.Asked, asked)
	x.tops, x.worth = make([]float64, len(x.want)), make([]float64, len(x.want))
	for i, c := range x.ev.Asked {
		x.worth[i] = 1
		if goesOn && !asked(c) {
			x.worth[i] = served
		}
	}
	for i := range x.all {
		c := &x.all[i]
		x.best = max(x.best, c.best(nil))
		for k, r := range c.relevance {
			x.tops[k] = max(x.tops[k], r)
		}
	}
	x.turns, x.first = make([]int, len(x.want)), make([]float64, len(x.want))
	if x.parts = x.ev.Plan.Parts != nil && len(x.want) > 1; x.parts && goesOn {
		for i, c := range x.ev.Asked {
			if !asked(c) {
				x.turns[i] = mostTurns
			}
		}
	}
	x.used = make([]bool, len(x.all))
	x.seen, x.answered = make(map[string]bool), make(map[string]bool)
	for range x.want {
		x.told = append(x.told, make(map[meaning]bool))
	}
}

// next returns the candidate that adds most, to which clause, and how much; −1
// where none adds anything, or there is no room for it.
func (x *extraction) next(budget float64) (at, clause int, most float64) {
	at, clause = -1, -1
	least := minRelevance
	if x.beside {
		least /= 2
	}
	for i := range x.all {
		c := &x.all[i]
		if x.used[i] || len(x.picks) > 0 && x.shown+float64(c.words) > budget || c.best(nil) < least*x.best {
			continue
		}
		c.weigh(c.sentence(x.ev), x.rarity)
		k, adds, value := x.adds(c)
		if !x.beside && len(x.picks) > 0 && !value && !c.answers(x.tops) && c.asks(x.answered) < unanswered {
			continue // it adds nothing that was asked for
		}
		if adds > most*tie {
			at, clause, most = i, k, adds
		}
	}
	return at, clause, most
}

// adds returns the clause that c serves best and what it adds to that, and
// whether it has a value that some clause wants and none before had.
func (x *extraction) adds(c *candidate) (clause int, most float64, value bool) {
	novelty := c.novelty(x.seen)
	for k, want := range x.want {
		if !x.due(k) {
			continue
		}
		gain := 0.0
		for _, v := range c.values {
			if v.of == want && c.relevance[k] > 0 && !x.told[k][v.meaning] {
				gain += x.votes[k][v.meaning] * v.firm
			}
		}
		value = value || gain > 0
		if x.most[k] > 0 {
			gain *= valueWeight / x.most[k]
		}
		offset := float64(lengthOffset)
		if want == nothing {
			offset = wholeOffset
		}
		if adds := x.worth[k] * c.relevance[k] * (novelty + gain) / (float64(c.words) + offset); adds > most {
			clause, most = k, adds
		}
	}
	return clause, most, value
}

// due reports whether it is a clause's turn to be served: of parts, each has its
// first sentence before one has its second.
func (x *extraction) due(clause int) bool {
	return !x.parts || x.beside || x.turns[clause] == slices.Min(x.turns) && x.turns[clause] < mostTurns
}

// pass ends the turns of a clause, or of all that are due where it is none. It
// reports whether any is due then.
func (x *extraction) pass(clause int) bool {
	if !x.parts {
		return false
	}
	for k := range x.turns {
		if x.due(k) && (k == clause || clause < 0) {
			x.turns[k] = mostTurns
		}
	}
	return slices.Min(x.turns) < mostTurns
}

// take chooses candidate i for a clause, and with it those that tell the same.
func (x *extraction) take(i, clause int, worth float64) {
	c := x.all[i]
	x.used[i] = true
	p := pick{candidate: c, beside: x.beside}
	own := make(map[string]bool)
	for _, t := range c.terms {
		own[t.Text], x.seen[t.Text] = true, true
	}
	for k := range x.all { // the same story in other words is told once
		if !x.used[k] && c.repeats(own, &x.all[k], x.ev) {
			x.used[k] = true
			p.also = append(p.also, x.all[k].hit)
		}
	}
	x.picks = append(x.picks, p)
	x.shown += float64(c.words)
	for k, want := range x.want {
		serves := k == clause
		for _, v := range c.values {
			if v.of == want && c.relevance[k] > 0 {
				x.told[k][v.meaning] = true
				serves = serves || c.relevance[k] >= further*x.tops[k]
			}
		}
		if !serves {
			continue
		}
		x.turns[k] = min(x.turns[k]+1, mostTurns)
		if x.first[k] == 0 {
			x.first[k] = worth
		}
	}
	for _, q := range c.asked {
		x.answered[q.term] = true
	}
	for k, r := range c.relevance {
		if r > 0 && r >= c.best(nil)*.8 {
			x.worth[k] *= served
		}
	}
}
