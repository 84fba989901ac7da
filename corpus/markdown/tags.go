package markdown

import (
	"html"
	"strings"
)

// unseen are the elements whose content nobody reads.
var unseen = []string{"script", "style", "template", "iframe", "svg", "head"}

// stripTags returns what the HTML inside a Markdown text says: no tags, no
// comments, nothing of scripts and styles. Tags of block elements part
// paragraphs. It is for the crumbs of HTML that Markdown allows, not for pages.
func stripTags(s string) string {
	var b strings.Builder
	for {
		text, rest, ok := strings.Cut(s, "<")
		b.WriteString(text)
		if !ok {
			break
		}
		if comment, ok := strings.CutPrefix(rest, "!--"); ok {
			_, s, _ = strings.Cut(comment, "-->")
			continue
		}
		if rest == "" || !(isLetter(rest[0]) || strings.IndexByte("/!?", rest[0]) >= 0) {
			b.WriteByte('<') // a sign, not a tag
			s = rest
			continue
		}
		tag, after, _ := strings.Cut(rest, ">")
		name := tagName(tag)
		s = after
		switch name {
		case "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "table", "tr", "figure", "figcaption", "details", "summary", "pre", "hr":
			b.WriteString("\n\n")
		case "br", "td", "th":
			b.WriteByte(' ')
		}
		for _, u := range unseen {
			if name == u && tag[0] != '/' && !strings.HasSuffix(tag, "/") {
				s = behind(s, "</"+u)
			}
		}
	}
	return html.UnescapeString(b.String())
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// tagName returns the name of the tag that s is the inside of, in lower case.
func tagName(s string) string {
	s = strings.TrimPrefix(s, "/")
	end := 0
	for end < len(s) && (isLetter(s[end]) || '0' <= s[end] && s[end] <= '9') {
		end++
	}
	return strings.ToLower(s[:end])
}

// behind returns s behind the tag that begins with mark, in whatever case, or
// nothing where it never comes.
func behind(s, mark string) string {
	for i := 0; i+len(mark) <= len(s); i++ {
		if s[i] == '<' && strings.EqualFold(s[i:i+len(mark)], mark) {
			_, s, _ = strings.Cut(s[i:], ">")
			return s
		}
	}
	return ""
}
