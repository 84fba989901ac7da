package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestMain becomes the process that TestKill kills, where asked to.
func TestMain(m *testing.M) {
	if path := os.Getenv("PILCROW_TEST_WRITER"); path != "" {
		run := writeForEver
		if os.Getenv("PILCROW_TEST_FOLLOWER") != "" {
			run = followForEver
		}
		if err := run(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// numbered returns article i in state r. It has as many paragraphs as its numbers say, each
// of which tells where it belongs.
func numbered(i, r int) Draft {
	n := 1 + abs(7*i+3*r)%40
	d := Draft{Title: fmt.Sprint(i), URL: fmt.Sprintf("https://a.example/%d", i), Lang: "en"}
	for p := range n {
		d.Paragraphs = append(d.Paragraphs, fmt.Sprintf("article %d state %d paragraph %d of %d%s", i, r, p+1, n, strings.Repeat(" and on", abs(i)%90)))
	}
	return d
}

func abs(i int) int { return max(i, -i) }

// writeForEver adds, revises, removes and purges articles until it is killed.
// It prints the number of each article that it has added.
func writeForEver(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	head, err := s.Head(ctx)
	if err != nil {
		return err
	}
	for i := int(head); ; i += 5 {
		added, err := s.AddAll(ctx, "main", []Draft{numbered(i, 0), numbered(i+1, 0), numbered(i+2, 0), numbered(i+3, 0)})
		if err != nil {
			return err
		}
		one, _, err := s.Add(ctx, "main", numbered(i+4, 0))
		if err != nil {
			return err
		}
		for n := range 5 {
			fmt.Println(i + n)
		}
		if _, err := s.AddAll(ctx, "main", []Draft{numbered(i, 1), numbered(i+1, 1)}); err != nil {
			return err
		}
		for _, id := range []string{added[2].Article.ID, one.ID} {
			if err := s.Remove(ctx, "main", id); err != nil {
				return err
			}
		}
		if err := s.Restore(ctx, "main", one.ID); err != nil {
			return err
		}
		if _, err := s.Purge(ctx, time.Now().Add(2*UndoWindow)); err != nil {
			return err
		}
	}
}

// TestKill kills a writing process at random moments, 10 times or as often as
// PILCROW_KILLS says. What it said it has added must be there, and each article
// wholly or not at all.
func TestKill(t *testing.T) {
	kills := 10
	if s := os.Getenv("PILCROW_KILLS"); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "s.db")
	said := map[int]bool{}
	for range kills {
		w := startWriter(t, path)
		w.said(said) // has begun
		time.Sleep(rand.N(120 * time.Millisecond))
		w.kill()
		for w.said(said) {
		}
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		checkNumbered(t, s, said)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d articles after %d kills", len(said), kills)
}

// writer is a process that runs writeForEver.
type writer struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

func startWriter(t *testing.T, path string, env ...string) *writer {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(append(os.Environ(), "PILCROW_TEST_WRITER="+path), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &writer{t, cmd, bufio.NewScanner(out)}
}

// said waits for the next article that w has added and notes its number. It
// reports false when w is dead.
func (w *writer) said(numbers map[int]bool) bool {
	w.t.Helper()
	if !w.lines.Scan() {
		if w.cmd.Wait(); w.cmd.ProcessState.ExitCode() == 1 {
			w.t.Fatal("the writer gave up before it was killed")
		}
		return false
	}
	i, err := strconv.Atoi(w.lines.Text())
	if err != nil {
		w.t.Fatal(err)
	}
	numbers[i] = true
	return true
}

func (w *writer) kill() { w.cmd.Process.Kill() }

// checkNumbered fails unless s is sound, holds or has purged all the articles
// said, and nothing of any article but its numbered states.
func checkNumbered(t *testing.T, s *Store, said map[int]bool) {
	t.Helper()
	ids := changes(t, s, 0)
	sound(t, s, len(ids))
	for i := range said {
		if id := longName(identity("main", numbered(i, 0).URL, [32]byte{}))[:shortest]; !slices.Contains(ids, id) {
			t.Errorf("article %d is missing, though it was said to be there", i)
		}
	}
	titles := map[string]bool{}
	for _, id := range ids {
		a, err := s.Article(t.Context(), id)
		if errors.Is(err, ErrNotFound) {
			continue // purged
		}
		if err != nil {
			t.Fatal(err)
		}
		if titles[a.Title] {
			t.Errorf("article %s is there twice", a.Title)
		}
		titles[a.Title] = true
		i, err := strconv.Atoi(a.Title)
		if err != nil {
			t.Fatal(err)
		}
		for r := range a.Revision {
			want := numbered(i, r).Paragraphs
			got := paragraphs(t, s, id, r+1)
			if len(got) != len(want) || got[len(got)-1].Text != want[len(want)-1] {
				t.Errorf("article %d revision %d has %d paragraphs, want %d", i, r+1, len(got), len(want))
			}
		}
	}
}

// TestProcesses writes and reads here while another process writes.
func TestProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := startWriter(t, path)
	theirs := map[int]bool{}
	seen := map[string]bool{}
	var cursor Cursor
	for i := range 30 {
		w.said(theirs)
		if _, _, err := s.Add(t.Context(), "main", numbered(-1-i, 0)); err != nil {
			t.Fatal(err)
		}
		for c, err := range s.Changes(t.Context(), cursor) {
			if err != nil {
				t.Fatal(err)
			}
			seen[c.Article], cursor = true, c.Seq
		}
	}
	w.kill()
	for w.said(theirs) {
	}
	for _, id := range changes(t, s, cursor) {
		seen[id] = true
	}
	checkNumbered(t, s, theirs)
	if want := len(changes(t, s, 0)); len(seen) != want {
		t.Errorf("followed %d articles, want %d", len(seen), want)
	}
}
