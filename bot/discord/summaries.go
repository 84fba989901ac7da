package discord

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
)

// summaries are the summaries made lately: what many channels announce is
// summarised once, and paid for by the server whose channel came first. The
// zero summaries is ready and safe for concurrent use.
type summaries struct {
	mu   sync.Mutex
	made map[string]*summary
	ids  []string // oldest first

	failed map[[2]string]int // summaries in a row, by their articles' language and their own
}

type summary struct {
	mu     sync.Mutex
	events []bot.Event
	begun  time.Time
}

const (
	// summariesKept is more than are announced at one time.
	summariesKept = 64
	// hopelessAfter is how many summaries in another language than the article's
	// may fail in a row. What the gate cannot compare it lets nobody read.
	hopelessAfter = 3
	// summariesFor is how long a message that could not be posted finds its
	// summary made.
	summariesFor = time.Hour
)

// entry returns the summary under key, made or to be made.
func (s *summaries) entry(key string) *summary {
	s.mu.Lock()
	defer s.mu.Unlock()
	made := s.made[key]
	if made == nil {
		if s.made == nil {
			s.made = make(map[string]*summary)
		}
		made = &summary{begun: time.Now()}
		s.made[key] = made
		if s.ids = append(s.ids, key); len(s.ids) > summariesKept {
			delete(s.made, s.ids[0])
			s.ids = s.ids[1:]
		}
	}
	return made
}

// prune forgets what was made long ago.
func (s *summaries) prune(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids = slices.DeleteFunc(s.ids, func(key string) bool {
		old := now.Sub(s.made[key].begun) >= summariesFor
		if old {
			delete(s.made, key)
		}
		return old
	})
}

// summarised returns the summary that b asks for of what is written in the
// language from, known by key: made before, or made now by a model at the cost
// of j's place, or past that place's limits of the articles' own words.
func (a *App) summarised(ctx context.Context, j ledger.Job, key, from string, b bot.Brief) ([]bot.Event, error) {
	made := a.summaries.entry(key + "/" + b.Language)
	made.mu.Lock()
	defer made.mu.Unlock()
	if made.events != nil {
		return made.events, nil
	}
	place, person := payer(j)
	model, over, settle, err := a.allow(ctx, rand.Text(), place, person)
	if err != nil {
		return nil, err
	}
	b.Extractive = over != nil
	events, err := a.written(model, from, b)
	settle(err)
	if err == nil && over == nil { // else another may pay for a better one
		made.events = events
	}
	return events, err
}

// written returns a summary in the language that b asks for, else in the
// article's, else in its own words: the next where nothing of one can be
// checked. Nobody asked, so nobody wants to hear that.
func (a *App) written(ctx context.Context, from string, b bot.Brief) ([]bot.Event, error) {
	if b.Language != "" && b.Language != from && !b.Extractive {
		if !a.summaries.hopeless(from, b.Language) {
			events, err := told(a.options.Bot.Summarise(ctx, b))
			if err != nil || !unchecked(events) {
				a.summaries.heard(from, b.Language, err == nil)
				return events, err
			}
			a.summaries.heard(from, b.Language, false)
		}
		b.Language = ""
	}
	events, err := told(a.options.Bot.Summarise(ctx, b))
	if err == nil && unchecked(events) {
		b.Extractive = true
		events, err = told(a.options.Bot.Summarise(ctx, b))
	}
	return events, err
}

// unchecked reports whether nothing that a model wrote passed the gate.
func unchecked(events []bot.Event) bool {
	return slices.ContainsFunc(events, func(e bot.Event) bool { r, ok := e.(bot.Refused); return ok && r.Reason == bot.Gate })
}

// hopeless reports whether summaries of articles in one language, written in
// another, failed at the gate so often that a further one is not worth its cost.
func (s *summaries) hopeless(from, to string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed[[2]string{from, to}] >= hopelessAfter
}

// heard notes what became of one.
func (s *summaries) heard(from, to string, well bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = make(map[[2]string]int)
	}
	if s.failed[[2]string{from, to}]++; well {
		delete(s.failed, [2]string{from, to})
	}
}

// payer returns at whose cost j is made: a person's, or a server's as a whole,
// since it is chance which of its channels comes first.
func payer(j ledger.Job) (p ledger.Place, person string) {
	if p := j.Follow.Place; p.Private != "" {
		return p, p.Private
	}
	return ledger.Place{Guild: j.Follow.Place.Guild, Member: j.Follow.Place.Member}, ""
}
