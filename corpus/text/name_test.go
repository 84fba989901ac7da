package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNames(t *testing.T) {
	cases(t, "names.txtar", func(t *testing.T, in string, want []string) {
		_, section, _ := strings.Cut(t.Name(), "/")
		lang, _, _ := strings.Cut(section, "_")
		var got []string
		for _, n := range Names(lang, in) {
			line := n.Of(in)
			if n.Full != n.Span {
				line += " | " + n.Full.Of(in)
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n-want +got\n%s", in, diff)
		}
	})
}

func TestSameName(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"Ana Keller", "KELLER", true},
		{"Ana Keller", "Mrs. Keller", true},
		{"Ana Keller", "A. Keller", true},
		{"Ana M. Keller", "Ana Keller", true},
		{"Ana Keller", "Ian Keller", false},
		{"Ana Keller", "Ana", false},
		{"World Health Organization", "WHO", true},
		{"World Health Organization", "W.H.O.", true},
		{"Bank of Norland", "BoN", true},
		{"Bank of Norland", "Norland", true},
		{"Bank of Norland", "Bank", false},
		{"Norwind Motors Inc.", "Norwind Motors", true},
		{"France", "French", true},
		{"U.S.", "United States", true},
		{"the US", "American", true},
		{"US", "UK", false},
		{"Zoë’s", "Zoe", true},
		{"Al-Hadi", "al Hadi", true},
		{"Norwind", "Norland", false},
		{"", "Norland", false},
	}
	for _, tt := range tests {
		if SameName(tt.a, tt.b) != tt.want || SameName(tt.b, tt.a) != tt.want {
			t.Errorf("SameName(%q, %q) = %v", tt.a, tt.b, !tt.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("en", "The U.S. Bank of Norland met Gen. J. K. al-Hadi's d'Orsay — “Nobody” van der F-16. I II")
	f.Fuzz(func(t *testing.T, lang, s string) {
		end := 0
		all := Names(lang, s)
		for i, n := range all {
			checkSpan(t, s, n.Span)
			checkSpan(t, s, n.Full)
			if n.Full.Start < end || !n.Full.Contains(n.Span) {
				t.Fatalf("%+v is out of place in %q", n, s)
			}
			end = n.Full.End
			if i > 0 && i < 20 {
				SameName(all[i-1].Of(s), n.Of(s))
			}
		}
	})
}
