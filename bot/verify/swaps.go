package verify

// swapped compares who does what to whom in a sentence that is nearly the same:
// where two names, or two figures, have changed places about a word that stayed
// in its own, "Rome beat Pisa" for "Pisa beat Rome". A list may come in any
// order, and so may those of a sentence turned into the passive.
func (p *pairing) swapped(c *claim) []finding {
	moved := p.moved()
	for a, x := range moved {
		for _, y := range moved[a+1:] {
			if x.name != y.name || x.to <= y.to || !p.between(x, y) || p.passive() {
				continue
			}
			return []finding{{Reason: Swapped, about: c.words[x.from].Of(c.text) + " and " + c.words[y.from].Of(c.text)}}
		}
	}
	return nil
}

// move is a name or figure that stands in both sentences, but not in the same
// order among the rest.
type move struct {
	from, to int // in claim, in source
	name     bool
}

// moved returns the words of names and figures without a partner that source
// has elsewhere, each once, in the order of the claim.
func (p *pairing) moved() []move {
	var out []move
	gone := map[int]bool{}
	for i, w := range p.claim {
		if p.to[i] >= 0 || w.stem == "" || w.name < 0 && w.number < 0 {
			continue
		}
		for j, v := range p.source {
			if v.stem == w.stem && !p.taken[j] && !gone[j] {
				gone[j] = true
				out = append(out, move{i, j, w.name >= 0})
				break
			}
		}
	}
	return out
}

// between reports whether a word of content stands between x and y in both
// sentences.
func (p *pairing) between(x, y move) bool {
	for i := x.from + 1; i < y.from; i++ {
		if j := p.to[i]; j > y.to && j < x.to && p.claim[i].stem != "" {
			return true
		}
	}
	return false
}

// passive reports whether one sentence has a "by" that the other has not.
func (p *pairing) passive() bool {
	for i, w := range p.claim {
		if w.fold == "by" && p.to[i] < 0 {
			return true
		}
	}
	for j, w := range p.source {
		if w.fold == "by" && !p.taken[j] {
			return true
		}
	}
	return false
}
