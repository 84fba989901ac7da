package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"
)

// What a failure is, for errors.Is. Each text says what happened, and what can
// be done where something can.
var (
	ErrURL         error = &kind{"not an address of a page", "give one that begins with http:// or https://"}
	ErrForbidden   error = &kind{"may not be fetched", ""}
	ErrRobots      error = &kind{"the site's robots.txt asks programs to leave this page alone", "save the page and add the file"}
	ErrGone        error = &kind{"there is no such page", "check the address"}
	ErrLogin       error = &kind{"the site wants a login", "save the page and add the file"}
	ErrRefused     error = &kind{"the site refuses", "save the page and add the file"}
	ErrRedirect    error = &kind{"the site leads nowhere", "open it in a browser and give the address that it ends at"}
	ErrTooLarge    error = &kind{"too large to fetch", "save what you need of it and add the file"}
	ErrGarbled     error = &kind{"the site sends what makes no sense", "save the page and add the file"}
	ErrBusy        error = &kind{"the site asks to be left alone for now", "try again later"}
	ErrUnavailable error = &kind{"the site does not answer", "try again later"}
)

// kind is one of the sentinels: what happened, and what to do.
type kind struct{ what, do string }

func (k *kind) Error() string {
	if k.do == "" {
		return k.what
	}
	return k.what + "; " + k.do
}

// Fault is a page that was not got.
type Fault struct {
	Kind    error         // one of the sentinels above
	URL     string        // which address it is about, without credentials; may be that of a redirection
	Status  int           // the HTTP status, or 0
	Why     string        // a phrase of our own, or ""
	After   time.Duration // how long the site asked to be left alone; 0 if it did not
	Passing bool          // the same may succeed later
}

// Error says what happened, how it showed, and what to do, in one line, without
// the address, which whoever asked knows.
func (f *Fault) Error() string {
	k, ok := f.Kind.(*kind)
	if !ok {
		return f.Kind.Error()
	}
	how := f.Why
	if how == "" && f.Status != 0 {
		how = "status " + strconv.Itoa(f.Status)
	}
	if f.Kind == ErrBusy && f.After >= time.Second {
		how = "for " + f.After.Round(time.Second).String()
	}
	switch {
	case how == "":
		return k.Error()
	case k.do == "":
		return k.what + ": " + how
	}
	return fmt.Sprintf("%s: %s; %s", k.what, how, k.do)
}

// Unwrap returns the kind.
func (f *Fault) Unwrap() error { return f.Kind }

// broken says why a connection failed, in words of our own.
func broken(ctx context.Context, u *url.URL, err error) error {
	var f *Fault
	if errors.As(err, &f) { // the guard's, or the time that is up
		g := *f
		g.URL = u.String()
		return &g
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	f = &Fault{Kind: ErrUnavailable, URL: u.String(), Why: "the connection broke", Passing: true}
	var (
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		timeout     net.Error
	)
	switch {
	case errors.As(err, &name):
		f.Why, f.Passing = "nobody knows its name", name.IsTemporary || name.IsTimeout
	case errors.As(err, &certificate):
		f.Why, f.Passing = "its certificate is not trusted", false
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		f.Why, f.Passing = "it does not speak https", false
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Why = "nothing listens there"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f.Why = "it broke off before the end"
	case errors.As(err, &timeout) && timeout.Timeout():
		f.Why = "connecting took too long"
	}
	return f
}

// refusal is the Fault of a status that brings no page. What asks for a pause
// makes its host wait.
func (c *Client) refusal(u *url.URL, resp *http.Response) error {
	f := &Fault{Kind: ErrRefused, URL: u.String(), Status: resp.StatusCode}
	switch s := resp.StatusCode; {
	case s == http.StatusNotFound || s == http.StatusGone:
		f.Kind = ErrGone
	case s == http.StatusUnauthorized || s == http.StatusProxyAuthRequired:
		f.Kind = ErrLogin
	case s == http.StatusPaymentRequired:
		f.Why = "it wants to be paid"
	case s == http.StatusUnavailableForLegalReasons:
		f.Why = "for legal reasons"
	case s == http.StatusTooManyRequests, s == http.StatusServiceUnavailable:
		f.Kind, f.Passing = ErrBusy, true
		f.After = retryAfter(resp.Header, time.Now())
		c.pace.leave(u, f.After)
	case s >= 500 || s == http.StatusRequestTimeout || s == http.StatusTooEarly:
		f.Kind, f.Passing = ErrUnavailable, true
	case s >= 200 && s < 400:
		f.Kind = ErrGarbled
	}
	return f
}
