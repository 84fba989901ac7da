package markup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		content, said string
		links         []string
	}{
		{"Work begins on **1 June**.", "Work begins on 1 June.", nil},
		{"> the *mayor* said\n# so\n- it ~~is~~ ||was||", "the mayor said\nso\nit is was", nil},
		{"<@80351110224678912> see <#103735883630395392> <:blob:1> at <t:1618953630:R>", "see at", nil},
		{"look https://courier.example/a_b_c, and (https://lantern.example/x).", "look , and ( ).",
			[]string{"https://courier.example/a_b_c", "https://lantern.example/x"}},
		{"<https://courier.example/quiet>", "", []string{"https://courier.example/quiet"}},
		{"[the Courier](https://courier.example/a) and [again](<https://courier.example/a>)", "the Courier and again", []string{"https://courier.example/a"}},
		{"https://en.example/wiki/Wall_(sea)", "", []string{"https://en.example/wiki/Wall_(sea)"}},
		{"a_snake_case and 2*3*4", "a_snake_case and 2*3*4", nil},
		{"Work begins.\u00a0[[1]](<https://courier.example/a>)[[2]](<https://courier.example/b>)", "Work begins.", []string{"https://courier.example/a", "https://courier.example/b"}},
		{"```\ncode\n```", "code", nil},
		{"\\*not bold\\*", "*not bold*", nil},
		{"ftp://old.example javascript:alert(1)", "ftp://old.example javascript:alert(1)", nil},
		{"\u202eabc\u200b", "abc", nil},
		{"", "", nil},
	} {
		said, links := Read(c.content)
		if said != c.said {
			t.Errorf("%q says %q, want %q", c.content, said, c.said)
		}
		if diff := cmp.Diff(c.links, links); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.content, diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	for s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		said, links := Read(s)
		if len(said) > 4*len(s) {
			t.Errorf("%q says %q", s, said)
		}
		for _, l := range links {
			if low := strings.ToLower(l); !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
				t.Errorf("%q leads to %q", s, l)
			}
		}
	})
}
