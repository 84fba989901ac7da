package fetch

import (
	"strings"
	"testing"
)

// FuzzRefresh: where a page leads is something that it says, whatever it says.
func FuzzRefresh(f *testing.F) {
	for _, s := range []string{"0; url=/story", "0;URL='x", "5,,,", "0;url=", ".;", "0 url", "\"><meta content='0;/b' http-equiv=refresh"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if to := refreshTarget(s); !strings.Contains(s, to) || strings.TrimSpace(to) != to {
			t.Errorf("%q leads to %q", s, to)
		}
		body := `<!doctype html><meta http-equiv=refresh content="` + s + `"><p>Here.`
		if to := refresh(&Page{Body: []byte(body)}); len(to) > len(body) {
			t.Errorf("%q leads to %q", body, to)
		}
	})
}
