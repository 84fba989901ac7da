package corpus

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
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// patience is how long a call waits for another process to let go of the file.
const patience = 10 * time.Second

// Memory is the path of a store that is gone when it is closed.
const Memory = ":memory:"

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
	if path == Memory {
		return openMemory(ctx)
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	if err := create(path); err != nil && !denied(err) {
		return nil, err
	}
	s, err := openFile(ctx, path)
	if err != nil && denied(err) {
		return openReadOnly(ctx, path)
	}
	return s, err
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
// the store is the only truth, so what it said it has kept must outlast a
// power cut; AddAll shares that cost among many articles. What is purged is
// overwritten, not just unlinked.
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

func openFile(ctx context.Context, path string) (_ *Store, err error) {
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
	x, err := readSchema(ctx, w)
	if err != nil {
		return nil, err
	}
	list, err := migrations()
	if err != nil {
		return nil, err
	}
	if _, err := x.check(len(list)); err != nil {
		return nil, err
	}
	if _, err := w.ExecContext(ctx, "PRAGMA journal_mode = wal"); err != nil {
		return nil, err
	}
	if err := migrate(ctx, w); err != nil {
		return nil, err
	}
	r, err := connect(path, reading, "mode=ro", readers())
	if err != nil {
		return nil, err
	}
	return &Store{reader: r, writer: w, now: time.Now}, nil
}

func openMemory(ctx context.Context) (*Store, error) {
	db, err := pool(Memory+"?"+writing.Encode(), 1)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	return &Store{reader: db, writer: db, now: time.Now}, nil
}

// openReadOnly opens what cannot be written. SQLite reads a log that others
// write through a shared-memory file beside it. Where that cannot be made and
// there is no log, nobody is writing, and the file is read as it lies.
func openReadOnly(ctx context.Context, path string) (*Store, error) {
	s, err := openForReading(ctx, path, "mode=ro")
	if err == nil || !denied(err) {
		return s, err
	}
	if log, statErr := os.Stat(path + "-wal"); statErr == nil && log.Size() > 0 {
		return nil, err
	}
	return openForReading(ctx, path, "mode=ro&immutable=1")
}

func openForReading(ctx context.Context, path, mode string) (*Store, error) {
	r, err := connect(path, reading, mode, readers())
	if err != nil {
		return nil, err
	}
	if err := upToDate(ctx, r); err != nil {
		r.Close()
		return nil, err
	}
	return &Store{reader: r, now: time.Now}, nil
}

// upToDate returns an error unless db has exactly this program's schema.
func upToDate(ctx context.Context, db *sql.DB) error {
	x, err := readSchema(ctx, db)
	if err != nil {
		return err
	}
	list, err := migrations()
	if err != nil {
		return err
	}
	behind, err := x.check(len(list))
	if err == nil && behind > 0 {
		err = fmt.Errorf("%w, so that it can be brought up to date", ErrReadOnly)
	}
	return err
}
