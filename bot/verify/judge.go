package verify

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/corpus/text"
)

// Judgement is what the passages say of a claim.
type Judgement struct {
	Stand   Stand
	Score   float64  // in [0,1]; how well the passages support the claim
	Reasons []string // why not better, as of a Verdict
	Places  []Place  // where they speak of it, best first; none where nothing is found
}

// Stand is how passages stand to a claim.
type Stand string

const (
	Supported    Stand = "supported"    // they say it
	Contradicted Stand = "contradicted" // they say another number, date or name, or the opposite
	Related      Stand = "related"      // they speak of the same
	NotFound     Stand = "not_found"    // they say nothing of it
)

// articles is how many articles are asked about one claim. A third bears out no
// more of the true ones and more of the false (WiCE).
const articles = 2

// Differs reports whether the passages have another number, date or name where
// the claim has one.
func (j Judgement) Differs() bool {
	return j.Stand == Contradicted && slices.ContainsFunc(j.Reasons, func(r string) bool {
		reason, _, _ := strings.Cut(r, ":")
		switch Reason(reason) {
		case NumberDiffers, DateDiffers, NameDiffers:
			return true
		}
		return false
	})
}

// Judge says how the source stands to a claim, one sentence, by the article
// that says most of it. It is stricter than Sentence: each figure, name and
// "not" must be told in the evidence itself, and by one article. A sentence of
// which one clause is contradicted in a detail is contradicted.
func (s *Source) Judge(sentence string) Judgement {
	whole := s.whole(s.one(sentence, nil))
	if whole.Stand == Supported || whole.Stand == Contradicted {
		return whole
	}
	for _, part := range s.clauses(sentence) {
		if j := s.whole(part); j.Differs() {
			j.Score = min(j.Score, whole.Score)
			return j
		}
	}
	return whole
}

// clauses reads each clause of a sentence of several.
func (s *Source) clauses(sentence string) []*claim {
	parts := clauses(sentence)
	if len(parts) < 2 {
		return nil
	}
	out := make([]*claim, len(parts))
	for i, part := range parts {
		out[i] = s.one(part, nil)
	}
	return out
}

// clauses cuts a sentence at its commas, semicolons and "and"s into parts of
// clauseWords words or more.
func clauses(sentence string) []string {
	words := text.Words(sentence)
	if len(words) > maxLine {
		return nil
	}
	var out []string
	from := 0
	for i := 1; i <= len(words); i++ {
		if i < len(words) {
			switch gap := sentence[words[i-1].End:words[i].Start]; {
			case strings.ContainsAny(gap, ",;:"), slices.Contains(conjunctions, text.Fold(words[i].Of(sentence))):
			default:
				continue
			}
		}
		if i-from >= clauseWords {
			out = append(out, sentence[words[from].Start:words[i-1].End])
		}
		from = i
	}
	return out
}

const clauseWords = 4

var conjunctions = []string{"and", "but", "while", "und", "aber", "sowie", "et", "mais", "y", "pero", "e", "ma"}

// whole judges one claim.
func (s *Source) whole(c *claim) Judgement {
	if at, ok := s.verbatim(c); ok && !c.cut {
		return Judgement{Stand: Supported, Score: 1, Places: []Place{at}}
	}
	if c.kind == Question || c.weight == 0 || len(s.lines) == 0 {
		return Judgement{Stand: NotFound, Reasons: []string{string(NoClaim)}}
	}
	score := s.rank(s.rarer(s.terms(c, nameWeight)))
	var best Judgement
	rank := -1
	for i, part := range s.parts(score) {
		own := c
		if part.source.lang != s.lang {
			own = part.source.one(c.text, nil)
		}
		j, twin := part.source.judge(own)
		j.lead(s.place(part.best))
		if r := j.Stand.settles(twin); i == 0 || r > rank {
			best, rank = j, r
		}
	}
	if best.Stand == NotFound {
		best.Places = nil
	}
	return best
}

// settles ranks what one article says of a claim beside what others say: the
// article that has nearly the same sentence knows best, and one that merely
// speaks of the same gives way.
func (s Stand) settles(twin bool) int {
	switch {
	case s == Supported && twin:
		return 3
	case s == Contradicted && twin:
		return 2
	case s == Supported:
		return 1
	}
	return 0
}

// part is what a source has of one article.
type part struct {
	source *Source
	best   int // its line, in the whole source, that says most of the claim
}

// parts returns the articles whose best line says most, best first.
func (s *Source) parts(score []float64) []part {
	best := map[string]int{}
	var groups []string
	for i := range s.lines {
		g := s.pages[s.of[i]].Group
		if k, ok := best[g]; !ok {
			groups = append(groups, g)
			best[g] = i
		} else if score[i] > score[k] {
			best[g] = i
		}
	}
	slices.SortStableFunc(groups, func(a, b string) int { return cmp.Compare(score[best[b]], score[best[a]]) })
	if len(groups) == 1 && len(s.pages) == 1 {
		return []part{{s, best[groups[0]]}}
	}
	var out []part
	for _, g := range groups[:min(articles, len(groups))] {
		var pages []*page
		for _, p := range s.pages {
			if p.Group == g {
				pages = append(pages, p)
			}
		}
		out = append(out, part{newSource(pages, true), best[g]})
	}
	return out
}

// judge says how a source of one article stands to c, and whether it says
// nearly the same in the same words.
func (s *Source) judge(c *claim) (_ Judgement, twin bool) {
	e := s.gather(c)
	r := s.cover(c)
	j := Judgement{Score: (r.window+r.all+e.share)/3 - shade, Places: e.places()}
	barred, differs := false, false
	seen := map[Reason]bool{}
	for _, check := range checks {
		for _, f := range check(e, c) {
			w := risks[f.Reason]
			if w.claim == 0 {
				continue
			}
			if !seen[f.Reason] {
				seen[f.Reason] = true
				j.Score -= w.claim
			}
			barred = barred || w.bars
			differs = differs || f.contradicts()
			j.Reasons = append(j.Reasons, f.String())
		}
	}
	if differs && len(e.twins) > 0 {
		j.Score = min(j.Score, beaten)
	}
	j.Score = max(0, j.Score)
	switch {
	case len(e.twins) > 0 && j.Score >= passing && !barred,
		j.Score >= passing && !barred && c.weight >= slight && r.window >= together:
		j.Stand = Supported
	case differs && r.window >= spoken:
		j.Stand = Contradicted
	case e.share >= touched:
		j.Stand = Related
	default:
		j.Stand = NotFound
	}
	return j, len(e.twins) > 0
}

// In other words, a claim must be found in one place at least by so much, and
// be enough to be found: "That's the whole thing" is not.
const together, slight = .4, 3

// shade is taken off the mean of the three shares, so that a claim and a sentence
// of an answer count as supported from one score on: accuracy over claims is
// best there (WiCE).
const shade = .15

// beaten is the most that a claim can score whose twin says otherwise.
const beaten = .25

// spoken is the share of a claim's words that an article must have together to
// contradict it, touched that which it must have to speak of the same at all.
const spoken, touched = .5, .2

// lead puts the place that says most of the claim first.
func (j *Judgement) lead(at Place) {
	j.Places = slices.DeleteFunc(j.Places, func(p Place) bool { return p == at })
	j.Places = slices.Insert(j.Places, 0, at)
}

// contradicts reports whether f says that the source has something else, not
// merely nothing.
func (f finding) contradicts() bool {
	switch f.Reason {
	case NumberDiffers, NumberSwapped, RankDiffers, DateDiffers, NameDiffers, NameSwapped, Swapped, Negated, Opposite:
		return true
	}
	return false
}

// verbatim returns where the source says the claim word for word. Of a claim of
// few words, that is where it is a whole sentence.
func (s *Source) verbatim(c *claim) (Place, bool) {
	if len(c.words) == 0 {
		return Place{}, false
	}
	words := make([]string, len(c.words))
	for i, w := range c.words {
		words[i] = w.fold
	}
	for _, p := range s.pages {
		span, ok := p.find(words)
		ok = ok && p.counts(span, c.numbers) // "£5", "5%" and "5" are one word
		if ok && (len(words) >= 4 || slices.ContainsFunc(p.lines, func(l line) bool { return l.Span == span })) {
			return Place{p.ID, span}, true
		}
	}
	return Place{}, false
}

// counts reports whether the figures in span are numbers, units and all.
func (p *page) counts(span text.Span, numbers []number) bool {
	for _, l := range p.lines {
		for _, n := range l.numbers {
			if !span.Contains(n.Span) {
				continue
			}
			if len(numbers) == 0 || !text.SameNumber(n.exact(), numbers[0].exact()) {
				return false
			}
			numbers = numbers[1:]
		}
	}
	return len(numbers) == 0
}

// place returns where line i stands.
func (s *Source) place(i int) Place { return Place{s.pages[s.of[i]].ID, s.lines[i].Span} }
