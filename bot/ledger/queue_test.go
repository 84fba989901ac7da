package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"pilcrow/bot/ledger"
)

// TestQueueTurns lets one guild ask much and another little, and one person of
// the first much and another little: nobody waits for who asks much.
func TestQueueTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := ledger.NewQueue(1, 100)
		leave, err := q.Enter(t.Context(), "1", "anna", func(int) { t.Error("the first has to wait") })
		check(t, err)
		var order []string
		places := map[string][]int{}
		var mu sync.Mutex
		var wg sync.WaitGroup
		enter := func(guild, person string, n int) {
			name := fmt.Sprint(guild, person, n)
			wg.Go(func() {
				leave, err := q.Enter(t.Context(), guild, person, func(place int) {
					mu.Lock()
					defer mu.Unlock()
					places[name] = append(places[name], place)
				})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, name)
				mu.Unlock()
				synctest.Wait()
				leave()
				leave() // once is enough
			})
			synctest.Wait()
		}
		for n := range 3 {
			enter("1", "anna", n)
		}
		enter("1", "bob", 0)
		enter("2", "carl", 0)
		enter("", "dora", 0)
		enter("", "emil", 0)
		leave()
		wg.Wait()
		want := []string{"1anna0", "2carl0", "dora0", "emil0", "1bob0", "1anna1", "1anna2"}
		if !slices.Equal(order, want) {
			t.Errorf("order %v, want %v", order, want)
		}
		if got := places["1anna2"]; !slices.IsSortedFunc(got, func(a, b int) int { return b - a }) || got[0] != 3 || got[len(got)-1] != 1 {
			t.Errorf("the last one was told %v", got)
		}
	})
}

// TestQueueRoom refuses whom there is no room for, and forgets who goes away.
func TestQueueRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := ledger.NewQueue(1, 20) // two of each person
		leave, err := q.Enter(t.Context(), "1", "anna", nil)
		check(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		var full, gone, served atomic.Int32
		enter := func(ctx context.Context, person string) {
			wg.Go(func() {
				leave, err := q.Enter(ctx, "1", person, nil)
				switch {
				case errors.Is(err, ledger.ErrFull):
					full.Add(1)
				case errors.Is(err, context.Canceled):
					gone.Add(1)
				case err == nil:
					served.Add(1)
					leave()
				}
			})
			synctest.Wait()
		}
		for range 3 {
			enter(t.Context(), "anna")
		}
		if full.Load() != 1 {
			t.Errorf("%d of one person's were refused, want 1", full.Load())
		}
		for i := range 20 {
			enter(ctx, fmt.Sprint(i))
		}
		if full.Load() != 3 {
			t.Errorf("%d were refused, want 3", full.Load())
		}
		cancel()
		synctest.Wait()
		enter(ctx, "late")
		leave()
		wg.Wait()
		if gone.Load() != 19 || served.Load() != 2 {
			t.Errorf("%d went away, %d were served; want 19, 2", gone.Load(), served.Load())
		}
		leave, err = q.Enter(t.Context(), "1", "anna", func(int) { t.Error("nobody is left, and yet one waits") })
		check(t, err)
		leave()
	})
}

// TestQueueBusy never lets in more than the slots, and everybody in the end.
func TestQueueBusy(t *testing.T) {
	q := ledger.NewQueue(4, 1000)
	var wg sync.WaitGroup
	var in, most atomic.Int32
	for i := range 400 {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if i%7 == 0 {
				go cancel() // at any moment
			}
			leave, err := q.Enter(ctx, fmt.Sprint(i%5), fmt.Sprint(i%20), func(int) {})
			if err != nil {
				if !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
				return
			}
			defer leave()
			n := in.Add(1)
			for {
				m := most.Load()
				if n <= m || most.CompareAndSwap(m, n) {
					break
				}
			}
			in.Add(-1)
		})
	}
	wg.Wait()
	if most.Load() > 4 {
		t.Errorf("%d at once", most.Load())
	}
	for range 4 {
		if _, err := q.Enter(t.Context(), "", "late", func(int) { t.Error("a slot was lost") }); err != nil {
			t.Error(err)
		}
	}
}
