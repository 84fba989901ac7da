package feed

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"

	"pilcrow/corpus"
	"pilcrow/corpus/stamp"
	"pilcrow/corpus/text"
)

// convert makes a feed of what the parser found; base is its address.
func convert(g *gofeed.Feed, base *url.URL) *Feed {
	f := &Feed{Title: plain(g.Title), Site: resolve(base, g.Link), TTL: ttl(g)}
	var all []*gofeed.Person
	if g.FeedType != "rss" { // where the feed's author is who keeps the server
		all = g.Authors
	}
	byID := make(map[string]string) // → the address of the entry
	for _, item := range g.Items {
		e := convertItem(item, base, all)
		if e.URL == "" && len(e.Paragraphs) == 0 {
			continue // it says nothing and leads nowhere
		}
		if url, taken := byID[e.ID]; taken {
			if url == e.URL {
				continue // it stands there twice
			}
			e.ID = identity(e.ID + " " + e.URL) // an identity that all entries share
			if _, taken := byID[e.ID]; taken {
				continue
			}
		}
		byID[e.ID] = e.URL
		f.Entries = append(f.Entries, e)
	}
	slices.SortStableFunc(f.Entries, func(a, b Entry) int { return b.Newest().Compare(a.Newest()) })
	return f
}

func convertItem(item *gofeed.Item, base *url.URL, all []*gofeed.Person) Entry {
	e := Entry{
		URL:       resolve(base, cmp.Or(item.Link, address(item.GUID))),
		Title:     plain(item.Title),
		Author:    names(item.Authors),
		Published: date(item.Published, item.PublishedParsed),
		Updated:   date(item.Updated, item.UpdatedParsed),
	}
	if e.Author == "" {
		e.Author = names(all)
	}
	if e.Published.IsZero() {
		e.Published = e.Updated
	}
	e.Paragraphs = paragraphs(item.Content)
	if summary := paragraphs(item.Description); size(summary) > size(e.Paragraphs) {
		e.Paragraphs = summary
	}
	switch id := text.Clean(item.GUID); {
	case id != "":
		e.ID = identity(id)
	case e.URL != "":
		e.ID = identity(e.URL)
	default:
		e.ID = "content:" + corpus.Hash(e.Title+"\n"+strings.Join(e.Paragraphs, "\n"))
	}
	return e
}

// identity returns id, or what stands for it where it is too long to be kept.
func identity(id string) string {
	if len(id) > corpus.MaxField {
		return "hash:" + corpus.Hash(id)
	}
	return id
}

// resolve returns the canonical form of an address that may be relative to
// base, or "".
func resolve(base *url.URL, ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if ref == "" || err != nil {
		return ""
	}
	return corpus.CanonicalURL(base.ResolveReference(u).String())
}

// address returns id where it is an address of its own.
func address(id string) string {
	if strings.HasPrefix(id, "http://") || strings.HasPrefix(id, "https://") {
		return id
	}
	return ""
}

// names joins the names of people.
func names(people []*gofeed.Person) string {
	var list []string
	for _, p := range people {
		if p == nil {
			continue
		}
		if name := plain(p.Name); name != "" && !strings.Contains(name, "@") && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return strings.Join(list, ", ")
}

// date reads a stamp; parsed is the parser's reading, which knows more layouts
// and fewer zones. The beginning of Unix time is a program's word for unknown.
func date(s string, parsed *time.Time) time.Time {
	t := stamp.Parse(plain(s))
	if t.IsZero() && parsed != nil {
		t = stamp.Parse(parsed.UTC().Format(time.RFC3339)) // which knows what cannot be
	}
	if t.Unix() == 0 {
		return time.Time{}
	}
	return t
}

// periods are the words of the syndication module
// (https://web.resource.org/rss/1.0/modules/syndication/).
var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
	"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

// ttl returns how long a feed asks to be left alone: its ttl in minutes, or the
// period in which it says to appear so many times.
func ttl(g *gofeed.Feed) time.Duration {
	if r, ok := g.OriginalFeed().(*rss.Feed); ok {
		if n, err := strconv.Atoi(strings.TrimSpace(r.TTL)); err == nil && 0 < n && n < 1<<20 {
			return time.Duration(n) * time.Minute
		}
	}
	period := periods[strings.ToLower(syndication(g, "updatePeriod"))]
	if n, err := strconv.Atoi(syndication(g, "updateFrequency")); err == nil && n > 1 {
		period /= time.Duration(n)
	}
	return period
}

func syndication(g *gofeed.Feed, name string) string {
	if list := g.Extensions["sy"][name]; len(list) > 0 {
		return strings.TrimSpace(list[0].Value)
	}
	return ""
}

// size returns the bytes of all paragraphs.
func size(paragraphs []string) int {
	n := 0
	for _, p := range paragraphs {
		n += len(p)
	}
	return n
}
