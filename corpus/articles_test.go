package corpus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// titles lists the titles of what Articles yields.
func titles(t testing.TB, s *Store, f Filter) (list []string) {
	t.Helper()
	for a, err := range s.Articles(t.Context(), f) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a.Title)
	}
	return list
}

func TestArticles(t *testing.T) {
	s := open(t)
	day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	s.now = func() time.Time { return day(10) }
	for _, x := range []struct {
		collection string
		Draft
	}{
		{"one", Draft{Title: "Ferry strike", Source: "Harbour Post", Published: day(1)}},
		{"one", Draft{Title: "Café closes", Source: "Harbour Post", Author: "A. Gull", Published: day(3)}},
		{"two", Draft{Title: "Ferry sails", Source: "The Islander", Published: day(2)}},
		{"two", Draft{Title: "Undated"}},
		{"two", Draft{Title: "Gone", Published: day(5)}},
	} {
		x.Paragraphs = []string{x.Title}
		a := must(s.Add(t.Context(), x.collection, x.Draft))(t, StatusAdded)
		if a.Title == "Gone" {
			if err := s.Remove(t.Context(), "two", a.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	shared := Draft{Paragraphs: []string{"Ferry strike"}}
	must(s.Add(t.Context(), "two", shared))(t, StatusAdded)

	for _, tt := range []struct {
		filter Filter
		want   string
	}{
		{Filter{}, "Undated, Café closes, Ferry sails, Ferry strike"},
		{Filter{Limit: 2}, "Undated, Café closes"},
		{Filter{Collections: []string{"one"}}, "Café closes, Ferry strike"},
		{Filter{Collections: []string{"one", "two"}}, "Undated, Café closes, Ferry sails, Ferry strike"},
		{Filter{Collections: []string{"three"}}, ""},
		{Filter{Since: day(2)}, "Café closes, Ferry sails"},
		{Filter{Until: day(2)}, "Ferry strike"},
		{Filter{Since: day(2), Until: day(3)}, "Ferry sails"},
		{Filter{Source: "harbour POST"}, "Café closes, Ferry strike"},
		{Filter{Source: "harbour"}, ""},
		{Filter{Query: "cafe gull"}, "Café closes"},
		{Filter{Query: "FERR", Limit: 1}, "Ferry sails"},
		{Filter{Query: "ferry sinks"}, ""},
	} {
		if got := strings.Join(titles(t, s, tt.filter), ", "); got != tt.want {
			t.Errorf("%+v: %s; want %s", tt.filter, got, tt.want)
		}
		want := strings.Count(tt.want, ",") + min(len(tt.want), 1)
		if n, err := s.Count(t.Context(), tt.filter); n != want || err != nil {
			t.Errorf("%+v: counted %d, %v; want %d", tt.filter, n, err, want)
		}
	}
}

// TestArticlesByPage lists more than a page, some published in one instant.
func TestArticlesByPage(t *testing.T) {
	s := open(t)
	const n = page + 10
	drafts := make([]Draft, n)
	for i := range drafts {
		drafts[i] = Draft{Title: fmt.Sprint(i), Published: monday.AddDate(0, 0, i/50), Paragraphs: []string{fmt.Sprint(i)}, Lang: "en"}
	}
	if _, err := s.AddAll(t.Context(), "main", drafts); err != nil {
		t.Fatal(err)
	}
	got := titles(t, s, Filter{})
	if len(got) != n || got[0] != fmt.Sprint(n-1) || got[n-1] != "0" {
		t.Fatalf("%d articles from %s to %s", len(got), got[0], got[len(got)-1])
	}
	if slices.Sort(got); len(slices.Compact(got)) != n {
		t.Error("an article came twice")
	}
}

// TestWhileIterating writes, reads and moves the log into the file in the
// bodies of loops over the store.
func TestWhileIterating(t *testing.T) {
	for _, path := range []string{t.TempDir() + "/s.db", Memory} {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		drafts := make([]Draft, page+10)
		for i := range drafts {
			drafts[i] = Draft{Paragraphs: []string{fmt.Sprint(i)}, Lang: "en"}
		}
		if _, err := s.AddAll(t.Context(), "main", drafts); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		touch := func(id string) {
			title := "seen"
			if _, err := s.Edit(ctx, id, Correction{Title: &title}); err != nil {
				t.Fatal(err)
			}
			var busy, log, moved int
			if err := s.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved); err != nil || busy != 0 {
				t.Fatalf("the loop keeps the log from being moved: busy %d, %v", busy, err)
			}
		}
		seen := 0
		for a, err := range s.Articles(ctx, Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			if seen++; seen%50 == 0 {
				touch(a.ID)
			}
		}
		if seen != len(drafts) {
			t.Errorf("%d articles, want %d", seen, len(drafts))
		}
		seen = 0
		for c, err := range s.Changes(ctx, 0) {
			if err != nil {
				t.Fatal(err)
			}
			if seen++; seen%50 == 0 {
				touch(c.Article) // moves it past the head
			}
		}
		if seen != len(drafts) {
			t.Errorf("%d changes, want %d", seen, len(drafts))
		}
	}
}

func TestIterationEnds(t *testing.T) {
	s := open(t)
	must(s.Add(t.Context(), "main", hello))(t, StatusAdded)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, seq := range map[string]func(yield func(error) bool){
		"articles": func(yield func(error) bool) {
			s.Articles(ctx, Filter{})(func(_ Article, err error) bool { return yield(err) })
		},
		"changes": func(yield func(error) bool) {
			s.Changes(ctx, 0)(func(_ Change, err error) bool { return yield(err) })
		},
	} {
		var errs []error
		for err := range seq {
			errs = append(errs, err)
		}
		if len(errs) != 1 || !errors.Is(errs[0], context.Canceled) {
			t.Errorf("%s of a cancelled context: %v", name, errs)
		}
	}
}

func TestChanges(t *testing.T) {
	s := open(t)
	ids := map[string]string{} // by letter
	for _, name := range []string{"a", "b", "c"} {
		d := Draft{URL: "https://x.example/" + name, Paragraphs: []string{name}}
		ids[name] = must(s.Add(t.Context(), "main", d))(t, StatusAdded).ID
	}
	letters := func(after Cursor) (list string) {
		for _, id := range changes(t, s, after) {
			for name := range ids {
				if ids[name] == id {
					list += name
				}
			}
		}
		return list
	}
	title, known := "A", "A"
	for _, step := range []struct {
		name string
		do   func() error
		all  string // the whole log after it
		some string // since the step before
	}{
		{"nothing", func() error { return nil }, "abc", ""},
		{"revise", func() error {
			_, _, err := s.Add(t.Context(), "main", Draft{URL: "https://x.example/b", Paragraphs: []string{"B"}})
			return err
		}, "acb", "b"},
		{"edit", func() error { _, err := s.Edit(t.Context(), ids["a"], Correction{Title: &title}); return err }, "cba", "a"},
		{"edit to the same", func() error { _, err := s.Edit(t.Context(), ids["a"], Correction{Title: &known}); return err }, "cba", ""},
		{"remove", func() error { return s.Remove(t.Context(), "main", ids["c"]) }, "bac", "c"},
		{"restore", func() error { return s.Restore(t.Context(), "main", ids["c"]) }, "bac", "c"},
		{"refused", func() error {
			if err := s.Remove(t.Context(), "other", ids["b"]); !errors.Is(err, ErrNotFound) {
				return fmt.Errorf("removed from another collection: %v", err)
			}
			return nil
		}, "bac", ""},
	} {
		head := headOf(t, s)
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if all, some := letters(0), letters(head); all != step.all || some != step.some {
			t.Errorf("%s: log %s, since %s; want %s, %s", step.name, all, some, step.all, step.some)
		}
	}
}

// TestConcurrent adds through two stores on one file while others read it.
func TestConcurrent(t *testing.T) {
	path := t.TempDir() + "/s.db"
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()

	const n = 40
	var writers, readers sync.WaitGroup
	for w, store := range []*Store{s, s, other, other} {
		writers.Go(func() {
			for i := range n {
				// Each article is added by two writers, whoever comes first.
				if _, _, err := store.Add(t.Context(), "main", numbered(w%2*n+i, 0)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	for _, store := range []*Store{s, other} {
		readers.Go(func() {
			var cursor Cursor
			seen := map[string]bool{}
			for last := false; !last; {
				select {
				case <-done:
					last = true
				default:
				}
				for c, err := range store.Changes(t.Context(), cursor) {
					if err != nil {
						t.Error(err)
						return
					}
					a, err := store.Article(t.Context(), c.Article)
					if err != nil {
						t.Error(err)
						return
					}
					ps, err := store.Paragraphs(t.Context(), a.ID, a.Revision, 0, 0)
					if err != nil || len(ps) != a.Paragraphs {
						t.Errorf("%s: %d of %d paragraphs, %v", a.ID, len(ps), a.Paragraphs, err)
					}
					cursor, seen[a.ID] = c.Seq, true
				}
			}
			if len(seen) != 2*n {
				t.Errorf("followed %d articles, want %d", len(seen), 2*n)
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	sound(t, s, 2*n)
}
