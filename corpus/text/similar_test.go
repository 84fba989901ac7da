package text

import "testing"

func TestSimilar(t *testing.T) {
	tests := []struct {
		a, b     string
		min, max float64
	}{
		{"The bridge fell on Monday.", "the bridge fell on MONDAY", 1, 1},
		{"The bridge fell on Monday.", "Officials said the bridge fell on Monday morning.", 1, 1},
		{"The old bridge fell on Monday night.", "The old bridge fell on Tuesday night.", .3, .7},
		{"The bridge fell on Monday.", "Nobody was hurt in the harbour.", 0, 0},
		{"Yes, indeed", "yes indeed", 1, 1},
		{"Yes, indeed", "no", 0, 0},
		{"", "", 0, 0},
	}
	for _, tt := range tests {
		got, back := Similar(tt.a, tt.b), Similar(tt.b, tt.a)
		if got < tt.min || got > tt.max || got != back {
			t.Errorf("Similar(%q, %q) = %v and %v, want %v to %v", tt.a, tt.b, got, back, tt.min, tt.max)
		}
	}
}
