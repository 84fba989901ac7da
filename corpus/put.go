package corpus

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"fmt"
	"strings"
)

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
			INSERT INTO articles (id, key, revision, origin, title, author, source, url, lang, published, modified, partial, added)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`,
			id, e.key[:], revision, m.origin, m.title, m.author, m.source, m.url, m.lang, m.published, m.modified, m.partial, now).Scan(&n)
	case old.hash == nil: // purged: it starts anew under its old name
		_, err = tx.ExecContext(ctx, `
			UPDATE articles SET revision = ?, origin = ?, title = ?, author = ?, source = ?, url = ?, lang = ?, published = ?,
				modified = ?, partial = ?, gone = NULL, added = ?
			WHERE n = ?`, revision, m.origin, m.title, m.author, m.source, m.url, m.lang, m.published, m.modified, m.partial, now, n)
	case revision != old.revision || m != old.meta:
		_, err = tx.ExecContext(ctx, `
			UPDATE articles SET revision = ?, origin = ?, title = ?, author = ?, source = ?, lang = ?, published = ?,
				modified = ?, partial = ?
			WHERE n = ?`, revision, m.origin, m.title, m.author, m.source, m.lang, m.published, m.modified, m.partial, n)
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
