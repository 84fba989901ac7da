package html

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pilcrow/corpus/text"
)

// facts are what a page says about itself outside its text, as it says it.
type facts struct {
	meta      map[string]string // the first content by name, property or itemprop, in lower case
	posts     []post            // articles that JSON-LD describes
	canonical string            // <link rel=canonical>
	saved     string            // the address that a browser noted when it saved the page
	title     string            // <title>
	lang      string            // <html lang>
	amp       bool              // made for mobile phones by Google's rules
	password  bool              // it asks for one
	published string            // <time> that is named as the article's
	modified  string            // <time> that is named as that of its last change
	time      string            // the first <time> behind a headline
	anyTime   string            // the first <time>
	byline    string            // an element named as the author's
}

// gather reads the facts of a page.
func gather(root *html.Node, page []byte) *facts {
	f := &facts{meta: make(map[string]string), saved: savedFrom(page)}
	headline := false
	var ld graph
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		at := attributes(n)
		switch n.DataAtom {
		case atom.Html:
			f.lang = at["lang"]
			f.amp = has(at, "amp") || has(at, "⚡")
		case atom.Title:
			first(&f.title, content(n, 1000))
		case atom.H1:
			headline = true
		case atom.Link:
			if strings.EqualFold(at["rel"], "canonical") {
				first(&f.canonical, at["href"])
			}
		case atom.Script:
			if strings.Contains(at["type"], "ld+json") && n.FirstChild != nil {
				ld.add(n.FirstChild.Data)
			}
		case atom.Input:
			f.password = f.password || strings.EqualFold(at["type"], "password")
		case atom.Time:
			if at["itemprop"] == "dateModified" || strings.Contains(at["class"], "updated") || strings.Contains(at["class"], "modified") {
				first(&f.modified, at["datetime"])
			}
			if at["itemprop"] == "datePublished" || has(at, "pubdate") || strings.Contains(at["class"], "pub") {
				first(&f.published, at["datetime"])
			}
			if headline {
				first(&f.time, at["datetime"])
			}
			first(&f.anyTime, at["datetime"])
		}
		if at["itemprop"] == "datePublished" && n.DataAtom != atom.Meta && at["content"] == "" && at["datetime"] == "" {
			first(&f.published, content(n, 80))
		}
		if n.DataAtom == atom.Meta || at["itemprop"] != "" && at["content"] != "" {
			for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
				f.note(at[key], at["content"])
				for name := range strings.FieldsSeq(at[key]) { // of which there may be several
					f.note(name, at["content"])
				}
			}
		}
		if f.byline == "" && signed(at) {
			f.byline = content(n, 200)
		}
	}
	f.posts = ld.posts()
	return f
}

// note keeps the first value of each name.
func (f *facts) note(name, value string) {
	name, value = strings.ToLower(name), text.Clean(value)
	if _, ok := f.meta[name]; !ok && name != "" && value != "" {
		f.meta[name] = value
	}
}

// savedFrom returns the address in the comment that browsers write at the head
// of a page they save, or "".
func savedFrom(page []byte) string {
	head := page[:min(len(page), 2048)]
	for _, mark := range []string{"<!-- saved from url=(", "Page saved with SingleFile"} {
		_, rest, ok := bytes.Cut(head, []byte(mark))
		if !ok {
			continue
		}
		if i := bytes.Index(rest, []byte("http")); i >= 0 {
			address, _, _ := strings.Cut(string(rest[i:]), " ")
			address, _, _ = strings.Cut(address, "\n")
			return strings.TrimSpace(address)
		}
	}
	return ""
}

// signed reports whether an element is named as the author's.
func signed(at map[string]string) bool {
	if at["rel"] == "author" || at["itemprop"] == "author" {
		return true
	}
	for _, name := range strings.Fields(at["class"]) {
		switch strings.ToLower(name) {
		case "byline", "author", "author-name", "byline-name", "article-author", "post-author", "entry-author", "byline__name", "article__author", "authorname":
			return true
		}
	}
	return false
}

// content returns the clean text below n, to about limit bytes.
func content(n *html.Node, limit int) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode && (c.Parent == nil || c.Parent.DataAtom != atom.Script && c.Parent.DataAtom != atom.Style) {
			b.WriteString(c.Data)
			b.WriteByte(' ')
		}
		if b.Len() > limit {
			break
		}
	}
	return text.Clean(b.String())
}

// attributes returns the attributes of n by name.
func attributes(n *html.Node) map[string]string {
	if len(n.Attr) == 0 {
		return nil
	}
	m := make(map[string]string, len(n.Attr))
	for _, a := range n.Attr {
		m[a.Key] = strings.TrimSpace(a.Val)
	}
	return m
}

func has(at map[string]string, name string) bool {
	_, ok := at[name]
	return ok
}

// first sets *s unless it is set.
func first(s *string, value string) {
	if *s == "" {
		*s = value
	}
}
