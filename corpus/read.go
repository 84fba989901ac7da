package corpus

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"time"

	"pilcrow/corpus/sqlite"
)

// Revision is one state of an article's text.
type Revision struct {
	N          int       // counts from 1 within the article
	Added      time.Time // UTC; when the store first saw it
	Paragraphs int       // how many it has
}

// articleColumns are what scanArticle reads. A purged article has no current
// revision, so that the join loses it.
const (
	articleColumns = `a.n, a.id, a.revision, a.title, a.author, a.source, a.url, a.lang, a.published, a.modified, a.added, a.gone, a.partial, r.paragraphs,
		(SELECT json_group_array(collection ORDER BY collection) FROM members WHERE article = a.n AND removed IS NULL)`
	articleTables = `articles a JOIN revisions r ON r.article = a.n AND r.revision = a.revision`
)

type scanner interface{ Scan(dest ...any) error }

func scanArticle(row scanner) (n int64, a Article, err error) {
	var collections []byte
	err = row.Scan(&n, &a.ID, &a.Revision, &a.Title, &a.Author, &a.Source, &a.URL, &a.Lang, at{&a.Published}, at{&a.Modified}, at{&a.Added}, at{&a.Gone}, &a.Partial, &a.Paragraphs, &collections)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, Article{}, ErrNotFound
	}
	if err != nil {
		return 0, Article{}, err
	}
	if err := json.Unmarshal(collections, &a.Collections); err != nil {
		return 0, Article{}, err
	}
	return n, a, nil
}

func articleByRow(ctx context.Context, q rowQuerier, n int64) (Article, error) {
	_, a, err := scanArticle(q.QueryRowContext(ctx, "SELECT "+articleColumns+" FROM "+articleTables+" WHERE a.n = ?", n))
	return a, err
}

// articleByID also returns the article's row.
func articleByID(ctx context.Context, q rowQuerier, id string) (int64, Article, error) {
	return scanArticle(q.QueryRowContext(ctx, "SELECT "+articleColumns+" FROM "+articleTables+" WHERE a.id = ?", id))
}

// Article returns the article id as it stands now, also when it is withdrawn,
// or ErrNotFound, which is ErrPurged where there was such an article.
func (s *Store) Article(ctx context.Context, id string) (_ Article, err error) {
	defer wrap(&err, "article %.60q", id)
	_, a, err := articleByID(ctx, s.db.Often(), id)
	if errors.Is(err, ErrNotFound) {
		var known bool
		if err := s.reader.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM articles WHERE id = ?)", id).Scan(&known); err != nil {
			return Article{}, err
		}
		if known {
			return Article{}, ErrPurged
		}
	}
	return a, err
}

// AtURL returns the article that one of the collections has from an address,
// in any of its forms, or ErrNotFound. Where several have it, the first counts.
func (s *Store) AtURL(ctx context.Context, collections []string, raw string) (_ Article, err error) {
	defer wrap(&err, "article at %.200q", raw)
	url := CanonicalURL(raw)
	if url == "" {
		return Article{}, ErrNotFound
	}
	for _, c := range collections {
		key := identity(c, url, [sha256.Size]byte{})
		_, a, err := scanArticle(s.reader.QueryRowContext(ctx, "SELECT "+articleColumns+" FROM "+articleTables+` WHERE a.key = ?
			AND EXISTS (SELECT 1 FROM members WHERE article = a.n AND collection = ? AND removed IS NULL)`, key[:], c))
		if !errors.Is(err, ErrNotFound) {
			return a, err
		}
	}
	return Article{}, ErrNotFound
}

// Paragraphs returns the paragraphs first to last, inclusive and counted from
// 1, of a revision. Revision 0 is the current one; first 0 is the first
// paragraph; a last of 0, or past the end, is the last one. It returns
// ErrNotFound where there is no such article, revision or first paragraph.
func (s *Store) Paragraphs(ctx context.Context, id string, revision, first, last int) (_ []Paragraph, err error) {
	defer wrap(&err, "paragraphs of %.60q", id)
	if last == 0 {
		last = math.MaxInt
	}
	rows, err := s.db.Often().QueryContext(ctx, `
		SELECT p.n, p.text
		FROM articles a
		JOIN revisions r ON r.article = a.n AND r.revision = iif(?2 = 0, a.revision, ?2)
		JOIN paragraphs p ON p.revision = r.n AND p.n BETWEEN ?3 AND ?4
		WHERE a.id = ?1
		ORDER BY p.n`, id, revision, first, last)
	if err != nil {
		return nil, err
	}
	list, err := collect(rows, func(p *Paragraph) []any { return []any{&p.N, &p.Text} })
	if err != nil {
		return nil, err
	}
	if len(list) == 0 { // no revision is without paragraphs
		return nil, ErrNotFound
	}
	for i := range list {
		list[i].Hash = Hash(list[i].Text)
	}
	return list, nil
}

// Revisions returns what is kept of the article id, oldest first, or
// ErrNotFound.
func (s *Store) Revisions(ctx context.Context, id string) (_ []Revision, err error) {
	defer wrap(&err, "revisions of %.60q", id)
	rows, err := s.reader.QueryContext(ctx, `
		SELECT r.revision, r.added, r.paragraphs FROM articles a JOIN revisions r ON r.article = a.n
		WHERE a.id = ? ORDER BY r.revision`, id)
	if err != nil {
		return nil, err
	}
	list, err := collect(rows, func(r *Revision) []any { return []any{&r.N, at{&r.Added}, &r.Paragraphs} })
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	return list, err
}

// Collections returns the names of the collections that hold an article,
// sorted.
func (s *Store) Collections(ctx context.Context) (_ []string, err error) {
	defer wrap(&err, "list collections")
	rows, err := s.reader.QueryContext(ctx, "SELECT DISTINCT collection FROM members WHERE removed IS NULL ORDER BY collection")
	if err != nil {
		return nil, err
	}
	return collect(rows, func(name *string) []any { return []any{name} })
}

// collect scans all rows and closes them; fields returns where the columns of
// one go.
func collect[T any](rows *sql.Rows, fields func(*T) []any) ([]T, error) {
	return sqlite.Collect(rows, fields)
}
