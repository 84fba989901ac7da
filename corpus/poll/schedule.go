package poll

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
)

// When a feed that fails is told of, and when it is given up.
const (
	reportAfter = 24 * time.Hour
	reportTries = 3
	pauseAfter  = 30 * 24 * time.Hour
)

// began is the time between two polls of a feed of which nothing is known yet.
const began = 30 * time.Minute

// adapt returns the time until the next poll of a feed that was read, where
// fresh of its entries were new. It aims at one new entry a poll.
func adapt(every time.Duration, fresh int, least, most time.Duration) time.Duration {
	switch {
	case every == 0: // the first poll, where all are new
		every = began
	case fresh == 0:
		every = every * 3 / 2
	case fresh > 1:
		every /= time.Duration(min(fresh, 4))
	}
	return min(max(every, least), most)
}

// read notes in f that it was read at now. A feed with entries left is asked
// again soon; otherwise it is left alone for as long as it or its server asks,
// up to most.
func (p *Poller) read(f *corpus.Feed, now time.Time, fresh, left int, asked time.Duration) {
	f.Every = adapt(f.Every, fresh, p.Min, p.Max)
	wait := max(f.Every, min(asked, p.Max))
	if left > 0 {
		wait = p.Min
	}
	f.Next = now.Add(later(wait))
	f.Polled = now
	f.Failures, f.Failing, f.Reason, f.Reported = 0, time.Time{}, "", false
}

// failed notes in f that it could not be read at now, and returns whether
// somebody should be told.
func (p *Poller) failed(f *corpus.Feed, now time.Time, err error) (report bool) {
	f.Failures++
	f.Reason = err.Error()
	if f.Failing.IsZero() {
		f.Failing = now
	}
	wait := max(f.Every, p.Min)
	for range f.Failures - 1 {
		if wait *= 2; wait >= p.Max {
			break
		}
	}
	var fault *fetch.Fault
	gone := false
	if errors.As(err, &fault) {
		wait = max(wait, fault.After)
		gone = fault.Status == http.StatusGone // the one answer that means for good
	}
	f.Next = now.Add(later(min(wait, p.Max)))
	since := now.Sub(f.Failing)
	f.Paused = gone || since >= pauseAfter
	if f.Paused || since >= reportAfter && f.Failures >= reportTries {
		report = !f.Reported
		f.Reported = true
	}
	return report
}

// later lengthens d by up to a fifth, so that feeds that were added together do
// not come due together for ever.
func later(d time.Duration) time.Duration { return d + rand.N(d/5+1) }
