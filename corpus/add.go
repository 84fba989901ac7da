package corpus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
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

// record is what the store knows of an identity. The zero record is unknown.
type record struct {
	n        int64
	revision int
	hash     []byte // of the current revision; nil once purged
	meta     meta
	pinned   pins
	member   bool // the collection has it
	shared   bool // another collection has it
}

func findRecord(ctx context.Context, q rowQuerier, collection string, key [sha256.Size]byte) (record, error) {
	var r record
	err := q.QueryRowContext(ctx, `
		SELECT a.n, a.revision, r.hash, a.origin, a.title, a.author, a.source, a.url, a.lang, a.published, a.pinned,
			EXISTS (SELECT 1 FROM members WHERE article = a.n AND removed IS NULL AND collection = ?2),
			EXISTS (SELECT 1 FROM members WHERE article = a.n AND removed IS NULL AND collection <> ?2)
		FROM articles a LEFT JOIN revisions r ON r.article = a.n AND r.revision = a.revision
		WHERE a.key = ?1`, key[:], collection).Scan(
		&r.n, &r.revision, &r.hash, &r.meta.origin, &r.meta.title, &r.meta.author, &r.meta.source, &r.meta.url,
		&r.meta.lang, &r.meta.published, &r.pinned, &r.member, &r.shared)
	if errors.Is(err, sql.ErrNoRows) {
		return record{}, nil
	}
	return r, err
}

// verdict is what adding an entry is to do.
type verdict struct {
	status Status
	revise bool // keep the paragraphs as a new revision
	join   bool // the collection gets the article, again or for the first time
	meta   meta // as it is to stand
}

// decide holds the rules of Add. It writes nothing.
func decide(old record, e *entry) (verdict, error) {
	if old.hash == nil {
		v := verdict{status: StatusAdded, revise: true, join: true, meta: e.meta}
		if v.meta.lang == "" {
			v.meta.lang = e.language()
		}
		return v, nil
	}
	v := verdict{revise: !bytes.Equal(old.hash, e.hash[:]), join: !old.member, meta: old.meta}
	upload := old.meta.origin == Fetched && e.origin != Fetched
	switch {
	case upload && v.revise:
		return verdict{}, ErrFetched
	case !upload && !old.shared:
		v.meta = merge(old.meta, e.meta, old.pinned)
	}
	if v.revise && v.meta.lang == "" && old.pinned&pinLang == 0 {
		v.meta.lang = e.language()
	}
	switch {
	case v.join:
		v.status = StatusAdded
	case v.revise || v.meta != old.meta:
		v.status = StatusUpdated
	default:
		v.status = StatusUnchanged
	}
	return v, nil
}

// put carries out v and returns the article's row.
func put(ctx context.Context, tx *sql.Tx, collection string, old record, e *entry, v verdict, now int64) (int64, error) {
	n, revision, m := old.n, old.revision, v.meta
	if v.revise {
		revision++
	}
	var err error
	switch {
	case n == 0:
		var id string
		if id, err = freeID(ctx, tx, e.key); err != nil {
			return 0, err
		}
		err = tx.QueryRowContext(ctx, `
			INSERT INTO articles (id, key, revision, origin, title, author, source, url, lang, published, added)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`,
			id, e.key[:], revision, m.origin, m.title, m.author, m.source, m.url, m.lang, m.published, now).Scan(&n)
	case old.hash == nil: // purged: it starts anew under its old name
		_, err = tx.ExecContext(ctx, `
			UPDATE articles SET revision = ?, origin = ?, title = ?, author = ?, source = ?, url = ?, lang = ?, published = ?, added = ?
			WHERE n = ?`, revision, m.origin, m.title, m.author, m.source, m.url, m.lang, m.published, now, n)
	case revision != old.revision || m != old.meta:
		_, err = tx.ExecContext(ctx, `
			UPDATE articles SET revision = ?, origin = ?, title = ?, author = ?, source = ?, lang = ?, published = ?
			WHERE n = ?`, revision, m.origin, m.title, m.author, m.source, m.lang, m.published, n)
	}
	if err != nil {
		return 0, err
	}
	if v.revise {
		if err := putRevision(ctx, tx, n, revision, e, now); err != nil {
			return 0, err
		}
	}
	if v.join {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO members (article, collection) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET removed = NULL`, n, collection); err != nil {
			return 0, err
		}
	}
	return n, logChange(ctx, tx, n)
}

func putRevision(ctx context.Context, tx *sql.Tx, n int64, revision int, e *entry, now int64) error {
	res, err := tx.ExecContext(ctx, `
		INSERT INTO revisions (article, revision, hash, paragraphs, added) VALUES (?, ?, ?, ?, ?)`,
		n, revision, e.hash[:], len(e.paragraphs), now)
	if err != nil {
		return err
	}
	row, err := res.LastInsertId()
	if err != nil {
		return err
	}
	stmt, err := tx.PrepareContext(ctx, "INSERT INTO paragraphs (revision, n, text) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for i, p := range e.paragraphs {
		if _, err := stmt.ExecContext(ctx, row, i+1, p); err != nil {
			return err
		}
	}
	return nil
}

// shortest is the usual length of an ID: 50 bits, so that two of a million
// articles share a beginning once in some two thousand stores. Then the later
// one is longer.
const shortest = 10

// freeID returns an article's ID: the beginning of its longest name that no
// other article has.
func freeID(ctx context.Context, tx *sql.Tx, key [sha256.Size]byte) (string, error) {
	full := longName(key)
	for n := shortest; n <= len(full); n++ {
		var taken bool
		if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM articles WHERE id = ?)", full[:n]).Scan(&taken); err != nil {
			return "", err
		}
		if !taken {
			return full[:n], nil
		}
	}
	return "", fmt.Errorf("no free id for key %s", full)
}

// longName returns key in base 32, in lower case.
func longName(key [sha256.Size]byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(key[:]))
}

// checkCollection returns an error unless name can name a collection.
func checkCollection(name string) error {
	if name == "" || len(name) > MaxField || text.Clean(name) != name {
		return fmt.Errorf("collection name %.40q: must be 1 to %d bytes of plain text on one line, without space around it", name, MaxField)
	}
	return nil
}
