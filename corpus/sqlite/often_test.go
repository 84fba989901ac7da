package sqlite

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestOften asks one thing many times at once, and what cannot be asked.
func TestOften(t *testing.T) {
	ctx := t.Context()
	db, err := Open(ctx, filepath.Join(t.TempDir(), "a.db"), Schema{Migrations: files("CREATE TABLE kept (n INTEGER PRIMARY KEY); INSERT INTO kept VALUES (7)")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all sync.WaitGroup
	for n := range 100 {
		all.Go(func() {
			var found bool
			err := db.Often().QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM kept WHERE n = ?)", n).Scan(&found)
			if err != nil || found != (n == 7) {
				t.Errorf("%d: %v, %v", n, found, err)
			}
		})
	}
	all.Wait()
	var n int
	if err := db.Often().QueryRowContext(ctx, "SELECT n FROM lost").Scan(&n); err == nil || !strings.Contains(err.Error(), "no such table") {
		t.Errorf("a query of no table: %v", err)
	}
	if rows, err := db.Often().QueryContext(ctx, "SELECT n FROM lost"); err == nil {
		rows.Close()
		t.Error("a query of no table was answered")
	}
}
