package fetch

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// pace keeps the requests to one host apart.
type pace struct {
	patience time.Duration

	mu    sync.Mutex
	hosts map[string]time.Time // when it may be asked next
}

// maxHosts bounds what is kept of hosts. Those whose time has come need no
// keeping.
const maxHosts = 4096

// maxDelay bounds a pause that a robots.txt asks for between two requests.
const maxDelay = 10 * time.Second

func newPace(patience time.Duration) *pace {
	return &pace{patience: patience, hosts: make(map[string]time.Time)}
}

// wait returns when u's host may be asked; the next to ask it waits for pause
// longer. Where that is too long from now it returns ErrBusy at once.
func (p *pace) wait(ctx context.Context, u *url.URL, pause time.Duration) error {
	now := time.Now()
	p.mu.Lock()
	at := p.hosts[u.Host]
	if at.Before(now) {
		at = now
	}
	wait := at.Sub(now)
	if wait > p.patience {
		p.mu.Unlock()
		return &Fault{Kind: ErrBusy, URL: u.String(), After: wait, Passing: true}
	}
	p.keep(u.Host, at.Add(pause), now)
	p.mu.Unlock()
	if wait == 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// leave has u's host left alone for a while.
func (p *pace) leave(u *url.URL, d time.Duration) {
	if d <= 0 {
		return
	}
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := now.Add(d); at.After(p.hosts[u.Host]) {
		p.keep(u.Host, at, now)
	}
}

// keep notes when host may be asked next, and forgets what is past.
func (p *pace) keep(host string, at, now time.Time) {
	if len(p.hosts) >= maxHosts {
		for h, t := range p.hosts {
			if t.Before(now) {
				delete(p.hosts, h)
			}
		}
		if len(p.hosts) >= maxHosts { // all wait: forget any
			for h := range p.hosts {
				delete(p.hosts, h)
				break
			}
		}
	}
	p.hosts[host] = at
}

// maxAfter bounds what a site can ask for.
const maxAfter = 24 * time.Hour

// retryAfter reads Retry-After: seconds or a date (RFC 9110, section 10.2.3).
// What cannot be read is 0.
func retryAfter(h http.Header, now time.Time) time.Duration {
	after := h.Get("Retry-After")
	if s, err := strconv.ParseUint(after, 10, 31); err == nil {
		return min(time.Duration(s)*time.Second, maxAfter)
	}
	if at, err := http.ParseTime(after); err == nil {
		return max(0, min(at.Sub(now), maxAfter))
	}
	return 0
}

// fresh reads how long a reply stays as it is: max-age of Cache-Control (RFC
// 9111, section 5.2.2.1), a day at most.
func fresh(h http.Header) time.Duration {
	for directive := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(name) {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			if s, err := strconv.ParseUint(strings.Trim(value, `"`), 10, 31); err == nil {
				return min(time.Duration(s)*time.Second, maxAfter)
			}
		}
	}
	return 0
}
