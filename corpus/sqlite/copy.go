package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrExists says that a file stands where one was to be written.
var ErrExists = errors.New("file exists and is not overwritten")

// Copy writes what the file holds at this moment to a new file at path, mode
// 0600, while others read and write here. The file at path is there whole or
// not at all. One that stands there already is ErrExists, unless replace
// allows for it; the database itself is never replaced.
func (db *DB) Copy(ctx context.Context, path string, replace bool) error {
	conn, err := db.Reader.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var own string
	if err := conn.QueryRowContext(ctx, "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&own); err != nil {
		return err
	}
	if there, err := os.Stat(path); err == nil {
		if self, err := os.Stat(own); err == nil && os.SameFile(self, there) {
			return errors.New("is the database itself")
		}
		if there.IsDir() {
			return errors.New("is a folder; name a file in it")
		}
		if !replace {
			return ErrExists
		}
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	temp, err := vacuum(ctx, conn, path)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if !replace {
		err := os.Link(temp, path) // fails where a file came meanwhile
		switch {
		case err == nil:
			return syncFolder(path)
		case errors.Is(err, fs.ErrExist):
			return ErrExists
		}
		// The file system has no links.
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncFolder(path)
}

// vacuum writes the content of a database to a new file beside path that has
// reached the disk, and returns the file's name.
func vacuum(ctx context.Context, conn *sql.Conn, path string) (temp string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(f.Name())
		}
	}()
	// Reading connections allow nothing that writes, not even elsewhere.
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only = off"); err != nil {
		return "", err
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", f.Name())
	if _, back := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = on"); err == nil {
		err = back
	}
	if err == nil {
		err = f.Sync()
	}
	return f.Name(), err
}

// Restore puts a copy of the file at from in the place of the one at path, and
// returns where the one that stood there is kept, if any. Before that, check is
// given the copy's path and may open it as an owner does, which brings older
// tables up to date; after its error nothing has changed.
//
// A file at path is ErrExists, unless replace allows for it, and ErrBusy where
// anybody, in this process or another, has it open.
func Restore(ctx context.Context, from, path string, replace bool, check func(path string) error) (kept string, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	old, err := os.Stat(path)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	case err == nil && old.IsDir():
		return "", errors.New("is a folder; name a file in it")
	case err == nil && old.Size() > 0 && !replace:
		return "", ErrExists
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	temp, err := take(ctx, from, path)
	if err != nil {
		return "", err
	}
	defer remove(temp)
	if err := check(temp); err != nil {
		return "", err
	}
	return replaceBy(ctx, temp, path)
}

// take copies the database at from, which may be in use, to a new file beside
// path.
func take(ctx context.Context, from, path string) (string, error) {
	if from, err := filepath.Abs(from); err == nil && from == path {
		return "", errors.New("is the database itself")
	}
	info, err := os.Stat(from)
	if err != nil {
		return "", err
	}
	if info.Size() == 0 {
		return "", ErrForeign // SQLite would take it for a new database
	}
	db, err := connect(absolute(from), reading, "mode=ro", 1)
	if err != nil {
		return "", err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := (Schema{}).version(ctx, conn); err != nil {
		return "", err
	}
	var said string
	if err := conn.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said); err != nil {
		return "", err
	}
	if said != "ok" {
		return "", fmt.Errorf("%w (%s)", ErrDamaged, strings.ReplaceAll(said, "\n", " "))
	}
	return vacuum(ctx, conn, path)
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// remove deletes a database that is no longer open, with what SQLite may have
// left beside it.
func remove(path string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		os.Remove(path + suffix)
	}
}
