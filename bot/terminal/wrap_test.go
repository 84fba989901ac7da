package terminal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		width    int
		want     []string
	}{
		{"fits", "low tide", 8, []string{"low tide"}},
		{"words", "the tide was out", 8, []string{"the tide", "was out"}},
		{"nothing", "", 8, []string{""}},
		{"runs of space", "  the   tide  ", 20, []string{"the tide"}},
		{"a long word", "abcdefgh ij", 3, []string{"abc", "def", "gh", "ij"}},
		{"held together", "it was out.\u00a0[12]", 12, []string{"it was", "out. [12]"}},
		{"Chinese", "潮水退去。鸟来了", 8, []string{"潮水退", "去。鸟来", "了"}},
		{"colour takes no room", "\x1b[1mtide\x1b[0m out", 8, []string{"\x1b[1mtide\x1b[0m out"}},
		{"a link takes no room", "\x1b]8;;http://a.example\x1b\\tide\x1b]8;;\x1b\\ out", 8,
			[]string{"\x1b]8;;http://a.example\x1b\\tide\x1b]8;;\x1b\\ out"}},
		{"accents above", "e\u0301te\u0301 passe\u0301", 5, []string{"e\u0301te\u0301", "passe\u0301"}},
	} {
		if diff := cmp.Diff(tt.want, wrap(tt.in, tt.width)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// FuzzWrap shows that no line is too long unless it holds one character, and
// that nothing but space is lost.
func FuzzWrap(f *testing.F) {
	f.Add("潮水退去 the tide\u00a0was ́ out", 5)
	f.Fuzz(func(t *testing.T, s string, width int) {
		s, width = Plain(s), min(max(width, 1), 200)
		lines := wrap(s, width)
		for _, l := range lines {
			if head, tail := cut(l, width); columns(l) > width && tail != "" {
				t.Errorf("wrap(%q, %d): line %q is %d wide (%q)", s, width, l, columns(l), head)
			}
		}
		squeeze := func(s string) string {
			return strings.NewReplacer(" ", "", "\u00a0", "").Replace(s)
		}
		if got := squeeze(strings.Join(lines, "")); got != squeeze(s) {
			t.Errorf("wrap(%q, %d) lost something: %q", s, width, lines)
		}
	})
}
