package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
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
	var bomb bytes.Buffer // 64 MB in 64 kB
	z := gzip.NewWriter(&bomb)
	z.Write(make([]byte, 64<<20))
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

// TestNames: names that lead inside. Were one of them followed, the server
// there would see it.
func TestNames(t *testing.T) {
	var reached atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer srv.Close()
	_, port, _ := net.SplitHostPort(srv.Listener.Addr().String())

	zone := map[string][][]string{
		"loopback.example": {{"127.0.0.1"}},
		"six.example":      {{"::1"}},
		"mapped.example":   {{"::ffff:127.0.0.1"}},
		"nat64.example":    {{"64:ff9b::7f00:1"}},
		"metadata.example": {{"169.254.169.254"}},
		"private.example":  {{"10.0.0.1", "192.168.1.1"}},
		"zero.example":     {{"0.0.0.0"}},
		"rebind.example":   {{"203.0.113.7"}, {"127.0.0.1"}},
	}
	resolver, _ := startNames(t, zone)
	// The port is open, for another address: nothing but the guard is between.
	allow, err := fetch.ParseAllow("198.51.100.1:" + port)
	if err != nil {
		t.Fatal(err)
	}
	c := fetch.New(fetch.Options{Resolver: resolver, Allow: allow, Pause: -1})
	defer c.Close()
	for name := range zone {
		for _, p := range []string{port, "80", "443"} {
			_, err := c.Get(t.Context(), fetch.Request{URL: "http://" + net.JoinHostPort(name, p) + "/"})
			if !errors.Is(err, fetch.ErrForbidden) || !strings.HasPrefix(err.Error(), "may not be fetched: its name leads to ") {
				t.Errorf("%s:%s: %v", name, p, err)
			}
		}
	}
	if reached.Load() != 0 {
		t.Error("a request came through")
	}
}

// TestRebinding: a name that stands for a machine outside when it is first
// looked up, and for one inside from then on, whoever looks first.
func TestRebinding(t *testing.T) {
	var inside atomic.Int32
	secret := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside.Add(1) }))
	defer secret.Close()
	_, port, _ := net.SplitHostPort(secret.Listener.Addr().String())
	// Outside stands 127.0.0.2, which is allowed, on the port of the one inside.
	l, err := net.Listen("tcp4", "127.0.0.2:"+port)
	if err != nil {
		t.Skip("no second loopback address:", err)
	}
	host := "rebind.example:" + port
	outside := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // so that the name is looked up again
		switch r.URL.Path {
		case "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		case "/again":
			http.Redirect(w, r, "http://"+host+"/secret", http.StatusFound)
		case "/numbers":
			http.Redirect(w, r, secret.URL+"/secret", http.StatusFound)
		default:
			io.WriteString(w, "outside")
		}
	})}}
	outside.Start()
	defer outside.Close()
	allow, err := fetch.ParseAllow("127.0.0.2:" + port)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		path    string
		answers [][]string
		ok      bool
	}{
		{"outside throughout", "/", [][]string{{"127.0.0.2"}}, true},
		{"inside once robots.txt was had", "/", [][]string{{"127.0.0.2"}, {"127.0.0.1"}}, false},
		{"inside after the redirection", "/again", [][]string{{"127.0.0.2"}, {"127.0.0.2"}, {"127.0.0.1"}}, false},
		{"a redirection to the number", "/numbers", [][]string{{"127.0.0.2"}}, false},
		{"inside beside outside", "/", [][]string{{"127.0.0.1", "127.0.0.2"}}, true}, // the guard leaves one
	} {
		t.Run(tt.name, func(t *testing.T) {
			resolver, _ := startNames(t, map[string][][]string{"rebind.example": tt.answers})
			c := fetch.New(fetch.Options{Resolver: resolver, Allow: allow, Pause: -1})
			defer c.Close()
			page, err := c.Get(t.Context(), fetch.Request{URL: "http://" + host + tt.path})
			switch {
			case tt.ok && (err != nil || string(page.Body) != "outside"):
				t.Errorf("got %+v, %v", page, err)
			case !tt.ok && !errors.Is(err, fetch.ErrForbidden):
				t.Errorf("got %+v, %v; want ErrForbidden", page, err)
			}
		})
	}
	if inside.Load() != 0 {
		t.Error("a request came inside")
	}
}

// TestNoProxy: what the environment says of proxies is no way around the guard.
func TestNoProxy(t *testing.T) {
	var reached atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer proxy.Close()
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	resolver, _ := startNames(t, map[string][][]string{"inside.example": {{"10.0.0.1"}}})
	c := fetch.New(fetch.Options{Resolver: resolver, Pause: -1})
	defer c.Close()
	if _, err := c.Get(t.Context(), fetch.Request{URL: "http://inside.example/"}); !errors.Is(err, fetch.ErrForbidden) {
		t.Errorf("got %v", err)
	}
	if reached.Load() != 0 {
		t.Error("the proxy was asked")
	}
}

// TestPace: a host is asked again only after a pause; another at once.
func TestPace(t *testing.T) {
	var mu sync.Mutex
	var at []time.Time
	note := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path != "/robots.txt" {
			at = append(at, time.Now())
		}
		w.WriteHeader(http.StatusNotFound)
	}
	const pause = 50 * time.Millisecond
	base, c := site(t, map[string]http.HandlerFunc{"/": note}, func(o *fetch.Options) { o.Pause = pause })
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() { c.Get(t.Context(), fetch.Request{URL: fmt.Sprintf("%s/%d", base, i)}) })
	}
	wg.Wait()
	if len(at) != 4 {
		t.Fatalf("%d requests", len(at))
	}
	// Each may be late by itself, never early by much; together they take
	// three pauses at least, less what the first was late.
	if took := at[3].Sub(at[0]); took < 2*pause {
		t.Errorf("four requests within %s", took)
	}
}

// TestImpatient: whoever would wait too long for a turn is told at once.
func TestImpatient(t *testing.T) {
	base, c := site(t, map[string]http.HandlerFunc{"/": status(404)},
		func(o *fetch.Options) { o.Pause = time.Hour; o.Patience = time.Minute })
	if _, err := c.Get(t.Context(), fetch.Request{URL: base}); !errors.Is(err, fetch.ErrGone) {
		t.Fatal(err)
	}
	_, err := c.Get(t.Context(), fetch.Request{URL: base})
	var f *fetch.Fault
	if !errors.As(err, &f) || f.Kind != fetch.ErrBusy || f.After < 59*time.Minute || !f.Passing {
		t.Errorf("got %#v", err)
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

// TestAddresses: what is refused by its look, and what an address becomes.
func TestAddresses(t *testing.T) {
	tests := []struct{ url, want, why string }{
		{"https://Harbour.Example.com", "https://harbour.example.com/", ""},
		{" http://a.example.com:80/x?y=1#z ", "http://a.example.com/x?y=1", ""},
		{"https://a.example.com./", "https://a.example.com/", ""},
		{"https://bücher.example.com/", "https://xn--bcher-kva.example.com/", ""},
		{"https://日本語ドメイン.example.jp/", "https://xn--eckwd4c7c5976acvb2w6i.example.jp/", ""},
		{"https://пример.example.ru/", "https://xn--e1afmkfd.example.ru/", ""},
		{"https://пример.example.com/", "https://xn--e1afmkfd.example.com/", ""},
		{"https://ελλάδα.example.gr/", "https://xn--hxakic4aa.example.gr/", ""},
		{"https://my_host.example.com/", "https://my_host.example.com/", ""},
		{"http://93.184.215.14/", "http://93.184.215.14/", ""},

		{"", "", "not an address of a page"},
		{"harbour", "", "not an address of a page"},
		{"ftp://a.example.com/", "", `"ftp:" is not fetched`},
		{"file:///etc/passwd", "", `"file:" is not fetched`},
		{"gopher://a.example.com/", "", `"gopher:" is not fetched`},
		{"javascript:alert(1)", "", `"javascript:" is not fetched`},
		{"data:text/html,x", "", `"data:" is not fetched`},
		{"https:a.example.com", "", "it cannot be read"},
		{"https://", "", "its host is no name"},
		{"https:///x", "", "its host is no name"},
		{"https://a b.example.com/", "", "it cannot be read"},
		{"https://user:secret@a.example.com/", "", "it has a user name or a password in it"},
		{"https://user@a.example.com/", "", "it has a user name or a password in it"},
		{"https://a.example.com:22/", "", "port 22 is not one of the web"},
		{"https://a.example.com:99999/", "", "its port makes no sense"},
		{"https://a.example.com/" + strings.Repeat("x", 3000), "", "it is longer than 2048 characters"},
		{"http://localhost/", "", "its host is a name of the local network"},
		{"http://router/", "", "its host is a name of the local network"},
		{"http://127.0.0.1/", "", "it is this machine"},
		{"http://127.1/", "", "its host is a number in disguise"},
		{"http://2130706433/", "", "its host is a number in disguise"},
		{"http://0x7f.0.0.1/", "", "its host is a number in disguise"},
		{"http://0x7f000001/", "", "its host is a number in disguise"},
		{"http://0177.0.0.1/", "", "its host is a number in disguise"},
		{"http://①②⑦.⓪.⓪.①/", "", "its host is a number in disguise"},
		{"http://[::1]/", "", "it is this machine"},
		{"http://[fe80::1%25eth0]/", "", "it is this machine's own network"},
		{"http://[::ffff:127.0.0.1]/", "", "it is this machine"},
		{"https://a..example.com/", "", "its host is no name"},
		{"https://xn--0.example.com/", "", "its host is no name"},
		// Homographs: a Cyrillic а among Latin letters, all Cyrillic, a Greek ο.
		{"https://pаypal.com/", "", "its host is made to look like another, and is xn--pypal-4ve.com"},
		{"https://аррӏе.com/", "", "its host is made to look like another, and is xn--80ak6aa92e.com"},
		{"https://xn--80ak6aa92e.com/", "", "its host is made to look like another, and is xn--80ak6aa92e.com"},
		{"https://gοοgle.com/", "", "its host is made to look like another, and is xn--ggle-0nda.com"},
	}
	c := fetch.New(fetch.Options{})
	defer c.Close()
	for _, tt := range tests {
		got, err := c.Check(tt.url)
		switch {
		case tt.why == "" && (err != nil || got != tt.want):
			t.Errorf("%s: %q, %v; want %q", tt.url, got, err, tt.want)
		case tt.why != "" && (err == nil || !strings.Contains(err.Error(), tt.why)):
			t.Errorf("%s: %q, %v; want %q", tt.url, got, err, tt.why)
		case err != nil && strings.Contains(err.Error(), "secret"):
			t.Errorf("%s: the error tells the password: %v", tt.url, err)
		}
	}
}

// FuzzCheck: an address that passes is one that passes again unchanged, and
// leads to no address of this machine by its look.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"https://a.example.com/x?y#z", "http://127.1/", "https://аррӏе.com/", "http://[::1%25x]:80", "https://a:b@c.d/", "http://①.②/", "https://xn--a.b/%zz"} {
		f.Add(s)
	}
	c := fetch.New(fetch.Options{})
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := c.Check(raw)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("%q: more than a line: %q", raw, err)
			}
			return
		}
		again, err := c.Check(got)
		if err != nil || again != got {
			t.Errorf("%q gives %q, which gives %q, %v", raw, got, again, err)
		}
		u, err := url.Parse(got)
		if err != nil || u.User != nil || u.Host == "" || u.Fragment != "" {
			t.Errorf("%q gives %q", raw, got)
		}
	})
}
