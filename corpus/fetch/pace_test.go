package fetch_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"pilcrow/corpus/fetch"
)

// TestPace: a host is asked again only after a pause; another at once.
func TestPace(t *testing.T) {
	var mu sync.Mutex
	var at []time.Time
	note := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path != "/robots.txt" {
			at = append(at, time.Now())
		}
		w.WriteHeader(http.StatusNotFound)
	}
	const pause = 50 * time.Millisecond
	base, c := site(t, map[string]http.HandlerFunc{"/": note}, func(o *fetch.Options) { o.Pause = pause })
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() { c.Get(t.Context(), fetch.Request{URL: fmt.Sprintf("%s/%d", base, i)}) })
	}
	wg.Wait()
	if len(at) != 4 {
		t.Fatalf("%d requests", len(at))
	}
	// Each may be late by itself, never early by much; together they take
	// three pauses at least, less what the first was late.
	if took := at[3].Sub(at[0]); took < 2*pause {
		t.Errorf("four requests within %s", took)
	}
}

// TestImpatient: whoever would wait too long for a turn is told at once.
func TestImpatient(t *testing.T) {
	base, c := site(t, map[string]http.HandlerFunc{"/": status(404)},
		func(o *fetch.Options) { o.Pause = time.Hour; o.Patience = time.Minute })
	if _, err := c.Get(t.Context(), fetch.Request{URL: base}); !errors.Is(err, fetch.ErrGone) {
		t.Fatal(err)
	}
	_, err := c.Get(t.Context(), fetch.Request{URL: base})
	var f *fetch.Fault
	if !errors.As(err, &f) || f.Kind != fetch.ErrBusy || f.After < 59*time.Minute || !f.Passing {
		t.Errorf("got %#v", err)
	}
}
