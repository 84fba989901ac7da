package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
)

func TestGraphemes(t *testing.T) {
	for s, want := range map[string][]string{
		"":            nil,
		"wall":        {"w", "a", "l", "l"},
		"e\u0301t":    {"e\u0301", "t"},
		"🇩🇪🇫🇷":        {"🇩🇪", "🇫🇷"},
		"👩‍👩‍👧!":      {"👩‍👩‍👧", "!"},
		"हिन्दी":      {"हि", "न्दी"},
		"a\r\nb":      {"a", "\r\n", "b"},
		"각\u11a8x":    {"각\u11a8", "x"},
		"a\xff\xfe b": {"a", "\xff", "\xfe", " ", "b"},
	} {
		if diff := cmp.Diff(want, slices.Collect(Graphemes(s))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", s, diff)
		}
	}
}

// FuzzGraphemes compares with the module, which cuts no less than we do.
func FuzzGraphemes(f *testing.F) {
	f.Add("潮水 e\u0301 👩‍👩‍👧 \xff a\r\nb\r")
	f.Fuzz(func(t *testing.T, s string) {
		got := slices.Collect(Graphemes(s))
		if all := strings.Join(got, ""); all != s {
			t.Errorf("%q became %q", s, all)
		}
		want := map[int]bool{}
		n := 0
		for g := uniseg.NewGraphemes(s); g.Next(); {
			n += len(g.Str())
			want[n] = true
		}
		n = 0
		for _, g := range got {
			if n += len(g); !want[n] {
				t.Errorf("%q is cut after %d bytes", s, n)
			}
		}
	})
}
