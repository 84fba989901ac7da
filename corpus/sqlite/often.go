package sqlite

import (
	"context"
	"database/sql"
)

// Often is a DB's Reader for queries that are asked again and again. Each is
// compiled once for a connection and not each time, which for a long query
// takes longer than to read what it finds. They are kept until the DB is
// closed, so their text must not be made of what people enter.
type Often struct{ db *DB }

// Often returns the DB's Reader for what is asked often.
func (db *DB) Often() Often { return Often{db} }

// QueryContext is Reader's.
func (o Often) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := o.compiled(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext is Reader's.
func (o Often) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := o.compiled(ctx, query)
	if err != nil {
		return o.db.Reader.QueryRowContext(ctx, query, args...) // which says why
	}
	return s.QueryRowContext(ctx, args...)
}

func (o Often) compiled(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := o.db.often.Load(query); ok {
		return s.(*sql.Stmt), nil
	}
	s, err := o.db.Reader.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if first, ok := o.db.often.LoadOrStore(query, s); ok {
		s.Close() // another was faster
		return first.(*sql.Stmt), nil
	}
	return s, nil
}
