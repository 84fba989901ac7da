package discord

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// TestRush lets other work wait for acknowledgements, though not for ever.
func TestRush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r rush
		waited := func(ctx context.Context) time.Duration {
			begun := time.Now()
			r.wait(ctx)
			return time.Since(begun)
		}
		if got := waited(t.Context()); got != 0 {
			t.Errorf("waited %v for nothing", got)
		}
		one, two := r.enter(), r.enter()
		time.AfterFunc(10*time.Millisecond, one)
		time.AfterFunc(20*time.Millisecond, func() { one(); two() })
		if got := waited(t.Context()); got != 20*time.Millisecond {
			t.Errorf("waited %v for the later of two", got)
		}
		three := r.enter()
		defer three()
		if got := waited(t.Context()); got != rushWithin {
			t.Errorf("waited %v for one that takes long", got)
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if got := waited(ended); got != 0 {
			t.Errorf("waited %v after the end", got)
		}
	})
}
