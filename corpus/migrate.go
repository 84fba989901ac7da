package corpus

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// migrationFiles are applied in the order of their names; the n-th brings the
// schema to version n. A published one is never edited.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID marks a SQLite file as a store (PRAGMA application_id):
// "PILC" in ASCII.
const applicationID = 0x50494c43

// schema tells what a file holds.
type schema struct {
	application int
	version     int
	tables      int
}

type rowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readSchema(ctx context.Context, q rowQuerier) (x schema, err error) {
	err = q.QueryRowContext(ctx, `
		SELECT (SELECT application_id FROM pragma_application_id),
		       (SELECT user_version FROM pragma_user_version),
		       (SELECT count(*) FROM sqlite_schema)`).Scan(&x.application, &x.version, &x.tables)
	return x, err
}

// migrations returns the SQL of each version in order; the first is version 1.
func migrations() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	list := make([]string, len(names))
	for i, name := range names {
		b, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		list[i] = string(b)
	}
	return list, nil
}

// check returns how many migrations x lacks, or an error where x is no store
// or one that this program is too old for.
func (x schema) check(latest int) (behind int, err error) {
	switch {
	case x.application != applicationID && (x.application != 0 || x.tables > 0):
		return 0, ErrForeign
	case x.version > latest:
		return 0, fmt.Errorf("%w (schema %d, this program knows %d)", ErrNewer, x.version, latest)
	}
	return latest - x.version, nil
}

// migrate brings db to the latest schema, each version in a transaction of its
// own. Several processes may migrate one file at once: each looks again after
// it has the lock.
func migrate(ctx context.Context, db *sql.DB) error {
	list, err := migrations()
	if err != nil {
		return err
	}
	x, err := readSchema(ctx, db)
	if err != nil {
		return err
	}
	behind, err := x.check(len(list))
	for ; err == nil && behind > 0; behind-- {
		err = step(ctx, db, list, len(list)-behind+1)
	}
	return err
}

// step applies version of list unless another process was quicker.
func step(ctx context.Context, db *sql.DB, list []string, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	x, err := readSchema(ctx, tx)
	if err != nil || x.version >= version {
		return err
	}
	if _, err := tx.ExecContext(ctx, list[version-1]); err != nil {
		return fmt.Errorf("migration %d: %w", version, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)); err != nil {
		return err
	}
	return tx.Commit()
}
