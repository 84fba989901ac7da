package corpus

import (
	"context"
	"database/sql"
	"time"

	"pilcrow/corpus/sqlite"
)

// Store keeps articles in one SQLite file. It is safe for concurrent use, and
// several processes may have one file open: they read at any time, and write
// one after the other, each waiting some seconds for its turn (then ErrBusy).
//
// Every call that writes does so in one transaction and has reached the disk
// when it returns. Its effect is there as a whole or not at all, whatever
// happens to the process or the machine.
type Store struct {
	db     *sqlite.DB
	reader *sql.DB // its connections
	writer *sql.DB
	now    func() time.Time
}

type rowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Close frees what the store holds. No call may be under way.
func (s *Store) Close() error { return s.db.Close() }

// Identity returns the random name that the store was given when it was made,
// so that what was built from another store is recognised.
func (s *Store) Identity(ctx context.Context) (id string, err error) {
	defer wrap(&err, "read identity")
	err = s.reader.QueryRowContext(ctx, "SELECT identity FROM store").Scan(&id)
	return id, err
}

// write runs fn in one transaction that is kept if fn returns nil.
func (s *Store) write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return s.db.Write(ctx, fn)
}
