package sqlite

import (
	"database/sql"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// files returns migrations, each in a file of its own.
func files(list ...string) fs.FS {
	m := fstest.MapFS{}
	for i, q := range list {
		m[string(rune('a'+i))+".sql"] = &fstest.MapFile{Data: []byte(q)}
	}
	return m
}

// TestOwners lets two owners open one file, in either order, and each find its
// own tables, at its own version, also when the other's have moved on.
func TestOwners(t *testing.T) {
	articles := Schema{Migrations: files("CREATE TABLE articles (n)", "CREATE TABLE revisions (n)")}
	answers := Schema{Migrations: files("CREATE TABLE answers (n)"), Table: "ledger"}
	later := Schema{Migrations: files("CREATE TABLE answers (n)", "ALTER TABLE answers ADD COLUMN m", "ALTER TABLE answers ADD COLUMN k"), Table: "ledger"}
	for name, order := range map[string][]Schema{
		"first":  {articles, answers, articles, later, later, articles},
		"second": {answers, later, articles, later},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "s.db")
			for _, s := range order {
				db, err := Open(t.Context(), path, s)
				if err != nil {
					t.Fatal(err)
				}
				if err := db.Write(t.Context(), func(tx *sql.Tx) error {
					table := map[bool]string{true: "articles", false: "answers"}[s.Table == ""]
					_, err := tx.Exec("INSERT INTO " + table + " (n) VALUES (1)")
					return err
				}); err != nil {
					t.Error(err)
				}
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := Open(t.Context(), path, answers); !errors.Is(err, ErrNewer) {
				t.Errorf("an older program: %v, want %v", err, ErrNewer)
			}
		})
	}
}

// TestWriteFails leaves no trace of a write that returns an error.
func TestWriteFails(t *testing.T) {
	db, err := Open(t.Context(), Memory, Schema{Migrations: files("CREATE TABLE answers (n)"), Table: "ledger"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	want := errors.New("no")
	if err := db.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec("INSERT INTO answers VALUES (1)"); err != nil {
			t.Error(err)
		}
		return want
	}); err != want {
		t.Errorf("error %v, want %v", err, want)
	}
	var n int
	if err := db.Reader.QueryRow("SELECT count(*) FROM answers").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d rows, %v", n, err)
	}
}
