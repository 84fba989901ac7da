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

func TestSameFigures(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"Eleven weeks and £2m.", "It takes 11 weeks, four men and 2 million pounds.", true},
		{"It takes 11 weeks, four men and 2 million pounds.", "Eleven weeks and £2m.", false},
		{"Eleven weeks.", "Nine weeks.", false},
		{"The sea wall will cost £6.4 million.", "With the pumps, the sea wall will cost £7.1 million.", false},
		{"The sea wall will cost £6.4 million.", "The sea wall will cost 6,400,000 pounds, the council said.", true},
		{"The vote was eleven to four.", "The vote on Tuesday was 11 to 4.", true},
		{"Nobody was hurt.", "Nobody was hurt, said all three of them.", true},
		{"Some weeks.", "Nine weeks.", true},
	}
	for _, tt := range tests {
		if got := SameFigures(tt.a, tt.b); got != tt.want {
			t.Errorf("SameFigures(%q, %q) = %t, want %t", tt.a, tt.b, got, tt.want)
		}
	}
}
