package discord

import (
	"context"
	"sync"
	"time"
)

// rush lets acknowledgements go before all other work: Discord gives up on an
// interaction after three seconds, while nobody notices an answer that begins
// half a second later. The zero rush is ready and safe for concurrent use.
type rush struct {
	mu    sync.Mutex
	going int
	calm  chan struct{} // closed when none is going; nil while nobody waits
}

// rushWithin is the longest that other work waits, however many come.
const rushWithin = 500 * time.Millisecond

// enter says that an acknowledgement is under way, until leave.
func (r *rush) enter() (leave func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.going++
	return sync.OnceFunc(func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.going--; r.going == 0 && r.calm != nil {
			close(r.calm)
			r.calm = nil
		}
	})
}

// wait returns once no acknowledgement is under way.
func (r *rush) wait(ctx context.Context) {
	r.mu.Lock()
	if r.going == 0 {
		r.mu.Unlock()
		return
	}
	if r.calm == nil {
		r.calm = make(chan struct{})
	}
	calm := r.calm
	r.mu.Unlock()
	late := time.NewTimer(rushWithin)
	defer late.Stop()
	select {
	case <-calm:
	case <-late.C:
	case <-ctx.Done():
	}
}
