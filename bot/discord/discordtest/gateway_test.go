package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// frame is what comes from the gateway.
type frame struct {
	Op int
	T  string
	S  int
	D  map[string]any
}

func (f frame) String() string { return strings.TrimSpace(fmt.Sprintf("%d %s", f.Op, f.T)) }

// dial opens a raw connection and reads HELLO.
func dial(t *testing.T, s *Server) *websocket.Conn {
	t.Helper()
	ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(s.CDN, "http")+"/?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	t.Cleanup(func() { ws.Close() })
	if f := next(t, ws); f.Op != opHello {
		t.Fatalf("not hello: %v", f)
	}
	return ws
}

// next reads a frame; the connection's end is an operation of -1, or the code.
func next(t *testing.T, ws *websocket.Conn) frame {
	t.Helper()
	if err := ws.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	kind, b, err := ws.ReadMessage()
	if closed, ok := err.(*websocket.CloseError); ok {
		return frame{Op: closed.Code}
	} else if err != nil {
		return frame{Op: -1}
	}
	if kind == websocket.BinaryMessage {
		z, err := zlib.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	var f frame
	if err := json.Unmarshal(b, &f); err != nil {
		// The data of some is no object.
		var bare struct{ Op int }
		if err := json.Unmarshal(b, &bare); err != nil {
			t.Fatal(err)
		}
		return frame{Op: bare.Op}
	}
	return f
}

func write(t *testing.T, ws *websocket.Conn, format string, args ...any) {
	t.Helper()
	if err := ws.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, format, args...)); err != nil {
		t.Fatal(err)
	}
}

const identify = `{"op":2,"d":{"token":%q,"intents":%d,"properties":{"os":"linux"},"compress":%t}}`

// ready identifies and returns the session.
func ready(t *testing.T, s *Server, ws *websocket.Conn) string {
	t.Helper()
	write(t, ws, identify, s.Token, intentGuilds|intentMessages, true)
	f := next(t, ws)
	if f.T != "READY" {
		t.Fatalf("not ready: %v", f)
	}
	id, _ := f.D["session_id"].(string)
	return id
}

// TestGatewayCloses does what the gateway closes for.
func TestGatewayCloses(t *testing.T) {
	t.Parallel()
	s, r, _ := start(t, Options{Privileged: intentMembers})
	for _, x := range []struct {
		name, send string
		code       int
		identified bool
	}{
		{"a wrong token", fmt.Sprintf(identify, "nobody", 1, false), 4004, false},
		{"an intent that is none", fmt.Sprintf(identify, s.Token, 1<<30, false), 4013, false},
		{"an intent that is not switched on", fmt.Sprintf(identify, s.Token, MessageContent, false), 4014, false},
		{"no JSON", "{", 4002, false},
		{"no intents", `{"op":2,"d":{"token":"x"}}`, 4002, false},
		{"presence first", `{"op":3,"d":{}}`, 4003, false},
		{"identify twice", fmt.Sprintf(identify, s.Token, 1, false), 4005, true},
		{"an operation that is none", `{"op":99}`, 4001, true},
		{"a long payload", `{"op":3,"d":"` + strings.Repeat("x", 4096) + `"}`, 4002, true},
	} {
		ws := dial(t, s)
		if x.identified {
			ready(t, s, ws)
		}
		write(t, ws, "%s", x.send)
		if f := next(t, ws); f.Op != x.code {
			t.Errorf("%s: %v", x.name, f)
		}
		if got := r.take(); !strings.Contains(got, strconv.Itoa(x.code)) {
			t.Errorf("%s: %s", x.name, got)
		}
	}
	s.Expect(4004)
	ws := dial(t, s)
	write(t, ws, identify, "nobody", 1, false)
	if f := next(t, ws); f.Op != 4004 || r.take() != "" {
		t.Errorf("what was expected: %v", f)
	}
	ws = dial(t, s)
	write(t, ws, identify, s.Token, intentMembers|intentGuilds, false)
	if f := next(t, ws); f.T != "READY" {
		t.Errorf("an intent that is switched on: %v", f)
	}
	for range 121 {
		write(t, ws, `{"op":1,"d":null}`)
	}
	f := next(t, ws)
	for f.Op == opAck {
		f = next(t, ws)
	}
	if f.Op != 4008 || r.take() == "" {
		t.Errorf("121 payloads: %v", f)
	}
}

// TestResume loses a connection and finds what happened meanwhile.
func TestResume(t *testing.T) {
	t.Parallel()
	s, _, _ := start(t, Options{})
	g := s.Guild("Tollness")
	harbour, ada := g.Channel("harbour"), g.Member("ada")
	ws := dial(t, s)
	id := ready(t, s, ws)
	if f := next(t, ws); f.T != "GUILD_CREATE" || f.D["name"] != "Tollness" || f.S != 2 {
		t.Errorf("after READY: %v", f)
	}
	write(t, ws, `{"op":1,"d":2}`)
	if f := next(t, ws); f.Op != opAck {
		t.Errorf("heartbeat: %v", f)
	}
	s.Gateway().Drop()
	if f := next(t, ws); f.Op != -1 && f.Op != 1006 {
		t.Errorf("dropped: %v", f)
	}
	harbour.Post(ada, "one")
	harbour.Post(ada, "two")
	ws = dial(t, s)
	write(t, ws, `{"op":6,"d":{"token":%q,"session_id":%q,"seq":2}}`, s.Token, id)
	if got := fmt.Sprint(next(t, ws), next(t, ws), next(t, ws)); got != "0 MESSAGE_CREATE 0 MESSAGE_CREATE 0 RESUMED" {
		t.Errorf("resumed: %v", got)
	}
	// A zombie is silent, and another connection takes its session.
	s.Gateway().Mute()
	harbour.Post(ada, "three")
	again := dial(t, s)
	write(t, again, `{"op":6,"d":{"token":%q,"session_id":%q,"seq":5}}`, s.Token, id)
	if got := fmt.Sprint(next(t, again), next(t, again)); got != "0 MESSAGE_CREATE 0 RESUMED" {
		t.Errorf("after a zombie: %v", got)
	}
	if f := next(t, ws); f.Op != 4000 {
		t.Errorf("the zombie: %v", f)
	}
	s.Gateway().Reconnect()
	if f := next(t, again); f.Op != opReconnect {
		t.Errorf("not asked to reconnect: %v", f)
	}
	s.Gateway().AskHeartbeat()
	if f := next(t, again); f.Op != opHeartbeat {
		t.Errorf("not asked for a heartbeat: %v", f)
	}
	s.Gateway().Invalidate(false)
	if f := next(t, again); f.Op != opInvalid {
		t.Errorf("not invalid: %v", f)
	}
	write(t, again, `{"op":6,"d":{"token":%q,"session_id":%q,"seq":5}}`, s.Token, id)
	if f := next(t, again); f.Op != opInvalid {
		t.Errorf("an invalid session is resumed: %v", f)
	}
	id = ready(t, s, again)
	// Saying goodbye ends a session.
	if err := again.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	s.Wait("the connection to end", func() bool { return !s.Gateway().Ready() })
	ws = dial(t, s)
	write(t, ws, `{"op":6,"d":{"token":%q,"session_id":%q,"seq":1}}`, s.Token, id)
	if f := next(t, ws); f.Op != opInvalid {
		t.Errorf("resumed after goodbye: %v", f)
	}
	if g := s.Gateway(); g.Identified() != 2 || g.Resumed() != 2 || g.Connections() != 4 {
		t.Errorf("%d identified, %d resumed, %d connections", g.Identified(), g.Resumed(), g.Connections())
	}
	s.Gateway().Refuse(1)
	if _, resp, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(s.CDN, "http")+"/", nil); err == nil || resp.StatusCode != 503 {
		t.Errorf("not refused: %v", err)
	}
}

// TestSilentClient stops beating.
func TestSilentClient(t *testing.T) {
	t.Parallel()
	s, r, _ := start(t, Options{Heartbeat: 50 * time.Millisecond})
	ws := dial(t, s)
	ready(t, s, ws)
	if f := next(t, ws); f.Op != 4009 || !strings.Contains(r.take(), "no heartbeat") {
		t.Errorf("%v", f)
	}
}

// TestOddEvents sends events twice, in another order, changed, and not at all.
func TestOddEvents(t *testing.T) {
	t.Parallel()
	s, _, _ := start(t, Options{})
	g := s.Guild("Tollness")
	harbour, ada := g.Channel("harbour"), g.Member("ada")
	ws := dial(t, s)
	ready(t, s, ws)
	next(t, ws)
	content := func(n int) string {
		var list []string
		for range n {
			list = append(list, fmt.Sprint(next(t, ws).D["content"]))
		}
		return strings.Join(list, " ")
	}
	s.Gateway().Duplicate(1)
	harbour.Post(ada, "@Pilcrow one")
	harbour.Post(ada, "@Pilcrow two")
	if got, want := content(3), strings.ReplaceAll("@P one @P one @P two", "@P", s.Bot.Mention()); got != want {
		t.Errorf("twice: %s", got)
	}
	s.Gateway().Reorder(2)
	harbour.Post(ada, "@Pilcrow one")
	harbour.Post(ada, "@Pilcrow two")
	if got, want := content(2), strings.ReplaceAll("@P two @P one", "@P", s.Bot.Mention()); got != want {
		t.Errorf("in another order: %s", got)
	}
	s.Mangle(func(event string, data map[string]any) map[string]any {
		if strings.Contains(fmt.Sprint(data["content"]), "gone") {
			return nil
		}
		delete(data, "author")
		return data
	})
	harbour.Post(ada, "@Pilcrow gone")
	harbour.Post(ada, "@Pilcrow half")
	if f := next(t, ws); f.D["author"] != nil || !strings.Contains(fmt.Sprint(f.D["content"]), "half") {
		t.Errorf("changed: %v", f.D)
	}
	s.Mangle(nil)
	s.Gateway().Dispatch("MESSAGE_CREATE", nil)
	if f := next(t, ws); f.T != "MESSAGE_CREATE" || f.D != nil {
		t.Errorf("half: %v", f)
	}
	// What the bot may not read, it does not get.
	said := harbour.Post(ada, "secret", Attach("a.txt", "text/plain", []byte("a")))
	if f := next(t, ws); f.D["content"] != "" || len(f.D["attachments"].([]any)) != 0 || f.D["id"] != said.ID {
		t.Errorf("without the intent: %v", f.D)
	}
	forward := harbour.Post(ada, "", Forward(said))
	if o := forward.json(true); len(o["message_snapshots"].([]any)) != 1 || o["content"] != "" {
		t.Errorf("forward: %v", o)
	}
}

// TestFaults orders what goes wrong at Discord's side.
func TestFaults(t *testing.T) {
	t.Parallel()
	s, _, c := start(t, Options{Unlimited: true})
	harbour := s.Guild("Tollness").Channel("harbour")
	path, route := "/channels/"+harbour.ID+"/messages", "/channels/{channel_id}/messages"
	body := `{"content":"Aye",` + silent + `}`
	s.Inject(Fault{Method: "POST", Route: route, Status: 502, Skip: 1})
	s.Inject(Fault{Method: "POST", Route: route, Status: 429, RetryAfter: time.Second / 4, Global: true})
	s.Inject(Fault{Method: "POST", Route: route, Status: 429, RetryAfter: 2 * time.Second, Page: true})
	s.Inject(Fault{Method: "POST", Route: "/channels/*/messages", Status: 500, After: true})
	var got []string
	for range 6 {
		status, header, b := c.raw("POST", path, "application/json", body)
		got = append(got, fmt.Sprintf("%d %s %s %t", status, header.Get("Retry-After"), header.Get("X-RateLimit-Global"), json.Valid(b)))
	}
	// The first was let through by the 502 alone; the oldest that fits comes first.
	want := []string{"429 1 true true", "502   false", "429 2  false", "500   false", "200   true", "200   true"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if n := len(harbour.Messages()); n != 3 {
		t.Errorf("%d messages, and the answer to one of three was lost", n)
	}
	s.Inject(Fault{Method: "GET"})
	req, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/users/@me", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header = c.header
	if resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req); err == nil {
		resp.Body.Close()
		t.Error("the connection was not dropped")
	}
	s.Inject(Fault{Times: -1, Status: 503})
	s.Heal()
	if status, _ := c.do("GET", "/users/@me", ""); status != 200 {
		t.Errorf("healed: %d", status)
	}
}

// TestRateLimits writes too fast.
func TestRateLimits(t *testing.T) {
	t.Parallel()
	s, _, c := start(t, Options{})
	g := s.Guild("Tollness")
	harbour, market := g.Channel("harbour"), g.Channel("market")
	body := `{"content":"Aye",` + silent + `}`
	for i := range 6 {
		status, header, b := c.raw("POST", "/channels/"+harbour.ID+"/messages", "application/json", body)
		if want := strconv.Itoa(max(4-i, 0)); header.Get("X-RateLimit-Remaining") != want || header.Get("X-RateLimit-Limit") != "5" {
			t.Errorf("message %d: %v", i, header)
		}
		if i < 5 && status != 200 || i == 5 && status != 429 {
			t.Errorf("message %d: %d %s", i, status, b)
		}
		if i == 5 {
			var limited struct {
				RetryAfter float64 `json:"retry_after"`
				Global     bool
			}
			if err := json.Unmarshal(b, &limited); err != nil || limited.RetryAfter <= 0 || limited.RetryAfter > 5 || limited.Global {
				t.Errorf("refused with %s", b)
			}
			if n, err := strconv.Atoi(header.Get("Retry-After")); err != nil || n < 1 || n > 6 {
				t.Errorf("Retry-After: %q", header.Get("Retry-After"))
			}
		}
	}
	if status, _ := c.do("POST", "/channels/"+market.ID+"/messages", body); status != 200 {
		t.Errorf("another channel: %d", status)
	}
	if s.Limited() != 1 || len(harbour.Messages()) != 5 {
		t.Errorf("%d limited, %d messages", s.Limited(), len(harbour.Messages()))
	}
}
