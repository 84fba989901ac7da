package diff

import "sort"

// anchor pairs equal paragraphs of old[a:b] and new[c:e] that keep their
// order: those at both ends, then those that stand once on either side (the
// patience of Bram Cohen's diff), and the same again between them.
func (d *comparison) anchor(a, b, c, e int) {
	for a < b && c < e && d.old[a] == d.new[c] {
		d.match(a, c)
		a, c = a+1, c+1
	}
	for a < b && c < e && d.old[b-1] == d.new[e-1] {
		b, e = b-1, e-1
		d.match(b, e)
	}
	if a == b || c == e {
		return
	}
	for _, p := range d.unique(a, b, c, e) {
		if p.old < a || p.new < c {
			continue // a neighbour took it
		}
		d.anchor(a, p.old, c, p.new)
		d.match(p.old, p.new)
		a, c = p.old+1, p.new+1
		for a < b && c < e && d.old[a] == d.new[c] {
			d.match(a, c)
			a, c = a+1, c+1
		}
		if a == b || c == e {
			return
		}
	}
}

type place struct{ old, new int }

// unique returns paragraphs that stand once in old[a:b] and once in new[c:e],
// as many as keep their order.
func (d *comparison) unique(a, b, c, e int) []place {
	seen := make(map[string]*[2]place) // how often and where
	for i, p := range d.old[a:b] {
		if seen[p] == nil {
			seen[p] = new([2]place)
		}
		seen[p][0].old++
		seen[p][1].old = a + i
	}
	for j, p := range d.new[c:e] {
		if s := seen[p]; s != nil {
			s[0].new++
			s[1].new = c + j
		}
	}
	var both []place
	for i, p := range d.old[a:b] {
		if s := seen[p]; s[0] == (place{1, 1}) {
			both = append(both, place{a + i, s[1].new})
		}
	}
	return ascending(both)
}

// ascending returns a longest part of list in which the new places ascend as
// the old ones do.
func ascending(list []place) []place {
	var ends []int                   // of the best run of each length, its last element
	before := make([]int, len(list)) // the element before each in its run
	for x, p := range list {
		n := sort.Search(len(ends), func(k int) bool { return list[ends[k]].new > p.new })
		before[x] = none
		if n > 0 {
			before[x] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, x)
		} else {
			ends[n] = x
		}
	}
	out := make([]place, len(ends))
	if len(ends) > 0 {
		for n, x := len(ends)-1, ends[len(ends)-1]; n >= 0; n, x = n-1, before[x] {
			out[n] = list[x]
		}
	}
	return out
}
