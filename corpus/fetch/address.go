package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// maxURL bounds an address in bytes.
const maxURL = 2048

// Check returns the form in which the client asks an address: without a
// fragment, its host in lower case and in ASCII (punycode). It returns a Fault
// where it would not ask it, whatever its name leads to: that is found out when
// connecting.
func (c *Client) Check(raw string) (string, error) {
	u, err := checkURL(raw, c.Allow)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// checkURL lets pass the ports of openings as well; that they are those of the
// opening's addresses is seen when connecting.
func checkURL(raw string, allow []Opening) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	scheme, _, _ := strings.Cut(raw, ":")
	switch scheme = strings.ToLower(scheme); {
	case len(raw) > maxURL:
		return nil, &Fault{Kind: ErrURL, Why: fmt.Sprintf("it is longer than %d characters", maxURL)}
	case raw == "" || scheme == strings.ToLower(raw):
		return nil, &Fault{Kind: ErrURL}
	case scheme != "http" && scheme != "https":
		return nil, &Fault{Kind: ErrURL, Why: fmt.Sprintf("%.20q is not fetched", scheme+":")}
	}
	u, err := url.Parse(raw)
	if err != nil || u.Opaque != "" {
		return nil, &Fault{Kind: ErrURL, Why: "it cannot be read"}
	}
	if u.User != nil { // and say nothing of them
		return nil, &Fault{Kind: ErrURL, Why: "it has a user name or a password in it"}
	}
	host, err := checkHost(u.Hostname(), allow)
	if err != nil {
		return nil, err
	}
	port := u.Port()
	if err := checkPort(port, allow); err != nil {
		return nil, err
	}
	u.Host = host
	if port != "" && !(u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443") {
		u.Host = net.JoinHostPort(strings.Trim(host, "[]"), port)
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

func checkPort(port string, allow []Opening) error {
	if port == "" {
		return nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return &Fault{Kind: ErrURL, Why: "its port makes no sense"}
	}
	if publicPort(uint16(n)) || slices.ContainsFunc(allow, func(o Opening) bool { return o.port(uint16(n)) }) {
		return nil
	}
	return &Fault{Kind: ErrForbidden, Why: fmt.Sprintf("port %d is not one of the web", n)}
}

// checkHost returns a host in ASCII, an IPv6 address in brackets.
func checkHost(host string, allow []Opening) (string, error) {
	host = strings.TrimSuffix(host, ".")
	if addr, err := netip.ParseAddr(host); err == nil {
		inside := func(o Opening) bool { return o.Prefix.Contains(addr.Unmap()) }
		if what := special(addr); what != "" && !slices.ContainsFunc(allow, inside) {
			return "", &Fault{Kind: ErrForbidden, Why: "it is " + what}
		}
		if addr.Is6() {
			return "[" + addr.String() + "]", nil
		}
		return addr.String(), nil
	}
	ascii := strings.ToLower(host)
	if !plain(ascii) || strings.Contains(ascii, "xn--") {
		var err error
		if ascii, err = idna.Lookup.ToASCII(host); err != nil || !plain(ascii) {
			return "", &Fault{Kind: ErrURL, Why: "its host is no name"}
		}
	}
	labels := strings.Split(ascii, ".")
	last := labels[len(labels)-1]
	switch {
	case strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x"):
		// 127.1, 0177.0.0.1 and 2130706433 are addresses to some resolvers.
		return "", &Fault{Kind: ErrForbidden, Why: "its host is a number in disguise"}
	case len(labels) < 2 && len(allow) == 0:
		return "", &Fault{Kind: ErrForbidden, Why: "its host is a name of the local network"}
	}
	for _, label := range labels {
		if !strings.HasPrefix(label, "xn--") {
			continue
		}
		spoken, err := idna.Lookup.ToUnicode(label)
		if err != nil {
			return "", &Fault{Kind: ErrURL, Why: "its host is no name"}
		}
		if disguised(spoken, last) {
			return "", &Fault{Kind: ErrForbidden, Why: fmt.Sprintf("its host is made to look like another, and is %.70s", ascii)}
		}
	}
	return ascii, nil
}

// plain reports whether a lower-case host holds only what names do.
func plain(host string) bool {
	if host == "" || len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
		for _, c := range label {
			if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
				return false
			}
		}
	}
	return true
}

// disguised reports whether a label past ASCII may be made to be taken for
// another: scripts that are not written together (the "highly restrictive"
// profile of Unicode's technical standard 39, section 5.2), or letters that all
// look like Latin ones, under a top-level domain where they are not at home.
func disguised(label, top string) bool {
	var found []string
	for _, r := range label {
		if unicode.In(r, unicode.Common, unicode.Inherited) {
			continue
		}
		if name := scriptOf(r); !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	if len(found) == 1 {
		l, ok := lookalikes[found[0]]
		return ok && !slices.Contains(l.home, top) && !strings.HasPrefix(top, "xn--") &&
			!strings.ContainsFunc(label, func(r rune) bool {
				return !unicode.In(r, unicode.Common, unicode.Inherited) && !strings.ContainsRune(l.letters, r)
			})
	}
	return len(found) > 1 && !slices.ContainsFunc(together, func(set []string) bool {
		return !slices.ContainsFunc(found, func(s string) bool { return !slices.Contains(set, s) })
	})
}

// lookalikes are the letters of a script that are taken for Latin ones, as
// Chromium has them, and the top-level domains where the script is at home.
var lookalikes = map[string]struct {
	letters string
	home    []string
}{
	"Cyrillic": {"асԁеһіјӏорԛѕԝхуъьҽпгѵѡ", []string{"bg", "by", "kg", "kz", "mk", "mn", "rs", "ru", "su", "tj", "ua", "uz"}},
	"Greek":    {"αικνρυωηοτ", []string{"cy", "gr"}},
}

// together are the scripts that one language mixes.
var together = [][]string{
	{"Latin", "Han", "Hiragana", "Katakana"},
	{"Latin", "Han", "Hangul"},
	{"Latin", "Han", "Bopomofo"},
}

func scriptOf(r rune) string {
	for _, name := range []string{"Latin", "Han", "Cyrillic", "Greek", "Hiragana", "Katakana", "Hangul", "Bopomofo"} {
		if unicode.Is(unicode.Scripts[name], r) {
			return name
		}
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return "unknown"
}

// isLogin reports whether an address is, by its looks, where a site asks who
// one is.
func isLogin(u *url.URL) bool {
	first, _, _ := strings.Cut(u.Hostname(), ".")
	if slices.Contains(logins, first) {
		return true
	}
	for segment := range strings.SplitSeq(strings.ToLower(u.Path), "/") {
		name, _, _ := strings.Cut(segment, ".")
		if slices.Contains(logins, name) {
			return true
		}
	}
	return false
}

var logins = []string{"login", "log-in", "signin", "sign-in", "sign_in", "sso", "oauth", "oauth2", "wp-login", "accounts", "authenticate", "authorize"}
