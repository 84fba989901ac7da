package corpus

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// UndoWindow is how long a removal can be undone at least; the next Purge
// after it makes it final.
const UndoWindow = 7 * 24 * time.Hour

// Remove takes the article id out of collection. Out of its last one it is
// withdrawn: no longer listed or found, but its citations resolve until it is
// purged. Restore, or adding it again, undoes it. It returns ErrNotFound where
// the collection does not hold the article.
func (s *Store) Remove(ctx context.Context, collection, id string) (err error) {
	defer wrap(&err, "remove %.60q from %s", id, collection)
	return s.setRemoved(ctx, collection, id, `removed IS NULL`, milli(s.now()))
}

// Restore undoes Remove. It returns ErrNotFound where there is nothing to
// undo, or no longer.
func (s *Store) Restore(ctx context.Context, collection, id string) (err error) {
	defer wrap(&err, "restore %.60q to %s", id, collection)
	return s.setRemoved(ctx, collection, id, `removed IS NOT NULL`, instant{})
}

// setRemoved sets when a membership ended, where it now meets the condition.
func (s *Store) setRemoved(ctx context.Context, collection, id, condition string, at instant) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		var n int64
		err := tx.QueryRowContext(ctx, `
			UPDATE members SET removed = ? WHERE collection = ? AND article = (SELECT n FROM articles WHERE id = ?)
			AND `+condition+` RETURNING article`, at, collection, id).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		return logChange(ctx, tx, n)
	})
}

// Purge makes removals final that were made more than UndoWindow before now,
// and deletes each article that no collection holds or may get back: its text,
// all its revisions, what it said of itself. It returns how many articles it
// deleted. Their IDs are never given to others: should one be added again, its
// revisions are counted on. How they stood goes with the first Purge after every
// follower was told that they went; their vectors with the next SweepVectors, by
// one who knows which texts they were made from.
func (s *Store) Purge(ctx context.Context, now time.Time) (purged int, err error) {
	defer wrap(&err, "purge")
	before := now.Add(-UndoWindow).UnixMilli()
	for {
		n, more, err := s.purgeSome(ctx, before)
		purged += n
		if err != nil {
			return purged, err
		}
		if !more {
			return purged, s.forgetStates(ctx)
		}
	}
}

// forgetStates deletes the states of purged articles of which every follower
// was told.
func (s *Store) forgetStates(ctx context.Context) error {
	const told = `
		SELECT s.article FROM states s JOIN changes c ON c.article = s.article AND c.seq = s.seq JOIN articles a ON a.n = s.article
		WHERE s.collections = '[]' AND s.seq <= (SELECT coalesce(min(seq), 9223372036854775807) FROM followers)
		AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.article = a.n AND r.revision = a.revision)`
	var some bool
	if err := s.reader.QueryRowContext(ctx, "SELECT EXISTS ("+told+")").Scan(&some); err != nil || !some {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM states WHERE article IN ("+told+")")
		return err
	})
}

// Purged returns the IDs of the articles that were purged after a place in the
// change log, and the place to go on from.
func (s *Store) Purged(ctx context.Context, after Cursor) (ids []string, through Cursor, err error) {
	defer wrap(&err, "read what was purged")
	if through, err = s.Head(ctx); err != nil || through == after {
		return nil, through, err
	}
	rows, err := s.reader.QueryContext(ctx, `
		SELECT a.id FROM changes c JOIN articles a ON a.n = c.article WHERE c.seq > ? AND c.seq <= ?
		AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.article = a.n AND r.revision = a.revision)`, after, through)
	if err != nil {
		return nil, 0, err
	}
	ids, err = collect(rows, func(id *string) []any { return []any{id} })
	return ids, through, err
}

// purgeBatch bounds a transaction of Purge, in memberships, so that others can
// write in between.
const purgeBatch = 64

func (s *Store) purgeSome(ctx context.Context, before int64) (purged int, more bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			DELETE FROM members WHERE (article, collection) IN
				(SELECT article, collection FROM members WHERE removed < ? ORDER BY removed LIMIT ?)
			RETURNING article`, before, purgeBatch)
		if err != nil {
			return err
		}
		list, err := collect(rows, func(n *int64) []any { return []any{n} })
		if err != nil {
			return err
		}
		more = len(list) == purgeBatch
		for _, n := range list {
			gone, err := purgeOne(ctx, tx, n)
			if err != nil {
				return err
			}
			if gone {
				purged++
			}
		}
		return nil
	})
	if err != nil {
		return 0, false, err
	}
	return purged, more, nil
}

// purgeOne deletes the article in row n unless a collection still has it, or
// may still get it back.
func purgeOne(ctx context.Context, tx *sql.Tx, n int64) (gone bool, err error) {
	var held bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM members WHERE article = ?)", n).Scan(&held); err != nil || held {
		return false, err
	}
	if err := unlink(ctx, tx, n); err != nil {
		return false, err
	}
	for _, query := range []string{
		`DELETE FROM revisions WHERE article = ?`, // and their paragraphs
		`UPDATE articles SET title = '', author = '', source = '', url = '', lang = '', published = NULL, modified = NULL, gone = NULL, partial = 0, pinned = 0 WHERE n = ?`,
		`DELETE FROM pages WHERE article = ?`,
	} {
		if _, err := tx.ExecContext(ctx, query, n); err != nil {
			return false, err
		}
	}
	if err := logChange(ctx, tx, n); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO unswept SELECT seq FROM changes WHERE article = ?", n)
	return true, err
}
