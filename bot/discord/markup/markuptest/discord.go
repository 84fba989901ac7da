// Package markuptest reads messages as Discord does, so that tests can compare
// what a person sees and not what was sent.
//
// The rules are those of the published client: simple-markdown with Discord's
// own, read line by line. Where clients differ it takes the one that sees more
// markup.
package markuptest

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Node is a stretch of a message.
type Node struct {
	Kind string // "text", "link", "strong", or what else was opened: "mention", "code", "list", …
	Text string // what is shown
	URL  string // where a link leads
}

var (
	heading = regexp.MustCompile(`^#{1,3}\s+\S`)
	list    = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+`)
	tagged  = regexp.MustCompile(`^<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|id:\w+|/[^:>]+:\d+)>`)
	pointed = regexp.MustCompile(`^<(?:https?://[^\s>]+|[^\s<>]+@[^\s<>]+|(?:tel|sms|mailto):[^\s>]+)>`)
	masked  = regexp.MustCompile(`^\[((?:\[[^\]]*\]|[^\[\]\\]|\\.)*)\]\(\s*<?([^\s<>]*?)>?\s*\)`)
	address = regexp.MustCompile(`(?i)^(?:https?|steam|discord)://[^\s<]+`)
	invite  = regexp.MustCompile(`(?i)^(?:discord(?:app)?\.com/invite|discord\.gg)/[\w-]+`)
	emoji   = regexp.MustCompile(`^:[A-Za-z0-9_+-]+:`)
	all     = regexp.MustCompile(`(?i)^@(?:everyone|here)`)
	fences  = []struct{ mark, kind string }{
		{"```", "code"}, {"`", "code"}, {"**", "strong"}, {"__", "underline"}, {"||", "spoiler"}, {"~~", "struck"}, {"*", "emphasis"}, {"_", "emphasis"},
	}
)

// Parse returns what a message is made of. Line ends are text.
func Parse(content string) []Node {
	var out []Node
	for i, l := range strings.Split(content, "\n") {
		if i > 0 {
			out = append(out, Node{Kind: "text", Text: "\n"})
		}
		switch {
		case strings.HasPrefix(l, "-# "):
			out = append(out, Node{Kind: "small"})
			l = l[len("-# "):]
		case strings.HasPrefix(l, ">>> "), strings.HasPrefix(l, "> "):
			out = append(out, Node{Kind: "quote"})
			_, l, _ = strings.Cut(l, " ")
		}
		switch {
		case heading.MatchString(l):
			out = append(out, Node{Kind: "heading"})
			l = strings.TrimLeft(l, "# ")
		case list.MatchString(l):
			m := list.FindString(l)
			out = append(out, Node{Kind: "list"})
			l = l[len(m):]
		}
		out = append(out, inline(l)...)
	}
	return join(out)
}

func inline(s string) []Node {
	var out []Node
	for len(s) > 0 {
		n, length := next(s)
		out = append(out, n...)
		s = s[length:]
	}
	return out
}

// next reads what s begins with.
func next(s string) ([]Node, int) {
	one := func(kind, m string) ([]Node, int) { return []Node{{Kind: kind, Text: m}}, len(m) }
	if s[0] == '\\' && len(s) > 1 {
		if r, n := utf8.DecodeRuneInString(s[1:]); !strings.ContainsRune(" \t\n", r) && !('0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') {
			return []Node{{Kind: "text", Text: s[1 : 1+n]}}, 1 + n
		}
	}
	if m := tagged.FindString(s); m != "" {
		return one("mention", m)
	}
	if m := all.FindString(s); m != "" {
		return one("mention", m)
	}
	if m := pointed.FindString(s); m != "" {
		return one("autolink", m)
	}
	if m := masked.FindStringSubmatch(s); m != nil {
		return []Node{{Kind: "link", Text: shown(inline(m[1])), URL: m[2]}}, len(m[0])
	}
	if m := address.FindString(s); m != "" {
		return one("autolink", m)
	}
	if m := invite.FindString(s); m != "" {
		return one("autolink", m)
	}
	if m := emoji.FindString(s); m != "" {
		return one("emoji", m)
	}
	for _, f := range fences {
		if !strings.HasPrefix(s, f.mark) {
			continue
		}
		if end := closing(s[len(f.mark):], f.mark); end > 0 {
			inner := s[len(f.mark) : len(f.mark)+end]
			if f.kind == "strong" {
				nodes := inline(inner)
				for i := range nodes {
					if nodes[i].Kind == "text" {
						nodes[i].Kind = "strong"
					}
				}
				return nodes, end + 2*len(f.mark)
			}
			return []Node{{Kind: f.kind, Text: inner}}, end + 2*len(f.mark)
		}
	}
	_, n := utf8.DecodeRuneInString(s)
	return []Node{{Kind: "text", Text: s[:n]}}, n
}

// closing returns where in s the mark closes, past what is escaped, or -1.
func closing(s, mark string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(s[i:], mark) {
			return i
		}
	}
	return -1
}

// join puts neighbours of one kind together.
func join(nodes []Node) []Node {
	var out []Node
	for _, n := range nodes {
		if k := len(out) - 1; k >= 0 && out[k].Kind == n.Kind && (n.Kind == "text" || n.Kind == "strong") {
			out[k].Text += n.Text
			continue
		}
		out = append(out, n)
	}
	return out
}

func shown(nodes []Node) string {
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(n.Text)
	}
	return b.String()
}

var loud = regexp.MustCompile(`<@[!&]?\d+>|<#\d+>|@everyone|@here`)

// Pings returns what in a message would mention somebody if mentions were
// allowed. The server looks for that in the text as sent, so escapes do not
// count.
func Pings(content string) []string { return loud.FindAllString(content, -1) }

var open = regexp.MustCompile(`(?i)(?:^|[^<])(https?://[^\s<>]+)`)

// Previews returns the addresses in a message that Discord would show a preview
// of: those without < and > around them.
func Previews(content string) []string {
	var out []string
	for _, m := range open.FindAllStringSubmatch(content, -1) {
		out = append(out, m[1])
	}
	return out
}

// Seen returns a message as a person sees it: small print behind "· ", quotes
// behind "│ ", bullets as "• ", bold between stars, a link's address under the
// message. What nothing of ours writes is named: ‹mention @here›.
func Seen(content string) string {
	var b, links strings.Builder
	told := make(map[string]bool)
	for _, n := range Parse(content) {
		switch n.Kind {
		case "text":
			b.WriteString(strings.ReplaceAll(n.Text, "\u00a0", " "))
		case "small":
			b.WriteString("· ")
		case "quote":
			b.WriteString("│ ")
		case "list":
			b.WriteString("• ")
		case "strong":
			b.WriteString("*" + n.Text + "*")
		case "link":
			b.WriteString(n.Text)
			if l := "  " + n.Text + " → " + n.URL + "\n"; !told[l] {
				told[l] = true
				links.WriteString(l)
			}
		default:
			b.WriteString("‹" + strings.TrimSpace(n.Kind+" "+n.Text) + "›")
		}
	}
	return b.String() + "\n" + links.String()
}
