package text

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNumbers(t *testing.T) {
	cases(t, "numbers.txtar", func(t *testing.T, in string, want []string) {
		var got []string
		for _, n := range Numbers(in) {
			got = append(got, strings.TrimRight(fmt.Sprintf("%s = %v %v", n.Of(in), math.Round(n.Value*1000)/1000, n.Kind)+strings.TrimRight(" "+n.Unit, " ")+" "+n.Bound.String(), " "))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n-want +got\n%s", in, diff)
		}
	})
}

func TestSameNumber(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"1,000", "one thousand", true},
		{"1000", "1 000", true},
		{"$1.2bn", "1.2 billion dollars", true},
		{"$1.2bn", "€1.2bn", false},
		{"$1.2bn", "$1,234,567,890", true},
		{"$1.2bn", "$1.3bn", false},
		{"5%", "five percent", true},
		{"5%", "5 percentage points", false},
		{"5%", "5", false},
		{"4.6%", "5%", true},
		{"0.6%", "1%", false},
		{"35", "36", false},
		{"300 million", "298.4 million", false},
		{"nearly 300 million", "298.4 million", true},
		{"more than 300", "350", true},
		{"more than 300", "250", false},
		{"10 km", "10 mi", false},
		{"10 miles", "16 km", true},
		{"68 °F", "20 °C", true},
		{"two weeks", "14 days", true},
		{"18 months", "a dozen", false},
		{"6 feet", "1.8 metres", true},
		{"third", "3rd", true},
		{"third", "3", false},
		{"9 p.m.", "21:00", true},
		{"9 p.m.", "9:00", true},
		{"9 p.m.", "9 a.m.", false},
		{"in 2023", "2023 birds", true},
		{"two-thirds", "67%", true},
		{"half a million", "500,000", true},
		{"5 pounds", "£5", true},
		{"5 pounds", "$5", false},
	}
	for _, tt := range tests {
		a, b := Numbers(tt.a), Numbers(tt.b)
		if len(a) != 1 || len(b) != 1 {
			t.Errorf("%q has %d numbers, %q %d", tt.a, len(a), tt.b, len(b))
			continue
		}
		for range 2 {
			if got := SameNumber(a[0], b[0]); got != tt.want {
				t.Errorf("SameNumber(%q, %q) = %v", tt.a, tt.b, got)
			}
			a, b = b, a
		}
	}
}

func TestUnitTable(t *testing.T) {
	for name, u := range units() {
		if u.name == "" || u.dimension == "" || u.factor <= 0 {
			t.Errorf("unit %q is %+v", name, u)
		}
		if units()[u.name] != u {
			t.Errorf("unit %q does not resolve to itself", u.name)
		}
	}
}

func FuzzNumbers(f *testing.F) {
	f.Add("-$1.2bn, 5 to 10 % of 3½ km/h 9:00 p.m. two-thirds 1.2.3 $ 5°")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		all := Numbers(s)
		for i, n := range all {
			checkSpan(t, s, n.Span)
			if n.Start < end {
				t.Fatalf("%+v overlaps the one before in %q", n, s)
			}
			if n.Value != n.Value || n.Step <= 0 && n.Kind != Label {
				t.Fatalf("%+v in %q", n, s)
			}
			end = n.End
			if i > 0 && i < 20 {
				SameNumber(all[i-1], n)
			}
		}
	})
}
