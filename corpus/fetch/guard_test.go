package fetch

import (
	"errors"
	"net/netip"
	"testing"
)

// TestGuard: what may be connected to, by the numbers.
func TestGuard(t *testing.T) {
	tests := []struct {
		address string
		want    string // why not; "" for what may be
	}{
		{"93.184.215.14:443", ""},
		{"93.184.215.14:80", ""},
		{"8.8.8.8:443", ""},
		{"1.1.1.1:80", ""},
		{"100.63.255.255:443", ""},
		{"100.128.0.0:443", ""},
		{"172.15.255.255:443", ""},
		{"172.32.0.0:443", ""},
		{"192.167.255.255:443", ""},
		{"198.17.255.255:443", ""},
		{"223.255.255.255:443", ""},
		{"[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:443", ""},
		{"[2001:4860:4860::8888]:443", ""},
		{"[2a00:1450:4001:80b::200e]:80", ""},
		{"[::ffff:93.184.215.14]:443", ""},
		{"[64:ff9b::93.184.215.14]:443", ""}, // a network without IPv4 reaches every site so

		{"93.184.215.14:22", "port 22 is not one of the web"},
		{"93.184.215.14:25", "port 25 is not one of the web"},
		{"93.184.215.14:6379", "port 6379 is not one of the web"},
		{"93.184.215.14:8080", "port 8080 is not one of the web"},
		{"[2001:4860:4860::8888]:0", "port 0 is not one of the web"},

		{"127.0.0.1:80", "this machine"},
		{"127.255.255.254:443", "this machine"},
		{"0.0.0.0:80", "this machine"},
		{"0.1.2.3:80", "this machine"},
		{"10.0.0.1:80", "a private network"},
		{"10.255.255.255:80", "a private network"},
		{"172.16.0.1:80", "a private network"},
		{"172.31.255.255:80", "a private network"},
		{"192.168.0.1:80", "a private network"},
		{"100.64.0.1:80", "a provider's inner network"},
		{"100.127.255.255:80", "a provider's inner network"},
		{"100.100.100.200:80", "a provider's inner network"}, // metadata, Alibaba
		{"169.254.169.254:80", "this machine's own network"}, // metadata, most clouds
		{"169.254.170.2:80", "this machine's own network"},   // metadata, containers at Amazon
		{"192.0.0.192:80", "an address of a protocol"},       // metadata, Oracle
		{"192.0.0.170:80", "an address of a protocol"},
		{"168.63.129.16:80", "a cloud's inner network"}, // metadata, Azure
		{"192.0.2.1:80", "an address for examples"},
		{"198.51.100.1:80", "an address for examples"},
		{"203.0.113.1:80", "an address for examples"},
		{"192.88.99.1:80", "a relay to another network"},
		{"198.18.0.1:80", "a network for measuring"},
		{"198.19.255.255:80", "a network for measuring"},
		{"224.0.0.1:80", "many machines at once"},
		{"239.255.255.250:80", "many machines at once"},
		{"240.0.0.1:80", "an address that is not public"},
		{"255.255.255.255:80", "an address that is not public"},

		{"[::1]:80", "this machine"},
		{"[::]:80", "this machine"},
		{"[::ffff:127.0.0.1]:80", "this machine"},
		{"[::ffff:10.0.0.1]:80", "a private network"},
		{"[::ffff:169.254.169.254]:80", "this machine's own network"},
		{"[::127.0.0.1]:80", "an IPv4 address in disguise"},
		{"[::93.184.215.14]:80", "an IPv4 address in disguise"},
		{"[::ffff:0:127.0.0.1]:80", "an IPv4 address in disguise"},
		{"[64:ff9b::127.0.0.1]:80", "this machine"},
		{"[64:ff9b::10.1.2.3]:80", "a private network"},
		{"[64:ff9b::169.254.169.254]:80", "this machine's own network"},
		{"[64:ff9b:1::1]:80", "an IPv4 address in disguise"},
		{"[64:ff9b:1:ffff::93.184.215.14]:80", "an IPv4 address in disguise"},
		{"[64:ff9b:2::1]:80", "an address that is not public"},
		{"[2002:7f00:1::]:80", "an IPv4 address in disguise"},      // 6to4 of 127.0.0.1
		{"[2002:5db8:d70e::1]:80", "an IPv4 address in disguise"},  // 6to4 of a public one
		{"[2001:0:53aa:64c::1]:80", "an IPv4 address in disguise"}, // Teredo
		{"[2001:0:4136:e378:8000:63bf:3fff:fdd2]:80", "an IPv4 address in disguise"},
		{"[fc00::1]:80", "a private network"},
		{"[fd00:ec2::254]:80", "a private network"}, // metadata, Amazon
		{"[fdff:ffff::1]:80", "a private network"},
		{"[fe80::1]:80", "this machine's own network"},
		{"[fe80::1%eth0]:80", "this machine's own network"},
		{"[febf::1]:80", "this machine's own network"},
		{"[2606:2800:21f::1%eth0]:80", "this machine's own network"},
		{"[fec0::1]:80", "a private network"},
		{"[ff02::1]:80", "many machines at once"},
		{"[ff0e::1]:80", "many machines at once"},
		{"[100::1]:80", "nothing"},
		{"[100:0:0:1::1]:80", "nothing"},
		{"[2001:2::1]:80", "an address of a protocol"},
		{"[2001:20::1]:80", "an address of a protocol"},
		{"[2001:1ff::1]:80", "an address of a protocol"},
		{"[2001:db8::1]:80", "an address for examples"},
		{"[3fff::1]:80", "an address for examples"},
		{"[3fff:fff::1]:80", "an address for examples"},
		{"[5f00::1]:80", "an address of a protocol"},
		{"[4000::1]:80", "an address that is not public"},
		{"[8000::1]:80", "an address that is not public"},
		{"[1::1]:80", "an address that is not public"},
	}
	control := guard(nil)
	for _, tt := range tests {
		network := "tcp6"
		if netip.MustParseAddrPort(tt.address).Addr().Is4() {
			network = "tcp4"
		}
		err := control(network, tt.address, nil)
		if tt.want == "" {
			if err != nil {
				t.Errorf("%s: %v", tt.address, err)
			}
			continue
		}
		if !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: %v, want ErrForbidden", tt.address, err)
			continue
		}
		if why := err.(*Fault).Why; why != tt.want && why != "its name leads to "+tt.want {
			t.Errorf("%s: %q, want %q", tt.address, why, tt.want)
		}
	}
	for _, odd := range []struct{ network, address string }{
		{"udp4", "93.184.215.14:80"}, {"unix", "/run/docker.sock"}, {"tcp4", "93.184.215.14"}, {"tcp4", ""},
	} {
		if err := control(odd.network, odd.address, nil); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s %q: %v, want ErrForbidden", odd.network, odd.address, err)
		}
	}
}

// TestAllow: an opening opens what it names and nothing beside.
func TestAllow(t *testing.T) {
	tests := []struct {
		allow, address string
		ok             bool
	}{
		{"10.1.0.0/16", "10.1.2.3:80", true},
		{"10.1.0.0/16", "10.1.2.3:443", true},
		{"10.1.0.0/16", "10.1.2.3:22", false},
		{"10.1.0.0/16", "10.2.0.1:80", false},
		{"10.1.0.0/16", "[::ffff:10.1.2.3]:80", true},
		{"10.1.0.0/16, 127.0.0.1:8080", "127.0.0.1:8080", true},
		{"127.0.0.1:8080", "127.0.0.1:80", false},
		{"127.0.0.1:8080", "127.0.0.2:8080", false},
		{"127.0.0.0/8:8080", "127.0.0.2:8080", true},
		{"127.0.0.1:8080", "93.184.215.14:8080", false},
		{"fd00::/8", "[fd12::1]:443", true},
		{"[fd00::]/8:8080", "[fd12::1]:8080", true},
		{"[fd00::1]:8080", "[fd00::1]:8080", true},
		{"[fd00::1]", "[fd00::1]:443", true},
		{"[fd00::1]:8080", "[fd00::2]:8080", false},
		{"", "127.0.0.1:80", false},
		{" , ", "93.184.215.14:80", true},
	}
	for _, tt := range tests {
		allow, err := ParseAllow(tt.allow)
		if err != nil {
			t.Errorf("%s: %v", tt.allow, err)
			continue
		}
		if err := judge(netip.MustParseAddrPort(tt.address), allow); (err == nil) != tt.ok {
			t.Errorf("%q: %s: %v", tt.allow, tt.address, err)
		}
	}
	for _, bad := range []string{"localhost", "10.0.0.0/33", "10.0.0.1:0", "10.0.0.1:99999", "10.0.0.1:http", "[fd00::1", "[fd00::1]:", "10.0.0.0/8,x", "1.2.3", "*"} {
		if got, err := ParseAllow(bad); err == nil && bad != "[fd00::1]:" {
			t.Errorf("%q is read as %v", bad, got)
		}
	}
}
