package remote_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/retrieval/remote"
)

func busy(after time.Duration) error {
	return &remote.Fault{Kind: remote.ErrBusy, Status: 429, After: after, Passing: true}
}

// TestPolicy counts the tries, and holds the time between the first and the
// last of them to its bounds.
func TestPolicy(t *testing.T) {
	down := &remote.Fault{Kind: remote.ErrUnavailable, Status: 503, Passing: true}
	key := &remote.Fault{Kind: remote.ErrKey, Status: 401}
	for _, test := range []struct {
		name        string
		policy      remote.Policy
		errs        []error // of each call; the last repeats
		calls       int
		want        error
		least, most time.Duration
	}{
		{name: "success", errs: []error{nil}, calls: 1},
		{name: "second try", errs: []error{down, nil}, calls: 2, least: 250 * time.Millisecond, most: 500 * time.Millisecond},
		{name: "doubling", policy: remote.Policy{Tries: 4, Pause: time.Second}, errs: []error{down}, calls: 4, want: down, least: 3500 * time.Millisecond, most: 7 * time.Second},
		{name: "as asked, never earlier", errs: []error{busy(3 * time.Second), nil}, calls: 2, least: 3 * time.Second, most: 3300 * time.Millisecond},
		{name: "asked for too much", errs: []error{busy(time.Minute)}, calls: 1, want: remote.ErrBusy},
		{name: "will not pass", errs: []error{key}, calls: 1, want: remote.ErrKey},
		{name: "not ours", errs: []error{errors.ErrUnsupported}, calls: 1, want: errors.ErrUnsupported},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls, start := 0, time.Now()
				err := test.policy.Do(t.Context(), func() error {
					calls++
					return test.errs[min(calls, len(test.errs))-1]
				})
				if !errors.Is(err, test.want) || calls != test.calls {
					t.Errorf("%d calls, %v; want %d, %v", calls, err, test.calls, test.want)
				}
				if took := time.Since(start); took < test.least || took > test.most {
					t.Errorf("took %v; want %v to %v", took, test.least, test.most)
				}
			})
		})
	}
}

// TestPolicyEnds waits no longer than its context lets it.
func TestPolicyEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		err := remote.Policy{}.Do(ctx, func() error { return busy(5 * time.Second) })
		if !errors.Is(err, remote.ErrBusy) || time.Since(start) != 0 {
			t.Errorf("a pause past the deadline: got %v after %v", err, time.Since(start))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		cause := errors.New("the reader left")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(cause) })
		start := time.Now()
		err := remote.Policy{}.Do(ctx, func() error { return busy(5 * time.Second) })
		if err != cause || time.Since(start) != time.Second {
			t.Errorf("a context that ends: got %v after %v", err, time.Since(start))
		}
	})
}

// TestBreaker plays a server's bad day. Each step waits, then either is turned
// away, or calls with this result.
func TestBreaker(t *testing.T) {
	down := &remote.Fault{Kind: remote.ErrUnavailable}
	type step struct {
		wait   time.Duration
		result error
		turned bool
	}
	const s = time.Second
	for _, test := range []struct {
		name  string
		steps []step
	}{
		{"opens after failures in a row, lets one through, closes", []step{
			{0, down, false}, {0, down, false}, {0, down, false}, {0, nil, true},
			{9 * s, nil, true}, {1 * s, nil, false}, {0, down, false}, {0, nil, false},
		}},
		{"a success between them starts anew", []step{
			{0, down, false}, {0, down, false}, {0, nil, false}, {0, down, false}, {0, down, false}, {0, nil, false},
		}},
		{"one more failure keeps it open", []step{
			{0, down, false}, {0, down, false}, {0, down, false}, {10 * s, down, false}, {0, nil, true}, {10 * s, nil, false},
		}},
		{"what says nothing of the server is not counted", []step{
			{0, context.Canceled, false}, {0, context.Canceled, false}, {0, context.Canceled, false},
			{0, remote.ErrKey, false}, {0, remote.ErrTooLong, false}, {0, remote.ErrRefused, false}, {0, nil, false},
		}},
		{"a call given up lets the next one try", []step{
			{0, down, false}, {0, down, false}, {0, down, false}, {10 * s, context.Canceled, false}, {0, nil, false}, {0, nil, false},
		}},
		{"left alone as long as it asks", []step{
			{0, busy(60 * s), false}, {59 * s, nil, true}, {1 * s, nil, false}, {0, nil, false},
		}},
		{"but not for ever", []step{
			{0, busy(24 * time.Hour), false}, {10 * time.Minute, nil, false},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := remote.Breaker{Failures: 3, Rest: 10 * s}
				for i, step := range test.steps {
					time.Sleep(step.wait)
					leave, err := b.Enter()
					if (err != nil) != step.turned {
						t.Fatalf("step %d: got %v", i+1, err)
					}
					if err == nil {
						leave(step.result)
					}
				}
			})
		})
	}
}

// TestBreakerProbe lets only one through while it is under way.
func TestBreakerProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := remote.Breaker{Failures: 1, Rest: time.Second}
		leave, err := b.Enter()
		if err != nil {
			t.Fatal(err)
		}
		leave(remote.ErrGarbled)
		time.Sleep(time.Second)
		leave, err = b.Enter()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Enter(); !errors.Is(err, remote.ErrUnavailable) {
			t.Errorf("a second one: got %v", err)
		}
		leave(nil)
		if _, err := b.Enter(); err != nil {
			t.Errorf("closed again: got %v", err)
		}
	})
}
