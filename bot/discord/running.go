package discord

import (
	"context"
	"errors"
	"sync"
)

// errStopped is why an answer ended that a person stopped.
var errStopped = errors.New("stopped by the asker")

// running holds the answers under way, by their ID. The zero running is ready
// and safe for concurrent use.
type running struct {
	mu sync.Mutex
	by map[string]context.CancelCauseFunc
}

// begin returns a context that stop ends. The caller calls end.
func (r *running) begin(ctx context.Context, id string) (_ context.Context, end func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by == nil {
		r.by = make(map[string]context.CancelCauseFunc)
	}
	r.by[id] = cancel
	return ctx, func() {
		r.mu.Lock()
		delete(r.by, id)
		r.mu.Unlock()
		cancel(nil)
	}
}

// stop ends an answer for a reason, and reports whether it was under way.
func (r *running) stop(id string, why error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	cancel, ok := r.by[id]
	if ok {
		cancel(why)
	}
	return ok
}
