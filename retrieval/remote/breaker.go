package remote

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"
)

// Breaker spares a failing server, and its callers the wait: after some
// failures in a row calls fail at once, until a while has passed; then one
// call is let through, and what becomes of it decides. The zero Breaker is
// ready. It is safe for concurrent use.
type Breaker struct {
	Failures int           // so many in a row open it; 0 means 5
	Rest     time.Duration // how long it stays open; 0 means 30 s

	mu     sync.Mutex
	failed int       // in a row
	until  time.Time // calls fail at once before
	probe  bool      // the one call let through is under way
}

// maxRest bounds how long a server may ask to be left alone.
const maxRest = 10 * time.Minute

// Enter asks leave to call. If it is given, the caller must call leave, once,
// with what became of the call; else err says that the server rests.
func (b *Breaker) Enter() (leave func(error), err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	rest := time.Until(b.until)
	if b.probe || rest > 0 {
		return nil, &Fault{Kind: ErrUnavailable, Why: "it failed just now and is left alone for a while", After: max(rest, 0)}
	}
	probe := !b.until.IsZero()
	b.probe = probe
	return func(err error) { b.leave(probe, err) }, nil
}

// leave takes note of a call's end. Only failures of the server as a whole
// count; a call that its caller gave up says nothing.
func (b *Breaker) leave(probe bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if probe {
		b.probe = false
	}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
	case errors.Is(err, ErrUnavailable), errors.Is(err, ErrBusy), errors.Is(err, ErrGarbled):
		b.failed++
		var f *Fault
		if errors.As(err, &f) && f.After > 0 {
			b.rest(min(f.After, maxRest))
		}
		if probe || b.failed >= cmp.Or(b.Failures, 5) {
			b.rest(cmp.Or(b.Rest, 30*time.Second))
		}
	default:
		b.failed, b.until = 0, time.Time{}
	}
}

// rest opens the breaker for at least so long.
func (b *Breaker) rest(d time.Duration) {
	if until := time.Now().Add(d); until.After(b.until) {
		b.until = until
	}
}
