package verify

// pairing lays the words of a claim beside the words of one line of a source,
// in order: the longest common subsequence of the two.
type pairing struct {
	claim, source []word
	to            []int  // for each word of the claim its partner in source, -1 for none
	taken         []bool // which words of source have one
	paired        int
	last          int // the last partner in source
}

// maxClaimWords bounds the table of a pairing: longer sentences are not
// sentences. The other side is bounded by maxLine.
const maxClaimWords = 120

// align pairs claim with source by the longest common subsequence of their
// words; figures pair by value. It returns nil where either side is too long.
// Time and space are len(claim) × len(source).
func align(claim, source []word) *pairing {
	n, m := len(claim), len(source)
	if n == 0 || n > maxClaimWords || m > maxLine {
		return nil
	}
	table := make([]uint16, (n+1)*(m+1)) // common words of claim[i:] and source[j:]
	at := func(i, j int) *uint16 { return &table[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if sameWord(claim[i], source[j]) {
				*at(i, j) = *at(i+1, j+1) + 1
			} else {
				*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			}
		}
	}
	p := &pairing{claim: claim, source: source, to: make([]int, n), taken: make([]bool, m), last: -1}
	for i := range p.to {
		p.to[i] = -1
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case sameWord(claim[i], source[j]) && *at(i, j) == *at(i+1, j+1)+1:
			p.to[i], p.taken[j] = j, true
			p.last = j
			p.paired++
			i++
			j++
		case *at(i+1, j) >= *at(i, j+1):
			i++
		default:
			j++
		}
	}
	return p
}

// sameWord reports whether two words are one, or two forms of one.
func sameWord(a, b word) bool {
	return a.fold == b.fold || a.stem != "" && a.stem == b.stem
}

// gap is a stretch where claim and source part: claim[from:to] stands where
// source[sfrom:sto] does. Either may be empty.
type gap struct {
	from, to   int
	sfrom, sto int
}

// gaps returns the stretches between partners, and before and after them. At
// the ends of the claim, source counts as far as claim does: what a source
// sentence says beyond that is not part of the comparison.
func (p *pairing) gaps() []gap {
	if p.paired == 0 {
		return nil
	}
	var out []gap
	add := func(g gap) {
		if g.from < g.to || g.sfrom < g.sto {
			out = append(out, g)
		}
	}
	last := -1 // the last word of the claim with a partner
	for i, j := range p.to {
		switch {
		case j < 0:
			continue
		case last < 0:
			add(gap{from: 0, to: i, sfrom: max(0, j-i), sto: j})
		default:
			add(gap{from: last + 1, to: i, sfrom: p.to[last] + 1, sto: j})
		}
		last = i
	}
	end := p.last + len(p.claim) - last
	if end+1 >= len(p.source) {
		end = len(p.source) // "… or not": a last word belongs to the sentence
	}
	add(gap{from: last + 1, to: len(p.claim), sfrom: p.last + 1, sto: end})
	return out
}

// close reports whether claim is so much like source, or says so much of it
// among other things, that where they part is where they disagree. Three words
// in five leave room for a name of several words to be another in a short
// sentence; a sentence that is only part of the claim must be a longer one, so
// that "of" and "the" do not make it alike.
func (p *pairing) close() bool {
	return p.paired >= 4 && 5*p.paired >= 3*len(p.claim) || p.paired >= 10 && 3*p.paired >= 2*len(p.source)
}

// same reports whether claim is source but for a word or two.
func (p *pairing) same() bool { return 20*p.paired >= 17*len(p.claim) }
