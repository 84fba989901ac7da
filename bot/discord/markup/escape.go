package markup

import (
	"strings"

	"pilcrow/corpus/text"
)

// Escape returns Markdown that Discord shows as s and nothing else: it formats
// nothing, mentions nobody and links nowhere, wherever in a line it stands.
// Invisible characters, direction controls and towers of marks are taken out,
// and white space is one space.
func Escape(s string) string {
	var b strings.Builder
	for _, p := range words(s) {
		b.WriteString(p.text)
	}
	return b.String()
}

// longestCluster bounds in bytes what is never cut. Nobody writes a character
// longer than a family with skin tones.
const longestCluster = 128

// words returns foreign text as pieces, a character each.
func words(s string) []piece {
	s = plain(s)
	pieces := make([]piece, 0, len(s))
	at, numbered := 0, true // numbered: nothing but figures so far
	for g := range text.Graphemes(s) {
		p := piece{text: g}
		switch c := g[0]; {
		case c == '@' && pings(s[at+1:]):
			p.text = "＠" + g[1:]
		case strings.IndexByte(special, c) >= 0,
			at == 0 && strings.IndexByte("-+=", c) >= 0,
			numbered && at > 0 && (c == '.' || c == ')'),
			c == '.' && strings.HasSuffix(strings.ToLower(s[:at]), "www"):
			p.text = `\` + g
		}
		numbered = numbered && '0' <= g[0] && g[0] <= '9'
		at += len(g)
		for len(p.text) > longestCluster {
			head := strings.ToValidUTF8(p.text[:longestCluster], "")
			pieces = append(pieces, piece{text: head})
			p.text = p.text[len(head):]
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// special is what opens something, anywhere in a line: emphasis, code, spoilers,
// mentions, timestamps and custom emoji (<), masked links, emoji by name (:),
// and addresses and invitations, which need their : and /. The & keeps HTML
// entities closed in a file.
const special = "\\`*_~|<>[]@#:/&"

// pings reports whether an @ before s calls everybody. Discord looks for that in
// the text as sent, so no backslash helps.
func pings(s string) bool {
	s = strings.ToLower(s[:min(len(s), len("everyone"))])
	return strings.HasPrefix(s, "everyone") || strings.HasPrefix(s, "here")
}
