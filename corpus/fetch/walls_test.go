package fetch_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"pilcrow/corpus/fetch"
)

// elsewhere is another site on loopback: a port does not part sites, an address
// does.
func elsewhere(t *testing.T, h http.Handler) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("this machine has one address on loopback only: %v", err)
	}
	srv := &httptest.Server{Listener: l, Config: &http.Server{Handler: h}}
	srv.Start()
	t.Cleanup(srv.Close)
	return srv.URL
}

// TestConsent passes a wall that asks for consent on another site, and comes
// back with a cookie. Each site is told of its own cookies, and the next page is
// asked for as if there had been none.
func TestConsent(t *testing.T) {
	var told []string
	hear := func(site string, r *http.Request) {
		told = append(told, site+r.URL.Path+" "+r.Header.Get("Cookie"))
	}
	var base string
	wall := elsewhere(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		hear("wall", r)
		http.SetCookie(w, &http.Cookie{Name: "visitor", Value: "8"})
		http.Redirect(w, r, base+"/agreed", http.StatusFound)
	}))
	base, c := site(t, map[string]http.HandlerFunc{
		"/story": func(w http.ResponseWriter, r *http.Request) {
			hear("paper", r)
			if agreed, err := r.Cookie("agreed"); err != nil || agreed.Value != "yes to all" {
				http.SetCookie(w, &http.Cookie{Name: "from", Value: "story"})
				http.Redirect(w, r, wall+"/ask", http.StatusFound)
				return
			}
			io.WriteString(w, "<p>The ferry is late.")
		},
		"/agreed": func(w http.ResponseWriter, r *http.Request) {
			hear("paper", r)
			http.SetCookie(w, &http.Cookie{Name: "agreed", Value: "yes to all", Path: "/"})
			http.Redirect(w, r, "/story", http.StatusFound)
		},
	}, func(o *fetch.Options) {
		more, err := fetch.ParseAllow(strings.TrimPrefix(wall, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		o.Allow = append(o.Allow, more...)
	})
	way := `paper/story 
wall/ask 
paper/agreed from=story
paper/story from=story; agreed="yes to all"
`
	for range 2 { // nothing is remembered
		page, err := c.Get(t.Context(), fetch.Request{URL: base + "/story"})
		if err != nil || page.URL != base+"/story" || string(page.Body) != "<p>The ferry is late." {
			t.Errorf("%+v, %v", page, err)
		}
		if got := strings.Join(told, "\n") + "\n"; got != way {
			t.Errorf("the sites were told:\n%swant:\n%s", got, way)
		}
		told = nil
	}
}

// TestCookies: a site that never has enough of them, or sends too much.
func TestCookies(t *testing.T) {
	n, longest := 0, 0
	base, c := site(t, map[string]http.HandlerFunc{
		"/more": func(w http.ResponseWriter, r *http.Request) {
			longest = max(longest, len(r.Header.Get("Cookie")))
			n++
			http.SetCookie(w, &http.Cookie{Name: fmt.Sprint("c", n), Value: strings.Repeat("x", 3000)})
			http.Redirect(w, r, "/more", http.StatusFound)
		},
		"/same": func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "agreed", Value: "no"})
			http.Redirect(w, r, "/same", http.StatusFound)
		},
	})
	for path, want := range map[string]string{"/more": "in a circle", "/same": "in a circle"} {
		if _, err := c.Get(t.Context(), fetch.Request{URL: base + path}); !errors.Is(err, fetch.ErrRedirect) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if longest < 10_000 || longest > 16<<10 {
		t.Errorf("up to %d bytes of cookies are sent", longest)
	}
}

// TestRefresh follows a page that leads its readers elsewhere at once, and no
// other, once, under the same rules as a redirection.
func TestRefresh(t *testing.T) {
	meta := func(content string) string {
		return `<!doctype html><html><head><meta HTTP-EQUIV="Refresh" content="` + content + `"></head><body>Here.`
	}
	base, c := site(t, map[string]http.HandlerFunc{
		"/story": text("The ferry is late."),
		"/cookie": func(w http.ResponseWriter, r *http.Request) {
			if _, err := r.Cookie("agreed"); err == nil {
				io.WriteString(w, "The ferry is late.")
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "agreed", Value: "yes"})
			io.WriteString(w, meta("0"+"; url=/cookie"))
		},
		"/twice": text(meta("0; url=/again")),
		"/again": text(meta("0; url=/story")),
		"/typed": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, meta("0; url=/story"))
		},
		"/noscript": text(`<head><noscript><meta http-equiv="refresh" content="0; url=/story"></noscript></head>Here.`),
		"/comment":  text(`<head><!--[if IE]><meta http-equiv="refresh" content="0; url=/story"><![endif]--></head>Here.`),
		"/body":     text(`<head></head><body>Here. <meta http-equiv="refresh" content="0; url=/story">`),
		"/page": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, meta(r.URL.Query().Get("content")))
		},
	})
	at := func(content string) string {
		return "/page?content=" + strings.NewReplacer(" ", "+", ";", "%3B", "&", "%26").Replace(content)
	}
	for path, want := range map[string]string{
		at("0; url=/story"):                    "ferry",
		at("0;URL='/story'"):                   "ferry",
		at("5, /story"):                        "ferry",
		at("0.5;url = &quot;story"):            "ferry",
		at("1 /story"):                         "ferry",
		at("6; url=/story"):                    "Here.", // read until then
		at("300"):                              "Here.", // looked at again
		at("0"):                                "Here.",
		at("; url=/story"):                     "Here.",
		at("soon; url=/story"):                 "Here.",
		at("99999999999999999999; url=/story"): "Here.",
		"/cookie":                              "ferry",
		"/twice":                               "Here.",
		"/typed":                               "Here.",
		"/noscript":                            "Here.",
		"/comment":                             "Here.",
		"/body":                                "Here.",
	} {
		page, err := c.Get(t.Context(), fetch.Request{URL: base + path})
		if err != nil || !strings.Contains(string(page.Body), want) || page.Moved {
			t.Errorf("%s: %+v, %v; want %q", path, page, err, want)
		}
	}
	for content, want := range map[string]error{
		"0; url=http://169.254.169.254/latest/meta-data/": fetch.ErrForbidden,
		"0; url=file:///etc/passwd":                       fetch.ErrURL,
		"0; url=http://example.com:6379/":                 fetch.ErrForbidden,
		"0; url=/accounts/login":                          fetch.ErrLogin,
	} {
		if page, err := c.Get(t.Context(), fetch.Request{URL: base + at(content)}); !errors.Is(err, want) {
			t.Errorf("%s: %+v, %v; want %v", content, page, err, want)
		}
	}
}
