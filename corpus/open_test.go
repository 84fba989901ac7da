package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"pilcrow/corpus/sqlite"
)

var hello = Draft{Title: "Hello", Paragraphs: []string{"A first paragraph of a small article."}}

// oneLine fails unless err can be shown to a person as it is.
func oneLine(t *testing.T, err error) {
	t.Helper()
	if msg := err.Error(); strings.Contains(msg, "\n") || strings.Contains(msg, "SQL") {
		t.Errorf("not for people: %s", msg)
	}
}

func TestOpenCreates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "a b?c#d%41é.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	must(s.Add(t.Context(), "main", hello))(t, StatusAdded)
	if runtime.GOOS == "windows" {
		return
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("mode of %q is %o, want 600", suffix, mode)
		}
	}
}

func TestOpenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	var ids []string
	for range 2 {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		id, err := s.Identity(t.Context())
		if err != nil || len(id) != 32 {
			t.Fatalf("identity %q, %v", id, err)
		}
		ids = append(ids, id)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	other, err := open(t).Identity(t.Context())
	if err != nil || ids[0] != ids[1] || ids[0] == other {
		t.Errorf("identities %v and, of another store, %s, %v", ids, other, err)
	}
	if left, _ := filepath.Glob(path + "-*"); len(left) > 0 {
		t.Errorf("closing left %v", left)
	}
}

// TestOpenAtOnce opens and migrates one new file many times at once.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			d := hello
			d.URL = fmt.Sprintf("https://a.example/%d", i)
			if _, _, err := s.Add(t.Context(), "main", d); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := len(changes(t, s, 0)); got != 8 {
		t.Errorf("%d articles, want 8", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	store := func(t *testing.T, path string, pragmas ...string) {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.AddAll(t.Context(), "main", archive(8)); err != nil {
			t.Fatal(err)
		}
		for _, p := range pragmas {
			if _, err := s.writer.Exec(p); err != nil {
				t.Fatal(err)
			}
		}
	}
	write := func(t *testing.T, path string, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		want error
	}{
		{"text", func(t *testing.T, path string) {
			write(t, path, []byte(strings.Repeat("Dear diary, ", 1000)))
		}, ErrForeign},
		{"short text", func(t *testing.T, path string) { write(t, path, []byte("hello")) }, ErrForeign},
		{"another program's database", func(t *testing.T, path string) {
			store(t, path, "PRAGMA application_id = 7")
		}, ErrForeign},
		{"a database without a name", func(t *testing.T, path string) {
			store(t, path, "PRAGMA application_id = 0")
		}, ErrForeign},
		{"a newer version", func(t *testing.T, path string) {
			store(t, path, "PRAGMA user_version = 1000")
		}, ErrNewer},
		{"a damaged schema", func(t *testing.T, path string) {
			store(t, path)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			copy(b[100:], bytes.Repeat([]byte{0xee}, 3000)) // past the file's header
			write(t, path, b)
		}, ErrDamaged},
		{"cut short", func(t *testing.T, path string) {
			store(t, path)
			if err := os.Truncate(path, 4096+512); err != nil {
				t.Fatal(err)
			}
		}, ErrDamaged},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, nil},
		{"under a file", func(t *testing.T, path string) {
			write(t, filepath.Dir(path)+"/x", nil)
			os.Symlink("x/s.db", path)
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "s.db")
			tt.make(t, path)
			before, _ := os.ReadFile(path)
			s, err := Open(t.Context(), path)
			if err == nil {
				// SQLite notices some damage only where it reads.
				for _, e := range s.Articles(t.Context(), Filter{}) {
					if e != nil {
						err = e
					}
				}
				s.Close()
			}
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			oneLine(t, err)
			if after, _ := os.ReadFile(path); tt.want != ErrDamaged && !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestReadOnly reads a store where nothing can be written: search works, and
// a write says why it cannot.
func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "s.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	a := must(s.Add(t.Context(), "main", hello))(t, StatusAdded)

	check := func(t *testing.T, s *Store) {
		t.Helper()
		if got := article(t, s, a.ID); got.Title != hello.Title {
			t.Errorf("title %q", got.Title)
		}
		must(s.Add(t.Context(), "main", hello))(t, StatusUnchanged)
		d := hello
		d.Title = "Another"
		_, _, err := s.Add(t.Context(), "main", d)
		if !errors.Is(err, ErrReadOnly) {
			t.Errorf("add: %v, want ErrReadOnly", err)
		}
		oneLine(t, err)
	}
	reopen := func(t *testing.T, asItLies bool) {
		t.Helper()
		tables, err := schema()
		if err != nil {
			t.Fatal(err)
		}
		db, err := sqlite.OpenReading(t.Context(), path, tables, asItLies)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		check(t, newStore(db))
	}
	t.Run("while another writes", func(t *testing.T) { reopen(t, false) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("as it lies", func(t *testing.T) { reopen(t, true) })

	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions do not bind this user")
	}
	for _, tt := range []struct {
		name      string
		file, dir os.FileMode
	}{
		{"file", 0o400, 0o700},
		{"folder", 0o600, 0o500},
		{"file and folder", 0o400, 0o500},
	} {
		t.Run(tt.name, func(t *testing.T) {
			os.Chmod(path, tt.file)
			os.Chmod(dir, tt.dir)
			defer os.Chmod(dir, 0o700)
			r, err := Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			check(t, r)
		})
	}
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	mine, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	must(mine.Add(t.Context(), "main", hello))(t, StatusAdded)
	other, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := mine.writer.Exec("PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}

	tx, err := other.writer.Begin()
	if err != nil {
		t.Fatal(err)
	}
	d := hello
	d.Title = "Hello again"
	_, _, err = mine.Add(t.Context(), "main", d)
	if !errors.Is(err, ErrBusy) {
		t.Errorf("add: %v, want ErrBusy", err)
	}
	oneLine(t, err)
	// What writes nothing need not wait.
	must(mine.Add(t.Context(), "main", hello))(t, StatusUnchanged)

	tx.Rollback()
	must(mine.Add(t.Context(), "main", d))(t, StatusUpdated)
}

// TestDiskFull lets the file grow no further: the article that no longer fits
// leaves no trace, and the store goes on.
func TestDiskFull(t *testing.T) {
	s := open(t)
	if _, err := s.writer.Exec("PRAGMA max_page_count = 100"); err != nil {
		t.Fatal(err)
	}
	kept := 0
	for _, d := range archive(100) {
		_, _, err := s.Add(t.Context(), "main", d)
		if err == nil {
			kept++
			continue
		}
		if !errors.Is(err, ErrFull) {
			t.Fatalf("add: %v, want ErrFull", err)
		}
		oneLine(t, err)
		break
	}
	if kept == 0 || kept == 100 {
		t.Fatalf("%d articles fitted in", kept)
	}
	sound(t, s, kept)
	if _, err := s.writer.Exec("PRAGMA max_page_count = 1000"); err != nil {
		t.Fatal(err)
	}
	must(s.Add(t.Context(), "main", hello))(t, StatusAdded)
}

// sound fails unless the store holds n articles, each wholly.
func sound(t testing.TB, s *Store, n int) {
	t.Helper()
	ctx := t.Context()
	for _, check := range []string{"PRAGMA integrity_check", "SELECT coalesce((SELECT 'bad reference' FROM pragma_foreign_key_check), 'ok')"} {
		var got string
		if err := s.reader.QueryRowContext(ctx, check).Scan(&got); err != nil || got != "ok" {
			t.Fatalf("%s: %s, %v", check, got, err)
		}
	}
	logged := map[string]bool{}
	for _, id := range changes(t, s, 0) {
		if logged[id] {
			t.Errorf("%s stands twice in the change log", id)
		}
		logged[id] = true
	}
	var all int
	if err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM articles").Scan(&all); err != nil {
		t.Fatal(err)
	}
	if all != n || len(logged) != n {
		t.Errorf("%d articles and %d in the change log, want %d", all, len(logged), n)
	}
	for id := range logged {
		revisions, err := s.Revisions(ctx, id)
		if errors.Is(err, ErrNotFound) {
			continue // purged
		}
		if err != nil {
			t.Fatal(err)
		}
		a := article(t, s, id)
		if last := revisions[len(revisions)-1]; last.N != a.Revision || last.Paragraphs != a.Paragraphs {
			t.Errorf("%s: current revision %d with %d paragraphs, the last kept is %+v", id, a.Revision, a.Paragraphs, last)
		}
		for _, r := range revisions {
			ps := paragraphs(t, s, id, r.N)
			if len(ps) != r.Paragraphs || ps[len(ps)-1].N != r.Paragraphs {
				t.Errorf("%s revision %d: %d of %d paragraphs", id, r.N, len(ps), r.Paragraphs)
			}
		}
	}
}
