package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// TestWriteTogether has many write at the same time, some of which fail: each
// of the others is kept, and of those that fail nothing.
func TestWriteTogether(t *testing.T) {
	ctx := t.Context()
	db, err := Open(ctx, filepath.Join(t.TempDir(), "a.db"), Schema{Migrations: files("CREATE TABLE kept (n INTEGER PRIMARY KEY)")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	errOdd := errors.New("odd")
	ended, end := context.WithCancel(ctx)
	defer end()
	var all sync.WaitGroup
	for n := range 400 {
		all.Go(func() {
			ctx := ctx
			if n%4 == 2 {
				ctx = ended // while it waits
			}
			err := db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
				if n == 42 {
					end()
				}
				if _, err := tx.ExecContext(ctx, "INSERT INTO kept VALUES (?)", n); err != nil {
					return err
				}
				switch {
				case n%8 == 1:
					_, err := tx.ExecContext(ctx, "INSERT INTO kept VALUES (?)", n)
					return err
				case n%2 == 1:
					return errOdd
				}
				return nil
			})
			switch {
			case n%8 == 1:
				if err == nil {
					t.Errorf("%d twice is no error", n)
				}
			case n%2 == 1:
				if !errors.Is(err, errOdd) {
					t.Errorf("%d: %v", n, err)
				}
			case err != nil && (n%4 != 2 || !errors.Is(err, context.Canceled)):
				t.Errorf("%d: %v", n, err)
			}
			var there bool
			if e := db.Reader.QueryRow("SELECT EXISTS (SELECT 1 FROM kept WHERE n = ?)", n).Scan(&there); e != nil || there != (err == nil) {
				t.Errorf("%d: there %t, after %v, %v", n, there, err, e)
			}
		})
	}
	all.Wait()
	// Nothing waits any more, and one alone is written too.
	if err := db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO kept VALUES (1000)")
		return err
	}); err != nil {
		t.Error(err)
	}
	if err := db.WriteTogether(ended, func(context.Context, *sql.Tx) error { return fmt.Errorf("called") }); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}
