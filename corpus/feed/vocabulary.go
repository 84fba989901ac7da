package feed

import "strings"

// part is what a feed's element is to us.
type part int

const (
	foreignPart part = iota // left out, with all that is in it
	holder                  // holds other elements
	entryPart               // a holder that is an entry
	words                   // holds text
	link                    // an address, in its text or an attribute
)

// The families of feeds. RDF is written anew as RSS.
type family int

const (
	rssFamily family = iota
	atomFamily
)

// spaces are the namespaces that are read, by the prefix under which they are
// written anew; "" is the feed's own.
var spaces = map[string]string{
	"http://purl.org/rss/1.0/modules/content/":     "content",
	"http://purl.org/dc/elements/1.1/":             "dc",
	"http://purl.org/rss/1.0/modules/syndication/": "sy",
	"http://www.w3.org/2005/Atom":                  "atom",
	"http://purl.org/atom/ns#":                     "atom",
	"http://purl.org/rss/1.0/":                     "",
	"http://channel.netscape.com/rdf/simple/0.9/":  "",
	"http://my.netscape.com/rdf/simple/0.9/":       "",
	"http://backend.userland.com/rss2":             "",
	"http://blogs.law.harvard.edu/tech/rss":        "",
}

// opening is the first tag of a feed as it is written anew.
var opening = [...]string{
	rssFamily: `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"` +
		` xmlns:atom="http://www.w3.org/2005/Atom"`,
	atomFamily: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"`,
}

// vocabulary holds the elements that are read, by the one that they stand in,
// in lower case.
var vocabulary = [...]map[string]map[string]part{
	rssFamily: {
		"rss": {"channel": holder, "item": entryPart},
		"channel": {
			"item": entryPart, "title": words, "link": link, "ttl": words, "atom:link": link,
			"dc:title": words, "sy:updateperiod": words, "sy:updatefrequency": words,
		},
		"item": {
			"title": words, "link": link, "guid": words, "description": words, "content:encoded": words,
			"author": words, "pubdate": words, "dc:title": words, "dc:creator": words, "dc:author": words,
			"dc:date": words, "dc:description": words, "atom:link": link, "atom:updated": words, "atom:published": words,
			"atom:summary": words, "atom:content": words,
		},
	},
	atomFamily: {
		"feed": {
			"entry": entryPart, "title": words, "link": link, "author": holder,
			"sy:updateperiod": words, "sy:updatefrequency": words,
		},
		"entry": {
			"title": words, "link": link, "id": words, "summary": words, "content": words, "author": holder,
			"published": words, "issued": words, "updated": words, "modified": words,
		},
		"author": {"name": words},
	},
}

// proper are the names that the parser wants in its own case.
var proper = map[string]string{
	"pubdate": "pubDate", "sy:updateperiod": "sy:updatePeriod", "sy:updatefrequency": "sy:updateFrequency",
}

// long are the elements whose text may be an article; others are cut at
// shortText bytes.
var long = map[string]bool{
	"description": true, "content:encoded": true, "dc:description": true, "content": true, "summary": true,
	"atom:content": true, "atom:summary": true,
}

const shortText = 8 << 10

// lower returns the name of an element as vocabulary has it.
func lower(prefix, local string) string {
	if prefix == "" {
		return strings.ToLower(local)
	}
	return prefix + ":" + strings.ToLower(local)
}
