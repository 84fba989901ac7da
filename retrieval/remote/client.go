package remote

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// What is read of a server's account of a failure, and of any other reply, in
// bytes. The vectors of 64 texts in 16,000 dimensions, written in decimal, are
// half of that; so is a text whose every token comes in an event of its own.
const (
	maxReport = 64 << 10
	maxReply  = 64 << 20
)

// Client sends requests. Its Do is what go-openai asks of an HTTP client,
// except that every reply that is not a success, and every broken connection,
// is an error: a *Fault, or the cause of the request's context where that has
// ended. It never follows a redirection, which would carry the request to
// another address than the one it was meant for. It is safe for concurrent use.
type Client struct {
	http   http.Client
	fields []string
}

// NewClient returns a client that gives a server this long to take up a
// connection; 0 means 10 seconds. All further patience is the request's
// context's. Of the given fields of a request, a Fault tells those that the
// server complains of by name.
func NewClient(connect time.Duration, fields ...string) *Client {
	connect = cmp.Or(connect, 10*time.Second)
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.DialContext = (&net.Dialer{Timeout: connect, KeepAlive: 30 * time.Second}).DialContext
	t.TLSHandshakeTimeout = connect
	return &Client{
		http: http.Client{
			Transport:     t,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		fields: fields,
	}
}

// Do sends a request. The reply's body fails as Do does.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, broken(req.Context(), err)
	}
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		resp.Body = &body{resp.Body, req.Context(), maxReply}
		return resp, nil
	}
	defer resp.Body.Close()
	report, err := io.ReadAll(io.LimitReader(resp.Body, maxReport))
	if err != nil && req.Context().Err() != nil {
		return nil, context.Cause(req.Context())
	}
	f := c.fault(resp.StatusCode, report)
	f.After = retryAfter(resp.Header, time.Now())
	if resp.Header.Get("X-Should-Retry") == "false" { // OpenAI, when the credit is gone
		f.Passing = false
	}
	return nil, f
}

// body is a reply's body whose errors are Faults.
type body struct {
	io.ReadCloser
	ctx  context.Context // the request's
	left int             // bytes
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, &Fault{Kind: ErrGarbled, Why: "it never ends"}
	}
	if err != nil && err != io.EOF {
		err = broken(b.ctx, err)
	}
	return n, err
}

// broken says why a connection failed, in words of our own: those of net/http
// hold the address.
func broken(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	f := &Fault{Kind: ErrUnavailable, Why: "the connection broke", Passing: true}
	var (
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		timeout     net.Error
	)
	switch {
	case errors.As(err, &name):
		f.Why, f.Passing = "its name is not known", name.IsTemporary
	case errors.As(err, &certificate):
		f.Why, f.Passing = "its certificate is not trusted", false
	case errors.Is(err, http.ErrSchemeMismatch):
		f.Why, f.Passing = "it speaks http, not https", false
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Why = "nothing listens there"
	case errors.As(err, &timeout) && timeout.Timeout():
		f.Why = "connecting took too long"
	}
	return f
}

// retryAfter reads how long a server asks to be left alone: Retry-After in
// seconds or as a date (RFC 9110, section 10.2.3), or retry-after-ms, which
// OpenAI's own libraries read first. What cannot be read is 0.
func retryAfter(h http.Header, now time.Time) time.Duration {
	const most = 24 * time.Hour
	clamp := func(d time.Duration) time.Duration { return max(0, min(d, most)) }
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms >= 0 && ms < 1e9 {
		return clamp(time.Duration(ms * float64(time.Millisecond)))
	}
	after := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(after, 64); err == nil && s >= 0 && s < 1e9 {
		return clamp(time.Duration(s * float64(time.Second)))
	}
	if at, err := http.ParseTime(after); err == nil {
		return clamp(at.Sub(now))
	}
	return 0
}
