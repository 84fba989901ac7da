// Package feed reads the feeds of the web: RSS 0.9 to 2.0, RDF, Atom 0.3 and
// 1.0, and JSON Feed.
//
// A feed is hostile input, and mostly broken input. Its bytes are brought into
// UTF-8 whatever they claim to be (decode.go), then written anew with nothing
// in them but what is wanted from a feed, in one shape: no declarations, so that
// no entity is ever expanded, no comments, no foreign elements, five elements
// deep at most, every text one piece of escaped HTML (tame.go, tamejson.go).
// Where the markup breaks, the entry that it breaks in is lost and the others
// are read. Only then does the parser see it, and what it finds is made plain
// (entry.go, prose.go). Work and memory are linear in the size, which is
// bounded.
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/mmcdole/gofeed"
)

// The limits of a feed.
const (
	MaxBytes   = 16 << 20 // of its document; the largest that outlets serve have 10 MB
	MaxEntries = 10_000   // those further down are left out
)

// ErrPage says that what should be a feed is a web page. Links may find the
// feed in it.
var ErrPage = errors.New("a web page, not a feed")

// ErrTooLarge says that a feed is past one of the limits of this package.
var ErrTooLarge = errors.New("feed is too large")

// Feed is what a feed holds.
type Feed struct {
	Title   string
	Site    string        // the canonical address of the site it belongs to, or empty
	TTL     time.Duration // how long it asks not to be read again; 0 where it does not say
	Entries []Entry       // newest first; those without a date in the feed's own order
	// Damage is what is wrong with the document where entries may have been
	// lost by it, or nil.
	Damage error
}

// Entry is one article as the feed has it, or a piece of it.
type Entry struct {
	ID         string // never empty, one of a kind within the feed, the same at each reading
	URL        string // canonical, or empty
	Title      string // plain text, maybe empty
	Author     string
	Published  time.Time // UTC; zero where unknown
	Updated    time.Time // UTC; zero where unknown
	Paragraphs []string  // the longer of content and summary, clean; maybe none
}

// Newest is when the entry says it last changed, or else appeared.
func (e *Entry) Newest() time.Time {
	if e.Updated.After(e.Published) {
		return e.Updated
	}
	return e.Published
}

// Hint is what is known of a feed from outside it.
type Hint struct {
	URL         string // the address that it came from, or empty; relative links are resolved by it
	ContentType string // the HTTP header of that name, or empty
}

// Read returns the feed in document. The error says in one line why it is none:
// ErrPage, ErrTooLarge, an encoding or a format that is not known. A feed
// without entries is no error.
func Read(document []byte, hint Hint) (_ *Feed, err error) {
	defer func() {
		if p := recover(); p != nil { // in a parser that is not ours
			err = fmt.Errorf("reader failed: %v", p)
		}
		if err != nil {
			err = fmt.Errorf("read feed: %w", err)
		}
	}()
	if len(document) > MaxBytes {
		return nil, fmt.Errorf("%w: %d MB, at most %d", ErrTooLarge, len(document)>>20, MaxBytes>>20)
	}
	s, err := decode(document, hint.ContentType)
	if err != nil {
		return nil, err
	}
	tame := tameXML
	if len(s) > 0 && s[0] == '{' {
		tame = tameJSON
	}
	tamed, damage, err := tame(s)
	if err != nil {
		return nil, err
	}
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true // which alone has the ttl
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	g, err := p.Parse(bytes.NewReader(tamed))
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(hint.URL)
	if err != nil {
		base = &url.URL{}
	}
	f := convert(g, base)
	f.Damage = damage
	return f, nil
}
