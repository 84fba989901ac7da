// Package story tells whether two articles are one text that was published
// twice: a report of an agency in five outlets, each with a headline and some
// cuts of its own, or one page at two addresses.
//
// A text is read as the set of its pairs of neighbouring content words within
// a paragraph. So paragraphs may be moved or cut, and each word that is changed
// costs two pairs and no more. Two sets are compared by how much of the smaller
// one stands in the larger one; which sets are worth comparing is told by a
// sketch, the smallest of their hashes, of which two texts have about as large
// a share in common as of their pairs (Broder, "On the resemblance and
// containment of documents", 1997).
//
// Everything here is pure, and the hashes are the same everywhere.
package story

import (
	"slices"

	"pilcrow/corpus/text"
)

// Version changes where sketches or the rules of Same do.
const Version = 1

const (
	// SketchSize is how many hashes a sketch has at most.
	SketchSize = 48
	// Candidate is how many hashes two sketches have in common at least where
	// the texts are worth comparing. Of texts with 22 % of their pairs in
	// common, which is what changing, moving and cutting three tenths leaves,
	// 1 in 1,000 are missed; of unrelated ones, with .2 %, 1 in 5,000 are
	// compared.
	Candidate = 3
	// fewest is how many pairs a text has at least: what is shorter is a
	// caption or a notice, which others share by chance.
	fewest = 20
)

// Text is an article as it is compared.
type Text struct {
	pairs []uint64 // hashes, sorted, each once
}

// Read returns a text in lang as it is compared.
func Read(lang string, paragraphs []string) Text {
	var pairs []uint64
	for _, p := range paragraphs {
		before := uint64(0)
		for i, t := range text.Terms(lang, p) {
			h := hash(t.Text)
			if i > 0 {
				pairs = append(pairs, mix(before*31+h))
			}
			before = h
		}
	}
	slices.Sort(pairs)
	return Text{slices.Compact(pairs)}
}

// Sketch returns the smallest hashes of the text; none where it is too short
// to be compared.
func (t Text) Sketch() []uint64 {
	if len(t.pairs) < fewest {
		return nil
	}
	return t.pairs[:min(len(t.pairs), SketchSize)]
}

// Share returns how much of the shorter text stands in the other, from 0 to 1;
// 0 where one is too short to be compared.
func Share(a, b Text) float64 {
	if len(a.pairs) > len(b.pairs) {
		a, b = b, a
	}
	if len(a.pairs) < fewest {
		return 0
	}
	n := 0
	i := 0
	for _, h := range a.pairs {
		for i < len(b.pairs) && b.pairs[i] < h {
			i++
		}
		if i < len(b.pairs) && b.pairs[i] == h {
			n++
		}
	}
	return float64(n) / float64(len(a.pairs))
}

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix spreads what differs in h over all of its bits: the finaliser of
// MurmurHash3.
func mix(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
