package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Intents: https://discord.com/developers/docs/events/gateway#gateway-intents
const (
	intentGuilds         = 1 << 0
	intentMembers        = 1 << 1
	intentPresences      = 1 << 8
	intentMessages       = 1 << 9
	intentDirectMessages = 1 << 12
	intentContent        = 1 << 15

	intentsPrivileged = intentMembers | intentPresences | intentContent
	intentsKnown      = 1<<26 - 1
)

// MessageContent is the privileged intent that Options.Privileged may hold.
const MessageContent = intentContent

// Opcodes of the gateway.
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opPresence  = 3
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// Close codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
const (
	closeUnknownOpcode   = 4001
	closeDecode          = 4002
	closeNotIdentified   = 4003
	closeAuthentication  = 4004
	closeIdentifiedTwice = 4005
	closeInvalidSeq      = 4007
	closeRateLimited     = 4008
	closeTimedOut        = 4009
	closeInvalidIntents  = 4013
	closeDisallowed      = 4014
)

// Gateway is the websocket side of a Server. Everything in it is locked by the
// server.
type Gateway struct {
	s *Server

	intents  atomic.Int64 // of the last IDENTIFY
	sessions []*session
	conns    []*conn

	identified, resumed, connected int
	refuse                         int
	twice                          int
	hold                           int
	held                           []event
	mangle                         func(event string, data map[string]any) map[string]any
	closed                         bool
	silent                         bool
}

func newGateway(s *Server) *Gateway { return &Gateway{s: s} }

// session is what a RESUME continues.
type session struct {
	id      string
	intents int
	seq     int
	sent    []*payload // by seq-1
	conn    *conn
	dead    bool
}

type event struct {
	name   string
	intent int
	data   any
}

// Identified returns how many new sessions began, Resumed how many were
// continued, and Connections how many connections were opened.
func (g *Gateway) Identified() int { return g.locked(func() int { return g.identified }) }

// Resumed is described at Identified.
func (g *Gateway) Resumed() int { return g.locked(func() int { return g.resumed }) }

// Connections is described at Identified.
func (g *Gateway) Connections() int { return g.locked(func() int { return g.connected }) }

func (g *Gateway) locked(f func() int) int {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return f()
}

// Ready says whether a session is on, with a connection.
func (g *Gateway) Ready() bool {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return slices.ContainsFunc(g.sessions, func(x *session) bool { return x.conn != nil })
}

// WaitReady blocks until the bot is connected and has got its guilds.
func (s *Server) WaitReady() {
	s.tb.Helper()
	s.Wait("the bot at the gateway", s.gw.Ready)
}

// Drop breaks all connections without a word. Sessions can be resumed.
func (g *Gateway) Drop() { g.each(func(c *conn) { c.cut() }) }

// Close closes all connections with a code, e.g. 4000, which can be resumed
// from, or 4004, which is fatal.
func (g *Gateway) Close(code int) {
	g.each(func(c *conn) {
		if c.session != nil && slices.Contains([]int{1000, 1001, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014}, code) {
			c.session.dead = true
		}
		c.end(code, "")
	})
}

// Reconnect asks the bot to reconnect and resume (opcode 7).
func (g *Gateway) Reconnect() { g.each(func(c *conn) { c.send(object{"op": opReconnect, "d": nil}) }) }

// Invalidate tells the bot that its session is invalid (opcode 9), and whether
// it may still be resumed.
func (g *Gateway) Invalidate(resumable bool) {
	g.each(func(c *conn) {
		if c.session != nil && !resumable {
			c.session.dead = true
			c.session.conn = nil
			c.session = nil
		}
		c.send(object{"op": opInvalid, "d": resumable})
	})
}

// AskHeartbeat asks for a heartbeat at once (opcode 1).
func (g *Gateway) AskHeartbeat() {
	g.each(func(c *conn) { c.send(object{"op": opHeartbeat, "d": nil}) })
}

// Mute leaves connections open on which nothing comes any more, neither events
// nor answers to heartbeats: zombies. Connections opened later are well.
func (g *Gateway) Mute() { g.each(func(c *conn) { c.mute = true }) }

// Refuse answers the next n attempts to connect with 503.
func (g *Gateway) Refuse(n int) { g.locked(func() int { g.refuse = n; return 0 }) }

// Duplicate sends each of the next n events twice.
func (g *Gateway) Duplicate(n int) { g.locked(func() int { g.twice = n; return 0 }) }

// Reorder holds the next n events back, and then sends them last first.
func (g *Gateway) Reorder(n int) { g.locked(func() int { g.hold = n; return 0 }) }

// Gather keeps what would be sent until release is called, which sends it all in
// one moment. Interactions begin then: what people did at once comes at once,
// however long it takes to make it here.
func (g *Gateway) Gather() (release func()) {
	g.locked(func() int { g.silent = true; return 0 })
	return func() {
		g.each(func(c *conn) {
			for _, p := range c.queue {
				p.bytes()
			}
		})
		g.locked(func() int {
			now := time.Now()
			for _, i := range g.s.interactions {
				if i.acknowledged.IsZero() {
					i.begin(now)
				}
			}
			g.silent = false
			return 0
		})
		g.each((*conn).poke)
	}
}

// Dispatch sends an event as it is. Half a one is possible, too.
func (g *Gateway) Dispatch(name string, data any) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.dispatch(name, 0, data)
}

// Mangle lets f change each event before it is sent: what it returns is sent
// instead, nil drops the event. Call it with nil to end that.
func (s *Server) Mangle(f func(event string, data map[string]any) map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gw.mangle = f
}

func (g *Gateway) each(f func(*conn)) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	for _, c := range slices.Clone(g.conns) {
		f(c)
	}
}

func (g *Gateway) close() {
	g.locked(func() int { g.closed = true; return 0 })
	g.each(func(c *conn) { c.cut() })
}

func messageIntent(c *Channel) int {
	if c.kind == kindDM {
		return intentDirectMessages
	}
	return intentMessages
}

// dispatchMessage sends a message that the bot may see, with what the gateway
// adds to it.
func (s *Server) dispatchMessage(name string, m *Message) {
	if m.channel.may(s.Bot)&ViewChannel == 0 {
		return
	}
	o := m.json(false)
	if g := m.channel.guild; g != nil {
		o["guild_id"] = g.ID
		if member := g.member(m.author); member != nil {
			o["member"] = member.json(false)
		}
	}
	s.dispatch(name, messageIntent(m.channel), o)
}

// dispatch sends an event to all sessions that asked for it; those without a
// connection get it when they resume.
func (s *Server) dispatch(name string, intent int, data any) {
	g := s.gw
	e := event{name, intent, data}
	if g.mangle != nil {
		b, err := json.Marshal(data)
		if err != nil {
			panic(err)
		}
		var o object
		if json.Unmarshal(b, &o) == nil {
			if o = g.mangle(name, o); o == nil {
				return
			}
			e.data = o
		}
	}
	list := []event{e}
	if g.twice > 0 {
		g.twice--
		list = append(list, e)
	}
	if g.hold > 0 {
		g.hold--
		g.held = append(g.held, list...)
		if g.hold > 0 {
			return
		}
		list = g.held
		slices.Reverse(list)
		g.held = nil
	}
	for _, e := range list {
		for _, x := range g.sessions {
			if !x.dead && (e.intent == 0 || x.intents&e.intent != 0) {
				x.dispatch(e.name, e.data)
			}
		}
	}
}

func (x *session) dispatch(name string, data any) {
	x.seq++
	p := &payload{v: object{"op": opDispatch, "t": name, "s": x.seq, "d": data}}
	x.sent = append(x.sent, p)
	if x.conn != nil {
		x.conn.write(p)
	}
}

// payload is something to send. It is put into bytes with nothing locked: under
// load everybody waits for the server's lock.
type payload struct {
	v    object
	once sync.Once
	b    []byte
}

func (p *payload) bytes() []byte {
	p.once.Do(func() { p.b, p.v = encode(p.v), nil })
	return p.b
}

// serve holds one connection.
func (g *Gateway) serve(w http.ResponseWriter, r *http.Request) {
	s := g.s
	s.mu.Lock()
	refuse := g.refuse > 0 || g.closed
	g.refuse = max(g.refuse-1, 0)
	s.mu.Unlock()
	if refuse {
		http.Error(w, "upstream connect error", http.StatusServiceUnavailable)
		return
	}
	// discordgo speaks version 9, which differs in nothing that is here.
	if q := r.URL.Query(); q.Get("v") != "10" && q.Get("v") != "9" || q.Get("encoding") != "json" {
		s.judge.errorf("the gateway was opened with %q, not ?v=10&encoding=json", r.URL.RawQuery)
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // the answer has been given
	}
	c := &conn{g: g, ws: ws, wake: make(chan struct{}, 1), gone: make(chan struct{}), beat: time.Now()}
	s.mu.Lock()
	g.conns = append(g.conns, c)
	g.connected++
	closed := g.closed
	c.send(object{"op": opHello, "d": object{"heartbeat_interval": s.opts.Heartbeat.Milliseconds(), "_trace": []any{}}})
	s.bell.ring()
	s.mu.Unlock()
	if closed {
		c.cut()
	}
	go c.pump()
	c.listen()
}
