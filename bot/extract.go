package bot

import (
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
// and values of the kind that the question wants, counted as so many votes as
// there are articles that hold them near the question's words; all of it for
// each word that the reader has to read. Where one thing is asked for, a sentence
// that is worth little beside the first is not shown.
func (ps *paragraphs) extract(question string, ev *retrieval.Evidence, now time.Time) []pick {
	want := wants(question)
	rarity := remember(ev.Rarity)
	all := inTime(ps.candidates(question, want, ev, rarity, now))
	votes, most := vote(all, ev)
	best := 0.0
	tops := make([]float64, len(ev.Asked)) // the largest relevance to each clause
	for _, c := range all {
		best = max(best, c.best(nil))
		for i, r := range c.relevance {
			tops[i] = max(tops[i], r)
		}
	}

	offset := float64(lengthOffset)
	if want == nothing {
		offset = wholeOffset
	}
	budget := firstBudget + moreBudget*float64(max(len(ev.Asked), 1)-1)
	var picks []pick
	shown, beside := 0.0, false
	first := 0.0 // what the first is worth
	single := want != nothing && len(ev.Asked) == 1 && !several(question)
	used := make([]bool, len(all))
	seen := make(map[string]bool)
	told := make(map[string]bool)
	answered := make(map[string]bool)
	worth := make([]float64, len(ev.Asked))
	for i := range worth {
		worth[i] = 1
	}
	for shown < budget*.85 {
		next, most := -1, most
		top := 0.0
		for i := range all {
			c := &all[i]
			if used[i] || len(picks) > 0 && shown+float64(c.words) > budget {
				continue
			}
			least := minRelevance
			if beside {
				least /= 2
			}
			if c.best(nil) < least*best {
				continue
			}
			c.weigh(c.sentence(ev), rarity)
			rel := c.best(worth)
			gain := 0.0
			for _, v := range c.values {
				if !told[v.key] {
					gain += votes[v.key] * v.firm
				}
			}
			if !beside && len(picks) > 0 && gain == 0 && !c.answers(tops) && c.asks(answered) < unanswered {
				continue // it adds nothing that was asked for
			}
			if most > 0 {
				gain *= valueWeight / most
			}
			gain = rel * (c.novelty(seen) + gain) / (float64(c.words) + offset)
			if gain > top*tie {
				next, top = i, gain
			}
		}
		switch {
		case len(picks) == 0:
			first = top
		case single && !beside && top < enough*first:
			next = -1
		}
		if next < 0 && beside {
			break
		}
		if next < 0 {
			beside = true
			continue
		}
		c := all[next]
		used[next] = true
		picks = append(picks, pick{candidate: c, beside: beside})
		own := make(map[string]bool)
		for _, t := range c.terms {
			own[t.Text], seen[t.Text] = true, true
		}
		for i := range all { // the same story in other words is told once
			if !used[i] && c.repeats(own, &all[i], ev) {
				used[i] = true
				picks[len(picks)-1].also = append(picks[len(picks)-1].also, all[i].hit)
			}
		}
		shown += float64(c.words)
		for _, v := range c.values {
			told[v.key] = true
		}
		for _, p := range c.asked {
			answered[p.term] = true
		}
		for i, r := range c.relevance {
			if r > 0 && r >= c.best(nil)*.8 {
				worth[i] *= served
			}
		}
	}
	return picks
}
