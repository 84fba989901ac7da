package corpus

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"unicode"
)

// maxURL bounds an address in bytes; longer ones serve no reader.
const maxURL = 2048

// tracking names the query parameters that say where a click came from and
// nothing about the page; utm_* is recognised by its prefix.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true,
	"msclkid": true, "twclid": true, "ttclid": true, "igshid": true, "yclid": true, "mkt_tok": true,
	"mc_cid": true, "mc_eid": true, "_hsenc": true, "_hsmi": true, "vero_id": true, "oly_enc_id": true,
	"oly_anon_id": true, "s_cid": true, "_ga": true, "_gl": true, "srsltid": true,
}

// CanonicalURL returns the form of an http or https address by which an
// article is known, or "" where raw is no such address. Scheme and host are
// lower case; credentials, fragment, default port, the host's trailing dot
// and tracking parameters are gone; an empty path is "/". The rest is left
// alone, since two addresses that differ in it may be two pages.
// CanonicalURL(CanonicalURL(s)) is CanonicalURL(s).
func CanonicalURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" { // Parse lowers the scheme
		return ""
	}
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if host == "" || strings.ContainsAny(host, " \t%") || strings.ContainsFunc(host, turns) {
		return ""
	}
	port := u.Port()
	switch {
	case port == "", u.Scheme == "http" && port == "80", u.Scheme == "https" && port == "443":
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		u.Host = host
	default:
		u.Host = net.JoinHostPort(host, port)
	}
	u.User = nil
	u.Fragment, u.RawFragment = "", ""
	u.RawPath = escape(u.RawPath) // set only where Path does not say it all
	u.RawQuery = escape(withoutTracking(u.RawQuery))
	u.ForceQuery = false
	if u.Path == "" {
		u.Path = "/"
	}
	s := u.String()
	if len(s) > maxURL {
		return ""
	}
	return s
}

// turns reports whether r turns the direction of reading, which in a host only
// disguises it.
func turns(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

// escape percent-encodes what may not stand in an address, such as spaces and
// letters past ASCII, and leaves what is encoded alone.
func escape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// withoutTracking cuts tracking parameters out of a raw query and leaves the
// order and escaping of the others alone.
func withoutTracking(query string) string {
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if n, err := url.QueryUnescape(name); err == nil {
			name = n
		}
		name = strings.ToLower(name)
		if pair == "" || tracking[name] || strings.HasPrefix(name, "utm_") {
			continue
		}
		kept = append(kept, pair)
	}
	return strings.Join(kept, "&")
}
