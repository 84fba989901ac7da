package fetch_test

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a DNS server on loopback. Each look-up of a name takes the next of
// its answers, and the last one again and again: what a rebinding attack does.
type names struct {
	mu      sync.Mutex
	answers map[string][][]netip.Addr
	asked   map[string]int // questions for the A record of a name
}

// zone maps names to their answers, each a list of addresses.
func startNames(t *testing.T, zone map[string][][]string) (*net.Resolver, *names) {
	t.Helper()
	n := &names{answers: map[string][][]netip.Addr{}, asked: map[string]int{}}
	for name, answers := range zone {
		for _, answer := range answers {
			var list []netip.Addr
			for _, a := range answer {
				list = append(list, netip.MustParseAddr(a))
			}
			n.answers[name+"."] = append(n.answers[name+"."], list)
		}
	}
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() { n.serve(conn) })
	t.Cleanup(func() { conn.Close(); wg.Wait() })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp4", conn.LocalAddr().String())
	}}, n
}

func (n *names) serve(conn *net.UDPConn) {
	buf := make([]byte, 1500)
	for {
		size, from, err := conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:size]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Header = dnsmessage.Header{ID: m.ID, Response: true, Authoritative: true, RecursionAvailable: true}
		m.Additionals = nil
		n.answer(&m)
		out, err := m.Pack()
		if err != nil {
			continue
		}
		conn.WriteToUDPAddrPort(out, from) // a client that is gone asks again
	}
}

func (n *names) answer(m *dnsmessage.Message) {
	n.mu.Lock()
	defer n.mu.Unlock()
	q := m.Questions[0]
	answers := n.answers[q.Name.String()]
	if len(answers) == 0 {
		m.RCode = dnsmessage.RCodeNameError
		return
	}
	// The questions for A and AAAA come together, and get the same answer.
	turn := n.asked[q.Name.String()]
	if q.Type == dnsmessage.TypeA {
		n.asked[q.Name.String()]++
	}
	for _, a := range answers[min(turn, len(answers)-1)] {
		h := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: dnsmessage.ClassINET}
		switch {
		case q.Type == dnsmessage.TypeA && a.Is4():
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: a.As4()}})
		case q.Type == dnsmessage.TypeAAAA && !a.Is4():
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
		}
	}
}
