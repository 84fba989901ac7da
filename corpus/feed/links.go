package feed

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxHead is how far into a page Links looks, in bytes, and maxLinks how many
// it returns.
const (
	maxHead  = 1 << 20
	maxLinks = 20
)

// Links returns the addresses of the feeds that a page names as its own, which
// is at address, in order, those of comments last.
func Links(page []byte, address string) []string {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	var list, comments []string
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), maxHead)]))
	for len(list) < maxLinks {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		at := make(map[string]string, len(t.Attr))
		for _, a := range t.Attr {
			at[a.Key] = strings.TrimSpace(a.Val)
		}
		switch t.DataAtom {
		case atom.Base:
			if u, err := base.Parse(at["href"]); err == nil && at["href"] != "" {
				base = u
			}
		case atom.Link:
			found := resolve(base, at["href"])
			if found == "" || !feedType(at["type"]) || !alternate(at["rel"]) || slices.Contains(list, found) || slices.Contains(comments, found) {
				continue
			}
			if strings.Contains(strings.ToLower(at["title"]+" "+found), "comment") {
				comments = append(comments, found)
			} else {
				list = append(list, found)
			}
		}
	}
	list = append(list, comments...)
	return list[:min(len(list), maxLinks)]
}

// Paths are where a site's feed stands that names none, the likeliest first.
var Paths = []string{"/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json"}

// feedType reports whether a media type is a feed's.
func feedType(s string) bool {
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	switch strings.TrimSpace(s) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/x.atom+xml", "text/xml", "application/xml":
		return true
	}
	return false
}

// alternate reports whether a link's relations say that it is the same content.
func alternate(rel string) bool {
	words := strings.Fields(strings.ToLower(rel))
	return slices.Contains(words, "alternate") || slices.Contains(words, "feed")
}
