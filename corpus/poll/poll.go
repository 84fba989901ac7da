// Package poll follows feeds: it asks each when it is due, and adds what is new
// in it to the collection that follows it, each entry once.
//
// How often a feed is asked follows how often it has something new, within
// bounds, and never more often than it or its server asks for (schedule.go). A
// poll reads the feed and deals with its newest entries first, a bounded number
// of them (feed.go); those left over come with the next polls. What was dealt
// with is noted in the store as it goes: whatever happens to the process, the
// next one goes on from there. A feed that fails is asked more and more rarely,
// reported once, and paused after a month.
package poll

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/ingest"
)

// Getter gets what stands at an address; a *fetch.Client is one.
type Getter interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Page, error)
}

// Adder adds what a feed says of an article, and what the article's page says;
// an *ingest.Linker is one.
type Adder interface {
	AddEntry(ctx context.Context, collection string, entry corpus.Draft) (ingest.Linked, error)
}

// Options say what a Poller works with and how hard.
type Options struct {
	Store *corpus.Store
	Get   Getter
	Add   Adder

	Min, Max time.Duration // between two polls of a feed; 0 means 10 minutes and a day
	AtOnce   int           // how many feeds are polled at once, each with one request at a time; 0 means 16
	Entries  int           // how many entries of a feed one poll deals with; 0 means 50

	// Told is told how each poll ended, one after the other; may be nil.
	Told func(Result)
	Log  *slog.Logger
}

// Result is how a poll ended.
type Result struct {
	Feed    corpus.Feed // as it stands now
	Added   int         // articles that are new to the collection
	Updated int         // articles that it has and that changed
	Left    int         // entries left for the next polls
	Err     error       // why the feed could not be read, or nil
	Report  bool        // the feed has failed for so long that somebody should be told; true once
}

// Poller polls the feeds of a store. Several, in one process or in many, may
// work on one store.
type Poller struct {
	Options
	now     func() time.Time
	reading chan struct{} // held while a feed's document is parsed

	mu      sync.Mutex
	busy    map[int64]bool // feeds that are being polled
	telling sync.Mutex
}

// New returns a Poller.
func New(o Options) *Poller {
	o.Min = cmp.Or(o.Min, 10*time.Minute)
	o.Max = max(o.Min, cmp.Or(o.Max, 24*time.Hour))
	o.AtOnce = cmp.Or(o.AtOnce, 16)
	o.Entries = cmp.Or(o.Entries, 50)
	return &Poller{Options: o, now: time.Now, reading: make(chan struct{}, 2), busy: make(map[int64]bool)}
}

const (
	lookAgain = 15 * time.Second // how soon a feed is noticed that another process added
	storeWait = time.Minute      // after the store could not be read or written
)

// Run polls feeds as they become due, until ctx ends. A store that cannot be
// read or written is logged and tried again.
func (p *Poller) Run(ctx context.Context) {
	var wg sync.WaitGroup
	defer wg.Wait()
	free := make(chan struct{}, p.AtOnce)
	ended := make(chan error, p.AtOnce)
	timer := time.NewTimer(0)
	defer timer.Stop()
	var hold time.Time // nothing is begun before
	wait := func(d time.Duration) { timer.Reset(max(d, hold.Sub(p.now()))) }
	broken := func(err error) {
		if err != nil && ctx.Err() == nil {
			p.Log.Error("feeds are not polled for a while", "error", err, "wait", storeWait)
			hold = p.now().Add(storeWait)
		}
	}
	for {
		select {
		case <-ctx.Done():
			return
		case err := <-ended:
			broken(err)
			wait(0)
			continue
		case <-timer.C:
		}
		feeds, err := p.due(ctx, cap(free)-len(free))
		broken(err)
		for _, f := range feeds {
			free <- struct{}{}
			wg.Go(func() {
				err := p.poll(ctx, f)
				p.release(f.N)
				<-free
				select {
				case ended <- err:
				case <-ctx.Done():
				}
			})
		}
		if len(free) < cap(free) { // else the next one to end says when
			wait(p.pause(ctx))
		}
	}
}

// pause is how long nothing is due, at most lookAgain.
func (p *Poller) pause(ctx context.Context) time.Duration {
	next, err := p.Store.NextFeed(ctx)
	if err != nil || next.IsZero() {
		return lookAgain
	}
	return min(lookAgain, max(time.Second, next.Sub(p.now())))
}

// due returns feeds that are due and not being polled, at most so many, and
// marks them as being polled.
func (p *Poller) due(ctx context.Context, limit int) ([]corpus.Feed, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	list, err := p.Store.DueFeeds(ctx, p.now(), limit+len(p.busy))
	if err != nil {
		return nil, err
	}
	var free []corpus.Feed
	for _, f := range list {
		if len(free) < limit && !p.busy[f.N] {
			p.busy[f.N] = true
			free = append(free, f)
		}
	}
	return free, nil
}

func (p *Poller) release(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.busy, n)
}

// maxFeeds bounds what Once takes on.
const maxFeeds = 1 << 16

// Once polls each feed that is due, once. The error is the store's, or that of
// ctx; that a feed cannot be read is told with its Result.
func (p *Poller) Once(ctx context.Context) error {
	feeds, err := p.due(ctx, maxFeeds)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan corpus.Feed, len(feeds))
	for _, f := range feeds {
		queue <- f
	}
	close(queue)
	var wg sync.WaitGroup
	for range min(p.AtOnce, len(feeds)) {
		wg.Go(func() {
			for f := range queue {
				if ctx.Err() == nil {
					if err := p.poll(ctx, f); err != nil {
						cancel(err)
					}
				}
				p.release(f.N)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// tell reports how a poll ended.
func (p *Poller) tell(r Result) {
	p.telling.Lock()
	defer p.telling.Unlock()
	log := p.Log.With("feed", r.Feed.URL, "collection", r.Feed.Collection)
	switch {
	case r.Report:
		log.Warn("feed fails", "since", r.Feed.Failing, "paused", r.Feed.Paused, "error", r.Err)
	case r.Err != nil:
		log.Info("feed not read", "failures", r.Feed.Failures, "error", r.Err)
	default:
		log.Debug("feed read", "added", r.Added, "updated", r.Updated, "left", r.Left, "next", r.Feed.Next)
	}
	if p.Told != nil {
		p.Told(r)
	}
}

// ofStore reports whether err is the store's and not about one article.
func ofStore(err error) bool {
	for _, known := range []error{corpus.ErrBusy, corpus.ErrReadOnly, corpus.ErrFull, corpus.ErrDamaged} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
