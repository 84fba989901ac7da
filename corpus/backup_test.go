package corpus

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestBackup backs up while another process writes. Each backup is sound, and
// holds all that was said to be there before it began.
func TestBackup(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "s.db")
	w := startWriter(t, path)
	said := map[int]bool{}
	w.said(said)
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	identity, err := s.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		for range 12 {
			w.said(said)
		}
		before := maps.Clone(said)
		to := filepath.Join(folder, "backup.db")
		if err := s.Backup(t.Context(), to, i > 0); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(to); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v; want 600", info.Mode(), err)
		}
		restored := filepath.Join(folder, "restored.db")
		if _, err := RestoreFile(t.Context(), to, restored, true, nil); err != nil {
			t.Fatal(err)
		}
		b, err := Open(t.Context(), restored)
		if err != nil {
			t.Fatal(err)
		}
		checkNumbered(t, b, before)
		if id, err := b.Identity(t.Context()); err != nil || id == identity {
			t.Errorf("identity %q, %v: the store's own, though it goes another way", id, err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	w.kill()
	for w.said(said) {
	}
	left, err := filepath.Glob(filepath.Join(folder, ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestRestoreRefuses leaves everything as it is where the backup is unsound,
// another's or too new, or the database is in use.
func TestRestoreRefuses(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	s, err := Open(t.Context(), in("s.db"))
	if err != nil {
		t.Fatal(err)
	}
	must(s.Add(t.Context(), "main", hello))(t, StatusAdded)
	if err := s.Backup(t.Context(), in("good"), false); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), in("good"), false); !errors.Is(err, ErrExists) {
		t.Errorf("backup over a file: %v, want ErrExists", err)
	}
	if err := s.Backup(t.Context(), in("s.db"), true); err == nil {
		t.Error("backup over the database itself went well")
	}
	good, err := os.ReadFile(in("good"))
	if err != nil {
		t.Fatal(err)
	}
	changed := func(at int, b byte) []byte {
		out := append([]byte{}, good...)
		for i := range 8 {
			out[at+i] = b
		}
		return out
	}
	no := errors.New("not by me")
	for _, tt := range []struct {
		name  string
		file  []byte
		check error
		want  error
	}{
		{"in use", good, nil, ErrBusy},
		{"a text", []byte("Dear diary"), nil, ErrForeign},
		{"empty", nil, nil, ErrForeign},
		{"another's", changed(64, 7), nil, ErrForeign}, // application_id at 68
		{"newer", changed(56, 1), nil, ErrNewer},       // user_version at 60
		{"damaged", changed(4096, 0xee), nil, ErrDamaged},
		{"half", good[:len(good)/2], nil, ErrDamaged},
		{"refused by another owner", good, no, no},
	} {
		if err := os.WriteFile(in("bad"), tt.file, 0o600); err != nil {
			t.Fatal(err)
		}
		kept, err := RestoreFile(t.Context(), in("bad"), in("s.db"), true, func(string) error { return tt.check })
		if !errors.Is(err, tt.want) || kept != "" {
			t.Errorf("%s: %v, kept %q; want %v", tt.name, err, kept, tt.want)
		} else {
			oneLine(t, err)
		}
	}
	article(t, s, must(s.Add(t.Context(), "main", hello))(t, StatusUnchanged).ID)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	// A database that is damaged is what one restores over.
	if err := os.WriteFile(in("s.db"), changed(4096, 0xee), 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := RestoreFile(t.Context(), in("good"), in("s.db"), true, nil)
	if err != nil || kept == "" {
		t.Fatalf("restore over a damaged one: kept %q, %v", kept, err)
	}
	if s, err = Open(t.Context(), in("s.db")); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	must(s.Add(t.Context(), "main", hello))(t, StatusUnchanged)
}
