// Package sqlite opens the one file that the program keeps everything in, for
// each of the packages that own tables there: it makes the file, brings an
// owner's tables up to date, and says in words for people what SQLite says in
// codes.
//
// The file is marked as Pilcrow's. Another program's file is refused before
// anything in it is changed, and so is one whose tables are newer than this
// program.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// patience is how long a call waits for another process to let go of the file.
const patience = 10 * time.Second

// Memory is the path of a file that is gone when it is closed.
const Memory = ":memory:"

// DB is one owner's view of the file. It is safe for concurrent use, and
// several may have one file open, in one process or in many: they read at any
// time, and write one after the other.
type DB struct {
	Reader *sql.DB // some connections
	Writer *sql.DB // one connection, the same as Reader in Memory; nil where the file can only be read

	together gathering
	often    sync.Map // what Often compiled: *sql.Stmt by query
}

// Open opens the file at path for the owner of the tables in s. It creates the
// file (mode 0600) and the folders above it where there is none, and brings an
// older schema up to date. A file that cannot be written is opened for
// reading: then Write returns ErrReadOnly. Memory as path gives a file of its
// own in memory, where reads wait for writes.
//
// An error that is one of this package's comes bare, in SQLite's words where
// it has none: see Wrap.
func Open(ctx context.Context, path string, s Schema) (_ *DB, err error) {
	if path == Memory {
		return openMemory(ctx, s)
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	if err := create(path); err != nil && !denied(err) {
		return nil, err
	}
	db, err := openFile(ctx, path, s)
	if err != nil && denied(err) {
		return openReadOnly(ctx, path, s)
	}
	return db, err
}

// Close frees what the owner holds. No call may be under way.
func (db *DB) Close() error {
	err := db.Reader.Close()
	if db.Writer != nil && db.Writer != db.Reader {
		// The last writer to leave moves the log into the file.
		err = errors.Join(err, db.Writer.Close())
	}
	return err
}

// Write runs fn in one transaction that is kept if fn returns nil. It holds
// the write lock from its beginning, so what fn reads is true until it ends.
func (db *DB) Write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	if db.Writer == nil {
		return ErrReadOnly
	}
	tx, err := db.Writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// create makes an empty file that only its owner may read; SQLite gives the
// files that it puts beside it the same mode.
func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return errors.New("is a folder; name a file in it")
		}
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close()) // whatever the umask took away
}

// denied reports whether err says that a path may not be written.
func denied(err error) bool {
	if errors.Is(err, fs.ErrPermission) {
		return true
	}
	code := resultCode(err)
	return code == sqlite3.SQLITE_READONLY || code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_PERM
}

// Settings of every connection that writes. FULL syncs the log at each commit:
// the file is the only truth, so what it said it has kept must outlast a power
// cut. What is deleted is overwritten, not just unlinked.
var writing = url.Values{
	"_txlock": {"immediate"}, // take the write lock first: no deadlock between readers that turn writers
	"_pragma": {
		fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()),
		"foreign_keys(on)", "synchronous(full)", "secure_delete(on)",
		"journal_size_limit(67108864)",
	},
}

var reading = url.Values{
	"_pragma": {fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()), "query_only(on)"},
}

// connect opens a pool on the file at path; extra are SQLite's own URI
// parameters.
func connect(path string, settings url.Values, extra string, conns int) (*sql.DB, error) {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	name := url.URL{Scheme: "file", Path: p, RawQuery: extra + "&" + settings.Encode()}
	return pool(name.String(), conns)
}

func pool(name string, conns int) (*sql.DB, error) {
	c, err := sqlite.NewConnector(name)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

func readers() int { return max(4, runtime.GOMAXPROCS(0)) }

func openFile(ctx context.Context, path string, s Schema) (_ *DB, err error) {
	w, err := connect(path, writing, "mode=rw", 1)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			w.Close()
		}
	}()
	// Look before changing anything: the file may be another program's.
	if _, err := s.behind(ctx, w); err != nil {
		return nil, err
	}
	if _, err := w.ExecContext(ctx, "PRAGMA journal_mode = wal"); err != nil {
		return nil, err
	}
	if err := s.migrate(ctx, w); err != nil {
		return nil, err
	}
	r, err := connect(path, reading, "mode=ro", readers())
	if err != nil {
		return nil, err
	}
	return &DB{Reader: r, Writer: w}, nil
}

func openMemory(ctx context.Context, s Schema) (*DB, error) {
	db, err := pool(Memory+"?"+writing.Encode(), 1)
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	return &DB{Reader: db, Writer: db}, nil
}

// openReadOnly opens what cannot be written. SQLite reads a log that others
// write through a shared-memory file beside it. Where that cannot be made and
// there is no log, nobody is writing, and the file is read as it lies.
func openReadOnly(ctx context.Context, path string, s Schema) (*DB, error) {
	db, err := OpenReading(ctx, path, s, false)
	if err == nil || !denied(err) {
		return db, err
	}
	if log, statErr := os.Stat(path + "-wal"); statErr == nil && log.Size() > 0 {
		return nil, err
	}
	return OpenReading(ctx, path, s, true)
}

// OpenReading opens the file at path for reading only; asItLies leaves its log
// and its locks aside, which is right only where nobody writes. The schema
// must be up to date.
func OpenReading(ctx context.Context, path string, s Schema, asItLies bool) (*DB, error) {
	mode := "mode=ro"
	if asItLies {
		mode += "&immutable=1"
	}
	r, err := connect(path, reading, mode, readers())
	if err != nil {
		return nil, err
	}
	behind, err := s.behind(ctx, r)
	if err == nil && behind > 0 {
		err = fmt.Errorf("%w, so that it can be brought up to date", ErrReadOnly)
	}
	if err != nil {
		r.Close()
		return nil, err
	}
	return &DB{Reader: r}, nil
}
