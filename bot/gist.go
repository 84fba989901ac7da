package bot

import (
	"math"
	"slices"

	"pilcrow/corpus/text"
)

// The weights of a summary in the articles' own words: what an article says
// again and again is what it is about (Nenkova and Vanderwende, "The impact of
// frequency on summarization", 2005); news puts it first; the title tells it.
const (
	leadWeight  = .35 // of standing in the first paragraphs
	titleWeight = .5  // of sharing words with the title
	topicWeight = 2.0 // of sharing words with the topic
	gistWords   = 8   // a sentence below this is a heading or a remark
	gistLongest = 60
	digestFades = .5  // what each sentence of an article leaves of the next one's weight, in a digest
	leadFades   = 8.0 // paragraphs after which the lead's weight is e times smaller
)

// tie is how many times better a sentence must be than one before it to be
// taken first. Sums over maps differ in their last bits from run to run; an
// answer must not.
const tie = 1 + 1e-9

// gist summarises m in its own sentences: the n that tell most of what the
// whole tells, each adding to those before, in the order of the text.
func (b *Bot) gist(brief Brief, m *material, n int, yield func(Event, error) bool) {
	type sentence struct {
		page  int
		span  text.Span
		terms map[string]float64
		score float64
		words int
	}
	common := make(map[string]float64) // how many sentences hold a term
	var all []sentence
	collect := func(least, most int) {
		for i, p := range m.pages {
			for _, s := range text.Sentences(p.text) {
				said := s.Of(p.text)
				words := len(text.Words(said))
				if words < least || words > most || asks(said) || credits(said) || text.Orders(said) {
					continue
				}
				terms := ones(p.article.Lang, said)
				for t := range terms {
					common[t]++
				}
				all = append(all, sentence{page: i, span: s, terms: terms, words: words})
			}
		}
	}
	if collect(gistWords, gistLongest); len(all) == 0 { // a note, a list, a single endless sentence
		collect(1, math.MaxInt)
	}
	most := 0.0
	for _, c := range common {
		most = max(most, c)
	}
	told := make(map[string]float64) // how far a term was told: it counts less each time
	topics := make(map[string]map[string]float64)
	titles := make(map[string]map[string]float64)
	for i := range all {
		s := &all[i]
		p := &m.pages[s.page]
		lang := text.Analyser(p.article.Lang)
		if topics[lang] == nil {
			topics[lang] = ones(p.article.Lang, brief.Topic)
		}
		if titles[p.article.ID] == nil {
			titles[p.article.ID] = ones(p.article.Lang, p.article.Title)
		}
		s.score = 1 + leadWeight*math.Exp(-float64(p.paragraph-1)/leadFades) +
			titleWeight*overlap(titles[p.article.ID], s.terms) + topicWeight*overlap(topics[lang], s.terms)
	}
	echoes := make([][]echo, len(all)) // of each sentence, in other articles
	if brief.Topic != "" {
		sets := make([]map[string]float64, len(all))
		for i := range all {
			sets[i] = all[i].terms
		}
		for i := range all {
			echoes[i] = m.echoes(i, sets, func(k int) int { return all[k].page })
			all[i].score *= 1 + echoWeight*math.Log1p(float64(len(echoes[i])))
		}
	}
	var picked []int
	digest := brief.Article == "" && brief.Topic == ""
	from := make(map[string]float64) // how many were picked from an article
	for len(picked) < n {
		next, best := -1, 0.0
		for i, s := range all {
			if slices.Contains(picked, i) {
				continue
			}
			gain := 0.0
			for t := range s.terms {
				gain += math.Sqrt(common[t]/most) * math.Pow(.4, told[t])
			}
			gain *= s.score / math.Sqrt(float64(s.words))
			if digest {
				gain *= math.Pow(digestFades, from[m.pages[s.page].article.ID])
			}
			if gain > best*tie {
				next, best = i, gain
			}
		}
		if next < 0 {
			break
		}
		picked = append(picked, next)
		from[m.pages[all[next].page].article.ID]++
		for t := range all[next].terms {
			told[t]++
		}
	}
	if len(picked) == 0 {
		if yield(Refused{Reason: NoEvidence}, nil) {
			yield(Done{Mode: Extractive}, nil)
		}
		return
	}
	slices.Sort(picked)
	var cited numbering
	for _, i := range picked {
		c := cited.number(m.cite(all[i].page+1, all[i].span))
		said := Sentence{Text: c.Quote(), Citations: []Citation{c}}
		for _, e := range echoes[i] {
			if other := m.cite(all[e.at].page+1, all[e.at].span); len(said.Citations) <= echoesCited && m.bears(other, c.Quote()) {
				said.Citations = append(said.Citations, cited.number(other))
			}
		}
		if !yield(said, nil) {
			return
		}
	}
	yield(Done{Mode: Extractive}, nil)
}

// ones returns the content terms of s, each counting 1.
func ones(lang, s string) map[string]float64 {
	out := make(map[string]float64)
	for _, t := range text.Terms(lang, s) {
		out[t.Text] = 1
	}
	return out
}

// overlap is the share of a's terms that b has.
func overlap(a, b map[string]float64) float64 {
	if len(a) == 0 {
		return 0
	}
	n := 0
	for t := range a {
		if _, ok := b[t]; ok {
			n++
		}
	}
	return float64(n) / float64(len(a))
}
