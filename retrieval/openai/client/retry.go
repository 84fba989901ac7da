package client

import (
	"cmp"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// Retry is an http.RoundTripper that sends a request again when the server is
// busy (408, 429), broken (500, 502, 503, 504) or out of reach. It is for
// requests that may arrive twice. The zero value is ready to use.
//
// It waits before each further try: as long as the server asks for in
// Retry-After, else about Wait, doubled each time, less up to half of it at
// random so that many clients don't come back at once. Where the server asks
// for more than MaxWait, or says "x-should-retry: false" as OpenAI does when
// money is out, its answer is returned as it is.
type Retry struct {
	Base    http.RoundTripper // nil means http.DefaultTransport
	Tries   int               // at most; 0 means 5
	Wait    time.Duration     // 0 means half a second
	MaxWait time.Duration     // 0 means 30 seconds
}

// RoundTrip implements http.RoundTripper.
func (t *Retry) RoundTrip(r *http.Request) (*http.Response, error) {
	base := cmp.Or[http.RoundTripper](t.Base, http.DefaultTransport)
	tries := cmp.Or(t.Tries, 5)
	if r.Body != nil && r.GetBody == nil {
		tries = 1 // the body can be sent once
	}
	wait := cmp.Or(t.Wait, time.Second/2)
	for try := 1; ; try++ {
		again := r
		if try > 1 {
			again = r.Clone(r.Context())
			if r.GetBody != nil {
				body, err := r.GetBody()
				if err != nil {
					return nil, err
				}
				again.Body = body
			}
		}
		resp, err := base.RoundTrip(again)
		pause, ok := t.pause(resp, err, wait)
		if !ok || try == tries {
			return resp, err
		}
		if resp != nil {
			io.CopyN(io.Discard, resp.Body, 64<<10) // so that the connection can be used again
			resp.Body.Close()
		}
		if err := sleep(r.Context(), pause); err != nil {
			return nil, err
		}
		wait *= 2
	}
}

// pause says how long to wait before the next try, and whether to try at all.
func (t *Retry) pause(resp *http.Response, err error, wait time.Duration) (time.Duration, bool) {
	longest := cmp.Or(t.MaxWait, 30*time.Second)
	wait = min(wait, longest)
	pause := wait/2 + rand.N(wait/2+1)
	if err != nil {
		return pause, !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
	}
	switch resp.StatusCode {
	case http.StatusRequestTimeout, http.StatusTooManyRequests,
		http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
	default:
		return 0, false
	}
	if resp.Header.Get("X-Should-Retry") == "false" {
		return 0, false
	}
	if asked, ok := retryAfter(resp.Header.Get("Retry-After"), time.Now()); ok {
		return max(asked, 0), asked <= longest
	}
	return pause, true
}

// retryAfter reads the header, a number of seconds or a date (RFC 9110, 10.2.3).
func retryAfter(s string, now time.Time) (time.Duration, bool) {
	if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 0 && n < 1e6 {
		return time.Duration(n * float64(time.Second)), true
	}
	if at, err := http.ParseTime(s); err == nil {
		return at.Sub(now), true
	}
	return 0, false
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
