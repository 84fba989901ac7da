// Package fetch gets pages from the web for a server that strangers may tell
// what to get.
//
// An address is judged before anything is asked (address.go), and again, by
// the numbers that its name stands for, in the moment of connecting (guard.go):
// so neither a name that means another machine each time it is looked up, nor a
// redirection, of which each is judged alike, leads to what only this machine
// can reach. No environment variable puts a proxy between. What comes is
// bounded in size, packed and unpacked, and in time (body.go). What a site asks
// to be told again on the way to a page it is told, nobody else is, and nothing
// of it is kept (cookies.go); a page that only leads to another is followed,
// once (refresh.go). A site's robots.txt is obeyed (robots.go), and a site is
// asked only so often (pace.go). What fails is a Fault that says in one line why
// (fault.go).
package fetch

import (
	"cmp"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Options say what a Client may reach and how much of it. The zero value
// reaches the public web.
type Options struct {
	Contact  string        // where who runs this can be reached: an address on the web or of mail; part of the User-Agent
	Allow    []Opening     // what may be reached besides public addresses on ports 80 and 443
	Resolver *net.Resolver // looks names up; nil is the system's

	MaxBytes  int64         // of a body, unpacked; 0 means MaxBytes
	Timeout   time.Duration // for a Get as a whole; 0 means 60 s
	Redirects int           // how many are followed; 0 means 10
	Pause     time.Duration // between the starts of two requests to one host; 0 means 1 s, less means none
	Patience  time.Duration // the longest wait for a host's turn; beyond it the host is busy; 0 means 20 s
	Conns     int           // how many requests are under way at once; 0 means 32

	Log *slog.Logger // told of each request at debug level; nil is told nothing
}

// MaxBytes is how large a body may be unless Options or Request say otherwise.
const MaxBytes = 32 << 20

// Client gets pages. It is safe for concurrent use; what it keeps of hosts is
// bounded.
type Client struct {
	Options
	agent  string
	http   *http.Client
	turns  chan struct{}
	pace   *pace
	robots *robots
}

// New returns a client.
func New(o Options) *Client {
	o.MaxBytes = cmp.Or(o.MaxBytes, MaxBytes)
	o.Timeout = cmp.Or(o.Timeout, time.Minute)
	o.Redirects = cmp.Or(o.Redirects, 10)
	o.Pause = max(0, cmp.Or(o.Pause, time.Second))
	o.Patience = cmp.Or(o.Patience, 20*time.Second)
	o.Conns = cmp.Or(o.Conns, 32)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Resolver: o.Resolver, Control: guard(o.Allow)}
	return &Client{
		Options: o,
		agent:   agent(o.Contact),
		http: &http.Client{
			Transport: &http.Transport{
				Proxy:                  nil, // whatever HTTP_PROXY says: a proxy would look names up out of our sight
				DialContext:            dialer.DialContext,
				ForceAttemptHTTP2:      true,
				DisableCompression:     true, // we unpack, within bounds
				MaxIdleConns:           o.Conns,
				MaxIdleConnsPerHost:    2,
				MaxConnsPerHost:        4,
				IdleConnTimeout:        30 * time.Second,
				TLSHandshakeTimeout:    10 * time.Second,
				ResponseHeaderTimeout:  30 * time.Second,
				MaxResponseHeaderBytes: 256 << 10,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		turns:  make(chan struct{}, o.Conns),
		pace:   newPace(o.Patience),
		robots: newRobots(),
	}
}

// product is the name that robots.txt files know this program by.
const product = "pilcrow"

// agent is the User-Agent: what this is, and how to reach who runs it.
func agent(contact string) string {
	const name = "Pilcrow/1 (article reader"
	contact = strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f || r == '(' || r == ')' {
			return -1
		}
		return r
	}, contact)
	if contact == "" {
		return name + ")"
	}
	return name + "; +" + contact + ")"
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Request says what to get.
type Request struct {
	URL      string
	Accept   string // the header; empty means articles: pages, PDF, text
	MaxBytes int64  // of the body; 0 means the client's
	// What an earlier Page said of itself. A site that has nothing new then
	// sends none.
	ETag, LastModified string
}

// Page is what a site sent.
type Page struct {
	URL         string // where it came from in the end, as Check writes it
	Moved       bool   // there were redirections, and each was for good (301, 308)
	NotModified bool   // nothing new since the Request's ETag and LastModified; there is no body
	ContentType string // the header, or empty
	Body        []byte
	// To be sent along with the next Request; empty where the site gives none.
	ETag, LastModified string
	Fresh              time.Duration // how long the site says that it stays as it is; 0 where it does not
}

const articles = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,text/markdown;q=0.8,*/*;q=0.1"

// Get gets what r asks for. It is tried once. Every error is a *Fault, or the
// cause of ctx where that has ended.
func (c *Client) Get(ctx context.Context, r Request) (*Page, error) {
	u, err := checkURL(r.URL, c.Allow)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.Timeout, &Fault{Kind: ErrUnavailable, URL: u.String(), Why: "it takes too long", Passing: true})
	defer cancel()
	first, moved, refreshed := u, true, false
	told := newCookies()
	seen := map[string]bool{}
	state := func(u *url.URL) string { return u.String() + "\n" + told.header(u) }
	for hops := 0; ; hops++ {
		switch {
		case seen[state(u)]:
			return nil, &Fault{Kind: ErrRedirect, URL: u.String(), Why: "it redirects in a circle"}
		case hops > c.Redirects:
			return nil, &Fault{Kind: ErrRedirect, URL: u.String(), Why: "it redirects too often"}
		case hops > 0 && isLogin(u) && !isLogin(first):
			return nil, &Fault{Kind: ErrLogin, URL: u.String()}
		}
		seen[state(u)] = true
		page, next, err := c.step(ctx, u, r, told)
		if err == nil && next == nil && !refreshed {
			if next, err = c.refreshed(u, page); next != nil && seen[state(next.url)] {
				next = nil // it comes anew, as it is
			}
			refreshed = next != nil
		}
		if err != nil {
			return nil, err
		}
		if next == nil {
			page.Moved = hops > 0 && moved
			return page, nil
		}
		moved = moved && next.forGood
		u = next.url
	}
}

// hop is where a redirection leads.
type hop struct {
	url     *url.URL
	forGood bool
}

// step asks one address, once robots.txt and the host's pace allow it.
func (c *Client) step(ctx context.Context, u *url.URL, r Request, told *cookies) (*Page, *hop, error) {
	rules, err := c.rules(ctx, u)
	if err != nil {
		return nil, nil, err
	}
	if !rules.allow(u.RequestURI()) {
		return nil, nil, &Fault{Kind: ErrRobots, URL: u.String()}
	}
	header := http.Header{}
	header.Set("Accept", cmp.Or(r.Accept, articles))
	if r.ETag != "" {
		header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		header.Set("If-Modified-Since", r.LastModified)
	}
	if cookie := told.header(u); cookie != "" {
		header.Set("Cookie", cookie)
	}
	resp, done, err := c.send(ctx, u, header, max(c.Pause, min(rules.delay, maxDelay)))
	if err != nil {
		return nil, nil, err
	}
	defer done()
	told.take(u, resp)
	switch s := resp.StatusCode; {
	case s == http.StatusNotModified && (r.ETag != "" || r.LastModified != ""):
		return &Page{
			URL: u.String(), NotModified: true, Fresh: fresh(resp.Header),
			ETag: cmp.Or(validator(resp.Header, "ETag"), r.ETag), LastModified: cmp.Or(validator(resp.Header, "Last-Modified"), r.LastModified),
		}, nil, nil
	case s == 301 || s == 302 || s == 303 || s == 307 || s == 308:
		next, err := c.follow(u, resp.Header.Get("Location"))
		return nil, &hop{next, s == 301 || s == 308}, err
	case s != http.StatusOK && s != http.StatusNonAuthoritativeInfo:
		return nil, nil, c.refusal(u, resp)
	}
	limit := cmp.Or(r.MaxBytes, c.MaxBytes)
	if resp.ContentLength > limit {
		return nil, nil, tooLarge(u, limit)
	}
	body, err := read(ctx, u, resp, limit)
	if err != nil {
		return nil, nil, err
	}
	return &Page{
		URL: u.String(), ContentType: resp.Header.Get("Content-Type"), Body: body, Fresh: fresh(resp.Header),
		ETag: validator(resp.Header, "ETag"), LastModified: validator(resp.Header, "Last-Modified"),
	}, nil, nil
}

// follow judges the target of a redirection.
func (c *Client) follow(from *url.URL, location string) (*url.URL, error) {
	to, err := from.Parse(location)
	if location == "" || err != nil {
		return nil, &Fault{Kind: ErrRedirect, URL: from.String(), Why: "it redirects to nowhere"}
	}
	return checkURL(to.String(), c.Allow)
}

// refreshed judges the target of a page that leads its readers elsewhere, nil
// where it does not.
func (c *Client) refreshed(from *url.URL, p *Page) (*hop, error) {
	location := refresh(p)
	if location == "" {
		return nil, nil
	}
	next, err := c.follow(from, location)
	if err != nil {
		return nil, err
	}
	return &hop{url: next}, nil
}

// send sends a request to an address that was judged, when its host's turn has
// come, after which the host is left alone for pause. The caller calls done
// when it has read the reply.
func (c *Client) send(ctx context.Context, u *url.URL, header http.Header, pause time.Duration) (resp *http.Response, done func(), err error) {
	if err := c.pace.wait(ctx, u, pause); err != nil {
		return nil, nil, err
	}
	select {
	case c.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, context.Cause(ctx)
	}
	header.Set("User-Agent", c.agent)
	header.Set("Accept-Encoding", "gzip")
	req := (&http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: header}).WithContext(ctx)
	began := time.Now()
	resp, err = c.http.Do(req)
	if err != nil {
		<-c.turns
		err = broken(ctx, u, err)
		c.Log.DebugContext(ctx, "fetch failed", "host", u.Host, "error", err)
		return nil, nil, err
	}
	c.Log.DebugContext(ctx, "fetched", "host", u.Host, "status", resp.StatusCode, "took", time.Since(began))
	return resp, func() { resp.Body.Close(); <-c.turns }, nil
}

// validator returns a header to be sent back, where it is short enough to keep.
func validator(h http.Header, name string) string {
	if v := h.Get(name); len(v) <= 500 {
		return v
	}
	return ""
}
