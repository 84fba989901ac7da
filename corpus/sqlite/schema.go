package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
)

// Schema is how one owner's tables came to be.
type Schema struct {
	// Migrations holds *.sql files, applied in the order of their names; the
	// n-th brings the schema to version n. A published one is never edited.
	Migrations fs.FS
	// Table is where the version stands, a table of this owner's that is made
	// here; empty means the file's own user_version, which has one owner.
	Table string
}

// applicationID marks a file as Pilcrow's (PRAGMA application_id): "PILC" in
// ASCII.
const applicationID = 0x50494c43

type rowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// version returns the version of s that the file has. It returns ErrForeign
// where the file is not Pilcrow's.
func (s Schema) version(ctx context.Context, q rowQuerier) (version int, err error) {
	var application, tables, own int
	err = q.QueryRowContext(ctx, `
		SELECT (SELECT application_id FROM pragma_application_id),
		       (SELECT user_version FROM pragma_user_version),
		       (SELECT count(*) FROM sqlite_schema),
		       (SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?)`, s.Table).
		Scan(&application, &version, &tables, &own)
	switch {
	case err != nil:
		return 0, err
	case application != applicationID && (application != 0 || tables > 0):
		return 0, ErrForeign
	case s.Table == "":
		return version, nil
	case own == 0:
		return 0, nil
	}
	err = q.QueryRowContext(ctx, "SELECT version FROM "+s.Table).Scan(&version)
	return version, err
}

// migrations returns the SQL of each version in order; the first is version 1.
func (s Schema) migrations() ([]string, error) {
	names, err := fs.Glob(s.Migrations, "*.sql") // sorted
	if err != nil {
		return nil, err
	}
	list := make([]string, len(names))
	for i, name := range names {
		b, err := fs.ReadFile(s.Migrations, name)
		if err != nil {
			return nil, err
		}
		list[i] = string(b)
	}
	return list, nil
}

// behind returns how many migrations the file lacks, or an error where it is
// not Pilcrow's or this program is too old for it.
func (s Schema) behind(ctx context.Context, q rowQuerier) (behind int, err error) {
	list, err := s.migrations()
	if err != nil {
		return 0, err
	}
	version, err := s.version(ctx, q)
	if err == nil && version > len(list) {
		err = fmt.Errorf("%w (schema %d, this program knows %d)", ErrNewer, version, len(list))
	}
	return len(list) - version, err
}

// migrate brings db to the latest schema, each version in a transaction of its
// own. Several processes may migrate one file at once: each looks again after
// it has the lock.
func (s Schema) migrate(ctx context.Context, db *sql.DB) error {
	list, err := s.migrations()
	if err != nil {
		return err
	}
	behind, err := s.behind(ctx, db)
	for ; err == nil && behind > 0; behind-- {
		err = s.step(ctx, db, list, len(list)-behind+1)
	}
	return err
}

// step applies version of list unless another process was quicker.
func (s Schema) step(ctx context.Context, db *sql.DB, list []string, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	have, err := s.version(ctx, tx)
	if err != nil || have >= version {
		return err
	}
	if _, err := tx.ExecContext(ctx, list[version-1]); err != nil {
		return fmt.Errorf("migration %d: %w", version, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; %s", applicationID, s.note(version))); err != nil {
		return err
	}
	return tx.Commit()
}

// note returns the SQL that keeps the version.
func (s Schema) note(version int) string {
	if s.Table == "" {
		return fmt.Sprintf("PRAGMA user_version = %d", version)
	}
	return fmt.Sprintf(`CREATE TABLE IF NOT EXISTS %[1]s (version INTEGER NOT NULL) STRICT;
		DELETE FROM %[1]s; INSERT INTO %[1]s VALUES (%[2]d)`, s.Table, version)
}
