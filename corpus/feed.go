package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"pilcrow/corpus/text"
)

// Feed is a feed that a collection follows, and how following it goes.
type Feed struct {
	N          int64 // names it; never given to another
	Collection string
	URL        string // canonical; one of a kind in its collection
	Title      string
	Site       string // the address of the site it belongs to, or empty
	Added      time.Time

	// For the next request; see package fetch.
	ETag, LastModified string

	Next     time.Time     // when it is due
	Every    time.Duration // between two polls; 0 before the first
	Polled   time.Time     // when it was last read; zero before the first time
	Failures int           // in a row
	Failing  time.Time     // when they began; zero where the last poll went well
	Reason   string        // why the last poll failed
	Reported bool          // that it fails was told
	Paused   bool          // it is not polled until it is resumed
}

// ErrFeedURL says that an address is none that a feed can have.
var ErrFeedURL = errors.New("not an address that begins with http:// or https://")

const feedColumns = `n, collection, url, title, site, added, etag, modified, next, every, polled, failures, failing, reason, reported, paused`

func (f *Feed) fields() []any {
	return []any{&f.N, &f.Collection, &f.URL, &f.Title, &f.Site, at{&f.Added}, &f.ETag, &f.LastModified, at{&f.Next},
		millis{&f.Every}, at{&f.Polled}, &f.Failures, at{&f.Failing}, &f.Reason, &f.Reported, &f.Paused}
}

// millis scans milliseconds into a duration.
type millis struct{ *time.Duration }

func (m millis) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a duration of type %T", v)
	}
	*m.Duration = time.Duration(n) * time.Millisecond
	return nil
}

// AddFeeds has collections follow feeds, of which Collection, URL, Title and
// Site count, in one transaction. They are due at once. It returns how many are
// new: one that is followed already is left as it is.
func (s *Store) AddFeeds(ctx context.Context, feeds ...Feed) (added int, err error) {
	defer wrap(&err, "add feeds")
	feeds = slices.Clone(feeds)
	for i, f := range feeds {
		if err := checkCollection(f.Collection); err != nil {
			return 0, err
		}
		if feeds[i].URL = CanonicalURL(f.URL); feeds[i].URL == "" {
			return 0, fmt.Errorf("%.200q: %w", f.URL, ErrFeedURL)
		}
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		now := milli(s.now())
		for _, f := range feeds {
			res, err := tx.ExecContext(ctx, `
				INSERT INTO feeds (collection, url, title, site, added, next) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				f.Collection, f.URL, clip(text.Clean(f.Title)), CanonicalURL(f.Site), now, now)
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			added += int(n)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// Feeds returns the feeds of the collections, or without any those of all, by
// collection and title.
func (s *Store) Feeds(ctx context.Context, collections ...string) (_ []Feed, err error) {
	defer wrap(&err, "list feeds")
	names, err := json.Marshal(collections)
	if err != nil {
		return nil, err
	}
	return s.feeds(ctx, `?2 OR collection IN (SELECT value FROM json_each(?1)) ORDER BY collection, title, url`,
		string(names), len(collections) == 0)
}

// DueFeeds returns the feeds that are due at a time, the longest due first, at
// most so many.
func (s *Store) DueFeeds(ctx context.Context, now time.Time, limit int) (_ []Feed, err error) {
	defer wrap(&err, "list due feeds")
	return s.feeds(ctx, `paused = 0 AND next <= ? ORDER BY next, n LIMIT ?`, now.UnixMilli(), limit)
}

func (s *Store) feeds(ctx context.Context, where string, args ...any) ([]Feed, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+feedColumns+" FROM feeds WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	return collect(rows, (*Feed).fields)
}

// NextFeed returns when a feed is due next, or the zero time where none ever is.
func (s *Store) NextFeed(ctx context.Context) (next time.Time, err error) {
	defer wrap(&err, "look for the next feed")
	err = s.reader.QueryRowContext(ctx, "SELECT min(next) FROM feeds WHERE paused = 0").Scan(at{&next})
	return next, err
}

// RemoveFeed ends that a collection follows the feed at an address. The
// articles stay. It returns ErrNotFound where it does not follow it.
func (s *Store) RemoveFeed(ctx context.Context, collection, url string) (err error) {
	defer wrap(&err, "remove feed from %s", collection)
	return s.changeFeed(ctx, "DELETE FROM feeds WHERE collection = ? AND url = ?", collection, CanonicalURL(url))
}

// ResumeFeed has a paused feed polled again, and forgets its failures. It is
// due at once. It returns ErrNotFound where the collection does not follow it.
func (s *Store) ResumeFeed(ctx context.Context, collection, url string) (err error) {
	defer wrap(&err, "resume feed of %s", collection)
	return s.changeFeed(ctx, `
		UPDATE feeds SET paused = 0, reported = 0, failures = 0, failing = NULL, reason = '', next = ?
		WHERE collection = ? AND url = ?`, s.now().UnixMilli(), collection, CanonicalURL(url))
}

// changeFeed runs a statement that is about one feed.
func (s *Store) changeFeed(ctx context.Context, query string, args ...any) error {
	return s.write(ctx, func(tx *sql.Tx) error { return changeRow(ctx, tx, query, args...) })
}

func changeRow(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	res, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return ErrNotFound
}
