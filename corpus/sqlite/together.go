package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// gathering collects writes that wait for the same lock.
type gathering struct {
	mu      sync.Mutex
	waiting []*write
	led     bool // somebody writes what was waiting before
}

// write is one that waits. It is woken with true to write for all that wait,
// and with false when it was written, or not: err says which.
type write struct {
	ctx  context.Context
	fn   func(ctx context.Context, tx *sql.Tx) error
	err  error
	wake chan bool
}

var errAborted = errors.New("write was aborted")

// WriteTogether is Write for what many do at the same time: all that wait for
// the lock are written in one transaction, so they wait for the disk once and
// not one after the other. For each it is still a transaction of its own: what
// fn did is kept whole or, after its error, not at all, and kept for good when
// WriteTogether returns nil. fn gets a context that does not end, as the end of
// one would end the others'.
func (db *DB) WriteTogether(ctx context.Context, fn func(ctx context.Context, tx *sql.Tx) error) error {
	if db.Writer == nil {
		return ErrReadOnly
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	own := &write{ctx: context.WithoutCancel(ctx), fn: fn, err: errAborted, wake: make(chan bool, 1)}
	g := &db.together
	g.mu.Lock()
	g.waiting = append(g.waiting, own)
	if !g.led {
		g.led = true
		own.wake <- true
	}
	g.mu.Unlock()
	if lead := <-own.wake; !lead {
		return own.err
	}
	g.mu.Lock()
	batch := g.waiting
	g.waiting = nil
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		if g.led = len(g.waiting) > 0; g.led {
			g.waiting[0].wake <- true
		}
		g.mu.Unlock()
		for _, w := range batch {
			if w != own {
				w.wake <- false
			}
		}
	}()
	db.writeAll(own.ctx, batch)
	return own.err
}

// writeAll writes a batch, and notes in each what became of it.
func (db *DB) writeAll(ctx context.Context, batch []*write) {
	err := db.Write(ctx, func(tx *sql.Tx) error {
		for _, w := range batch {
			if _, err := tx.ExecContext(ctx, "SAVEPOINT one"); err != nil {
				return err
			}
			end := "RELEASE one"
			if w.err = w.fn(w.ctx, tx); w.err != nil {
				end = "ROLLBACK TO one; RELEASE one"
			}
			if _, err := tx.ExecContext(ctx, end); err != nil {
				return errors.Join(w.err, err)
			}
		}
		return nil
	})
	if err != nil {
		for _, w := range batch {
			if w.err == nil || w.err == errAborted {
				w.err = err
			}
		}
	}
}
