package discord_test

import (
	"crypto/tls"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"pilcrow/bot/discord/discordtest"
)

// road is a way to a server, on which connections go dead without a word.
type road struct {
	net.Listener
	to string

	mu   sync.Mutex
	dead chan struct{} // closed when the connections that there are go dead
}

// run carries until the listener is closed.
func (r *road) run() {
	for {
		c, err := r.Accept()
		if err != nil {
			return
		}
		d, err := net.Dial("tcp", r.to)
		if err != nil {
			c.Close()
			continue
		}
		r.mu.Lock()
		dead := r.dead
		r.mu.Unlock()
		go carry(c, d, dead)
		go carry(d, c, dead)
	}
}

func carry(to, from net.Conn, dead <-chan struct{}) {
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		select {
		case <-dead:
			return // and neither is closed
		default:
		}
		if _, lost := to.Write(b[:n]); err != nil || lost != nil {
			to.Close()
			return
		}
	}
}

func (r *road) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.dead)
	r.dead = make(chan struct{})
}

// TestDeadConnection: what goes over HTTP/2, as all does to Discord, goes over
// one connection for long. Where that is dead and nobody says so, as after a
// night's sleep, another is made, and nothing is lost.
func TestDeadConnection(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{archive: ferry, server: discordtest.Options{Encrypted: true, Patience: 30 * time.Second}})
	at, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	way := &road{Listener: l, to: at.Host, dead: make(chan struct{})}
	go way.run()
	at.Host = l.Addr().String()
	s.options.API, s.options.TLS = at.String(), &tls.Config{RootCAs: s.Roots}
	s.start()
	s.Slash(s.people["ada"], s.places["#news"], ferryQuestion).WaitFor(ferryAnswer)
	s.Settle()
	way.cut()
	s.places["#harbour"].Post(s.people["ada"], "@Pilcrow when does the night ferry leave the east quay?")
	s.places["#harbour"].WaitFor(ferryAnswer)
	s.once(ferryAnswer)
}
