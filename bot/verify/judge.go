package verify

// Judgement is what the passages say of a claim.
type Judgement struct {
	Stand   Stand
	Score   float64  // in [0,1]; how well the passages support the claim
	Reasons []string // why not better, as of a Verdict
	Places  []Place  // where they speak of it, best first
}

// Stand is how passages stand to a claim.
type Stand string

const (
	Supported    Stand = "supported"    // they say it
	Contradicted Stand = "contradicted" // they say another number, date or name, or the opposite
	Related      Stand = "related"      // they speak of the same
	NotFound     Stand = "not_found"    // they say nothing of it
)

// Judge says how the source stands to claim, one sentence. Stricter than
// Sentence: each figure, name and "not" must be told in the evidence itself.
func (s *Source) Judge(sentence string) Judgement {
	c := s.one(sentence, nil)
	if at, ok := s.says(c); ok {
		return Judgement{Stand: Supported, Score: 1, Places: []Place{at}}
	}
	if c.kind == Question || c.weight == 0 || len(s.lines) == 0 {
		return Judgement{Stand: NotFound, Reasons: []string{string(NoClaim)}}
	}
	e := s.gather(c)
	r := s.cover(c)
	j := Judgement{Score: (r.window + e.weight + e.all) / 3, Places: e.places()}
	against := 0.0
	differs := false
	for _, check := range checks {
		for _, f := range check(e, c) {
			if risk := risks[f.Reason].claim; risk > 0 {
				against = max(against, risk)
				j.Reasons = append(j.Reasons, f.String())
				differs = differs || f.contradicts()
			}
		}
	}
	j.Score *= 1 - against
	switch {
	case j.Score >= passing:
		j.Stand = Supported
	case differs && r.window >= passing:
		j.Stand = Contradicted
	case e.weight >= passing:
		j.Stand = Related
	default:
		j.Stand = NotFound
	}
	return j
}

// contradicts reports whether f says that the source has something else, not
// merely nothing.
func (f finding) contradicts() bool {
	switch f.Reason {
	case NumberDiffers, NumberSwapped, RankDiffers, DateDiffers, NameDiffers, NameSwapped, Negated, Opposite:
		return true
	}
	return false
}

// says returns where the source says the claim word for word.
func (s *Source) says(c *claim) (Place, bool) {
	if len(c.words) < 4 {
		return Place{}, false
	}
	words := make([]string, len(c.words))
	for i, w := range c.words {
		words[i] = w.fold
	}
	for _, p := range s.pages {
		if span, ok := p.find(words); ok {
			return Place{p.ID, span}, true
		}
	}
	return Place{}, false
}
