package text

import (
	"testing"
	"unicode/utf8"
)

// checkSpan fails unless p is a non-empty part of s between rune boundaries.
func checkSpan(t *testing.T, s string, p Span) {
	t.Helper()
	if p.Start < 0 || p.Start >= p.End || p.End > len(s) {
		t.Fatalf("%v is no part of %q", p, s)
	}
	for _, i := range []int{p.Start, p.End} {
		if i < len(s) && !utf8.RuneStart(s[i]) && utf8.ValidString(s) {
			t.Fatalf("%v cuts a rune of %q", p, s)
		}
	}
}

func TestPoints(t *testing.T) {
	tests := []struct {
		s          string
		span       Span
		start, end int
	}{
		{"plain", Span{1, 3}, 1, 3},
		{"é中𝄞x", Span{2, 5}, 1, 2},
		{"é中𝄞x", Span{5, 10}, 2, 4},
		{"a\xff\xfeb", Span{1, 3}, 1, 3},
		{"ab", Span{-1, 9}, 0, 2},
		{"ab", Span{2, 1}, 2, 2},
		{"", Span{0, 0}, 0, 0},
	}
	for _, tt := range tests {
		if a, b := Points(tt.s, tt.span); a != tt.start || b != tt.end {
			t.Errorf("Points(%q, %v) = %d, %d, want %d, %d", tt.s, tt.span, a, b, tt.start, tt.end)
		}
	}
}
