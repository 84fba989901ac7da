package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Bounds of robots.txt. RFC 9309 asks for 500 kB at least, and for no file to
// be kept for more than a day.
const (
	maxRobots     = 512 << 10
	maxRules      = 10_000
	robotsAge     = 12 * time.Hour
	robotsRetry   = time.Minute // where the file could not be had
	robotsHops    = 5
	maxRobotHosts = 1024
)

// robots keeps what hosts ask of programs.
type robots struct {
	mu    sync.Mutex
	sites map[string]*site
}

// site is one scheme, host and port.
type site struct {
	turn  chan struct{} // held while the file is fetched, so that it is fetched once
	rules rules
	err   error
	until time.Time
}

func newRobots() *robots { return &robots{sites: make(map[string]*site)} }

func (r *robots) site(origin string) *site {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sites[origin]
	if s == nil {
		if len(r.sites) >= maxRobotHosts { // forget any: it is fetched again
			for o := range r.sites {
				delete(r.sites, o)
				break
			}
		}
		s = &site{turn: make(chan struct{}, 1)}
		r.sites[origin] = s
	}
	return s
}

// rules returns what u's site asks for. Where it has no robots.txt all is
// allowed; where that cannot be had, nothing may be asked for (RFC 9309,
// section 2.3.1), and the error says so.
func (c *Client) rules(ctx context.Context, u *url.URL) (rules, error) {
	s := c.robots.site(u.Scheme + "://" + u.Host)
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return rules{}, context.Cause(ctx)
	}
	if time.Now().Before(s.until) {
		return s.rules, s.err
	}
	found, err := c.fetchRules(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
	if ctx.Err() != nil {
		return rules{}, context.Cause(ctx) // which says nothing of the site
	}
	age := robotsAge
	if err != nil {
		age = robotsRetry
	}
	s.rules, s.err, s.until = found, err, time.Now().Add(age)
	return found, err
}

func (c *Client) fetchRules(ctx context.Context, u *url.URL) (rules, error) {
	for range robotsHops + 1 {
		found, next, err := c.robotsStep(ctx, u)
		if err != nil || next == nil {
			return found, err
		}
		u = next
	}
	return rules{}, nil // as if there were none: RFC 9309, section 2.3.1.2
}

func (c *Client) robotsStep(ctx context.Context, u *url.URL) (rules, *url.URL, error) {
	resp, done, err := c.send(ctx, u, http.Header{"Accept": {"text/plain"}}, 0)
	if err != nil {
		return rules{}, nil, err
	}
	defer done()
	switch s := resp.StatusCode; {
	case s >= 300 && s < 400:
		next, err := c.follow(u, resp.Header.Get("Location"))
		return rules{}, next, err
	case s == http.StatusTooManyRequests, s >= 500:
		return rules{}, nil, c.refusal(u, resp)
	case s != http.StatusOK:
		return rules{}, nil, nil
	}
	body, err := read(ctx, u, resp, maxRobots)
	if err != nil && !errors.Is(err, ErrTooLarge) { // of a longer one the beginning counts
		return rules{}, nil, err
	}
	return parseRules(body, product), nil, nil
}

// rules are what a site asks of one program. The zero value allows all.
type rules struct {
	list  []rule
	delay time.Duration // between two requests; 0 where the site does not say
}

type rule struct {
	pattern string // a path, with * for anything and $ for the end
	allow   bool
}

// parseRules reads a robots.txt as RFC 9309 has it: the groups for agent, or
// else those for everybody. Lines that make no sense are passed over.
func parseRules(file []byte, agent string) rules {
	var own, all rules
	named := false                  // there is a group for agent
	mine, everybody := false, false // the group being read is for
	heading := false                // the line before named a user agent
	file = bytes.TrimPrefix(file, []byte("\xEF\xBB\xBF"))
	for line := range bytes.FieldsFuncSeq(file, func(r rune) bool { return r == '\n' || r == '\r' }) {
		text, _, _ := strings.Cut(string(line), "#")
		key, value, ok := strings.Cut(text, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch key = strings.ToLower(strings.TrimSpace(key)); key {
		case "user-agent":
			if !heading {
				mine, everybody, heading = false, false, true
			}
			name := token(value)
			mine = mine || strings.EqualFold(name, agent)
			everybody = everybody || value == "*"
			named = named || mine
			continue
		case "allow", "disallow":
			if value != "" && utf8.ValidString(value) {
				add := rule{escaped(value), key == "allow"}
				if mine && len(own.list) < maxRules {
					own.list = append(own.list, add)
				}
				if everybody && len(all.list) < maxRules {
					all.list = append(all.list, add)
				}
			}
		case "crawl-delay":
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && s < 1e6 {
				d := time.Duration(s * float64(time.Second))
				if mine {
					own.delay = d
				}
				if everybody {
					all.delay = d
				}
			}
		default: // such as sitemap, which belongs to no group
			continue
		}
		heading = false
	}
	if named {
		return own
	}
	return all
}

// token returns the product of a user agent: letters, - and _.
func token(s string) string {
	for i, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return s[:i]
		}
	}
	return s
}

// allow reports whether a path with its query may be asked for: the longest
// pattern that matches decides, and of two the one that allows.
func (r rules) allow(path string) bool {
	path = escaped(path)
	longest, allowed := -1, true
	for _, rule := range r.list {
		n := len(rule.pattern)
		if n < longest || n == longest && (allowed || !rule.allow) {
			continue
		}
		if matches(rule.pattern, path) {
			longest, allowed = n, rule.allow
		}
	}
	return allowed
}

// matches reports whether path begins with pattern, in time linear in their
// product.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !whole || path == ""
}

// escaped brings the escapes of a path to one form: what needs none has none,
// and the rest is in capitals.
func escaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				i += 2
				if d := byte(n); d >= 'a' && d <= 'z' || d >= 'A' && d <= 'Z' || d >= '0' && d <= '9' || strings.IndexByte("-._~", d) >= 0 {
					b.WriteByte(d)
				} else {
					b.WriteString("%" + strings.ToUpper(s[i-1:i+1]))
				}
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			const hex = "0123456789ABCDEF"
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
