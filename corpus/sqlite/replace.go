package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// replaceBy renames the database temp, which is not open, to path and returns
// where it keeps the one that stood there. At every moment one of the two
// stands at path.
func replaceBy(ctx context.Context, temp, path string) (kept string, err error) {
	if _, err := os.Stat(path); err == nil {
		free, err := alone(ctx, path)
		if err != nil {
			return "", err
		}
		defer free()
		if kept, err = keep(path); err != nil {
			return "", err
		}
	}
	// A log that was left behind would be read into the new file.
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, err
		}
	}
	if err := os.Rename(temp, path); err != nil {
		return kept, err
	}
	return kept, syncFolder(path)
}

// alone locks the database at path against everybody, and returns what ends
// that. It returns ErrBusy where anybody has it open. What is no sound database
// cannot be locked, and need not be.
func alone(ctx context.Context, path string) (free func(), err error) {
	db, err := connect(path, writing, "mode=rw", 1)
	if err != nil {
		return nil, err
	}
	// Leaving the log is possible for one who is alone, and moves into the file
	// what stands in the log.
	_, err = db.ExecContext(ctx, "PRAGMA journal_mode = delete")
	if err == nil {
		_, err = db.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	switch code := resultCode(err); {
	case err == nil:
	case code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED:
		db.Close()
		return nil, ErrBusy
	case code != sqlite3.SQLITE_NOTADB && code != sqlite3.SQLITE_CORRUPT:
		db.Close()
		return nil, err
	}
	if runtime.GOOS == "windows" { // where an open file cannot be replaced
		db.Close()
		return func() {}, nil
	}
	return func() { db.Close() }, nil
}

// keep gives the database at path a second name, beside its own, and returns
// it. The log of one that is damaged is kept with it.
func keep(path string) (string, error) {
	kept := path + time.Now().UTC().Format(".before-20060102T150405.000")
	for _, suffix := range []string{"", "-wal"} {
		if _, err := os.Stat(path + suffix); suffix != "" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.Link(path+suffix, kept+suffix); err == nil {
			continue
		}
		if err := os.Rename(path+suffix, kept+suffix); err != nil { // the file system has no links
			return "", err
		}
	}
	return kept, nil
}

// syncFolder makes sure that a new name in the folder of path outlasts a power
// cut. Some systems do it by themselves and cannot be asked.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
