package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	tests := []struct{ s, want string }{
		{"Don't stop, it's 3.5% of 1,000!", "Don't|stop|it's|3.5%|of|1,000"},
		{"The U.S. and the E.U., at 9 a.m.", "The|U.S.|and|the|E.U.|at|9|a.m."},
		{"state-of-the-art e-mail (J. K. B.)", "state|of|the|art|e|mail|J|K|B"},
		{"the boys’ rock ’n’ roll", "the|boys|rock|n|roll"},
		{"example.com costs $5.", "example|com|costs|5"},
		{"北京 2008年", "北|京|2008|年"},
		{"カタカナ ひら 한글", "カ|タ|カ|ナ|ひ|ら|한|글"},
		{"हिन्दी में", "हिन्दी|में"},
		{"Привет, мир", "Привет|мир"},
		{"می\u200cخواهم", "می|خواهم"},
		{"ที่นี่", "ที่|นี่"},
		{"a\xffb", "a|b"},
		{"… — “”", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, w := range Words(tt.s) {
			got = append(got, w.Of(tt.s))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("Words(%q) -want +got\n%s", tt.s, diff)
		}
	}
}
