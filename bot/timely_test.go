package bot

import "testing"

// TestInTime: what is of another time is not shown beside what is of the time
// asked about, unless it alone says what was asked.
func TestInTime(t *testing.T) {
	for _, tt := range []struct {
		name string
		all  []candidate
		left int // says of the candidates that are left, in tenths, as digits
	}{
		{"both say as much", []candidate{{says: .8}, {says: .8, elsewhen: true}}, 8},
		{"what is of the time says a little less", []candidate{{says: .5}, {says: .9, elsewhen: true}}, 5},
		{"what is of the time says next to nothing", []candidate{{says: .2}, {says: .9, elsewhen: true}, {says: .1}}, 9},
		{"nothing is of another time", []candidate{{says: .2}, {says: .1}}, 21},
		{"nothing is of the time", []candidate{{says: .3, elsewhen: true}}, 3},
	} {
		left := 0
		for _, c := range inTime(tt.all) {
			left = 10*left + int(10*c.says+.5)
		}
		if left != tt.left {
			t.Errorf("%s: %d is left, want %d", tt.name, left, tt.left)
		}
	}
}
