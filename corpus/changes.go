package corpus

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"iter"
)

// Cursor is a place in the change log; 0 is before the first change.
type Cursor int64

// Change says that an article was added, revised, corrected, purged, or came
// to or left a collection. The article as it stands now says what is true; a
// purged one is ErrNotFound.
type Change struct {
	Seq     Cursor
	Article string // its ID
}

// logChange appends a change of the article in row n, as it now stands; its
// earlier one goes.
func logChange(ctx context.Context, tx *sql.Tx, n int64) error {
	var seq Cursor
	if err := tx.QueryRowContext(ctx, "INSERT OR REPLACE INTO changes (article) VALUES (?) RETURNING seq", n).Scan(&seq); err != nil {
		return err
	}
	var m meta
	var now state
	var collections string
	if err := tx.QueryRowContext(ctx, `
		SELECT revision, title, author, source, published,
			(SELECT json_group_array(collection ORDER BY collection) FROM members WHERE article = n AND removed IS NULL)
		FROM articles WHERE n = ?`, n).
		Scan(&now.revision, &m.title, &m.author, &m.source, &m.published, &collections); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO states (seq, article, revision, about, collections) VALUES (?, ?, ?, ?, ?)",
		seq, n, now.revision, m.about(), collections); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		DELETE FROM states WHERE article = ?1 AND seq < (
			SELECT max(seq) FROM states WHERE article = ?1
			AND seq <= (SELECT coalesce(min(seq), ?2) FROM followers))`, n, seq)
	return err
}

// about returns a hash of what a reader is told of an article besides its text.
func (m *meta) about() []byte {
	b, _ := json.Marshal([]any{m.title, m.author, m.source, m.published}) // strings and a number
	sum := sha256.Sum256(b)
	return sum[:8]
}

// Head returns the cursor after the latest change.
func (s *Store) Head(ctx context.Context) (c Cursor, err error) {
	defer wrap(&err, "read head of the change log")
	err = s.reader.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM changes").Scan(&c)
	return c, err
}

// Changes yields what changed after the cursor and up to the head at its
// start, in order, each article once at its latest change. One that changes
// again while the loop runs may be left out here; it then comes after that
// head, to be found by the next call. So the head of the start, or the Seq of
// the last change seen, is the cursor to go on from. The consumer may call the
// store in the loop and take its time. After an error the iteration ends.
func (s *Store) Changes(ctx context.Context, after Cursor) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		head, err := s.Head(ctx)
		for err == nil {
			var list []Change
			if list, err = s.changesPage(ctx, after, head); err != nil {
				break
			}
			for _, c := range list {
				if !yield(c, nil) {
					return
				}
				after = c.Seq
			}
			if len(list) < page {
				return
			}
		}
		yield(Change{}, err)
	}
}

func (s *Store) changesPage(ctx context.Context, after, head Cursor) (_ []Change, err error) {
	defer wrap(&err, "read changes")
	rows, err := s.reader.QueryContext(ctx, `
		SELECT c.seq, a.id FROM changes c JOIN articles a ON a.n = c.article
		WHERE c.seq > ? AND c.seq <= ? ORDER BY c.seq LIMIT ?`, after, head, page)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(c *Change) []any { return []any{&c.Seq, &c.Article} })
}
