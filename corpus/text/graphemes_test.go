package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func FuzzGraphemes(f *testing.F) {
	f.Add("潮水 e\u0301 👩‍👩‍👧 \xff")
	f.Fuzz(func(t *testing.T, s string) {
		if got := strings.Join(slices.Collect(Graphemes(s)), ""); got != s {
			t.Errorf("%q became %q", s, got)
		}
	})
}
