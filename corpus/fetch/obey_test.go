package fetch_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"pilcrow/corpus/fetch"
)

// TestRobots: what a site asks of programs is obeyed, on the way as well.
func TestRobots(t *testing.T) {
	var asked atomic.Int32
	base, c := site(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			io.WriteString(w, "User-agent: *\nDisallow: /\n\nUser-agent: Pilcrow\nDisallow: /private/\n")
		},
		"/":         text("open"),
		"/private/": text("closed"),
		"/way":      redirect("/private/x"),
	})
	if page, err := c.Get(t.Context(), fetch.Request{URL: base + "/story"}); err != nil || string(page.Body) != "open" {
		t.Errorf("story: %v, %v", page, err)
	}
	for _, path := range []string{"/private/x", "/way"} {
		if page, err := c.Get(t.Context(), fetch.Request{URL: base + path}); !errors.Is(err, fetch.ErrRobots) {
			t.Errorf("%s: %v, %v", path, page, err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("robots.txt was fetched %d times", asked.Load())
	}
	for _, tt := range []struct {
		name   string
		robots http.HandlerFunc
		kind   error
	}{
		{"none", status(404), nil},
		{"forbidden", status(403), nil},
		{"empty", text(""), nil},
		{"a web page", text("<html><body>Not found</body></html>"), nil},
		{"broken", status(500), fetch.ErrUnavailable},
		{"a circle", redirect("/robots.txt"), nil},
		{"inside", redirect("http://10.0.0.1/robots.txt"), fetch.ErrForbidden},
		{"a megabyte", text("user-agent: *\ndisallow: /\n" + strings.Repeat("allow: /x\n", 100_000)), fetch.ErrRobots},
	} {
		t.Run(tt.name, func(t *testing.T) {
			base, c := site(t, map[string]http.HandlerFunc{"/robots.txt": tt.robots, "/": text("open")})
			if _, err := c.Get(t.Context(), fetch.Request{URL: base}); !errors.Is(err, tt.kind) {
				t.Errorf("got %v, want %v", err, tt.kind)
			}
		})
	}
}
