package corpus

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"
)

// Page is a page of the web as it came, kept so that its text can be taken out
// again.
type Page struct {
	Asked              string    // the address that was asked for
	URL                string    // where it came from
	ContentType        string    // its header, or empty
	ETag, LastModified string    // to be sent along when it is asked for again; empty where the site gave none
	Checked            time.Time // UTC; when the site was last asked; the store sets it
	Body               []byte    // nil where it is not, or no longer, kept
	Fed                bool      // the article's text is not the page's, but that of a feed, which had more
}

// Keeping bounds the bodies of pages that are kept for a collection. What came
// first goes first.
type Keeping struct {
	Bytes int64         // of all together, packed
	For   time.Duration // since they came
}

// AddPage adds the draft that was read from p as Add does, with Fetched as its
// origin, and keeps p with it: of the pages that an article was read from, the
// last. The article is no longer gone.
func (s *Store) AddPage(ctx context.Context, collection string, d Draft, p Page, k Keeping) (a Article, status Status, err error) {
	defer wrap(&err, "add to %s", collection)
	if err := checkCollection(collection); err != nil {
		return Article{}, "", err
	}
	d.Origin = Fetched
	e, err := prepare(collection, d)
	if err != nil {
		return Article{}, "", err
	}
	body, err := pack(p.Body)
	if err != nil {
		return Article{}, "", err
	}
	if int64(len(body)) > k.Bytes {
		body = nil
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		now := s.now()
		var added Added
		if err := addOne(ctx, tx, collection, e, now, &added); err != nil {
			return err
		}
		if added.Err != nil {
			return added.Err
		}
		status = added.Status
		n, _, err := articleByID(ctx, tx, added.Article.ID)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			INSERT OR REPLACE INTO pages (article, collection, asked, url, content_type, etag, last_modified, checked, kept, size, body, fed)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			n, collection, p.Asked, p.URL, p.ContentType, p.ETag, p.LastModified, now.UnixMilli(), now.UnixMilli(), len(body), body, p.Fed); err != nil {
			return err
		}
		if err := drop(ctx, tx, collection, now, k); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE articles SET gone = NULL WHERE n = ?", n); err != nil {
			return err
		}
		a, err = articleByRow(ctx, tx, n)
		return err
	})
	if err != nil {
		return Article{}, "", err
	}
	return a, status, nil
}

// drop forgets the bodies of a collection's pages that are too old, or too
// many: of the newest, those stay that have room together.
func drop(ctx context.Context, tx *sql.Tx, collection string, now time.Time, k Keeping) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE pages SET body = NULL, size = 0 WHERE article IN (
			SELECT article FROM (
				SELECT article, kept, sum(size) OVER (ORDER BY kept DESC, article DESC) AS total
				FROM pages WHERE collection = ?1 AND body IS NOT NULL)
			WHERE total > ?2 OR kept < ?3)`, collection, k.Bytes, now.Add(-k.For).UnixMilli())
	return err
}

// Asked returns the article of collection that url led to when it was last
// asked, or whose own address it is, and the page that the article was read
// from, without its body. It returns ErrNotFound where there is none.
func (s *Store) Asked(ctx context.Context, collection, url string) (a Article, p Page, err error) {
	defer wrap(&err, "article at %.200q", url)
	var n int64
	err = s.reader.QueryRowContext(ctx, `
		SELECT p.article, p.asked, p.url, p.content_type, p.etag, p.last_modified, p.checked, p.fed
		FROM pages p JOIN articles a ON a.n = p.article JOIN members m ON m.article = a.n AND m.collection = ?1 AND m.removed IS NULL
		WHERE p.collection = ?1 AND (p.asked = ?2 OR a.key = ?3)
		ORDER BY p.asked = ?2 DESC, p.checked DESC LIMIT 1`, collection, url, addressKey(collection, url)).
		Scan(&n, &p.Asked, &p.URL, &p.ContentType, &p.ETag, &p.LastModified, at{&p.Checked}, &p.Fed)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Article{}, Page{}, err
	}
	a, err = articleByRow(ctx, s.reader, n)
	return a, p, err
}

// addressKey is the key of an article of collection at url.
func addressKey(collection, url string) []byte {
	key := identity(collection, CanonicalURL(url), [32]byte{})
	return key[:]
}

// Page returns the page that the article id was last read from, and the
// collection that it was read for. It returns ErrNotFound where there is no
// such article, or it was not fetched.
func (s *Store) Page(ctx context.Context, id string) (p Page, collection string, err error) {
	defer wrap(&err, "page of %.60q", id)
	var body []byte
	err = s.reader.QueryRowContext(ctx, `
		SELECT p.collection, p.asked, p.url, p.content_type, p.etag, p.last_modified, p.checked, p.fed, p.body
		FROM pages p JOIN articles a ON a.n = p.article WHERE a.id = ?`, id).
		Scan(&collection, &p.Asked, &p.URL, &p.ContentType, &p.ETag, &p.LastModified, at{&p.Checked}, &p.Fed, &body)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Page{}, "", err
	}
	p.Body, err = unpack(body)
	return p, collection, err
}

// Alone reports whether the article id came from a feed alone: its page was
// never had.
func (s *Store) Alone(ctx context.Context, id string) (alone bool, err error) {
	defer wrap(&err, "page of %.60q", id)
	err = s.reader.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT 1 FROM articles a WHERE a.id = ? AND a.origin = ? AND a.url <> ''
			AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.article = a.n))`, id, Fetched).Scan(&alone)
	return alone, err
}

// Checked notes that the site was asked again for the page of the article id
// and had nothing new. The article is no longer gone.
func (s *Store) Checked(ctx context.Context, id string, etag, lastModified string) (a Article, err error) {
	defer wrap(&err, "note that %.60q was checked", id)
	err = s.write(ctx, func(tx *sql.Tx) error {
		n, _, err := articleByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE pages SET checked = ?, etag = ?, last_modified = ? WHERE article = ?",
			s.now().UnixMilli(), etag, lastModified, n); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE articles SET gone = NULL WHERE n = ?", n); err != nil {
			return err
		}
		a, err = articleByRow(ctx, tx, n)
		return err
	})
	return a, err
}

// MarkGone notes that the address of the article id has no page any more. Its
// text stays, and so does what cites it.
func (s *Store) MarkGone(ctx context.Context, id string) (a Article, err error) {
	defer wrap(&err, "mark %.60q as gone", id)
	err = s.write(ctx, func(tx *sql.Tx) error {
		n, _, err := articleByID(ctx, tx, id)
		if err != nil {
			return err
		}
		now := s.now().UnixMilli()
		if _, err := tx.ExecContext(ctx, "UPDATE articles SET gone = coalesce(gone, ?) WHERE n = ?", now, n); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE pages SET checked = ? WHERE article = ?", now, n); err != nil {
			return err
		}
		a, err = articleByRow(ctx, tx, n)
		return err
	})
	return a, err
}

// pack returns b as gzip, nil where it is empty.
func pack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, nil
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	err := z.Close()
	return out.Bytes(), err
}

// unpack undoes pack.
func unpack(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the kept page is damaged: %w", err)
	}
	body, err := io.ReadAll(io.LimitReader(z, MaxArticleBytes*2))
	if err != nil {
		return nil, fmt.Errorf("the kept page is damaged: %w", err)
	}
	return body, nil
}
