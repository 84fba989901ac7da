package ledger

import (
	"context"
	"sync/atomic"
)

// Meter counts the tokens of one question, of however many replies of a model
// it takes. It is safe for concurrent use.
type Meter struct{ in, out atomic.Int64 }

type meterKey struct{}

// On returns a context in which Count counts on m.
func (m *Meter) On(ctx context.Context) context.Context { return context.WithValue(ctx, meterKey{}, m) }

// Count adds what one reply of a model cost, in tokens read and written, to the
// meter that ctx is on, if there is one.
func Count(ctx context.Context, in, out int) {
	if m, ok := ctx.Value(meterKey{}).(*Meter); ok {
		m.in.Add(int64(in))
		m.out.Add(int64(out))
	}
}

// Spent returns the tokens read and written so far.
func (m *Meter) Spent() (in, out int) { return int(m.in.Load()), int(m.out.Load()) }
