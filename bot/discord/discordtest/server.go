package discordtest

import (
	"cmp"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Options say what Discord is like. The zero value is Discord as it is.
type Options struct {
	// Bot is the bot's name; "Pilcrow" if empty.
	Bot string
	// Privileged holds the privileged intents that the bot's owner switched
	// on in the developer portal; none if 0. Identifying with another one
	// closes the gateway with 4014.
	Privileged int
	// Latency is waited before each request is handled, and not counted to
	// the three seconds of an interaction.
	Latency time.Duration
	// Heartbeat is the interval that the gateway asks for; 41.25 s if 0.
	Heartbeat time.Duration
	// Unlimited switches rate limits off.
	Unlimited bool
	// Spec is the path of Discord's OpenAPI file; if empty, the environment
	// variable PILCROW_DISCORD_SPEC has it.
	Spec string
	// Patience is the longest that a method waits for the bot; 10 s if 0.
	Patience time.Duration
	// Encrypted speaks TLS and HTTP/2, as Discord does, where Roots are trusted.
	Encrypted bool
	// Later holds requests and answers against the file when the test ends,
	// and not before they are answered: for tests that measure time, of which
	// that would take more than the bot does.
	Later bool
}

// object is JSON with string keys, which is how the wire is kept here: a
// struct would lose what it does not know.
type object = map[string]any

// Server is a Discord. Its exported fields do not change after New.
type Server struct {
	// URL is where the API begins, e.g. http://127.0.0.1:1234/api/v10. It has
	// no slash at the end.
	URL string
	// CDN is where attachments are, e.g. http://127.0.0.1:1234. It stands for
	// https://cdn.discordapp.com.
	CDN string
	// Roots vouch for an encrypted server; nil for another.
	Roots *x509.CertPool
	// Token is the bot's token, without the word Bot.
	Token string
	// Bot is the bot's user. Its ID is the application's, too.
	Bot *User

	tb   testing.TB
	opts Options
	spec *spec
	http *httptest.Server
	gw   *Gateway

	judge   judge
	faults  faults
	buckets buckets

	bell bell
	log  traffic

	mu           sync.Mutex
	lastID       uint64
	skew         time.Duration
	users        []*User
	guilds       []*Guild
	channels     map[string]*Channel
	messages     map[string]*Message
	files        map[string]*File // by path of their URL
	interactions map[string]*Interaction
	waiting      int // interactions without an answer
	nonces       map[string]*Message
	commands     []object
	later        []func() // what Options.Later puts off
}

// bell wakes those who wait for a change. It has a lock of its own, as has
// traffic, because under load the server's is held by one after the other.
type bell struct {
	mu      sync.Mutex
	changed chan struct{} // closed and replaced at each change
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.changed != nil {
		close(b.changed)
		b.changed = nil
	}
}

// next returns what is closed at the next change.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.changed == nil {
		b.changed = make(chan struct{})
	}
	return b.changed
}

// traffic is what comes over REST.
type traffic struct {
	mu       sync.Mutex
	requests []Request
	busy     int // being handled
	last     time.Time
}

func (t *traffic) begin(at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.busy++
	t.last = at
}

func (t *traffic) end(r Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.busy--
	t.last = time.Now()
	t.requests = append(t.requests, r)
}

// idle says how long nothing has come; 0 while something is being handled.
func (t *traffic) idle() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.busy > 0 {
		return 0
	}
	return time.Since(t.last)
}

// New starts a Discord that ends with the test.
func New(tb testing.TB, opts Options) *Server {
	tb.Helper()
	opts.Bot = cmp.Or(opts.Bot, "Pilcrow")
	opts.Heartbeat = cmp.Or(opts.Heartbeat, 41250*time.Millisecond)
	opts.Patience = cmp.Or(opts.Patience, 10*time.Second)
	opts.Spec = cmp.Or(opts.Spec, os.Getenv("PILCROW_DISCORD_SPEC"))
	s := &Server{
		tb: tb, opts: opts,
		channels: map[string]*Channel{}, messages: map[string]*Message{}, files: map[string]*File{},
		interactions: map[string]*Interaction{}, nonces: map[string]*Message{},
	}
	s.judge = judge{tb: tb, expected: map[int]bool{}, refused: map[string]int{}}
	s.buckets = buckets{unlimited: opts.Unlimited, byKey: map[string]*bucket{}}
	s.gw = newGateway(s)
	if opts.Spec == "" {
		tb.Log("discordtest: PILCROW_DISCORD_SPEC is not set: requests are not checked against Discord's OpenAPI file")
	} else {
		var err error
		if s.spec, err = loadSpec(opts.Spec); err != nil {
			tb.Fatalf("discordtest: %v", err)
		}
	}
	s.Bot = s.User(opts.Bot)
	s.Bot.bot = true
	s.Token = base64.RawURLEncoding.EncodeToString([]byte(s.Bot.ID)) + ".test." + s.Bot.ID
	s.http = httptest.NewUnstartedServer(http.HandlerFunc(s.serve))
	if opts.Encrypted {
		s.encrypt()
	} else {
		s.http.Start()
	}
	s.URL = s.http.URL + "/api/v10"
	s.CDN = s.http.URL
	tb.Cleanup(s.close)
	return s
}

// close ends connections first, as httptest waits for requests.
func (s *Server) close() {
	s.gw.close()
	s.http.Close()
	for _, check := range s.later {
		check()
	}
	s.mu.Lock()
	for _, i := range s.interactions {
		i.deadline.Stop()
	}
	s.mu.Unlock()
	s.judge.rest()
}

// Gateway returns the websocket side, where a test makes connections fail.
func (s *Server) Gateway() *Gateway { return s.gw }

// Now returns the time at this Discord.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

// Advance moves Discord's clock, so that tokens of interactions (15 min) and
// nonces expire. The three seconds to acknowledge are real ones.
func (s *Server) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew += d
}

// Forget drops what is over: requests, sent events, messages and interactions
// that nobody waits for. It is for tests that measure what the bot keeps.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log.mu.Lock()
	s.log.requests = nil
	s.log.mu.Unlock()
	clear(s.messages)
	clear(s.nonces)
	for _, c := range s.channels {
		c.messages, c.log = nil, nil
	}
	for token, i := range s.interactions {
		if i.answered {
			i.deadline.Stop()
			delete(s.interactions, token)
		}
	}
	for _, x := range s.gw.sessions {
		clear(x.sent)
	}
	s.buckets.mu.Lock()
	defer s.buckets.mu.Unlock()
	clear(s.buckets.byKey)
}

func (s *Server) now() time.Time { return time.Now().Add(s.skew) }

// epoch is the first millisecond of Discord, where snowflakes begin.
const epoch = 1420070400000

// id makes a snowflake of now, greater than those before.
func (s *Server) id() string {
	s.lastID = max(s.lastID+1, uint64(s.now().UnixMilli()-epoch)<<22)
	return strconv.FormatUint(s.lastID, 10)
}

// Wait blocks until cond holds. It is called with nothing locked, after each
// change. The test fails, saying what was waited for, when it does not come.
func (s *Server) Wait(what string, cond func() bool) {
	s.tb.Helper()
	patience := time.NewTimer(s.opts.Patience)
	defer patience.Stop()
	for {
		changed := s.bell.next()
		if cond() {
			return
		}
		select {
		case <-changed:
		case <-patience.C:
			s.tb.Fatalf("discordtest: waited in vain for %s\n%s", what, s.Transcript())
		}
	}
}

// quiet is how long nothing may come for the bot to count as done.
const quiet = 150 * time.Millisecond

// Settle blocks until the bot has done what it had to: each interaction has its
// answer (a deferred one its first edit), no request is under way, and none has
// come for a moment. A bot that pauses for longer between two edits needs
// WaitFor.
func (s *Server) Settle() {
	s.tb.Helper()
	patience := time.Now().Add(s.opts.Patience)
	begun := time.Now()
	for {
		s.mu.Lock()
		done := s.waiting == 0
		s.mu.Unlock()
		if done && min(time.Since(begun), s.log.idle()) >= quiet {
			return
		}
		if time.Now().After(patience) {
			s.tb.Fatalf("discordtest: the bot did not come to rest\n%s", s.Transcript())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// User makes a person who is in no guild yet.
func (s *Server) User(name string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := &User{s: s, ID: s.id(), Name: name, Locale: "en-US"}
	s.users = append(s.users, u)
	return u
}

// Robot makes another bot.
func (s *Server) Robot(name string) *User {
	u := s.User(name)
	u.bot = true
	return u
}

// User is an account. Set Locale before it does anything.
type User struct {
	s *Server

	ID, Name string
	// Locale is the language of the person's client, e.g. "de".
	Locale string

	bot     bool
	blocked bool
	dm      *Channel
}

// Mention returns the text that mentions the user.
func (u *User) Mention() string { return "<@" + u.ID + ">" }

// Block makes the user refuse the bot's direct messages (50007).
func (u *User) Block() {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	u.blocked = true
}

// DM returns the channel of the user and the bot.
func (u *User) DM() *Channel {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	return u.openDM()
}

func (u *User) openDM() *Channel {
	if u.dm == nil {
		u.dm = &Channel{s: u.s, ID: u.s.id(), Name: "DM of " + u.Name, kind: kindDM, with: u}
		u.s.channels[u.dm.ID] = u.dm
	}
	return u.dm
}

func (u *User) json() object {
	o := object{
		"id": u.ID, "username": strings.ToLower(u.Name), "global_name": u.Name, "discriminator": "0",
		"avatar": nil, "public_flags": 0, "flags": 0, "primary_guild": nil,
	}
	if u.bot {
		o["bot"] = true
	}
	return o
}

func (s *Server) userByID(id string) *User {
	for _, u := range s.users {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// at is a time as Discord writes it.
func at(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }

func permissionText(p Permission) string { return fmt.Sprint(uint64(p)) }
