package fetch_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"pilcrow/corpus/fetch"
)

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
