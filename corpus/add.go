package corpus

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"pilcrow/corpus/text"
)

// Added is what became of one draft of AddAll. Err is ErrEmpty, ErrTooLarge or
// ErrFetched, wrapped; then nothing of the draft was kept.
type Added struct {
	Article Article
	Status  Status
	Err     error
}

// Add puts d into collection. An article that the store knows (see the package
// comment) gets a new revision where its text differs, and d's title, author,
// source, language and date where they are known, differ and were not
// corrected with Edit; what other collections share keeps its own. What was
// removed from the collection comes back. ErrEmpty, ErrTooLarge and ErrFetched
// are about the draft; all other errors are about the store, and nothing was
// written.
func (s *Store) Add(ctx context.Context, collection string, d Draft) (Article, Status, error) {
	added, err := s.AddAll(ctx, collection, []Draft{d})
	if err != nil {
		return Article{}, "", err
	}
	a := added[0]
	wrap(&a.Err, "add to %s", collection)
	return a.Article, a.Status, a.Err
}

// AddAll adds drafts in order, as Add would, in one transaction, and returns
// one result for each. It is many times faster than Add for each; some dozens
// at a time keep memory and the time for which others must wait small. An
// error means that none was added.
func (s *Store) AddAll(ctx context.Context, collection string, drafts []Draft) (_ []Added, err error) {
	defer wrap(&err, "add to %s", collection)
	if err := checkCollection(collection); err != nil {
		return nil, err
	}
	added := make([]Added, len(drafts))
	entries := make([]*entry, len(drafts))
	for i, d := range drafts {
		entries[i], added[i].Err = prepare(collection, d)
	}
	waiting, err := s.addUnchanged(ctx, collection, entries, added)
	if err != nil || !waiting {
		return added, err
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		for i, e := range entries {
			if e == nil {
				continue
			}
			if err := addOne(ctx, tx, collection, e, s.now(), &added[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// addUnchanged settles those entries for which nothing is to be written and
// sets them to nil, so that adding the same again never waits for the write
// lock. It reports whether any are left.
func (s *Store) addUnchanged(ctx context.Context, collection string, entries []*entry, added []Added) (waiting bool, err error) {
	later := map[[sha256.Size]byte]bool{} // an earlier draft changes the same article
	for i, e := range entries {
		if e == nil {
			continue
		}
		if !later[e.key] {
			old, err := findRecord(ctx, s.reader, collection, e.key)
			if err != nil {
				return false, err
			}
			v, err := decide(old, e)
			if err == nil && v.status == StatusUnchanged {
				added[i].Status = StatusUnchanged
				added[i].Article, err = articleByRow(ctx, s.reader, old.n)
				if err == nil {
					entries[i] = nil
					continue
				}
				if !errors.Is(err, ErrNotFound) { // else purged this moment
					return false, err
				}
			}
		}
		later[e.key] = true
		waiting = true
	}
	return waiting, nil
}

// addOne writes what decide says about e.
func addOne(ctx context.Context, tx *sql.Tx, collection string, e *entry, now time.Time, a *Added) error {
	old, err := findRecord(ctx, tx, collection, e.key)
	if err != nil {
		return err
	}
	v, err := decide(old, e)
	if err != nil {
		a.Err = err
		return nil
	}
	a.Status = v.status
	n := old.n
	if v.status != StatusUnchanged {
		if n, err = put(ctx, tx, collection, old, e, v, milli(now).V); err != nil {
			return err
		}
	}
	a.Article, err = articleByRow(ctx, tx, n)
	return err
}

// checkCollection returns an error unless name can name a collection.
func checkCollection(name string) error {
	if name == "" || len(name) > MaxField || text.Clean(name) != name {
		return fmt.Errorf("collection name %.40q: must be 1 to %d bytes of plain text on one line, without space around it", name, MaxField)
	}
	return nil
}
