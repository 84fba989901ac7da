package retrieval_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
)

// addSome adds articles of one passage each.
func addSome(t *testing.T, s *corpus.Store, from, to int) {
	t.Helper()
	var drafts []corpus.Draft
	for i := from; i < to; i++ {
		drafts = append(drafts, corpus.Draft{Title: fmt.Sprint("Number ", i), Lang: "en", Paragraphs: []string{fmt.Sprintf("House %d has windows.", i)}})
	}
	if _, err := s.AddAll(t.Context(), "main", drafts); err != nil {
		t.Fatal(err)
	}
}

func TestRestore(t *testing.T) {
	s, err := corpus.Open(t.Context(), corpus.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	path := filepath.Join(t.TempDir(), "index")
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	// start is what each process does; it says how many passages there are and
	// whether the file was written again.
	start := func() (passages int, written bool) {
		t.Helper()
		before, _ := os.Stat(path)
		x := bm25.New()
		if err := retrieval.Restore(t.Context(), log, s, x, path); err != nil {
			t.Fatal(err)
		}
		after, _ := os.Stat(path)
		return x.Len(), after != nil && !os.SameFile(before, after)
	}
	steps := []struct {
		what    string
		before  func()
		want    int
		written bool
	}{
		{"an empty archive", func() {}, 0, false},
		{"the first articles", func() { addSome(t, s, 0, 40) }, 40, true},
		{"nothing new", func() {}, 40, false},
		{"a little more", func() { addSome(t, s, 40, 42) }, 42, false},
		{"again", func() {}, 42, false},
		{"a tenth more", func() { addSome(t, s, 42, 50) }, 50, true},
		{"after that", func() {}, 50, false},
		{"a damaged file", func() {
			if err := os.WriteFile(path, []byte("nothing"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, 50, true},
		{"no file", func() { os.Remove(path) }, 50, true},
	}
	for _, step := range steps {
		step.before()
		if n, written := start(); n != step.want || written != step.written {
			t.Errorf("%s: %d passages, file written: %v; want %d, %v", step.what, n, written, step.want, step.written)
		}
	}

	// A file that cannot be written hinders nobody.
	if strings.Contains(logged.String(), "level=WARN") {
		t.Errorf("warned of what is no trouble:\n%s", &logged)
	}
	path = filepath.Join(path, "below a file")
	if n, _ := start(); n != 50 {
		t.Errorf("%d passages, want 50", n)
	}
	if !strings.Contains(logged.String(), "level=WARN") {
		t.Error("no warning that the file could not be written")
	}
}
