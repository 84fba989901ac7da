package bot

import (
	"math"
	"slices"
	"time"

	"pilcrow/corpus/text"
	"pilcrow/retrieval"
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
	says      float64 // the largest relevance, were it not for the time
	elsewhen  bool    // it is of another time than the short one asked about

	terms  []text.Term // its content terms, each once
	rarity []float64   // of each of them; nil until weigh reads it
	total  float64     // of rarity
}

// portion is a term of the question and what share of a clause it is.
type portion struct {
	term  string
	share float64
}

// candidates returns the sentences of the evidence, each once.
func (ps *paragraphs) candidates(question string, want []wanted, ev *retrieval.Evidence, rarity func(string) float64, now time.Time) []candidate {
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
				for k := range q.clauses {
					own := q.covered(k, held[i:i+1])
					own = (own + pairWeight*q.paired(k, s.terms)) / (1 + pairWeight)
					beside := q.covered(k, held[max(i-1, 0):min(i+2, len(held))])
					if own+beside == 0 {
						continue
					}
					times := ev.Asked[k].Periods
					timely := when.weight(i, times)
					says := worth * (own + besideWeight*beside) / (1 + besideWeight)
					c.relevance[k] = timely * says
					if says > c.says {
						c.says, c.elsewhen = says, timely == elsewhen && slices.ContainsFunc(times, binding)
					}
				}
				if c.best(nil) > 0 {
					c.asked = q.portions(held[i])
					for k, kind := range want {
						if !slices.Contains(want[:k], kind) {
							c.values = append(c.values, values(kind, lang, sentence, q.holds, rarity, now)...)
						}
					}
					for i := range c.values {
						v := &c.values[i]
						v.firm *= 1 - nearWeight + nearWeight/(1+float64(q.distance(v.Span, s.terms))/nearBytes)
					}
				}
				out = append(out, c)
			}
		}
	}
	return out
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
