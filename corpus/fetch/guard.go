package fetch

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Opening is something that may be reached though it is not public: a range of
// addresses, on one port.
type Opening struct {
	Prefix netip.Prefix
	Port   uint16 // 0 means 80 and 443
}

// ParseAllow reads a list of openings, separated by commas: an address or a
// range, and a port where it is another than 80 and 443. "10.1.0.0/16,
// 127.0.0.1:8080, [fd00::]/8:8080" has three. An empty list is none.
func ParseAllow(list string) ([]Opening, error) {
	var openings []Opening
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		o, err := parseOpening(item)
		if err != nil {
			return nil, fmt.Errorf("%q is not an address or a range such as 10.1.0.0/16 or 127.0.0.1:8080", item)
		}
		openings = append(openings, o)
	}
	return openings, nil
}

func parseOpening(s string) (o Opening, err error) {
	addr, rest := s, ""
	if inner, ok := strings.CutPrefix(s, "["); ok {
		addr, rest, ok = strings.Cut(inner, "]")
		if !ok {
			return o, strconv.ErrSyntax
		}
		if bits, port, ok := strings.Cut(rest, ":"); ok {
			addr, rest = addr+bits, port
		} else {
			addr, rest = addr+bits, ""
		}
	} else if strings.Count(s, ":") == 1 {
		addr, rest, _ = strings.Cut(s, ":")
	}
	if rest != "" {
		port, err := strconv.ParseUint(rest, 10, 16)
		if err != nil || port == 0 {
			return o, strconv.ErrSyntax
		}
		o.Port = uint16(port)
	}
	if strings.Contains(addr, "/") {
		o.Prefix, err = netip.ParsePrefix(addr)
		return o, err
	}
	a, err := netip.ParseAddr(addr)
	if err != nil {
		return o, err
	}
	o.Prefix = netip.PrefixFrom(a, a.BitLen())
	return o, nil
}

func (o Opening) port(port uint16) bool {
	return o.Port == port || o.Port == 0 && publicPort(port)
}

func publicPort(port uint16) bool { return port == 80 || port == 443 }

// guard returns the dialer's Control. The system calls it with each address
// that a name was found to stand for, after the last look-up and before the
// first packet.
func guard(allow []Opening) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		if network != "tcp4" && network != "tcp6" {
			return &Fault{Kind: ErrForbidden, Why: "the network is " + network}
		}
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return &Fault{Kind: ErrForbidden, Why: "the address makes no sense"}
		}
		return judge(ap, allow)
	}
}

// judge returns a Fault where an address may not be connected to.
func judge(ap netip.AddrPort, allow []Opening) error {
	addr, port := ap.Addr().Unmap(), ap.Port()
	if slices.ContainsFunc(allow, func(o Opening) bool { return o.Prefix.Contains(addr) && o.port(port) }) {
		return nil
	}
	if what := special(addr); what != "" {
		return &Fault{Kind: ErrForbidden, Why: "its name leads to " + what}
	}
	if !publicPort(port) {
		return &Fault{Kind: ErrForbidden, Why: fmt.Sprintf("port %d is not one of the web", port)}
	}
	return nil
}

// special says what an address is that is not on the public internet, and ""
// of one that is.
func special(addr netip.Addr) string {
	if addr.Zone() != "" {
		return "this machine's own network"
	}
	addr = addr.Unmap()
	for _, s := range specials {
		if s.prefix.Contains(addr) {
			return s.what
		}
	}
	switch {
	case addr.Is4():
		return ""
	case translated.Contains(addr): // where a network has no IPv4, every site has such an address
		b := addr.As16()
		return special(netip.AddrFrom4([4]byte(b[12:])))
	case !globalUnicast.Contains(addr): // what is not given out yet
		return "an address that is not public"
	}
	return ""
}

var (
	globalUnicast = netip.MustParsePrefix("2000::/3")     // RFC 4291, section 2.4, and IANA: all that was given out
	translated    = netip.MustParsePrefix("64:ff9b::/96") // NAT64, RFC 6052
)

// specials are the special-purpose registries of IANA for IPv4 and IPv6 (RFC
// 6890), multicast, and what clouds put elsewhere. The first that contains an
// address names it.
var specials = []struct {
	prefix netip.Prefix
	what   string
}{
	{netip.MustParsePrefix("127.0.0.0/8"), "this machine"},
	{netip.MustParsePrefix("0.0.0.0/8"), "this machine"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private network"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private network"},
	{netip.MustParsePrefix("192.168.0.0/16"), "a private network"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a provider's inner network"}, // RFC 6598; Alibaba's metadata is 100.100.100.200
	{netip.MustParsePrefix("169.254.0.0/16"), "this machine's own network"},
	{netip.MustParsePrefix("168.63.129.16/32"), "a cloud's inner network"}, // Azure, from within its virtual machines
	{netip.MustParsePrefix("192.0.0.0/24"), "an address of a protocol"},    // Oracle's metadata is 192.0.0.192
	{netip.MustParsePrefix("192.0.2.0/24"), "an address for examples"},
	{netip.MustParsePrefix("198.51.100.0/24"), "an address for examples"},
	{netip.MustParsePrefix("203.0.113.0/24"), "an address for examples"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a relay to another network"}, // 6to4, RFC 7526
	{netip.MustParsePrefix("198.18.0.0/15"), "a network for measuring"},
	{netip.MustParsePrefix("224.0.0.0/4"), "many machines at once"},
	{netip.MustParsePrefix("240.0.0.0/4"), "an address that is not public"}, // and broadcast

	{netip.MustParsePrefix("::1/128"), "this machine"},
	{netip.MustParsePrefix("::/128"), "this machine"},
	{netip.MustParsePrefix("::/96"), "an IPv4 address in disguise"},           // RFC 4291, section 2.5.5.1
	{netip.MustParsePrefix("::ffff:0:0:0/96"), "an IPv4 address in disguise"}, // SIIT, RFC 2765
	{netip.MustParsePrefix("64:ff9b:1::/48"), "an IPv4 address in disguise"},  // NAT64 of one's own, RFC 8215
	{netip.MustParsePrefix("2002::/16"), "an IPv4 address in disguise"},       // 6to4, RFC 3056
	{netip.MustParsePrefix("2001::/32"), "an IPv4 address in disguise"},       // Teredo, RFC 4380
	{netip.MustParsePrefix("fc00::/7"), "a private network"},                  // Amazon's metadata is fd00:ec2::254
	{netip.MustParsePrefix("fe80::/10"), "this machine's own network"},
	{netip.MustParsePrefix("fec0::/10"), "a private network"}, // RFC 3879
	{netip.MustParsePrefix("ff00::/8"), "many machines at once"},
	{netip.MustParsePrefix("100::/64"), "nothing"}, // RFC 6666
	{netip.MustParsePrefix("100:0:0:1::/64"), "nothing"},
	{netip.MustParsePrefix("2001::/23"), "an address of a protocol"}, // RFC 2928: benchmarking, ORCHID and others
	{netip.MustParsePrefix("2001:db8::/32"), "an address for examples"},
	{netip.MustParsePrefix("3fff::/20"), "an address for examples"}, // RFC 9637
	{netip.MustParsePrefix("5f00::/16"), "an address of a protocol"},
}
