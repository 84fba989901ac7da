// Package diff says what a new revision of an article changed in an old one,
// paragraph by paragraph, and word by word within those that changed.
//
// Paragraphs that are equal keep their place where they can (anchors.go); what
// is equal elsewhere has moved. Of the rest, an old paragraph and a new one
// that have most of their words in common are one that changed. All of it is
// pure, total, and near linear in the size of the revisions.
package diff

import (
	"cmp"
	"slices"
)

// Kind says what became of a paragraph.
type Kind string

const (
	Kept    Kind = "kept"
	Changed Kind = "changed" // some words, in its place
	Moved   Kind = "moved"   // to another place; words may have changed as well
	Added   Kind = "added"
	Removed Kind = "removed"
)

// Change is what became of one paragraph.
type Change struct {
	Kind Kind
	Old  int // its number in the old revision, from 1; 0 where it was added
	New  int // its number in the new one, from 1; 0 where it was removed

	// Pieces are its words, where some of them changed: without those that
	// came they are the old paragraph, without those that went the new one.
	// nil otherwise.
	Pieces []Piece
}

// Piece is a stretch of a paragraph.
type Piece struct {
	Op   Op
	Text string
}

// Op says in which of two paragraphs a piece stands.
type Op int

const (
	Both Op = iota
	Gone    // in the old one
	Came    // in the new one
)

// Paragraphs compares two revisions. Each paragraph of either stands in one
// Change; they come in the order of the new revision, what was removed where it
// stood among what was kept.
func Paragraphs(old, new []string) []Change {
	d := &comparison{old: old, new: new, toNew: make([]int, len(old)), toOld: make([]int, len(new))}
	for i := range d.toNew {
		d.toNew[i] = none
	}
	for j := range d.toOld {
		d.toOld[j] = none
	}
	d.anchor(0, len(old), 0, len(new))
	kept := slices.Clone(d.toNew)
	d.matchEqual()
	d.matchSimilar(kept)
	return d.changes(kept)
}

const none = -1

// comparison is a comparison under way.
type comparison struct {
	old, new []string
	toNew    []int // of each old paragraph, its new place, or none
	toOld    []int // and the other way
}

func (d *comparison) match(i, j int) { d.toNew[i], d.toOld[j] = j, i }

// matchEqual pairs equal paragraphs that are left, in order.
func (d *comparison) matchEqual() {
	places := make(map[string][]int)
	for i, p := range d.old {
		if d.toNew[i] == none {
			places[p] = append(places[p], i)
		}
	}
	for j, p := range d.new {
		if list := places[p]; d.toOld[j] == none && len(list) > 0 {
			d.match(list[0], j)
			places[p] = list[1:]
		}
	}
}

// mostPairs bounds how many pairs of paragraphs are compared word by word. Past
// it, revisions have little in common, and only neighbours are.
const mostPairs = 40_000

// similar is the share of common words from which on two paragraphs are one
// that changed.
const similar = .5

// matchSimilar pairs what is left by its words, the most alike first.
func (d *comparison) matchSimilar(kept []int) {
	var olds, news []int
	for i := range d.old {
		if d.toNew[i] == none {
			olds = append(olds, i)
		}
	}
	for j := range d.new {
		if d.toOld[j] == none {
			news = append(news, j)
		}
	}
	reach := len(olds) + len(news)
	if len(olds)*len(news) > mostPairs {
		reach = max(mostPairs/(len(olds)+len(news)), 1)
	}
	type pair struct {
		i, j  int
		share float64
		apart int // how far out of order it is
	}
	from, to := bounds(kept, len(d.new))
	var pairs []pair
	bags := make([]bag, len(news))
	for y, j := range news {
		bags[y] = newBag(d.new[j])
	}
	for x, i := range olds {
		b := newBag(d.old[i])
		first := max(x*len(news)/len(olds)-reach, 0)
		for y := first; y < min(first+2*reach+1, len(news)); y++ {
			j := news[y]
			if s := b.share(bags[y]); s >= similar {
				pairs = append(pairs, pair{i, j, s, max(from[i]-j, j-to[i], 0)})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.apart, b.apart), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	for _, p := range pairs {
		if d.toNew[p.i] == none && d.toOld[p.j] == none {
			d.match(p.i, p.j)
		}
	}
}

// bounds returns, for each old paragraph, the first and the last place in the
// new revision at which it would stand in order with those that kept theirs.
// kept ascends where it is not none.
func bounds(kept []int, end int) (from, to []int) {
	from, to = make([]int, len(kept)), make([]int, len(kept))
	next := 0
	for i, j := range kept {
		from[i] = next
		if j != none {
			next = j + 1
		}
	}
	last := end - 1
	for i := len(kept) - 1; i >= 0; i-- {
		to[i] = last
		if kept[i] != none {
			last = kept[i] - 1
		}
	}
	return from, to
}

// changes lists what was found. kept is what keeps its place so far.
func (d *comparison) changes(kept []int) []Change {
	// Of the pairs found since, those that are in order keep their places too.
	_, to := bounds(kept, len(d.new))
	from := 0
	for i, j := range d.toNew {
		if kept[i] == none && j != none && from <= j && j <= to[i] {
			kept[i] = j
		}
		if kept[i] != none {
			from = kept[i] + 1
		}
	}
	var out []Change
	cells := mostCellsAll
	i := 0
	removed := func(until int) {
		for ; i < until; i++ {
			if d.toNew[i] == none {
				out = append(out, Change{Kind: Removed, Old: i + 1})
			}
		}
	}
	for j := range d.new {
		o := d.toOld[j]
		if o == none {
			out = append(out, Change{Kind: Added, New: j + 1})
			continue
		}
		c := Change{Kind: Kept, Old: o + 1, New: j + 1}
		if d.old[o] != d.new[j] {
			c.Kind, c.Pieces = Changed, words(d.old[o], d.new[j], &cells)
		}
		if kept[o] == none {
			c.Kind = Moved
		} else {
			removed(o)
			i = o + 1
		}
		out = append(out, c)
	}
	removed(len(d.old))
	return out
}
