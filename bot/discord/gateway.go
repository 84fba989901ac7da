package discord

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// gateway is the connection that events come by. run keeps one up: it beats,
// notices a connection that is dead, resumes where the last one broke so that
// no event is missed, and ends where trying again is of no use.
//
// It is not discordgo's, which connects again for ever after a wrong token, and
// resumes at the address that Discord says not to resume at.
//
// https://discord.com/developers/docs/events/gateway
type gateway struct {
	token   string
	intents discordgo.Intent
	address func(context.Context) (string, error) // to connect anew
	event   func(kind string, data object)
	tls     *tls.Config // nil for Go's
	log     *slog.Logger

	// What a later connection needs to go on with the session.
	session  string
	resumeAt string
	sequence atomic.Int64
}

// The kinds of frame, which is one message of the gateway, either way.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

// fatal are the closes after which the same would only happen again, and what
// to do.
var fatal = map[int]string{
	4004: "Discord does not know this token: reset it under Bot at https://discord.com/developers/applications and put the new one into DISCORD_TOKEN",
	4010: "Discord does not know this shard: this is a fault of Pilcrow's",
	4011: "the bot is in more servers than one connection may serve: Discord wants sharding, which Pilcrow has not",
	4012: "Discord no longer speaks this version of its gateway: get a newer Pilcrow",
	4013: "Discord does not know an intent that was asked for: this is a fault of Pilcrow's",
	4014: "the bot may not read messages: switch on Message Content Intent under Bot at https://discord.com/developers/applications, or set discord.message_content to off",
}

// fatalError ends run.
type fatalError struct {
	code int
	why  string
}

func (e *fatalError) Error() string { return fmt.Sprintf("%s (%d)", e.why, e.code) }

const (
	helloWithin  = 20 * time.Second // after connecting, and for each frame after that until the session stands
	backoffFirst = time.Second
	backoffMost  = time.Minute
	lostOften    = 3 // which takes some seconds
	frameLimit   = 16 << 20
	writeWithin  = 10 * time.Second
)

// errReconnect is Discord's wish for a new connection.
var errReconnect = errors.New("asked to reconnect")

// errZombie says that heartbeats are no longer answered.
var errZombie = errors.New("heartbeats are not answered")

// run receives events until ctx ends, which is no error, or until Discord
// closes for good.
func (g *gateway) run(ctx context.Context) error {
	backoff := backoffFirst
	for lost := 1; ; lost++ { // in a row
		stood, err := g.connect(ctx)
		var end *fatalError
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &end):
			return end
		}
		if stood {
			backoff, lost = backoffFirst, 1
		}
		wait := time.Duration(float64(backoff) * (.5 + rand.Float64()/2))
		if stood && g.session != "" {
			wait /= 10 // a session is not kept for us for long
		}
		level := slog.LevelInfo
		if lost == lostOften {
			level = slog.LevelWarn // whoever runs the bot can mend it
		}
		g.log.Log(ctx, level, "gateway lost", "error", err, "resumes", g.session != "", "wait", wait.Round(time.Millisecond))
		if sleep(ctx, wait) != nil {
			return nil
		}
		backoff = min(2*backoff, backoffMost)
	}
}

// connect holds one connection until it ends. stood says whether a session was
// begun or resumed on it.
func (g *gateway) connect(ctx context.Context) (stood bool, err error) {
	at := g.resumeAt
	if g.session == "" || at == "" {
		if at, err = g.address(ctx); err != nil {
			return false, err
		}
	}
	if at, err = versioned(at); err != nil {
		return false, err
	}
	dialer := websocket.Dialer{HandshakeTimeout: helloWithin, TLSClientConfig: g.tls}
	conn, _, err := dialer.DialContext(ctx, at, nil)
	if err != nil {
		g.resumeAt = "" // the next try asks where to
		return false, err
	}
	w := &wire{conn: conn}
	conn.SetReadLimit(frameLimit)
	ctx, cancel := context.WithCancelCause(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		<-ctx.Done()
		code := websocket.CloseServiceRestart // keeps the session, unlike a normal close
		if context.Cause(ctx) == context.Canceled {
			code = websocket.CloseNormalClosure // the bot goes offline at once
		}
		w.close(code)
	})
	defer wg.Wait()
	defer cancel(errReconnect)

	err = g.receive(ctx, w, &stood, func(every time.Duration, acked *atomic.Bool) {
		wg.Go(func() {
			if err := g.beat(ctx, w, every, acked); err != nil {
				cancel(err)
			}
		})
	})
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		err = cause
	}
	return stood, g.judge(err)
}

// receive reads frames until one of them, or an error, ends the connection.
func (g *gateway) receive(ctx context.Context, w *wire, stood *bool, beat func(every time.Duration, acked *atomic.Bool)) error {
	var acked atomic.Bool
	for {
		if !*stood {
			if err := w.conn.SetReadDeadline(time.Now().Add(helloWithin)); err != nil {
				return err
			}
		}
		_, raw, err := w.conn.ReadMessage()
		if err != nil {
			return err
		}
		f := parse(raw)
		if !f.get("op").Exists() {
			g.log.Warn("gateway, unreadable frame", "bytes", len(raw))
			continue
		}
		data := f.object("d")
		switch f.number("op") {
		case opHello:
			interval := data.number("heartbeat_interval") // ms
			if interval <= 0 {
				return fmt.Errorf("hello without an interval: %s", raw)
			}
			acked.Store(true)
			beat(time.Duration(interval)*time.Millisecond, &acked)
			if err := g.introduce(w); err != nil {
				return err
			}
		case opHeartbeat:
			if err := g.heartbeat(w); err != nil {
				return err
			}
		case opHeartbeatAck:
			acked.Store(true)
		case opReconnect:
			return errReconnect
		case opInvalidSession:
			if !f.flag("d") { // it can be resumed
				g.forget()
			}
			// Discord wants a pause of 1 to 5 seconds here.
			if err := sleep(ctx, time.Second+rand.N(time.Second)); err != nil {
				return err
			}
			return errors.New("the session is no longer valid")
		case opDispatch:
			if n := f.number("s"); n > 0 {
				g.sequence.Store(n)
			}
			kind := f.text("t")
			switch kind {
			case "READY":
				g.session, g.resumeAt = data.text("session_id"), data.text("resume_gateway_url")
				fallthrough
			case "RESUMED":
				*stood = true
				if err := w.conn.SetReadDeadline(time.Time{}); err != nil {
					return err
				}
			}
			g.event(kind, data)
		}
	}
}

// introduce begins a session or goes on with the last.
func (g *gateway) introduce(w *wire) error {
	if g.session != "" {
		return w.send(opResume, map[string]any{"token": "Bot " + g.token, "session_id": g.session, "seq": g.sequence.Load()})
	}
	g.sequence.Store(0)
	return w.send(opIdentify, map[string]any{
		"token":   "Bot " + g.token,
		"intents": g.intents,
		"properties": map[string]string{
			"os": runtime.GOOS, "browser": "pilcrow", "device": "pilcrow",
		},
	})
}

// beat sends a heartbeat every so often, the first at a random moment so that
// thousands of bots do not beat together. It ends with errZombie where the last
// one was not answered.
func (g *gateway) beat(ctx context.Context, w *wire, every time.Duration, acked *atomic.Bool) error {
	wait := time.Duration(rand.Float64() * float64(every))
	for {
		if sleep(ctx, wait) != nil {
			return nil
		}
		if !acked.Swap(false) {
			return errZombie
		}
		if err := g.heartbeat(w); err != nil {
			return err
		}
		wait = every
	}
}

func (g *gateway) heartbeat(w *wire) error {
	if n := g.sequence.Load(); n > 0 {
		return w.send(opHeartbeat, n)
	}
	return w.send(opHeartbeat, nil)
}

// judge looks at how a connection ended: whether for good, and whether its
// session is lost.
func (g *gateway) judge(err error) error {
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return err
	}
	if why, ok := fatal[closed.Code]; ok {
		return &fatalError{closed.Code, why}
	}
	switch closed.Code {
	case 4003, 4007, 4009: // not authenticated, wrong sequence, timed out
		g.forget()
	}
	return err
}

// forget gives the session up: the next connection begins a new one.
func (g *gateway) forget() { g.session, g.resumeAt = "", "" }

// versioned adds to an address of the gateway what is spoken there.
func versioned(at string) (string, error) {
	u, err := url.Parse(at)
	if err != nil {
		return "", fmt.Errorf("gateway address: %w", err)
	}
	u.Path = cmp.Or(u.Path, "/")
	q := u.Query()
	q.Set("v", "10")
	q.Set("encoding", "json")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// wire sends frames, one at a time.
type wire struct {
	mu   sync.Mutex
	conn *websocket.Conn
}

func (w *wire) send(op int, data any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.conn.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return err
	}
	return w.conn.WriteJSON(struct {
		Op   int `json:"op"`
		Data any `json:"d"`
	}{op, data})
}

// close says goodbye and ends the connection, which ends its reader too.
func (w *wire) close(code int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	// A connection that is dead already takes no goodbye.
	_ = w.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	_ = w.conn.Close()
}
