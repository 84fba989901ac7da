package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// told returns what a follower is told of the collections, "added Ferry rev 1
// in main" each, and tells it.
func told(t *testing.T, s *Store, follower string, collections ...string) (lines []string) {
	t.Helper()
	for {
		events, through, err := s.Events(t.Context(), follower, collections)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			lines = append(lines, fmt.Sprintf("%s %s %d to %d in %s", e.Kind, e.Article.Title, e.Was, e.Article.Revision, strings.Join(e.In, "+")))
		}
		if err := s.Told(t.Context(), follower, through, nil); err != nil {
			t.Fatal(err)
		}
		if len(events) == 0 {
			return lines
		}
	}
}

// TestEvents tells the story of an article as two followers hear it.
func TestEvents(t *testing.T) {
	ctx := t.Context()
	s := open(t)
	day := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return day }
	add := func(collection, title, url, paragraph string) string {
		a, _, err := s.Add(ctx, collection, Draft{Title: title, URL: url, Paragraphs: []string{paragraph}})
		if err != nil {
			t.Fatal(err)
		}
		return a.ID
	}
	do := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	retitle := func(id, title string) {
		_, err := s.Edit(ctx, id, Correction{Title: &title})
		do(err)
	}
	check := func(what, follower string, want ...string) {
		t.Helper()
		collections := []string{"main", "harbour"}
		if follower == "deaf" {
			collections = []string{"other"}
		}
		if got := told(t, s, follower, collections...); !slices.Equal(got, want) {
			t.Errorf("%s: %s was told %q, want %q", what, follower, got, want)
		}
	}

	ferry := add("main", "Ferry", "https://a.example/ferry", "The ferry is late.")
	do(s.Follow(ctx, "channel"))
	do(s.Follow(ctx, "deaf"))
	check("what was there before", "channel")

	oysters := add("main", "Oysters", "https://a.example/oysters", "The oysters are back.")
	add("main", "Ferry", "https://a.example/ferry", "The ferry is later.")
	check("a new one and a new text", "channel", "added Oysters 0 to 1 in main", "revised Ferry 1 to 2 in main")
	check("once", "channel")
	do(s.Follow(ctx, "channel"))
	check("following again keeps the place", "channel")

	add("main", "Ferry", "https://a.example/ferry", "The ferry has sunk.")
	add("main", "Ferry", "https://a.example/ferry", "The ferry has not sunk.")
	check("two changes are one event", "channel", "revised Ferry 2 to 4 in main")

	retitle(oysters, "Oysters again")
	check("a correction", "channel", "corrected Oysters again 1 to 1 in main")
	retitle(oysters, "Oysters")
	retitle(oysters, "Oysters again")
	check("there and back", "channel")

	add("harbour", "Wall", "", "The wall holds.")
	wall := add("main", "Wall", "", "The wall holds.")
	add("other", "Wall", "", "The wall holds.")
	check("in two collections it is told once", "channel", "added Wall 0 to 1 in harbour+main")
	do(s.Remove(ctx, "harbour", wall))
	check("it is still in the other", "channel")
	do(s.Remove(ctx, "main", wall))
	check("out of both", "channel", "removed Wall 1 to 1 in main")
	do(s.Restore(ctx, "main", wall))
	check("and back", "channel", "added Wall 0 to 1 in main")

	do(s.Remove(ctx, "main", ferry))
	do(s.Restore(ctx, "main", ferry))
	check("removed and restored", "channel")
	do(s.Remove(ctx, "main", ferry))
	if n, err := s.Purge(ctx, day.Add(UndoWindow+time.Second)); n != 1 || err != nil {
		t.Fatalf("purge = %d, %v", n, err)
	}
	check("purged before it was told", "channel", "removed  4 to 4 in main")
	check("of all that, who follows something else hears that alone", "deaf", "added Wall 0 to 1 in other")

	do(s.Unfollow(ctx, "channel"))
	if _, _, err := s.Events(ctx, "channel", []string{"main"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("events of nobody: %v, want ErrNotFound", err)
	}
	if err := s.Told(ctx, "channel", 1, nil); !errors.Is(err, ErrNotFound) {
		t.Errorf("telling nobody: %v, want ErrNotFound", err)
	}
}

// TestPurgedStates keeps how a purged article stood until every follower was told
// that it went, and nothing of it after that.
func TestPurgedStates(t *testing.T) {
	ctx := t.Context()
	s := open(t)
	purge := func(want, states int) {
		t.Helper()
		if n, err := s.Purge(ctx, s.now().Add(2*UndoWindow)); n != want || err != nil {
			t.Fatalf("purged %d, %v; want %d", n, err, want)
		}
		var n int
		if err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM states").Scan(&n); err != nil || n != states {
			t.Errorf("%d states, %v; want %d", n, err, states)
		}
	}
	remove := func(a Article) {
		t.Helper()
		if err := s.Remove(ctx, "main", a.ID); err != nil {
			t.Fatal(err)
		}
	}
	first := must(s.Add(ctx, "main", numbered(1, 0)))(t, StatusAdded)
	stays := must(s.Add(ctx, "main", numbered(2, 0)))(t, StatusAdded)
	remove(first)
	purge(1, 1) // nobody follows
	if err := s.Follow(ctx, "channel"); err != nil {
		t.Fatal(err)
	}
	must(s.Add(ctx, "main", numbered(3, 0)))(t, StatusAdded)
	told(t, s, "channel", "main")
	remove(stays)
	purge(1, 4) // as the channel knows it, out of the collection, and purged; and the third
	if got := told(t, s, "channel", "main"); len(got) != 1 || !strings.HasPrefix(got[0], "removed") {
		t.Errorf("told %q", got)
	}
	purge(0, 1)
	must(s.Add(ctx, "main", numbered(2, 0)))(t, StatusAdded)
	if got := told(t, s, "channel", "main"); len(got) != 1 || !strings.HasPrefix(got[0], "added") {
		t.Errorf("told of one that was purged and came again %q", got)
	}
}

// TestTold keeps the place of a follower whose queue fails, and the key of an
// event that comes again.
func TestTold(t *testing.T) {
	ctx := t.Context()
	s := open(t)
	if err := s.Follow(ctx, "channel"); err != nil {
		t.Fatal(err)
	}
	next := func() Event {
		t.Helper()
		events, through, err := s.Events(ctx, "channel", []string{"main"})
		if err != nil || len(events) != 1 {
			t.Fatalf("%d events, %v; want 1", len(events), err)
		}
		failed := errors.New("no room in the queue")
		if err := s.Told(ctx, "channel", through, func(*sql.Tx) error { return failed }); !errors.Is(err, failed) {
			t.Fatalf("told: %v, want the queue's error", err)
		}
		return events[0]
	}
	must(s.Add(ctx, "main", numbered(1, 0)))(t, StatusAdded)
	first := next()
	must(s.Add(ctx, "main", numbered(1, 1)))(t, StatusUpdated)
	second := next()
	if first.Key != second.Key || second.Kind != EventAdded || second.Article.Revision != 2 {
		t.Errorf("first %+v, then %+v: want the same event of revision 2", first, second)
	}
	told(t, s, "channel", "main")
	must(s.Add(ctx, "main", numbered(1, 2)))(t, StatusUpdated)
	if third := next(); third.Key == first.Key {
		t.Errorf("another event has the key of the first: %+v", third)
	}
}

// TestEventsMany reads more than a page, past more than a page that is not
// followed, and keeps no more states than its followers need.
func TestEventsMany(t *testing.T) {
	s := open(t)
	if err := s.Follow(t.Context(), "channel"); err != nil {
		t.Fatal(err)
	}
	drafts := func(r int) (list []Draft) {
		for i := range page + 10 {
			list = append(list, Draft{URL: fmt.Sprintf("https://a.example/%d", i), Paragraphs: []string{fmt.Sprint(i, r)}})
		}
		return list
	}
	for r := range 2 {
		for _, collection := range []string{"other", "main"} {
			if _, err := s.AddAll(t.Context(), collection, drafts(r)); err != nil {
				t.Fatal(err)
			}
		}
		if got := len(told(t, s, "channel", "main")); got != page+10 {
			t.Errorf("state %d: %d events, want %d", r, got, page+10)
		}
	}
	if _, err := s.AddAll(t.Context(), "main", drafts(2)); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := s.reader.QueryRow("SELECT max(n) FROM (SELECT count(*) AS n FROM states GROUP BY article)").Scan(&n); err != nil || n > 2 {
		t.Errorf("%d states are kept of an article, %v; want 2", n, err)
	}
}

// followForEver writes and follows until it is killed. What the follower is
// told goes into a table of its own, in which no key may stand twice.
func followForEver(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	if err := s.Follow(ctx, "channel"); err != nil {
		return err
	}
	failed := make(chan error)
	go func() { failed <- writeForEver(path) }()
	for {
		select {
		case err := <-failed:
			return err
		default:
			if _, err := queue(ctx, s); err != nil {
				return err
			}
		}
	}
}

// queue puts the next events into a table.
func queue(ctx context.Context, s *Store) (more bool, err error) {
	events, through, err := s.Events(ctx, "channel", []string{"main"})
	if err != nil {
		return false, err
	}
	return len(events) > 0, s.Told(ctx, "channel", through, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS queue
			(n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT, article TEXT, was INTEGER, revision INTEGER)`); err != nil {
			return err
		}
		for _, e := range events {
			if _, err := tx.ExecContext(ctx, "INSERT INTO queue (key, kind, article, was, revision) VALUES (?, ?, ?, ?, ?)",
				e.Key, e.Kind, e.Article.ID, e.Was, e.Article.Revision); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestEventsKill kills a process that writes and follows. What is in the queue
// at the end makes sense for each article, and its last event is what is true.
func TestEventsKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	for range 5 {
		w := startWriter(t, path, "PILCROW_TEST_FOLLOWER=1")
		numbers := map[int]bool{}
		w.said(numbers) // has begun
		time.Sleep(rand.N(250 * time.Millisecond))
		w.kill()
		for w.said(numbers) {
		}
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for more := true; more; {
		if more, err = queue(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}

	last := map[string]int{} // revision told of each article; 0 where it is not there
	rows, err := s.reader.Query("SELECT kind, article, was, revision FROM queue ORDER BY n")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	kinds := map[EventKind]int{}
	for rows.Next() {
		var kind EventKind
		var id string
		var was, revision int
		if err := rows.Scan(&kind, &id, &was, &revision); err != nil {
			t.Fatal(err)
		}
		kinds[kind]++
		if was != last[id] {
			t.Errorf("%s %s: the follower was last told of revision %d, not %d", kind, id, last[id], was)
		}
		switch {
		case kind == EventAdded && was == 0 && revision > 0, kind == EventRevised && was > 0 && revision > was:
			last[id] = revision
		case kind == EventRemoved && was > 0:
			last[id] = 0
		default:
			t.Errorf("%s %s from revision %d to %d", kind, id, was, revision)
		}
	}
	there := map[string]int{}
	for a, err := range s.Articles(t.Context(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		there[a.ID] = a.Revision
	}
	for _, id := range changes(t, s, 0) {
		if last[id] != there[id] {
			t.Errorf("%s: told of revision %d, and it is at %d", id, last[id], there[id])
		}
	}
	t.Logf("%v of %d articles", kinds, len(last))
}
