package corpus

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"

	"pilcrow/corpus/sqlite"
	"pilcrow/corpus/story"
)

const (
	// linkBatch is how many changes one transaction of LinkStories reads, some
	// tenths of a second.
	linkBatch = 64
	// mostTwins is with how many articles one is compared, the likeliest first.
	// Of more copies than that each still hangs together with some other.
	mostTwins = 16
	// mostTold is how many articles of a story are returned.
	mostTold = 50
)

// LinkStories finds which of the articles that changed since the last time are
// one story with another; see package story. Stories is as old as the last
// LinkStories, and who reads it does well to call this first. It costs nothing
// where nothing changed. In a store that can only be read it does nothing.
func (s *Store) LinkStories(ctx context.Context) (err error) {
	defer wrap(&err, "link stories")
	for s.writer != nil {
		var behind bool
		if err := s.reader.QueryRowContext(ctx, `
			SELECT version <> ? OR seq < (SELECT coalesce(max(seq), 0) FROM changes) FROM stories`, story.Version).
			Scan(&behind); err != nil || !behind {
			return err
		}
		if err := s.write(ctx, func(tx *sql.Tx) error { return linkSome(ctx, tx) }); err != nil {
			return err
		}
	}
	return nil
}

// linkSome reads the next changes.
func linkSome(ctx context.Context, tx *sql.Tx) error {
	var version int
	var seq Cursor
	if err := tx.QueryRowContext(ctx, "SELECT version, seq FROM stories").Scan(&version, &seq); err != nil {
		return err
	}
	if version != story.Version {
		if _, err := tx.ExecContext(ctx, "DELETE FROM twins; DELETE FROM sketched; DELETE FROM sketches"); err != nil {
			return err
		}
		seq = 0
	}
	rows, err := tx.QueryContext(ctx, "SELECT seq, article FROM changes WHERE seq > ? ORDER BY seq LIMIT ?", seq, linkBatch)
	if err != nil {
		return err
	}
	type change struct {
		seq Cursor
		n   int64
	}
	list, err := sqlite.Collect(rows, func(c *change) []any { return []any{&c.seq, &c.n} })
	if err != nil {
		return err
	}
	for _, c := range list {
		seq = c.seq
		if err := unlink(ctx, tx, c.n); err != nil {
			return err
		}
		if err := link(ctx, tx, c.n); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE stories SET version = ?, seq = ?", story.Version, seq)
	return err
}

// unlink forgets all that links the article in row n to others.
func unlink(ctx context.Context, tx *sql.Tx, n int64) error {
	var blob []byte
	err := tx.QueryRowContext(ctx, "DELETE FROM sketches WHERE article = ? RETURNING hashes", n).Scan(&blob)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := json.Marshal(decodeHashes(blob))
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM sketched WHERE article = ? AND hash IN (SELECT value FROM json_each(?))", n, string(list)); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM twins WHERE twin = ?1 AND article IN (SELECT twin FROM twins WHERE article = ?1)",
		"DELETE FROM twins WHERE article = ?1",
	} {
		if _, err := tx.ExecContext(ctx, query, n); err != nil {
			return err
		}
	}
	return nil
}

// link compares the article in row n, unless it is withdrawn, with those that
// may be one story with it.
func link(ctx context.Context, tx *sql.Tx, n int64) error {
	a, t, err := readStory(ctx, tx, n)
	if errors.Is(err, ErrNotFound) || err == nil && a.Withdrawn() {
		return nil
	}
	if err != nil {
		return err
	}
	sketch := t.Sketch()
	if len(sketch) == 0 {
		return nil
	}
	hashes := make([]int64, len(sketch))
	for i, h := range sketch {
		hashes[i] = int64(h)
	}
	list, err := json.Marshal(hashes)
	if err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT article FROM sketched WHERE hash IN (SELECT value FROM json_each(?))
		GROUP BY article HAVING count(*) >= ? ORDER BY count(*) DESC, article LIMIT ?`, string(list), story.Candidate, mostTwins)
	if err != nil {
		return err
	}
	candidates, err := sqlite.Collect(rows, func(n *int64) []any { return []any{n} })
	if err != nil {
		return err
	}
	for _, m := range candidates {
		b, u, err := readStory(ctx, tx, m)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if !story.Same(story.Share(t, u), story.Told{Outlet: a.Source, Published: a.Published}, story.Told{Outlet: b.Source, Published: b.Published}) {
			continue
		}
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO twins (article, twin) VALUES (?1, ?2), (?2, ?1)", n, m); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO sketches (article, hashes) VALUES (?, ?)", n, encodeHashes(hashes)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO sketched (hash, article) SELECT value, ? FROM json_each(?)", n, string(list))
	return err
}

// readStory reads the article in row n and its text.
func readStory(ctx context.Context, tx *sql.Tx, n int64) (Article, story.Text, error) {
	a, err := articleByRow(ctx, tx, n)
	if err != nil {
		return Article{}, story.Text{}, err
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT p.text FROM revisions r JOIN paragraphs p ON p.revision = r.n
		WHERE r.article = ? AND r.revision = ? ORDER BY p.n`, n, a.Revision)
	if err != nil {
		return Article{}, story.Text{}, err
	}
	texts, err := sqlite.Collect(rows, func(s *string) []any { return []any{s} })
	return a, story.Read(a.Lang, texts), err
}

// Stories returns, for each of the articles, the others in the collections
// that are one story with it, directly or through others in the collections,
// the first published first; 50 at most. An article that stands alone has no
// entry.
func (s *Store) Stories(ctx context.Context, ids, collections []string) (_ map[string][]Article, err error) {
	defer wrap(&err, "read stories")
	roots, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	visible, err := json.Marshal(collections)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Often().QueryContext(ctx, `
		WITH RECURSIVE told (root, n) AS (
			SELECT n, n FROM articles WHERE id IN (SELECT value FROM json_each(?1))
			UNION
			SELECT root, twin FROM told JOIN twins ON article = told.n
			WHERE EXISTS (SELECT 1 FROM members m WHERE m.article = twin AND m.removed IS NULL
				AND m.collection IN (SELECT value FROM json_each(?2)))
		)
		SELECT root.id, `+articleColumns+` FROM told JOIN articles root ON root.n = told.root
		JOIN articles a ON a.n = told.n JOIN revisions r ON r.article = a.n AND r.revision = a.revision
		WHERE told.n <> told.root ORDER BY told.root, `+when+`, a.n`, string(roots), string(visible))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string][]Article{}
	for rows.Next() {
		var root string
		_, a, err := scanArticle(after{rows, &root})
		if err != nil {
			return nil, err
		}
		if len(out[root]) < mostTold {
			out[root] = append(out[root], a)
		}
	}
	return out, rows.Err()
}

// after scans one column before those that follow.
type after struct {
	scanner
	first any
}

func (a after) Scan(dest ...any) error { return a.scanner.Scan(append([]any{a.first}, dest...)...) }

func encodeHashes(hashes []int64) []byte {
	b := make([]byte, 0, 8*len(hashes))
	for _, h := range hashes {
		b = binary.LittleEndian.AppendUint64(b, uint64(h))
	}
	return b
}

func decodeHashes(b []byte) []int64 {
	hashes := make([]int64, len(b)/8)
	for i := range hashes {
		hashes[i] = int64(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return hashes
}
