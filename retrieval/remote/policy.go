package remote

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"
)

// Policy says how often, and how patiently, a call is tried. The zero Policy
// is a good one.
type Policy struct {
	Tries   int           // in all; 0 means 3
	Pause   time.Duration // before the second try, doubled before each further one; 0 means 500 ms
	Longest time.Duration // a server that asks for a longer pause is not tried again; 0 means 20 s
	Log     *slog.Logger  // told, at debug level, of each new try; nil is told nothing
}

// Do calls until a call succeeds, fails with what will not pass, or has been
// tried often enough; it returns the last error. Before each new try it waits
// as long as the server asked for, else for half to the whole of a pause that
// doubles each time, so that many callers do not come back at once. It never
// waits past the end of ctx: where the pause would, it returns the error of
// the call, and where ctx ends meanwhile, the cause of that.
func (p Policy) Do(ctx context.Context, call func() error) error {
	pause := cmp.Or(p.Pause, 500*time.Millisecond)
	longest := cmp.Or(p.Longest, 20*time.Second)
	for try := 1; ; try++ {
		err := call()
		var f *Fault
		if !errors.As(err, &f) || !f.Passing || try >= cmp.Or(p.Tries, 3) {
			return err
		}
		wait := pause/2 + rand.N(pause/2+1)
		if f.After > 0 {
			wait = f.After + rand.N(f.After/10+1) // never earlier than asked
		}
		if deadline, ok := ctx.Deadline(); wait > longest || ok && time.Until(deadline) < wait {
			return err
		}
		if p.Log != nil {
			p.Log.DebugContext(ctx, "model server: trying again", "try", try+1, "status", f.Status, "wait", wait)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(wait):
		}
		pause *= 2
	}
}
