package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"pilcrow/corpus/text"
)

// Sight is what is remembered of an entry of a feed, so that it is dealt with
// once.
type Sight struct {
	Entry   string // hash of its identity; see Hash
	Version string // hash of what the feed said
	Article string // the ID of the article that came of it, or empty
	Tries   int    // failed ones, where another may succeed; 0 where it is dealt with
}

// MaxSights is how many entries are remembered of a feed that it no longer has.
const MaxSights = 1000

// Sights returns what is remembered of the entries of feed n, by Entry.
func (s *Store) Sights(ctx context.Context, n int64) (_ map[string]Sight, err error) {
	defer wrap(&err, "read entries of feed %d", n)
	rows, err := s.reader.QueryContext(ctx, "SELECT entry, version, article, tries FROM feed_entries WHERE feed = ?", n)
	if err != nil {
		return nil, err
	}
	list, err := collect(rows, func(x *Sight) []any { return []any{&x.Entry, &x.Version, &x.Article, &x.Tries} })
	if err != nil {
		return nil, err
	}
	sights := make(map[string]Sight, len(list))
	for _, x := range list {
		sights[x.Entry] = x
	}
	return sights, nil
}

// FromFeed reports whether an article came of an entry of the feed at an
// address, as far as that is remembered. It is remembered a while after the
// article was added; see Saw.
func (s *Store) FromFeed(ctx context.Context, article, url string) (came bool, err error) {
	defer wrap(&err, "look for %.60q in a feed", article)
	err = s.reader.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT 1 FROM feeds f JOIN feed_entries e ON e.feed = f.n WHERE f.url = ? AND e.article = ?)`,
		CanonicalURL(url), article).Scan(&came)
	return came, err
}

// Saw remembers entries of feed n, in one transaction. It returns ErrNotFound
// where nobody follows the feed any more.
func (s *Store) Saw(ctx context.Context, n int64, sights []Sight) (err error) {
	defer wrap(&err, "remember entries of feed %d", n)
	return s.write(ctx, func(tx *sql.Tx) error { return saw(ctx, tx, n, sights, s.now().UnixMilli()) })
}

func saw(ctx context.Context, tx *sql.Tx, n int64, sights []Sight, now int64) error {
	var known bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM feeds WHERE n = ?)", n).Scan(&known); err != nil {
		return err
	}
	if !known {
		return ErrNotFound
	}
	for _, x := range sights {
		if _, err := tx.ExecContext(ctx, `
			INSERT OR REPLACE INTO feed_entries (feed, entry, version, article, tries, listed) VALUES (?, ?, ?, ?, ?, ?)`,
			n, x.Entry, x.Version, x.Article, x.Tries, now); err != nil {
			return err
		}
	}
	return nil
}

// Polled notes how a poll of f ended: all that f says of how following it goes,
// and the entries that were dealt with since Saw, in one transaction. listed
// are the entries that the feed has, by Sight.Entry; of others only MaxSights
// stay remembered, those longest gone first forgotten. A nil listed says that
// the feed was not read. A new URL is taken unless the collection follows that
// one already. Polled returns ErrNotFound where nobody follows the feed any
// more.
func (s *Store) Polled(ctx context.Context, f Feed, sights []Sight, listed []string) (err error) {
	defer wrap(&err, "note poll of feed %d", f.N)
	names, err := json.Marshal(listed)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		now := s.now().UnixMilli()
		if err := saw(ctx, tx, f.N, sights, now); err != nil {
			return err
		}
		if err := changeRow(ctx, tx, `
			UPDATE feeds SET title = ?, site = ?, etag = ?, modified = ?, next = ?, every = ?, polled = ?,
				failures = ?, failing = ?, reason = ?, reported = ?, paused = ?
			WHERE n = ?`,
			clip(text.Clean(f.Title)), f.Site, f.ETag, f.LastModified, f.Next.UnixMilli(), f.Every.Milliseconds(), maybe(f.Polled),
			f.Failures, maybe(f.Failing), clip(f.Reason), f.Reported, f.Paused, f.N); err != nil {
			return err
		}
		if url := CanonicalURL(f.URL); url != "" {
			if _, err := tx.ExecContext(ctx, "UPDATE OR IGNORE feeds SET url = ? WHERE n = ?", url, f.N); err != nil {
				return err
			}
		}
		if listed == nil {
			return nil
		}
		if _, err := tx.ExecContext(ctx, `
			UPDATE feed_entries SET listed = ? WHERE feed = ? AND entry IN (SELECT value FROM json_each(?))`,
			now, f.N, string(names)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			DELETE FROM feed_entries WHERE feed = ?1 AND entry IN (
				SELECT entry FROM feed_entries WHERE feed = ?1 AND entry NOT IN (SELECT value FROM json_each(?2))
				ORDER BY listed DESC, entry LIMIT -1 OFFSET ?3)`, f.N, string(names), MaxSights)
		return err
	})
}

// maybe is an instant that is NULL for the zero time.
func maybe(t time.Time) instant {
	if t.IsZero() {
		return instant{}
	}
	return milli(t)
}
