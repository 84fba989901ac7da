package sqlite

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can be wrong with the file. Each says in one line what
// a person can do about it; find them with errors.Is.
var (
	// ErrBusy says that another process held the write lock for longer than
	// a call waits. Nothing was written; the same call may succeed later.
	ErrBusy = errors.New("database is locked by another process; wait until it has finished, or stop it")
	// ErrReadOnly says that a write was asked of a file that can only be read.
	ErrReadOnly = errors.New("database is read-only; give yourself write permission for the file and its folder")
	// ErrFull says that the disk has no room. Nothing was written.
	ErrFull = errors.New("disk is full; make room and run this again")
	// ErrDamaged says that the file's content makes no sense to SQLite.
	ErrDamaged = errors.New("database is damaged; restore a backup, or move the file away and add the articles again")
	// ErrForeign says that the file is not Pilcrow's.
	ErrForeign = errors.New("file is not a pilcrow database; choose another path for it")
	// ErrNewer says that a newer version of the program made the file.
	ErrNewer = errors.New("database was made by a newer version of pilcrow; use that version or another path")
)

// fault is an error of SQLite in words for people. The driver's own words stay
// reachable with errors.As and out of the message.
type fault struct {
	kind  error
	cause error
}

func (f *fault) Error() string   { return f.kind.Error() }
func (f *fault) Unwrap() []error { return []error{f.kind, f.cause} }

var (
	errDisk = errors.New("disk could not be read or written; check that it is sound and has room")
	errOpen = errors.New("database cannot be opened; check the path and that you may read the file")
)

// kinds says what the primary result codes of SQLite mean to a person.
var kinds = map[int]error{
	sqlite3.SQLITE_BUSY:     ErrBusy,
	sqlite3.SQLITE_LOCKED:   ErrBusy,
	sqlite3.SQLITE_READONLY: ErrReadOnly,
	sqlite3.SQLITE_PERM:     ErrReadOnly,
	sqlite3.SQLITE_FULL:     ErrFull,
	sqlite3.SQLITE_CORRUPT:  ErrDamaged,
	sqlite3.SQLITE_NOTADB:   ErrForeign,
	sqlite3.SQLITE_IOERR:    errDisk,
	sqlite3.SQLITE_CANTOPEN: errOpen,
}

// Wrap adds an operation to *err, with what SQLite said turned into words; a
// nil *err stays.
func Wrap(err *error, format string, args ...any) {
	if *err == nil {
		return
	}
	e := *err
	var known *fault
	if code := resultCode(e); code != 0 && kinds[code] != nil && !errors.As(e, &known) {
		e = &fault{kinds[code], e}
	}
	*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), e)
}

// resultCode returns SQLite's primary result code of err, or 0.
func resultCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff // the rest is the extended code
	}
	return 0
}
