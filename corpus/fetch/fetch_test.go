package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pilcrow/corpus/fetch"
)

// site is a server on loopback and a client that may reach it.
func site(t *testing.T, pages map[string]http.HandlerFunc, change ...func(*fetch.Options)) (string, *fetch.Client) {
	t.Helper()
	mux := http.NewServeMux()
	for path, h := range pages {
		mux.HandleFunc(path, h)
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv.URL, client(t, srv.URL, change...)
}

func client(t *testing.T, server string, change ...func(*fetch.Options)) *fetch.Client {
	t.Helper()
	allow, err := fetch.ParseAllow(strings.TrimPrefix(server, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	o := fetch.Options{Allow: allow, Pause: -1}
	for _, c := range change {
		c(&o)
	}
	c := fetch.New(o)
	t.Cleanup(c.Close)
	return c
}

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, s) }
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

// TestPage: what is asked, what comes, and what comes the second time.
func TestPage(t *testing.T) {
	var header http.Header
	base, c := site(t, map[string]http.HandlerFunc{
		"/story": func(w http.ResponseWriter, r *http.Request) {
			header = r.Header
			w.Header().Set("ETag", `"v1"`)
			w.Header().Set("Last-Modified", "Tue, 05 May 2026 08:00:00 GMT")
			w.Header().Set("Cache-Control", "public, max-age=600")
			if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, "<p>The ferry is late.")
		},
		"/moved": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/gone-on", http.StatusMovedPermanently)
		},
		"/gone-on": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/story", http.StatusPermanentRedirect)
		},
		"/for-now": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/moved", http.StatusFound) },
	}, func(o *fetch.Options) { o.Contact = "https://library.example/about" })

	page, err := c.Get(t.Context(), fetch.Request{URL: base + "/story#end"})
	if err != nil {
		t.Fatal(err)
	}
	if string(page.Body) != "<p>The ferry is late." || page.URL != base+"/story" || page.ContentType != "text/html; charset=utf-8" ||
		page.ETag != `"v1"` || page.LastModified == "" || page.Fresh != 10*time.Minute || page.Moved || page.NotModified {
		t.Errorf("page is %+v", page)
	}
	if ua := header.Get("User-Agent"); ua != "Pilcrow/1 (article reader; +https://library.example/about)" {
		t.Errorf("User-Agent %q", ua)
	}
	for _, name := range []string{"Cookie", "Referer", "Authorization"} {
		if header.Get(name) != "" {
			t.Errorf("sends %s: %q", name, header.Get(name))
		}
	}
	again, err := c.Get(t.Context(), fetch.Request{URL: base + "/story", ETag: page.ETag, LastModified: page.LastModified})
	if err != nil || !again.NotModified || again.ETag != page.ETag || len(again.Body) != 0 {
		t.Errorf("again: %+v, %v", again, err)
	}
	moved, err := c.Get(t.Context(), fetch.Request{URL: base + "/moved"})
	if err != nil || !moved.Moved || moved.URL != base+"/story" {
		t.Errorf("moved: %+v, %v", moved, err)
	}
	moved, err = c.Get(t.Context(), fetch.Request{URL: base + "/for-now"})
	if err != nil || moved.Moved || moved.URL != base+"/story" {
		t.Errorf("moved for now: %+v, %v", moved, err)
	}
}

// TestFaults: what goes wrong with a site, and what a person is told.
func TestFaults(t *testing.T) {
	var bomb bytes.Buffer // 8 MB in 8 kB
	z := gzip.NewWriter(&bomb)
	z.Write(make([]byte, 8<<20))
	z.Close()
	packed := func(b []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(b)
		}
	}
	var member bytes.Buffer
	gzip.NewWriter(&member).Close()
	members := bytes.Repeat(member.Bytes(), 100_000) // empty ones, one after the other
	released := make(chan struct{})
	base, c := site(t, map[string]http.HandlerFunc{
		"/circle":   redirect("/circle/2"),
		"/circle/2": redirect("/circle"),
		"/endless/": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) },
		"/nowhere":  redirect(""),
		"/file":     redirect("file:///etc/passwd"),
		"/gopher":   redirect("gopher://127.0.0.1:70/"),
		"/port":     redirect("http://example.com:6379/"),
		"/inside":   redirect("http://169.254.169.254/latest/meta-data/"),
		"/mapped":   redirect("http://[::ffff:10.0.0.1]/"),
		"/decimal":  redirect("http://2130706433/"),
		"/login":    text("who are you?"),
		"/walled":   redirect("/login?next=/walled"),
		"/401":      status(401),
		"/402":      status(402),
		"/403":      status(403),
		"/404":      status(404),
		"/410":      status(410),
		"/451":      status(451),
		"/500":      status(500),
		"/204":      status(204),
		"/304":      status(304),
		"/429": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(429)
		},
		"/large": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "5368709120") },
		"/stream": func(w http.ResponseWriter, _ *http.Request) {
			for w.(http.Flusher).Flush(); ; {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					return
				}
			}
		},
		"/bomb":    packed(bomb.Bytes()),
		"/members": packed(members),
		"/lie":     packed([]byte("<p>not packed at all, whatever the header says")),
		"/broken":  packed(bomb.Bytes()[:1000]),
		"/brotli": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			io.WriteString(w, "x")
		},
		"/short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "x")
		},
		"/slow": func(w http.ResponseWriter, r *http.Request) {
			for w.(http.Flusher).Flush(); ; { // a byte at a time
				select {
				case <-r.Context().Done():
					return
				case <-released:
					return
				case <-time.After(10 * time.Millisecond):
					io.WriteString(w, "x")
					w.(http.Flusher).Flush()
				}
			}
		},
	}, func(o *fetch.Options) { o.MaxBytes = 1 << 20; o.Redirects = 5; o.Timeout = 3 * time.Second })
	defer close(released)

	tests := []struct {
		path string
		kind error
		want string
	}{
		{"/circle", fetch.ErrRedirect, "the site leads nowhere: it redirects in a circle; open it in a browser and give the address that it ends at"},
		{"/endless/", fetch.ErrRedirect, "the site leads nowhere: it redirects too often; open it in a browser and give the address that it ends at"},
		{"/nowhere", fetch.ErrRedirect, "the site leads nowhere: it redirects to nowhere; open it in a browser and give the address that it ends at"},
		{"/file", fetch.ErrURL, `not an address of a page: "file:" is not fetched; give one that begins with http:// or https://`},
		{"/gopher", fetch.ErrURL, `not an address of a page: "gopher:" is not fetched; give one that begins with http:// or https://`},
		{"/port", fetch.ErrForbidden, "may not be fetched: port 6379 is not one of the web"},
		{"/inside", fetch.ErrForbidden, "may not be fetched: it is this machine's own network"},
		{"/mapped", fetch.ErrForbidden, "may not be fetched: it is a private network"},
		{"/decimal", fetch.ErrForbidden, "may not be fetched: its host is a number in disguise"},
		{"/walled", fetch.ErrLogin, "the site wants a login; save the page and add the file"},
		{"/401", fetch.ErrLogin, "the site wants a login: status 401; save the page and add the file"},
		{"/402", fetch.ErrRefused, "the site refuses: it wants to be paid; save the page and add the file"},
		{"/403", fetch.ErrRefused, "the site refuses: status 403; save the page and add the file"},
		{"/404", fetch.ErrGone, "there is no such page: status 404; check the address"},
		{"/410", fetch.ErrGone, "there is no such page: status 410; check the address"},
		{"/451", fetch.ErrRefused, "the site refuses: for legal reasons; save the page and add the file"},
		{"/500", fetch.ErrUnavailable, "the site does not answer: status 500; try again later"},
		{"/204", fetch.ErrGarbled, "the site sends what makes no sense: status 204; save the page and add the file"},
		{"/304", fetch.ErrGarbled, "the site sends what makes no sense: status 304; save the page and add the file"},
		{"/large", fetch.ErrTooLarge, "too large to fetch: more than 1 MB; save what you need of it and add the file"},
		{"/stream", fetch.ErrTooLarge, "too large to fetch: more than 1 MB; save what you need of it and add the file"},
		{"/bomb", fetch.ErrTooLarge, "too large to fetch: more than 1 MB; save what you need of it and add the file"},
		{"/members", fetch.ErrTooLarge, "too large to fetch: more than 1 MB; save what you need of it and add the file"},
		{"/lie", fetch.ErrGarbled, "the site sends what makes no sense: it says that it is packed with gzip, and is not; save the page and add the file"},
		{"/broken", fetch.ErrUnavailable, "the site does not answer: it broke off before the end; try again later"},
		{"/brotli", fetch.ErrGarbled, `the site sends what makes no sense: it is packed as "br", which nobody asked for; save the page and add the file`},
		{"/short", fetch.ErrUnavailable, "the site does not answer: it broke off before the end; try again later"},
		{"/slow", fetch.ErrUnavailable, "the site does not answer: it takes too long; try again later"},
		// After this the site is left alone.
		{"/429", fetch.ErrBusy, "the site asks to be left alone for now: for 1h0m0s; try again later"},
		{"/404", fetch.ErrBusy, "the site asks to be left alone for now: for 1h0m0s; try again later"},
	}
	for _, tt := range tests {
		page, err := c.Get(t.Context(), fetch.Request{URL: base + tt.path})
		if page != nil || !errors.Is(err, tt.kind) || err.Error() != tt.want {
			t.Errorf("%s: %+v, %q; want %q", tt.path, page, err, tt.want)
		}
	}
}

// TestConnecting: a server that is not there, or speaks something else.
func TestConnecting(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := l.Addr().String()
	l.Close()
	plain := httptest.NewServer(text("x"))
	defer plain.Close()
	secure := httptest.NewUnstartedServer(text("x"))
	secure.Config.ErrorLog = nil
	secure.StartTLS()
	defer secure.Close()
	resolver, _ := startNames(t, nil)
	tests := []struct{ url, server, want string }{
		{"http://" + closed + "/", closed, "the site does not answer: nothing listens there; try again later"},
		{strings.Replace(plain.URL, "http", "https", 1), plain.Listener.Addr().String(), "the site does not answer: it does not speak https; try again later"},
		{secure.URL, secure.Listener.Addr().String(), "the site does not answer: its certificate is not trusted; try again later"},
		{"http://nobody.example/", closed, "the site does not answer: nobody knows its name; try again later"},
	}
	for _, tt := range tests {
		c := client(t, tt.server, func(o *fetch.Options) { o.Resolver = resolver })
		if _, err := c.Get(t.Context(), fetch.Request{URL: tt.url}); !errors.Is(err, fetch.ErrUnavailable) || err.Error() != tt.want {
			t.Errorf("%s: %v, want %q", tt.url, err, tt.want)
		}
	}
}

// TestCancelled: whoever asked has gone.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("gone")
	base, c := site(t, map[string]http.HandlerFunc{"/": func(_ http.ResponseWriter, r *http.Request) {
		cancel(gone)
		<-r.Context().Done()
	}})
	if _, err := c.Get(ctx, fetch.Request{URL: base}); err != gone {
		t.Errorf("got %v", err)
	}
}
