package bot

import (
	"math"
	"slices"
	"strings"
	"time"

	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// The weights of extraction. On plain news questions (RGB, 139 questions over
// 1,387 documents as one archive) the right string stands in the sentences
// shown three times in ten more often with values than without; all of these
// are flat within two points around what stands here.
const (
	besideWeight = 1.0  // of words of the question in the neighbouring sentences
	hitWeight    = .4   // of the passage's score against the best passage's
	valueWeight  = 4.0  // of new values against a sentence's own words
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

// candidate is a sentence of an article that may be quoted.
type candidate struct {
	hit       int // index into the evidence
	paragraph int // index into the hit's paragraphs
	span      text.Span
	words     int
	relevance []float64 // to each clause, in [0, 1]
	asked     []portion // its terms that are of a clause
	values    []value
	elsewhen  bool // it is of another time than the short one asked about

	terms  []text.Term // its content terms, each once
	rarity []float64   // of each of them; nil until weigh reads it
	total  float64     // of rarity
}

// portion is a term of the question and what share of a clause it is.
type portion struct {
	term  string
	share float64
}

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
// each word that the reader has to read.
func (ps *paragraphs) extract(question string, ev *retrieval.Evidence, now time.Time) []pick {
	want := wants(question)
	rarity := remember(ev.Rarity)
	all := ps.candidates(question, want, ev, rarity, now)
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
			if c.best(nil) < minRelevance*best {
				continue
			}
			c.weigh(c.sentence(ev), rarity)
			rel := c.best(worth)
			gain := 0.0
			for _, v := range c.values {
				if !told[v.key] {
					gain += votes[v.key]
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

// candidates returns the sentences of the evidence, each once.
func (ps *paragraphs) candidates(question string, want wanted, ev *retrieval.Evidence, rarity func(string) float64, now time.Time) []candidate {
	if len(ev.Hits) == 0 {
		return nil
	}
	questions := make(map[string]*asking)
	strongest := ev.Hits[0].Score
	var out []candidate
	once := make(map[string]bool)
	for h, hit := range ev.Hits {
		lang := hit.Article.Lang
		q := questions[text.Analyser(lang)]
		if q == nil {
			q = read(lang, question, ev.Asked, rarity)
			questions[text.Analyser(lang)] = q
		}
		trust := 1 - hitWeight
		if strongest > 0 {
			trust += hitWeight * hit.Score / strongest
		}
		for p, paragraph := range hit.Text {
			sentences := ps.read(hit.Article.ID, lang, paragraph)
			held := q.held(sentences)
			when := timing{article: &hit.Article, paragraph: paragraph, sentences: sentences}
			for i, s := range sentences {
				sentence := s.Of(paragraph)
				if s.words < minWords || s.words > maxWords || s.idle || once[sentence] {
					continue
				}
				once[sentence] = true
				worth := trust
				if s.maker {
					worth *= caption
				}
				c := candidate{hit: h, paragraph: p, span: s.Span, words: s.words, terms: s.terms}
				c.relevance = make([]float64, len(q.clauses))
				most := 0.0
				for k := range q.clauses {
					own := q.covered(k, held[i:i+1])
					beside := q.covered(k, held[max(i-1, 0):min(i+2, len(held))])
					if own+beside == 0 {
						continue
					}
					times := ev.Asked[k].Periods
					timely := when.weight(i, times)
					says := worth * (own + besideWeight*beside) / (1 + besideWeight)
					c.relevance[k] = timely * says
					if says > most {
						most, c.elsewhen = says, timely == elsewhen && slices.ContainsFunc(times, binding)
					}
				}
				if c.best(nil) > 0 {
					c.asked = q.portions(held[i])
					c.values = values(want, lang, sentence, q.holds, rarity, now)
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// vote weighs each value by the sentences it stands in: the best of each
// article votes, by the square of its relevance. It returns the largest weight
// with them.
func vote(all []candidate, ev *retrieval.Evidence) (map[string]float64, float64) {
	type ballot struct{ value, article string }
	cast := make(map[ballot]float64)
	votes := make(map[string]float64)
	most := 0.0
	for i := range all {
		c := &all[i]
		rel := c.best(nil)
		for _, v := range c.values {
			b := ballot{v.key, ev.Hits[c.hit].Article.ID}
			if w := v.weight * rel * rel; w > cast[b] {
				votes[v.key] += w - cast[b]
				cast[b] = w
			}
		}
	}
	for _, w := range votes {
		most = max(most, w)
	}
	return votes, most
}

// best returns the candidate's largest relevance to a clause, each multiplied
// by what the clause is still worth; nil stands for all ones.
func (c *candidate) best(worth []float64) float64 {
	out := 0.0
	for i, r := range c.relevance {
		if worth != nil {
			r *= worth[i]
		}
		out = math.Max(out, r)
	}
	return out
}

// answers reports whether hardly a sentence answers some clause better.
func (c *candidate) answers(tops []float64) bool {
	for i, r := range c.relevance {
		if r > 0 && r >= further*tops[i] {
			return true
		}
	}
	return false
}

// asks returns the share of a clause that the candidate holds and that was not
// answered yet.
func (c *candidate) asks(answered map[string]bool) float64 {
	sum := 0.0
	for _, p := range c.asked {
		if !answered[p.term] {
			sum += p.share
		}
	}
	return sum
}

// weigh reads how rare the candidate's terms are, which matters of few.
func (c *candidate) weigh(sentence string, rarity func(string) float64) {
	if c.rarity != nil {
		return
	}
	c.rarity = make([]float64, len(c.terms))
	for i, t := range c.terms {
		c.rarity[i] = rarity(t.Of(sentence))
		c.total += c.rarity[i]
	}
}

// novelty is the share of the candidate's content that was not seen yet.
func (c *candidate) novelty(seen map[string]bool) float64 {
	if c.total == 0 {
		return 0
	}
	old := 0.0
	for i, t := range c.terms {
		if seen[t.Text] {
			old += c.rarity[i]
		}
	}
	return 1 - old/c.total
}

// repeats reports whether c, whose terms are those in own, and d tell the same.
// Sentences with few terms in common are not compared word by word.
func (c *candidate) repeats(own map[string]bool, d *candidate, ev *retrieval.Evidence) bool {
	common := 0
	for _, t := range d.terms {
		if own[t.Text] {
			common++
		}
	}
	if float64(common) < sameStory*float64(min(len(c.terms), len(d.terms))) {
		return false
	}
	if len(c.terms) > len(d.terms) {
		c, d = d, c
	}
	one, other := c.sentence(ev), d.sentence(ev)
	return text.Similar(one, other) >= sameStory && text.SameFigures(one, other)
}

// sentence returns the candidate's words.
func (c *candidate) sentence(ev *retrieval.Evidence) string {
	return c.span.Of(ev.Hits[c.hit].Text[c.paragraph])
}

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

// asks reports whether a sentence is itself a question.
func asks(sentence string) bool {
	s := strings.TrimRight(sentence, "\"'”’»)] ")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？")
}

// credits reports whether a sentence names the maker of a photograph, as a
// caption that was taken for text does.
func credits(sentence string) bool {
	for _, mark := range []string{"Getty Images", "hide caption", "AP Photo", "Photo by", "Photo:", "Photo credit", "Photo Credit", "Image credit", "Image Credit", "via AP", "/AP", "/AFP", "/Reuters", "Illustration:"} {
		if strings.Contains(sentence, mark) {
			return true
		}
	}
	return false
}
