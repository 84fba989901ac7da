package text

import "slices"

// Similar says how much of the shorter text stands in the longer one: the
// share of its distinct word 3-shingles, folded, that the other has too. 1 is
// a repeat, 0 is nothing in common. Texts of fewer than three words are
// compared whole.
func Similar(a, b string) float64 { return WordingOf(a).Similar(WordingOf(b)) }

// Wording is what is compared of a text, for one that is compared with many.
type Wording struct{ shingles map[[3]string]struct{} }

// WordingOf reads the wording of s.
func WordingOf(s string) Wording { return Wording{shingles(s)} }

// Similar says of two wordings what the function says of their texts.
func (w Wording) Similar(o Wording) float64 {
	x, y := w.shingles, o.shingles
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return 0
	}
	n := 0
	for h := range x {
		if _, ok := y[h]; ok {
			n++
		}
	}
	return float64(n) / float64(len(x))
}

// SameFigures reports whether every figure of a stands in b: told with another
// one, it is another story.
func SameFigures(a, b string) bool {
	there := Numbers(b)
	for _, n := range Numbers(a) {
		if !slices.ContainsFunc(there, func(m Number) bool { return SameNumber(n, m) }) {
			return false
		}
	}
	return true
}

// shingles returns the distinct runs of three folded words.
func shingles(s string) map[[3]string]struct{} {
	var last [3]string
	n := 0
	out := make(map[[3]string]struct{}, len(s)/6)
	for w := range words(s) {
		last = [3]string{last[1], last[2], Fold(w.Of(s))}
		if n++; n >= 3 {
			out[last] = struct{}{}
		}
	}
	if n > 0 && n < 3 {
		out[last] = struct{}{}
	}
	return out
}
