package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"
)

// lane is one rate limit: requests in it go one after the other, as many in a
// window as Discord's answers allow.
type lane struct {
	name    string
	limiter *discordgo.RateLimiter // holds this lane's bucket alone, so that it can go with it
	turn    chan struct{}          // holds one token
	users   int                    // under rest.mu
	used    time.Time              // under rest.mu
}

func (l *lane) lock(ctx context.Context) error {
	select {
	case l.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *lane) unlock() { <-l.turn }

// wait says how long until the lane's next request may be sent.
func (l *lane) wait() time.Duration {
	b := l.limiter.GetBucket(l.name)
	b.Lock()
	defer b.Unlock()
	return l.limiter.GetWaitTime(b, 1)
}

// bucket returns the lane's bucket, locked, for one request.
func (l *lane) bucket() *discordgo.Bucket { return l.limiter.LockBucket(l.name) }

// enter returns the lane of that name. The caller leaves it again.
func (r *rest) enter(name string) *lane {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.lanes[name]
	if l == nil {
		l = &lane{name: name, limiter: discordgo.NewRatelimiter(), turn: make(chan struct{}, 1)}
		r.lanes[name] = l
	}
	l.users++
	return l
}

func (r *rest) leave(l *lane) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l.users--
	l.used = time.Now()
}

// prune forgets lanes that nobody used for a while. There is one for each
// interaction, so without it the memory grows for ever.
func (r *rest) prune(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, l := range r.lanes {
		if l.users == 0 && now.Sub(l.used) >= laneIdle {
			delete(r.lanes, name)
		}
	}
	for target, c := range r.closed {
		if now.After(c.until) {
			delete(r.closed, target)
		}
	}
}
