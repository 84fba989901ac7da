package corpus

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// open returns a store in a new file, closed when the test ends.
func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "pilcrow.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestLifeOfAnArticle follows one article from its first arrival until nothing
// of it is left.
func TestLifeOfAnArticle(t *testing.T) {
	ctx := t.Context()
	s := open(t)
	day := time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return day }

	// It arrives.
	draft := Draft{
		Title:      "Ferry  strike ends",
		Source:     "The Harbour Post",
		URL:        "HTTPS://Harbour.example/ferry?utm_source=feed&id=7#top",
		Published:  time.Date(2024, 2, 29, 18, 0, 0, 0, time.FixedZone("", 2*3600)),
		Paragraphs: []string{"The ferries sail again\non Friday.", " ", "Crews had walked out for eleven days over their pay and their rest at night."},
	}
	first := must(s.Add(ctx, "news", draft))(t, StatusAdded)
	want := Article{
		ID: first.ID, Revision: 1, Title: "Ferry strike ends", Source: "The Harbour Post",
		URL: "https://harbour.example/ferry?id=7", Lang: "en",
		Published: time.Date(2024, 2, 29, 16, 0, 0, 0, time.UTC), Added: day,
		Collections: []string{"news"}, Paragraphs: 2,
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Fatalf("added (-want +got):\n%s", diff)
	}
	old := paragraphs(t, s, first.ID, 1)
	if want := "The ferries sail again on Friday."; old[0].Text != want || old[0].N != 1 || old[0].Hash != Hash(want) {
		t.Fatalf("paragraph 1 = %+v", old[0])
	}

	// The same again changes nothing, not even the change log.
	head := headOf(t, s)
	must(s.Add(ctx, "news", draft))(t, StatusUnchanged)
	if h := headOf(t, s); h != head {
		t.Errorf("head moved from %d to %d", head, h)
	}

	// The paper changes its text: a new revision, and the old citation holds.
	draft.Paragraphs[0] = "The ferries sail again on Saturday."
	second := must(s.Add(ctx, "news", draft))(t, StatusUpdated)
	if second.ID != first.ID || second.Revision != 2 {
		t.Errorf("revised = %s revision %d, want %s revision 2", second.ID, second.Revision, first.ID)
	}
	if diff := cmp.Diff(old, paragraphs(t, s, first.ID, 1)); diff != "" {
		t.Errorf("revision 1 changed (-before +after):\n%s", diff)
	}
	if got := paragraphs(t, s, first.ID, 0)[0].Text; got != draft.Paragraphs[0] {
		t.Errorf("current paragraph 1 = %q", got)
	}

	// A person corrects the outlet; adding it again does not undo that.
	source := "Harbour Post"
	edited, err := s.Edit(ctx, first.ID, Correction{Source: &source})
	if err != nil {
		t.Fatal(err)
	}
	draft.Title = "Ferry strike ends after eleven days"
	again := must(s.Add(ctx, "news", draft))(t, StatusUpdated)
	if again.Source != source || again.Title != draft.Title || again.Revision != 2 || edited.Source != source {
		t.Errorf("after the correction: %+v", again)
	}

	// It is removed, and says so; its citations still resolve.
	if err := s.Remove(ctx, "news", first.ID); err != nil {
		t.Fatal(err)
	}
	if a := article(t, s, first.ID); !a.Withdrawn() {
		t.Errorf("removed, but in %v", a.Collections)
	}
	if diff := cmp.Diff(old, paragraphs(t, s, first.ID, 1)); diff != "" {
		t.Errorf("a withdrawn citation changed:\n%s", diff)
	}
	if err := s.Remove(ctx, "news", first.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("second removal: %v, want ErrNotFound", err)
	}

	// That was a mistake: it is restored, once by name, once by adding it.
	if err := s.Restore(ctx, "news", first.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(ctx, "news", first.ID); err != nil {
		t.Fatal(err)
	}
	if a := must(s.Add(ctx, "news", draft))(t, StatusAdded); a.ID != first.ID || a.Withdrawn() {
		t.Errorf("added after removal: %+v", a)
	}

	// At last it goes. A week later nothing is left of it but its name.
	if err := s.Remove(ctx, "news", first.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Purge(ctx, day.Add(UndoWindow)); n != 0 || err != nil {
		t.Errorf("purge within the week = %d, %v", n, err)
	}
	head = headOf(t, s)
	if n, err := s.Purge(ctx, day.Add(UndoWindow+time.Second)); n != 1 || err != nil {
		t.Errorf("purge after the week = %d, %v", n, err)
	}
	if _, err := s.Article(ctx, first.ID); !errors.Is(err, ErrNotFound) || !errors.Is(err, ErrPurged) {
		t.Errorf("purged article: %v, want ErrPurged", err)
	}
	if _, err := s.Article(ctx, "nobody"); !errors.Is(err, ErrNotFound) || errors.Is(err, ErrPurged) {
		t.Errorf("no article: %v, want ErrNotFound", err)
	}
	if _, err := s.Paragraphs(ctx, first.ID, 1, 1, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("purged paragraph: %v, want ErrNotFound", err)
	}
	if got := changes(t, s, head); !slices.Equal(got, []string{first.ID}) {
		t.Errorf("changes after the purge: %v", got)
	}

	// Should it come back, an old citation does not come to mean other words.
	if a := must(s.Add(ctx, "news", draft))(t, StatusAdded); a.ID != first.ID || a.Revision != 3 || a.Source != "The Harbour Post" {
		t.Errorf("added after the purge: %+v", a)
	}
	if _, err := s.Paragraphs(ctx, first.ID, 1, 1, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("paragraph of a purged revision: %v, want ErrNotFound", err)
	}
}

// must returns a check of what Add returned.
func must(a Article, got Status, err error) func(testing.TB, Status) Article {
	return func(t testing.TB, want Status) Article {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Fatalf("status %s, want %s", got, want)
		}
		return a
	}
}

func article(t testing.TB, s *Store, id string) Article {
	t.Helper()
	a, err := s.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func paragraphs(t testing.TB, s *Store, id string, revision int) []Paragraph {
	t.Helper()
	ps, err := s.Paragraphs(t.Context(), id, revision, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

func headOf(t testing.TB, s *Store) Cursor {
	t.Helper()
	c, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// changes returns the IDs that Changes yields.
func changes(t testing.TB, s *Store, after Cursor) (ids []string) {
	t.Helper()
	for c, err := range s.Changes(context.WithoutCancel(t.Context()), after) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.Article)
	}
	return ids
}
