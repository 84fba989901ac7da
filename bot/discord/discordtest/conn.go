package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one connection to the gateway.
type conn struct {
	g  *Gateway
	ws *websocket.Conn

	session  *session
	queue    []*payload
	wake     chan struct{}
	gone     chan struct{} // closed when the connection is over
	code     int
	reason   string
	mute     bool
	compress bool
	beat     time.Time
	recent   []time.Time // what was received in the last minute
}

// send queues a payload.
func (c *conn) send(v object) { c.write(&payload{v: v}) }

func (c *conn) write(p *payload) {
	if c.mute {
		return
	}
	c.queue = append(c.queue, p)
	c.poke()
}

func (c *conn) poke() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// end closes the connection with a code after what is queued.
func (c *conn) end(code int, reason string) {
	c.leave()
	c.code, c.reason = code, reason
	c.poke()
}

// cut breaks the connection.
func (c *conn) cut() {
	c.leave()
	c.ws.UnderlyingConn().Close()
}

// leave takes the connection from its session.
func (c *conn) leave() {
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	c.session = nil
	c.g.conns = slices.DeleteFunc(c.g.conns, func(x *conn) bool { return x == c })
	c.g.s.bell.ring()
}

// pump writes what is queued, and closes a connection without heartbeats.
func (c *conn) pump() {
	s := c.g.s
	patience := 2*s.opts.Heartbeat + 2*time.Second
	tick := time.NewTicker(patience / 4)
	defer tick.Stop()
	for {
		select {
		case <-c.gone:
			return
		case <-tick.C:
		case <-c.wake:
		}
		s.mu.Lock()
		if c.g.silent {
			s.mu.Unlock()
			continue
		}
		if c.code == 0 && time.Since(c.beat) > patience {
			c.fatal(closeTimedOut, "Session timed out: no heartbeat.")
		}
		queue, code, reason, compress := c.queue, c.code, c.reason, c.compress
		c.queue = nil
		s.mu.Unlock()
		for _, p := range queue {
			if c.put(p.bytes(), compress) != nil {
				return // listen notices
			}
		}
		if code != 0 {
			_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), time.Now().Add(time.Second))
			c.ws.Close()
			return
		}
	}
}

// compressed is the size from which payloads are compressed, for a client that
// asked for that.
const compressed = 1024

func (c *conn) put(b []byte, compress bool) error {
	if !compress || len(b) < compressed {
		return c.ws.WriteMessage(websocket.TextMessage, b)
	}
	var buf bytes.Buffer
	z := zlib.NewWriter(&buf)
	_, err := z.Write(b)
	if err = errors.Join(err, z.Close()); err != nil {
		return err
	}
	return c.ws.WriteMessage(websocket.BinaryMessage, buf.Bytes())
}

// listen reads until the connection is over.
func (c *conn) listen() {
	s := c.g.s
	defer func() {
		s.mu.Lock()
		c.leave()
		s.mu.Unlock()
		close(c.gone)
		c.ws.Close()
	}()
	for {
		_, b, err := c.ws.ReadMessage()
		if err != nil {
			// A client that says goodbye has ended its session.
			if websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) {
				s.mu.Lock()
				if c.session != nil {
					c.session.dead = true
				}
				s.mu.Unlock()
			}
			return
		}
		s.mu.Lock()
		c.receive(b)
		s.mu.Unlock()
	}
}

// fatal closes the connection for something that the bot did.
func (c *conn) fatal(code int, reason string) {
	if c.session != nil && code != closeRateLimited {
		c.session.dead = true
	}
	c.end(code, reason)
	j := &c.g.s.judge
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.expected[code] {
		j.fail("the gateway closed with %d: %s", code, reason)
	}
}

func (c *conn) receive(b []byte) {
	if c.code != 0 || c.mute {
		return
	}
	now := time.Now()
	c.recent = append(slices.DeleteFunc(c.recent, func(t time.Time) bool { return now.Sub(t) > time.Minute }), now)
	var p struct {
		Op int
		D  json.RawMessage
	}
	err := json.Unmarshal(b, &p)
	switch {
	case len(c.recent) > 120:
		c.fatal(closeRateLimited, "You are being rate limited.")
	case len(b) > 4096:
		c.fatal(closeDecode, "Error while decoding payload: longer than 4096 bytes.")
	case err != nil:
		c.fatal(closeDecode, "Error while decoding payload.")
	case p.Op == opHeartbeat:
		c.beat = now
		c.send(object{"op": opAck})
	case p.Op == opIdentify && c.session != nil:
		c.fatal(closeIdentifiedTwice, "Already authenticated.")
	case p.Op == opIdentify:
		c.identify(p.D)
	case p.Op == opResume:
		c.resume(p.D)
	case c.session == nil:
		c.fatal(closeNotIdentified, "Not authenticated.")
	case p.Op == opPresence || p.Op == 4 || p.Op == 8 || p.Op == 31:
	default:
		c.fatal(closeUnknownOpcode, "Unknown opcode.")
	}
}

func (c *conn) identify(d json.RawMessage) {
	g, s := c.g, c.g.s
	var in struct {
		Token      string
		Intents    *int
		Properties map[string]any
		Compress   bool
		Shard      []int
	}
	if json.Unmarshal(d, &in) != nil || in.Intents == nil || in.Properties == nil {
		c.fatal(closeDecode, "Error while decoding payload: IDENTIFY needs token, intents and properties.")
		return
	}
	switch intents := *in.Intents; {
	case strings.TrimPrefix(in.Token, "Bot ") != s.Token:
		c.fatal(closeAuthentication, "Authentication failed.")
		return
	case intents&^intentsKnown != 0:
		c.fatal(closeInvalidIntents, "Invalid intent(s).")
		return
	case intents&intentsPrivileged&^s.opts.Privileged != 0:
		c.fatal(closeDisallowed, "Disallowed intent(s).")
		return
	}
	x := &session{id: "session-" + s.id(), intents: *in.Intents, conn: c}
	g.sessions = append(slices.DeleteFunc(g.sessions, func(x *session) bool { return x.dead }), x)
	g.intents.Store(int64(x.intents))
	g.identified++
	c.session, c.compress = x, in.Compress
	guilds := []any{}
	for _, guild := range s.guilds {
		if !guild.gone {
			guilds = append(guilds, object{"id": guild.ID, "unavailable": true})
		}
	}
	ready := object{
		"v": 10, "user": s.Bot.json(), "guilds": guilds, "session_id": x.id,
		"resume_gateway_url": "ws" + strings.TrimPrefix(s.http.URL, "http"),
		"application":        object{"id": s.Bot.ID, "flags": 0}, "_trace": []any{},
		"private_channels": []any{}, "presences": []any{}, "relationships": []any{},
	}
	if in.Shard != nil {
		ready["shard"] = in.Shard
	}
	x.dispatch("READY", ready)
	for _, guild := range s.guilds {
		if !guild.gone && x.intents&intentGuilds != 0 {
			x.dispatch("GUILD_CREATE", guild.createJSON())
		}
	}
	s.bell.ring()
}

func (c *conn) resume(d json.RawMessage) {
	g, s := c.g, c.g.s
	var in struct {
		Token     string
		SessionID string `json:"session_id"`
		Seq       int
	}
	if json.Unmarshal(d, &in) != nil {
		c.fatal(closeDecode, "Error while decoding payload.")
		return
	}
	if strings.TrimPrefix(in.Token, "Bot ") != s.Token {
		c.fatal(closeAuthentication, "Authentication failed.")
		return
	}
	i := slices.IndexFunc(g.sessions, func(x *session) bool { return x.id == in.SessionID && !x.dead })
	if i < 0 {
		c.send(object{"op": opInvalid, "d": false})
		return
	}
	x := g.sessions[i]
	if in.Seq > x.seq || in.Seq < 0 {
		c.fatal(closeInvalidSeq, "Invalid seq.")
		return
	}
	if x.conn != nil { // the old connection is a zombie
		x.conn.end(4000, "resumed elsewhere")
	}
	x.conn, c.session = c, x
	g.resumed++
	for _, p := range x.sent[in.Seq:] {
		c.write(p)
	}
	x.dispatch("RESUMED", object{"_trace": []any{}})
	s.bell.ring()
}
