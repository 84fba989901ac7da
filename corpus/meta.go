package corpus

import (
	"time"

	"pilcrow/corpus/sqlite"
)

// meta is what an article says of itself, comparable with ==.
type meta struct {
	origin    Origin
	title     string
	author    string
	source    string
	url       string
	lang      string
	published instant
	modified  instant
	partial   bool
}

// instant is a time as the store keeps it: milliseconds since 1970, or NULL.
type instant = sqlite.Instant

func milli(t time.Time) instant { return sqlite.Milli(t) }

func fromMilli(i instant) time.Time { return sqlite.Time(i) }

// at scans an instant into a time.
type at struct{ *time.Time }

func (a at) Scan(v any) error { return sqlite.At(a.Time).Scan(v) }

// pins is a set of fields that a person corrected. The bits are stored.
type pins uint8

const (
	pinTitle pins = 1 << iota
	pinAuthor
	pinSource
	pinLang
	pinPublished
)

// merge returns old with what d knows: unknown never replaces known, and
// nothing replaces what a person corrected.
func merge(old, d meta, pinned pins) meta {
	m := old
	take := func(field *string, value string, pin pins) {
		if value != "" && pinned&pin == 0 {
			*field = value
		}
	}
	take(&m.title, d.title, pinTitle)
	take(&m.author, d.author, pinAuthor)
	take(&m.source, d.source, pinSource)
	take(&m.lang, d.lang, pinLang)
	if d.published.Valid && pinned&pinPublished == 0 {
		m.published = d.published
	}
	if d.modified.Valid {
		m.modified = d.modified
	}
	m.partial = d.partial
	if d.origin == Fetched {
		m.origin = Fetched
	}
	return m
}
