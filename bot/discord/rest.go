package discord

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// rest sends requests to Discord's API and keeps its limits. It is safe for
// concurrent use.
//
// Waiting and trying again are done here and not by discordgo, which sleeps
// through a context's end, gives up on a 429 without JSON, and repeats what may
// not be sent twice. Each request names the lane whose rate limit it falls
// under; discordgo has one for the edits of all interactions together.
type rest struct {
	base    string             // of every address, without a slash at its end
	session *discordgo.Session // for its requests alone; it is never opened
	log     *slog.Logger

	mu     sync.Mutex
	lanes  map[string]*lane
	closed map[string]closure // targets that said no
	until  time.Time          // every bot's limit over all lanes
}

// request is one call of the API.
type request struct {
	method string
	path   string            // below the API's base, beginning with a slash
	body   any               // as JSON; nil for none
	files  []*discordgo.File // sent beside body

	// lane names the rate limit, target what is left alone once it says no;
	// empty means method and path.
	lane, target string
	// once says that a second sending would be seen. Where it is unknown
	// whether the first arrived, the error is errUnsure.
	once bool
}

// errUnsure says that a request may have been carried out or not.
var errUnsure = errors.New("no answer, it may have arrived")

// errClosed says that the target said no not long ago, so nothing was sent.
var errClosed = errors.New("left alone since it said no")

const (
	tries       = 6                      // of one request
	firstPause  = 200 * time.Millisecond // doubled after each try
	longPause   = 10 * time.Second
	closedFor   = 10 * time.Minute // a permission may be given meanwhile
	closedMost  = 10_000
	laneIdle    = time.Minute // Discord's windows are shorter
	answerLimit = 8 << 20
	// answerWithin is the longest that one try takes. http.Client's own limit
	// takes a goroutine for each request, through tidy.
	answerWithin = 20 * time.Second
	// connections is the most to an API without HTTP/2. In a rush, to open one
	// takes longer than to wait for one, and the edits that follow need them
	// again. Answered in 20 ms, they carry 12,800 requests a second.
	connections = 256
	// encrypted is the most to one with TLS. HTTP/2 carries a hundred requests at
	// once on each, while the handshakes of 256 cost a second of work.
	encrypted = 16
	// silence is how long a connection of HTTP/2 may say nothing before it is asked
	// whether it is there, and how long it has to answer. Without that one that went
	// dead would be used for as long as TCP believes in it, a quarter of an hour.
	silence = 3 * time.Second
)

// newREST returns the API at base for a bot's token. secure is how it is spoken
// to over TLS, nil for Go's way.
func newREST(base, token string, secure *tls.Config, log *slog.Logger) (*rest, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, err
	}
	s.UserAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, " + discordgo.VERSION + ") pilcrow"
	s.LogLevel = -1 // what it would log comes back as an error
	s.MaxRestRetries = 0
	s.ShouldRetryOnRateLimit = false
	r := &rest{
		base: strings.TrimRight(base, "/"), session: s, log: log,
		lanes: make(map[string]*lane), closed: make(map[string]closure),
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = secure.Clone() // which it changes
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: silence, PingTimeout: silence}
	most := connections
	if strings.HasPrefix(r.base, "https:") {
		most = encrypted
	}
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost, transport.MaxConnsPerHost = 0, most, most
	s.Client = &http.Client{
		Transport: &tidy{next: transport, limited: r.pause},
		// Discord never sends a bot elsewhere, and what does is not to get the token.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return r, nil
}

// do sends q and decodes the answer into into, unless that is nil. It tries
// again what a limit, a failing server or a lost connection kept from arriving.
func (r *rest) do(ctx context.Context, q request, into any) error {
	err := r.send(ctx, q, into)
	if err != nil {
		return fmt.Errorf("discord: %s %s: %w", q.method, withoutToken(q.path), err)
	}
	return nil
}

func (r *rest) send(ctx context.Context, q request, into any) error {
	q.lane = cmp.Or(q.lane, q.method+" "+q.path)
	q.target = cmp.Or(q.target, q.method+" "+q.path)
	if err := r.isClosed(q.target); err != nil {
		return err
	}
	contentType, body, err := q.encode()
	if err != nil {
		return err
	}
	l := r.enter(q.lane)
	defer r.leave(l)
	pause := firstPause
	for try := 1; ; try++ {
		answer, err := r.try(ctx, l, q, contentType, body)
		if err == nil {
			if into == nil {
				return nil
			}
			return decode(answer, into)
		}
		wait, again := pause, false
		var limit *discordgo.RateLimitError
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &limit):
			wait, again = limit.RetryAfter, true
		case status(err) >= 500 || status(err) == 0:
			if q.once && !neverLeft(err) {
				return fmt.Errorf("%w: %w", errUnsure, err)
			}
			again = true
			pause *= 2
		case status(err) == http.StatusForbidden || status(err) == http.StatusNotFound || code(err) == codeArchived:
			r.close(q.target, err)
		}
		if end, ok := ctx.Deadline(); !again || try == tries || ok && time.Until(end) < wait {
			return err
		}
		level := slog.LevelDebug
		if wait >= longPause {
			level = slog.LevelWarn // nothing happens meanwhile
		}
		r.log.Log(ctx, level, "discord, again", "request", q.method+" "+withoutToken(q.path), "wait", wait, "error", err)
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// try sends q once, when its lane is free.
func (r *rest) try(ctx context.Context, l *lane, q request, contentType string, body []byte) ([]byte, error) {
	if err := l.lock(ctx); err != nil {
		return nil, err
	}
	defer l.unlock()
	if err := sleep(ctx, max(l.wait(), r.wait(q.path))); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	answer, err := r.session.RequestWithLockedBucket(q.method, r.base+q.path, contentType, body, l.bucket(), 0, discordgo.WithContext(ctx))
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err // the address may hold an interaction's token
	}
	var limit *discordgo.RateLimitError
	if errors.As(err, &limit) {
		limit.URL = withoutToken(q.path) // the same
	}
	return answer, err
}

func (q *request) encode() (contentType string, body []byte, err error) {
	switch {
	case len(q.files) > 0:
		return discordgo.MultipartBodyWithJSON(q.body, q.files)
	case q.body == nil:
		return "", nil, nil
	}
	body, err = json.Marshal(q.body)
	return "application/json", body, err
}

// pause holds every request back until a time: all of a bot's lanes together
// are limited as well.
func (r *rest) pause(until time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if until.After(r.until) {
		r.until = until
	}
}

// wait says how long every request is held back. Answers to interactions are
// not under that limit.
func (r *rest) wait(path string) time.Duration {
	if strings.HasPrefix(path, "/interactions/") || strings.HasPrefix(path, "/webhooks/") {
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Until(r.until)
}

// closure is a target's no.
type closure struct {
	until time.Time
	err   error
}

func (r *rest) isClosed(target string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, ok := r.closed[target]
	if !ok {
		return nil
	}
	if time.Now().After(c.until) {
		delete(r.closed, target)
		return nil
	}
	return fmt.Errorf("%w: %w", errClosed, c.err)
}

func (r *rest) close(target string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.closed) >= closedMost {
		clear(r.closed)
	}
	r.closed[target] = closure{time.Now().Add(closedFor), err}
}

// reopen forgets every no of a channel, whose permissions may have changed.
func (r *rest) reopen(channel string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for target := range r.closed {
		if strings.Contains(target, "/channels/"+channel+"/") || target == "file in "+channel {
			delete(r.closed, target)
		}
	}
}

// neverLeft says that a request failed before a connection stood.
func neverLeft(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// status returns the status that Discord answered with, 0 where it did not.
func status(err error) int {
	var refused *discordgo.RESTError
	if errors.As(err, &refused) && refused.Response != nil {
		return refused.Response.StatusCode
	}
	return 0
}

// code returns Discord's own code of an error, 0 where it gave none.
func code(err error) int {
	var refused *discordgo.RESTError
	if errors.As(err, &refused) && refused.Message != nil {
		return refused.Message.Code
	}
	return 0
}

// withoutToken makes a path fit for a log: whoever has an interaction's token
// can answer in the bot's name.
func withoutToken(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) > 3 && (parts[1] == "interactions" || parts[1] == "webhooks") {
		parts[3] = "…"
	}
	return strings.Join(parts, "/")
}

// sleep waits for d, or for the end of ctx, whose error it returns.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tidy hands on answers in the one form that discordgo reads. A proxy's 429 is
// a page, and a header that is no number loses the answer.
type tidy struct {
	next    http.RoundTripper
	limited func(until time.Time)
}

// CloseIdleConnections lets http.Client's reach what keeps them.
func (t *tidy) CloseIdleConnections() {
	if c, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (t *tidy) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	for _, h := range []string{"X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Reset-After"} {
		if v, err := strconv.ParseFloat(resp.Header.Get(h), 64); err != nil || v < 0 {
			resp.Header.Del(h)
		}
	}
	if _, err := http.ParseTime(resp.Header.Get("Date")); err != nil {
		resp.Header.Del("X-RateLimit-Reset")
	}
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
	case http.StatusBadGateway:
		// discordgo's error for this one does not hold it. Its words stay.
		resp.StatusCode = http.StatusServiceUnavailable
		fallthrough
	default:
		return resp, nil
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, answerLimit))
	if err != nil {
		return nil, err
	}
	var limit struct {
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	if json.Unmarshal(body, &limit) != nil || limit.RetryAfter <= 0 {
		limit.RetryAfter, err = strconv.ParseFloat(resp.Header.Get("Retry-After"), 64)
		if err != nil || limit.RetryAfter < 0 {
			limit.RetryAfter = 1
		}
	}
	if limit.Global || resp.Header.Get("X-RateLimit-Global") != "" {
		t.limited(time.Now().Add(time.Duration(limit.RetryAfter * float64(time.Second))))
		resp.Header.Del("X-RateLimit-Global")
	}
	body, err = json.Marshal(map[string]any{"retry_after": limit.RetryAfter})
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}
