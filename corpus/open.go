package corpus

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"pilcrow/corpus/sqlite"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// schema owns the file's user_version.
func schema() (sqlite.Schema, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	return sqlite.Schema{Migrations: files}, err
}

// Memory is the path of a store that is gone when it is closed.
const Memory = sqlite.Memory

// Open opens the store at path. It creates the file (mode 0600) and the
// folders above it where there is none, and brings an older schema up to date.
// A file that cannot be written is opened for reading: then writes return
// ErrReadOnly. Memory as path gives a store of its own in memory, where reads
// wait for writes.
//
// The error is or wraps ErrForeign, ErrNewer, ErrDamaged, ErrBusy or ErrFull
// where one of them applies.
func Open(ctx context.Context, path string) (_ *Store, err error) {
	defer wrap(&err, "open %s", path)
	tables, err := schema()
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, path, tables)
	if err != nil {
		return nil, err
	}
	return newStore(db), nil
}

func newStore(db *sqlite.DB) *Store {
	return &Store{db: db, reader: db.Reader, writer: db.Writer, now: time.Now}
}
