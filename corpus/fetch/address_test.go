package fetch_test

import (
	"net/url"
	"strings"
	"testing"

	"pilcrow/corpus/fetch"
)

// TestAddresses: what is refused by its look, and what an address becomes.
func TestAddresses(t *testing.T) {
	tests := []struct{ url, want, why string }{
		{"https://Harbour.Example.com", "https://harbour.example.com/", ""},
		{" http://a.example.com:80/x?y=1#z ", "http://a.example.com/x?y=1", ""},
		{"https://a.example.com./", "https://a.example.com/", ""},
		{"https://bücher.example.com/", "https://xn--bcher-kva.example.com/", ""},
		{"https://日本語ドメイン.example.jp/", "https://xn--eckwd4c7c5976acvb2w6i.example.jp/", ""},
		{"https://пример.example.ru/", "https://xn--e1afmkfd.example.ru/", ""},
		{"https://пример.example.com/", "https://xn--e1afmkfd.example.com/", ""},
		{"https://ελλάδα.example.gr/", "https://xn--hxakic4aa.example.gr/", ""},
		{"https://my_host.example.com/", "https://my_host.example.com/", ""},
		{"http://93.184.215.14/", "http://93.184.215.14/", ""},

		{"", "", "not an address of a page"},
		{"harbour", "", "not an address of a page"},
		{"ftp://a.example.com/", "", `"ftp:" is not fetched`},
		{"file:///etc/passwd", "", `"file:" is not fetched`},
		{"gopher://a.example.com/", "", `"gopher:" is not fetched`},
		{"javascript:alert(1)", "", `"javascript:" is not fetched`},
		{"data:text/html,x", "", `"data:" is not fetched`},
		{"https:a.example.com", "", "it cannot be read"},
		{"https://", "", "its host is no name"},
		{"https:///x", "", "its host is no name"},
		{"https://a b.example.com/", "", "it cannot be read"},
		{"https://user:secret@a.example.com/", "", "it has a user name or a password in it"},
		{"https://user@a.example.com/", "", "it has a user name or a password in it"},
		{"https://a.example.com:22/", "", "port 22 is not one of the web"},
		{"https://a.example.com:99999/", "", "its port makes no sense"},
		{"https://a.example.com/" + strings.Repeat("x", 3000), "", "it is longer than 2048 characters"},
		{"http://localhost/", "", "its host is a name of the local network"},
		{"http://router/", "", "its host is a name of the local network"},
		{"http://127.0.0.1/", "", "it is this machine"},
		{"http://127.1/", "", "its host is a number in disguise"},
		{"http://2130706433/", "", "its host is a number in disguise"},
		{"http://0x7f.0.0.1/", "", "its host is a number in disguise"},
		{"http://0x7f000001/", "", "its host is a number in disguise"},
		{"http://0177.0.0.1/", "", "its host is a number in disguise"},
		{"http://①②⑦.⓪.⓪.①/", "", "its host is a number in disguise"},
		{"http://[::1]/", "", "it is this machine"},
		{"http://[fe80::1%25eth0]/", "", "it is this machine's own network"},
		{"http://[::ffff:127.0.0.1]/", "", "it is this machine"},
		{"https://a..example.com/", "", "its host is no name"},
		{"https://xn--0.example.com/", "", "its host is no name"},
		// Homographs: a Cyrillic а among Latin letters, all Cyrillic, a Greek ο.
		{"https://pаypal.com/", "", "its host is made to look like another, and is xn--pypal-4ve.com"},
		{"https://аррӏе.com/", "", "its host is made to look like another, and is xn--80ak6aa92e.com"},
		{"https://xn--80ak6aa92e.com/", "", "its host is made to look like another, and is xn--80ak6aa92e.com"},
		{"https://gοοgle.com/", "", "its host is made to look like another, and is xn--ggle-0nda.com"},
	}
	c := fetch.New(fetch.Options{})
	defer c.Close()
	for _, tt := range tests {
		got, err := c.Check(tt.url)
		switch {
		case tt.why == "" && (err != nil || got != tt.want):
			t.Errorf("%s: %q, %v; want %q", tt.url, got, err, tt.want)
		case tt.why != "" && (err == nil || !strings.Contains(err.Error(), tt.why)):
			t.Errorf("%s: %q, %v; want %q", tt.url, got, err, tt.why)
		case err != nil && strings.Contains(err.Error(), "secret"):
			t.Errorf("%s: the error tells the password: %v", tt.url, err)
		}
	}
}

// FuzzCheck: an address that passes is one that passes again unchanged, and
// leads to no address of this machine by its look.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"https://a.example.com/x?y#z", "http://127.1/", "https://аррӏе.com/", "http://[::1%25x]:80", "https://a:b@c.d/", "http://①.②/", "https://xn--a.b/%zz"} {
		f.Add(s)
	}
	c := fetch.New(fetch.Options{})
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := c.Check(raw)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("%q: more than a line: %q", raw, err)
			}
			return
		}
		again, err := c.Check(got)
		if err != nil || again != got {
			t.Errorf("%q gives %q, which gives %q, %v", raw, got, again, err)
		}
		u, err := url.Parse(got)
		if err != nil || u.User != nil || u.Host == "" || u.Fragment != "" {
			t.Errorf("%q gives %q", raw, got)
		}
	})
}
