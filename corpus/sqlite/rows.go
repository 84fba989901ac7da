package sqlite

import (
	"database/sql"
	"time"
)

// Instant is a time as the file keeps it: milliseconds since 1970, or NULL
// where unknown.
type Instant = sql.Null[int64]

// Milli returns t as the file keeps it.
func Milli(t time.Time) Instant { return Instant{V: t.UnixMilli(), Valid: true} }

// Time returns the time that i keeps, in UTC; zero where unknown.
func Time(i Instant) time.Time {
	if !i.Valid {
		return time.Time{}
	}
	return time.UnixMilli(i.V).UTC()
}

// At returns what scans an Instant into *t.
func At(t *time.Time) sql.Scanner { return at{t} }

type at struct{ to *time.Time }

func (a at) Scan(v any) error {
	var i Instant
	err := i.Scan(v)
	*a.to = Time(i)
	return err
}

// Collect scans all rows and closes them; fields returns where the columns of
// one go.
func Collect[T any](rows *sql.Rows, fields func(*T) []any) ([]T, error) {
	defer rows.Close()
	var list []T
	for rows.Next() {
		var t T
		if err := rows.Scan(fields(&t)...); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, rows.Err()
}
