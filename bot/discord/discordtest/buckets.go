package discordtest

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// limit is so many requests in so long.
type limit struct {
	requests int
	per      time.Duration
}

// global is the limit of a bot over all its requests but those of
// interactions: 50 a second (discord.com/developers/docs/topics/rate-limits).
var global = limit{50, time.Second}

// buckets counts requests for each (route, channel) or (route, token), by the
// real clock.
type buckets struct {
	unlimited bool
	mu        sync.Mutex
	byKey     map[string]*bucket
	limited   int
}

type bucket struct {
	left  int
	reset time.Time
}

// Limited returns how many requests were answered 429 because of a rate limit,
// injected ones not counted.
func (s *Server) Limited() int {
	s.buckets.mu.Lock()
	defer s.buckets.mu.Unlock()
	return s.buckets.limited
}

// take counts a request, and refuses it if there were too many.
func (b *buckets) take(c *call, header http.Header) *apiError {
	if b.unlimited {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if !c.route.anonymous {
		if left, reset := b.count("global", global, now); left < 0 {
			return b.refuse(reset.Sub(now), true)
		}
	}
	l := c.route.limit
	if l.requests == 0 {
		return nil
	}
	// What shares a limit: the method and shape of the route, and its major
	// parameter. All that edit or add to one answer of an interaction share.
	shape, major := c.route.method+c.route.path, c.vars["channel_id"]
	if token := c.vars["webhook_token"]; token != "" {
		shape, major = "/webhooks", token
	}
	left, reset := b.count(shape+major, l, now)
	name := fnv.New64a()
	name.Write([]byte(shape))
	header.Set("X-RateLimit-Bucket", fmt.Sprintf("%016x", name.Sum64()))
	header.Set("X-RateLimit-Limit", strconv.Itoa(l.requests))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(max(left, 0)))
	header.Set("X-RateLimit-Reset", seconds(time.Duration(reset.UnixNano())))
	header.Set("X-RateLimit-Reset-After", seconds(reset.Sub(now)))
	if left < 0 {
		return b.refuse(reset.Sub(now), false)
	}
	return nil
}

// count takes one of what is left, which is negative if there was nothing.
func (b *buckets) count(key string, l limit, now time.Time) (left int, reset time.Time) {
	x := b.byKey[key]
	if x == nil || !now.Before(x.reset) {
		x = &bucket{left: l.requests, reset: now.Add(l.per)}
		b.byKey[key] = x
	}
	x.left--
	return x.left, x.reset
}

func (b *buckets) refuse(wait time.Duration, global bool) *apiError {
	b.limited++
	e := refuse(http.StatusTooManyRequests, codeGeneral, "You are being rate limited.")
	e.body = object{"message": e.message, "retry_after": wait.Seconds(), "global": global}
	e.header = http.Header{}
	e.header.Set("Retry-After", strings.TrimSuffix(seconds(wait+time.Second), "."+fraction(wait+time.Second)))
	e.header.Set("X-RateLimit-Scope", "user")
	if global {
		e.header.Set("X-RateLimit-Global", "true")
		e.header.Set("X-RateLimit-Scope", "global")
	}
	return e
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }

func fraction(d time.Duration) string {
	_, f, _ := strings.Cut(seconds(d), ".")
	return f
}
