package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuotes(t *testing.T) {
	tests := []struct {
		s    string
		want []string
	}{
		{`He said "we will not go" and left.`, []string{"we will not go"}},
		{`“We won’t go,” he said. “Not now, not ever.”`, []string{"We won’t go,", "Not now, not ever."}},
		{`‘We won’t go,’ he said.`, []string{"We won’t go,"}},
		{`the so-called "big bang" and "one two"`, nil},
		{`„Wir gehen nicht“ und «nous ne partons pas» und »wir gehen nicht«`, []string{"Wir gehen nicht", "nous ne partons pas", "wir gehen nicht"}},
		{`彼は「もう行かない」と言った`, []string{"もう行かない"}},
		{`a 5" pipe, a 6" pipe and no quotation here at all`, nil},
		{`"never closed and so no quotation`, nil},
		{`“opened twice “and then closed once”`, []string{"and then closed once"}},
		{"", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, q := range Quotes(tt.s) {
			got = append(got, q.Of(tt.s))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Quotes(%q) -want +got\n%s", tt.s, diff)
		}
	}
}

func FuzzQuotes(f *testing.F) {
	f.Add("“a b c” \"d e f\" ‘g h’ i’ „j\xff “ «»")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, q := range Quotes(s) {
			checkSpan(t, s, q)
			if q.Start < end {
				t.Fatalf("%v overlaps the one before in %q", q, s)
			}
			end = q.End
		}
	})
}
