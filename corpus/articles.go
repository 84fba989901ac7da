package corpus

import (
	"context"
	"encoding/json"
	"iter"
	"math"
	"slices"
	"strings"
	"time"

	"pilcrow/corpus/text"
)

// Filter chooses articles. The zero value of each field sets no limit.
type Filter struct {
	Collections []string  // in at least one of them
	Query       string    // words that all stand in title, author or source, in part and in any case
	Source      string    // the outlet, in any case
	Since       time.Time // published at or after; leaves out unknown dates
	Until       time.Time // published before; leaves out unknown dates
	Limit       int       // how many at most
}

// page is how many rows an iteration reads at once. No connection or
// transaction is held while the consumer works on them.
const page = 256

// Articles yields the articles that f chooses, without those withdrawn, newest
// first by when they were published, or else added. The consumer may call the
// store in the loop and take its time; an article that is written meanwhile is
// seen before or after. After an error the iteration ends.
func (s *Store) Articles(ctx context.Context, f Filter) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		match := f.matcher()
		after := place{math.MaxInt64, math.MaxInt64}
		for found := 0; ; {
			list, next, err := s.articlesPage(ctx, f, after)
			if err != nil {
				wrap(&err, "list articles")
				yield(Article{}, err)
				return
			}
			for _, a := range list {
				if !match(a) {
					continue
				}
				if found++; !yield(a, nil) || found == f.Limit {
					return
				}
			}
			if len(list) < page {
				return
			}
			after = next
		}
	}
}

// when is what the index articles_newest is on.
const when = `coalesce(a.published, a.added)`

// place is a position in the order of Articles.
type place struct{ at, n int64 }

// Count returns how many articles Articles yields for f, without reading them:
// but for a Query or a Source, of which the fields are read that they look at.
func (s *Store) Count(ctx context.Context, f Filter) (n int, err error) {
	defer wrap(&err, "count articles")
	held, dated, args, err := f.conditions()
	if err != nil {
		return 0, err
	}
	from := ` FROM (SELECT DISTINCT article FROM members m WHERE ` + held + `) JOIN articles a ON a.n = article WHERE ` + dated
	if f.Query == "" && f.Source == "" {
		err = s.reader.QueryRowContext(ctx, `SELECT count(*)`+from, args...).Scan(&n)
	} else {
		n, err = s.countMatching(ctx, f, `SELECT title, author, source`+from, args)
	}
	if f.Limit > 0 {
		n = min(n, f.Limit)
	}
	return n, err
}

func (s *Store) countMatching(ctx context.Context, f Filter, query string, args []any) (n int, err error) {
	rows, err := s.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	match := f.matcher()
	for rows.Next() {
		var a Article
		if err := rows.Scan(&a.Title, &a.Author, &a.Source); err != nil {
			return 0, err
		}
		if match(a) {
			n++
		}
	}
	return n, rows.Err()
}

// conditions returns what f can say in SQL: held of a membership m, and dated of
// an article a; args are those of both, in this order.
func (f Filter) conditions() (held, dated string, args []any, err error) {
	held, dated = `m.removed IS NULL`, `true`
	if len(f.Collections) > 0 {
		names, err := json.Marshal(f.Collections)
		if err != nil {
			return "", "", nil, err
		}
		held += ` AND m.collection IN (SELECT value FROM json_each(?))`
		args = append(args, string(names))
	}
	if !f.Since.IsZero() {
		dated += ` AND a.published IS NOT NULL AND ` + when + ` >= ?`
		args = append(args, f.Since.UnixMilli())
	}
	if !f.Until.IsZero() {
		dated += ` AND a.published IS NOT NULL AND ` + when + ` < ?`
		args = append(args, f.Until.UnixMilli())
	}
	return held, dated, args, nil
}

// articlesPage reads the next articles after a place, and where it stopped.
func (s *Store) articlesPage(ctx context.Context, f Filter, after place) ([]Article, place, error) {
	held, dated, args, err := f.conditions()
	if err != nil {
		return nil, after, err
	}
	// The first condition says no more than the second, but lets SQLite begin
	// in the index where the last page ended.
	query := `SELECT ` + articleColumns + ` FROM ` + articleTables + `
		WHERE ` + when + ` <= ? AND (` + when + `, a.n) < (?, ?)
		AND EXISTS (SELECT 1 FROM members m WHERE m.article = a.n AND ` + held + `) AND ` + dated + `
		ORDER BY ` + when + ` DESC, a.n DESC LIMIT ?`
	rows, err := s.reader.QueryContext(ctx, query, append(append([]any{after.at, after.at, after.n}, args...), page)...)
	if err != nil {
		return nil, after, err
	}
	defer rows.Close()
	var list []Article
	for rows.Next() {
		n, a, err := scanArticle(rows)
		if err != nil {
			return nil, after, err
		}
		list = append(list, a)
		after = place{a.Published.UnixMilli(), n}
		if a.Published.IsZero() {
			after.at = a.Added.UnixMilli()
		}
	}
	return list, after, rows.Err()
}

// matcher returns the part of f that SQL cannot say: words in any case and
// with or without accents.
func (f Filter) matcher() func(Article) bool {
	words := strings.Fields(text.Fold(f.Query))
	source := text.Fold(f.Source)
	return func(a Article) bool {
		if source != "" && text.Fold(a.Source) != source {
			return false
		}
		if len(words) == 0 {
			return true
		}
		all := text.Fold(a.Title + "\n" + a.Author + "\n" + a.Source)
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(all, w) })
	}
}
