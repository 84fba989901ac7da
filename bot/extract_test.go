package bot

import "testing"

// TestSameFigures shows which near-repeats may be shown once.
func TestSameFigures(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"The sea wall will cost £6.4 million.", "With the pumps, the sea wall will cost £7.1 million.", false},
		{"The sea wall will cost £6.4 million.", "The sea wall will cost 6,400,000 pounds, the council said.", true},
		{"The vote was eleven to four.", "The vote on Tuesday was 11 to 4.", true},
		{"Nobody was hurt.", "Nobody was hurt, said all three of them.", true},
	} {
		if got := sameFigures(tt.a, tt.b); got != tt.want {
			t.Errorf("sameFigures(%q, %q) = %t", tt.a, tt.b, got)
		}
	}
}
