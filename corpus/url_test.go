package corpus

import (
	"net/url"
	"testing"
)

var addresses = []struct{ raw, want string }{
	{"https://a.example/x", "https://a.example/x"},
	{"  HTTPS://A.Example/X ", "https://a.example/X"},
	{"http://a.example", "http://a.example/"},
	{"http://a.example:80/", "http://a.example/"},
	{"https://a.example:443/", "https://a.example/"},
	{"https://a.example:80/", "https://a.example:80/"},
	{"https://a.example./x", "https://a.example/x"},
	{"https://user:secret@a.example/x", "https://a.example/x"},
	{"https://a.example/x#part", "https://a.example/x"},
	{"https://a.example/x?", "https://a.example/x"},
	{"https://a.example/x?id=1&utm_source=s&UTM_Medium=m&b=2", "https://a.example/x?id=1&b=2"},
	{"https://a.example/x?fbclid=1&gclid=2&%66bclid=3", "https://a.example/x"},
	{"https://a.example/x?utm=1&clid", "https://a.example/x?utm=1&clid"},
	{"https://a.example/x?b=2&a=1&a=%20", "https://a.example/x?b=2&a=1&a=%20"},
	{"https://a.example/a%2Fb/ü", "https://a.example/a%2Fb/%C3%BC"},
	{"https://a.example/a b/ü", "https://a.example/a%20b/%C3%BC"},
	{"https://a.example/(x)|y", "https://a.example/(x)%7Cy"},
	{"https://a.example/x?q=ü b|c", "https://a.example/x?q=%C3%BC%20b%7Cc"},
	{"https://[2001:DB8::1]:443/", "https://[2001:db8::1]/"},
	{"https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/"},
	{"", ""},
	{"a.example/x", ""},
	{"/x", ""},
	{"//a.example/x", ""},
	{"ftp://a.example/x", ""},
	{"javascript:alert(1)", ""},
	{"mailto:a@a.example", ""},
	{"https:///x", ""},
	{"https://./x", ""},
	{"https:a.example", ""},
	{"https://a b.example/", ""},
	{"https://a.example:port/", ""},
	{"https://a.example/\x00", ""},
	{"https://a.elpm\u202axe/", ""},
	{"https://moc.kn\u202eab.example/", ""},
	{"https://ba\u200enk.example/", ""},
	{"https://a.example/\u202egnp.exe?\u200f", "https://a.example/%E2%80%AEgnp.exe?%E2%80%8F"},
}

func TestCanonicalURL(t *testing.T) {
	for _, tt := range addresses {
		if got := CanonicalURL(tt.raw); got != tt.want {
			t.Errorf("CanonicalURL(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}

func FuzzCanonicalURL(f *testing.F) {
	for _, tt := range addresses {
		f.Add(tt.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got := CanonicalURL(raw)
		if got == "" {
			return
		}
		if again := CanonicalURL(got); again != got {
			t.Errorf("CanonicalURL(%q) = %q, of which it is %q", raw, got, again)
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" || len(got) > maxURL {
			t.Errorf("CanonicalURL(%q) = %q", raw, got)
		}
	})
}
