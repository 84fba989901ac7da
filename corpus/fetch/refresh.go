package fetch

import (
	"bytes"
	"mime"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

const (
	// refreshLook is how much of a page is looked through for a refresh, in
	// bytes: it stands in the head.
	refreshLook = 64 << 10
	// refreshWithin is how soon, in seconds, a page has to lead elsewhere to
	// stand for what is there. One that does later is read until then.
	refreshWithin = 5
)

// refresh returns where a page leads its readers at once, in the words of
// <meta http-equiv=refresh>, or "". What it says to those without scripts is
// left alone: that is as often a page about scripts.
func refresh(p *Page) string {
	if media, _, err := mime.ParseMediaType(p.ContentType); p.ContentType != "" && (err != nil || media != "text/html" && media != "application/xhtml+xml") {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(p.Body[:min(len(p.Body), refreshLook)]))
	z.SetMaxBuf(refreshLook)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch string(name) {
			case "body":
				return ""
			case "meta":
				var equiv, content string
				for more {
					var key, value []byte
					if key, value, more = z.TagAttr(); string(key) == "http-equiv" {
						equiv = string(value)
					} else if string(key) == "content" {
						content = string(value)
					}
				}
				if strings.EqualFold(strings.TrimSpace(equiv), "refresh") {
					return refreshTarget(content)
				}
			}
		}
	}
}

// refreshTarget reads the content of a refresh, as browsers do ("0; url='/a'",
// "0,/a"), or returns "" where it leads nowhere, or not at once.
// https://html.spec.whatwg.org/multipage/semantics.html#shared-declarative-refresh-steps
func refreshTarget(content string) string {
	content = strings.TrimSpace(content)
	rest := strings.TrimLeft(content, "0123456789")
	if seconds, err := strconv.Atoi(content[:len(content)-len(rest)]); err != nil || seconds > refreshWithin {
		return ""
	}
	rest = strings.TrimLeft(rest, ".0123456789")
	target := strings.TrimLeft(rest, " \t\n\f\r;,")
	if target == rest {
		return ""
	}
	if len(target) > 3 && strings.EqualFold(target[:3], "url") {
		if to, ok := strings.CutPrefix(strings.TrimSpace(target[3:]), "="); ok {
			target = strings.TrimSpace(to)
		}
	}
	if target != "" && (target[0] == '"' || target[0] == '\'') {
		quote := target[:1]
		target, _, _ = strings.Cut(target[1:], quote)
	}
	return strings.TrimSpace(target)
}
