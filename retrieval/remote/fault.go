// Package remote calls a model's server over HTTP, for whoever writes or
// embeds with one. Client sends a request and says what a failure means;
// Policy tries again what may pass in a moment; Breaker leaves a server alone
// that keeps failing.
//
// A server's own words are read to tell one failure from another, and then
// forgotten: no error of this package holds a word of the request, the reply,
// the key or the address.
package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// What a failure is, for errors.Is. Each text says what can be done.
var (
	ErrUnavailable error = &kind{"the model's server is not available", "see that it runs, or try again later"}
	ErrBusy        error = &kind{"the model's server takes no more requests for now", "try again in a moment"}
	ErrBudget      error = &kind{"the account at the model's server has no credit left", "add credit or raise its limit"}
	ErrKey         error = &kind{"the model's server does not accept the key", "check the key"}
	ErrUnknown     error = &kind{"the model's server knows no such model or address", "check the model's name, and the base url, which mostly ends in /v1"}
	ErrTooLong     error = &kind{"this is too long for the model", "ask for less at once, or give the model a larger context"}
	ErrRefused     error = &kind{"the model's server refuses the request", "see that the model is made for it, or take another"}
	ErrGarbled     error = &kind{"the model's server gives an answer that makes no sense here", "see that the base url is that of an openai-compatible server"}
)

// kind is one of the sentinels: what happened, and what to do.
type kind struct{ what, do string }

func (k *kind) Error() string { return k.what + "; " + k.do }

// Fault is a call that failed.
type Fault struct {
	Kind    error         // one of the sentinels above
	Status  int           // the HTTP status, or 0
	Why     string        // a fixed phrase of our own, or ""
	After   time.Duration // how long the server asked to be left alone; 0 if it did not
	Passing bool          // the same call may succeed in a moment
	Fields  []string      // which of the Client's fields the server complains of
}

// Error says what happened, how it showed, and what to do, in one line.
func (f *Fault) Error() string {
	k, ok := f.Kind.(*kind)
	switch {
	case !ok:
		return f.Kind.Error()
	case f.Why != "":
		return fmt.Sprintf("%s: %s; %s", k.what, f.Why, k.do)
	case f.Status != 0:
		return fmt.Sprintf("%s: status %d; %s", k.what, f.Status, k.do)
	}
	return k.Error()
}

// Unwrap returns the kind.
func (f *Fault) Unwrap() error { return f.Kind }

// Plain takes everything that is not ours out of the error of a call that was
// made through a Client: what is left is a *Fault, or the cause of ctx, which
// is the call's, where that has ended. Nil stays nil.
func Plain(ctx context.Context, err error) error {
	var f *Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return f
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &Fault{Kind: ErrUnavailable, Why: "it broke off before the end", Passing: true}
	}
	return &Fault{Kind: ErrGarbled}
}
