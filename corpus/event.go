package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// EventKind says what became of an article in the eyes of a follower.
type EventKind string

const (
	EventAdded     EventKind = "added"     // it came into what is followed, for the first time or again
	EventRevised   EventKind = "revised"   // its text changed
	EventCorrected EventKind = "corrected" // its title, author, outlet or date changed, and its text did not
	EventRemoved   EventKind = "removed"   // it left what is followed; it may be withdrawn or purged
)

// Event is the difference between what a follower was told of an article and
// what is true now. However often the article changed in between, it is one
// Event; where it came to the same in the end, it is none.
type Event struct {
	Kind    EventKind
	Article Article  // as it stands; of one that is purged, the ID alone
	Was     int      // the revision that the follower was told of before; 0 where none
	In      []string // those of the followed collections that have it or, where it was removed, had it

	// Key stays the same until the follower is told, whatever happens to the
	// article meanwhile, and no other event of this follower ever has it.
	Key string
}

// Follow makes a follower of that name, who is told of what changes from now
// on. One who is known already keeps the place. A follower is one reader: name
// it by whom or what is told, such as a channel.
func (s *Store) Follow(ctx context.Context, follower string) (err error) {
	defer wrap(&err, "follow as %.60q", follower)
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO followers (name, seq) VALUES (?, (SELECT coalesce(max(seq), 0) FROM changes))
			ON CONFLICT DO NOTHING`, follower)
		return err
	})
}

// Unfollow forgets a follower. One who is not known is no error.
func (s *Store) Unfollow(ctx context.Context, follower string) (err error) {
	defer wrap(&err, "unfollow as %.60q", follower)
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM followers WHERE name = ?", follower)
		return err
	})
}

// Events returns what the follower is to be told of the collections, in the
// order in which it happened: some hundred at most, then the rest after Told.
// through is what to give to Told when all of them are dealt with; with no
// events it still spares the next call the way. Until then the same events come
// again, in this process or after it was killed, brought up to date.
//
// The collections may differ from call to call. Articles of one that is new
// among them count as known.
//
// It returns ErrNotFound where there is no such follower. What the follower may
// read is for the caller to know: Article.Collections names all that hold the
// article, In only those asked for.
func (s *Store) Events(ctx context.Context, follower string, collections []string) (_ []Event, through Cursor, err error) {
	defer wrap(&err, "events for %.60q", follower)
	tx, err := s.reader.BeginTx(ctx, nil)
	if err != nil {
		return nil, 0, err
	}
	defer tx.Rollback()
	if err := tx.QueryRowContext(ctx, "SELECT seq FROM followers WHERE name = ?", follower).Scan(&through); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = ErrNotFound
		}
		return nil, 0, err
	}
	var events []Event
	told := through
	for len(events) == 0 {
		list, err := newsPage(ctx, tx, told, through)
		if err != nil {
			return nil, 0, err
		}
		for _, item := range list {
			through = item.now.seq
			e, ok := item.event(collections)
			if !ok {
				continue
			}
			e.Article, err = articleByRow(ctx, tx, item.n)
			if errors.Is(err, ErrNotFound) {
				e.Article, err = Article{ID: item.id, Revision: item.now.revision}, nil
			}
			if err != nil {
				return nil, 0, err
			}
			events = append(events, e)
		}
		if len(list) < page {
			break
		}
	}
	return events, through, nil
}

// Told notes that the follower was told of everything up to through, as Events
// returned it, and runs also, which may be nil, in the same transaction: a
// consumer who puts the events into a table of its own in this file there has
// each exactly once, whenever it is killed. also must use its transaction and
// not the store. Where it returns an error nothing is written, and Told returns
// that error. A queue elsewhere gets the events at least once and knows them
// again by their Key.
func (s *Store) Told(ctx context.Context, follower string, through Cursor, also func(*sql.Tx) error) (err error) {
	defer wrap(&err, "told %.60q", follower)
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `
			UPDATE followers SET seq = max(seq, min(?, (SELECT coalesce(max(seq), 0) FROM changes))) WHERE name = ?`, through, follower)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		if also == nil {
			return nil
		}
		return also(tx)
	})
}

// state is how an article stood after a change.
type state struct {
	seq         Cursor // of the change
	revision    int
	about       []byte
	collections []string
}

// news is an article that changed since a follower was told, and how it stood
// then and stands now.
type news struct {
	n        int64
	id       string
	was, now state
}

// newsPage returns the next news past a place, for a follower who was told up
// to told.
func newsPage(ctx context.Context, tx *sql.Tx, told, after Cursor) ([]news, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT a.n, a.id, now.seq, now.revision, now.about, now.collections,
			coalesce(was.seq, 0), coalesce(was.revision, 0), coalesce(was.about, x''), coalesce(was.collections, '[]')
		FROM changes c JOIN articles a ON a.n = c.article
		JOIN states now ON now.seq = c.seq
		LEFT JOIN states was ON was.seq = (SELECT max(seq) FROM states WHERE article = c.article AND seq <= ?1)
		WHERE c.seq > ?2 ORDER BY c.seq LIMIT ?3`, told, after, page)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(s *news) []any {
		return []any{&s.n, &s.id,
			&s.now.seq, &s.now.revision, &s.now.about, names{&s.now.collections},
			&s.was.seq, &s.was.revision, &s.was.about, names{&s.was.collections}}
	})
}

// names scans a list in JSON.
type names struct{ list *[]string }

func (n names) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a list of names in %T", v)
	}
	return json.Unmarshal([]byte(s), n.list)
}

// event says what news is to who follows the collections, if anything.
func (s *news) event(collections []string) (Event, bool) {
	followed := func(held []string) []string {
		return slices.DeleteFunc(slices.Clone(held), func(name string) bool { return !slices.Contains(collections, name) })
	}
	was, now := followed(s.was.collections), followed(s.now.collections)
	e := Event{In: now, Key: fmt.Sprintf("%s-%d", s.id, s.was.seq)}
	if len(was) > 0 {
		e.Was = s.was.revision
	}
	switch {
	case len(was) == 0 && len(now) == 0:
		return Event{}, false
	case len(was) == 0:
		e.Kind = EventAdded
	case len(now) == 0:
		e.Kind, e.In = EventRemoved, was
	case s.was.revision != s.now.revision:
		e.Kind = EventRevised
	case len(s.was.about) > 0 && !slices.Equal(s.was.about, s.now.about):
		e.Kind = EventCorrected
	default:
		return Event{}, false
	}
	return e, true
}
