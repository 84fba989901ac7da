package text

import "unicode/utf8"

// Span is a half-open range of bytes in the string it was found in. Its ends
// always lie on rune boundaries.
type Span struct{ Start, End int }

// Of returns the part of s that the span covers.
func (p Span) Of(s string) string { return s[p.Start:p.End] }

// Contains reports whether q lies wholly within p.
func (p Span) Contains(q Span) bool { return p.Start <= q.Start && q.End <= p.End }

// Overlaps reports whether p and q share at least one byte.
func (p Span) Overlaps(q Span) bool { return p.Start < q.End && q.Start < p.End }

// Points turns byte offsets into code points, as the machine interface counts
// them. A span that reaches outside s is cut to it; invalid bytes count one
// each.
func Points(s string, span Span) (start, end int) {
	a := min(max(span.Start, 0), len(s))
	b := min(max(span.End, a), len(s))
	start = utf8.RuneCountInString(s[:a])
	return start, start + utf8.RuneCountInString(s[a:b])
}
