package corpus

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	monday  = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	tuesday = monday.AddDate(0, 0, 1)
)

// TestAddAgain adds one draft after another to one collection and says what
// the second does.
func TestAddAgain(t *testing.T) {
	const url = "https://harbour.example/1"
	tests := []struct {
		name          string
		first, second Draft
		want          Status
		err           error
		articles      int
		check         func(a Article) bool
	}{
		{
			name:   "the same text without an address is one article",
			first:  Draft{Title: "Tides", Paragraphs: []string{"High water at noon."}},
			second: Draft{Title: "Tides", Paragraphs: []string{" High  water\u00a0at noon. ", ""}},
			want:   StatusUnchanged, articles: 1,
		},
		{
			name:   "another text without an address is another article",
			first:  Draft{Title: "Tides", Paragraphs: []string{"High water at noon."}},
			second: Draft{Title: "Tides", Paragraphs: []string{"High water at one."}},
			want:   StatusAdded, articles: 2,
		},
		{
			name:   "two paragraphs are not their sum",
			first:  Draft{Paragraphs: []string{"High water.", "Low water."}},
			second: Draft{Paragraphs: []string{"High water. Low water."}},
			want:   StatusAdded, articles: 2,
		},
		{
			name:   "the same text at two addresses is two articles",
			first:  Draft{URL: url, Paragraphs: []string{"High water at noon."}},
			second: Draft{URL: url + "0", Paragraphs: []string{"High water at noon."}},
			want:   StatusAdded, articles: 2,
		},
		{
			name:   "one address in two spellings is one article",
			first:  Draft{URL: url, Paragraphs: []string{"High water at noon."}},
			second: Draft{URL: "HTTPS://HARBOUR.example:443/1?utm_campaign=x#tides", Paragraphs: []string{"High water at noon."}},
			want:   StatusUnchanged, articles: 1,
		},
		{
			name:   "a changed text at one address is a revision",
			first:  Draft{URL: url, Paragraphs: []string{"High water at noon."}},
			second: Draft{URL: url, Paragraphs: []string{"High water at one."}},
			want:   StatusUpdated, articles: 1,
			check: func(a Article) bool { return a.Revision == 2 },
		},
		{
			name:   "a changed title is no revision",
			first:  Draft{URL: url, Title: "Tides", Paragraphs: []string{"High water at noon."}},
			second: Draft{URL: url, Title: "Tides today", Paragraphs: []string{"High water at noon."}},
			want:   StatusUpdated, articles: 1,
			check: func(a Article) bool { return a.Revision == 1 && a.Title == "Tides today" },
		},
		{
			name:   "the unknown does not replace the known",
			first:  Draft{URL: url, Title: "Tides", Author: "A. Gull", Source: "Post", Lang: "en", Published: monday, Paragraphs: []string{"High water at noon."}},
			second: Draft{URL: url, Paragraphs: []string{"High water at noon."}},
			want:   StatusUnchanged, articles: 1,
			check: func(a Article) bool {
				return a.Title == "Tides" && a.Author == "A. Gull" && a.Source == "Post" && a.Lang == "en" && a.Published.Equal(monday)
			},
		},
		{
			name:   "a corrected date is taken over",
			first:  Draft{URL: url, Published: monday, Paragraphs: []string{"High water at noon."}},
			second: Draft{URL: url, Published: tuesday, Paragraphs: []string{"High water at noon."}},
			want:   StatusUpdated, articles: 1,
			check: func(a Article) bool { return a.Published.Equal(tuesday) },
		},
		{
			name:   "an upload does not revise what was fetched",
			first:  Draft{Origin: Fetched, URL: url, Paragraphs: []string{"High water at noon."}},
			second: Draft{URL: url, Paragraphs: []string{"Never."}},
			err:    ErrFetched, articles: 1,
		},
		{
			name:   "nor does it rename it",
			first:  Draft{Origin: Fetched, URL: url, Title: "Tides", Paragraphs: []string{"High water at noon."}},
			second: Draft{URL: url, Title: "Never", Paragraphs: []string{"High water at noon."}},
			want:   StatusUnchanged, articles: 1,
		},
		{
			name:   "fetching revises what was uploaded",
			first:  Draft{URL: url, Paragraphs: []string{"Never."}},
			second: Draft{Origin: Fetched, URL: url, Paragraphs: []string{"High water at noon."}},
			want:   StatusUpdated, articles: 1,
			check: func(a Article) bool { return a.Revision == 2 },
		},
		{
			name:   "fetching again revises",
			first:  Draft{Origin: Fetched, URL: url, Paragraphs: []string{"High water at noon."}},
			second: Draft{Origin: Fetched, URL: url, Paragraphs: []string{"High water at one."}},
			want:   StatusUpdated, articles: 1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			must(s.Add(t.Context(), "main", tt.first))(t, StatusAdded)
			a, got, err := s.Add(t.Context(), "main", tt.second)
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Fatalf("status %q, %v; want %q, %v", got, err, tt.want, tt.err)
			}
			if n := len(changes(t, s, 0)); n != tt.articles {
				t.Errorf("%d articles, want %d", n, tt.articles)
			}
			if tt.check != nil && !tt.check(a) {
				t.Errorf("article is %+v", a)
			}
			// In one transaction the outcome is the same.
			both := open(t)
			added, err := both.AddAll(t.Context(), "main", []Draft{tt.first, tt.second})
			if err != nil || added[0].Status != StatusAdded || added[1].Status != tt.want || !errors.Is(added[1].Err, tt.err) {
				t.Errorf("both at once: %+v, %v", added, err)
			}
			if n := len(changes(t, both, 0)); n != tt.articles {
				t.Errorf("both at once: %d articles, want %d", n, tt.articles)
			}
		})
	}
}

// TestAddAllInOrder changes one article and changes it back in one call.
func TestAddAllInOrder(t *testing.T) {
	s := open(t)
	draft := func(p string) Draft { return Draft{URL: "https://a.example/", Paragraphs: []string{p}} }
	must(s.Add(t.Context(), "main", draft("One.")))(t, StatusAdded)
	added, err := s.AddAll(t.Context(), "main", []Draft{draft("One."), draft("Two."), draft("One."), {}, draft("One.")})
	if err != nil {
		t.Fatal(err)
	}
	want := []Status{StatusUnchanged, StatusUpdated, StatusUpdated, "", StatusUnchanged}
	for i, a := range added {
		if a.Status != want[i] || (a.Err != nil) != (i == 3) {
			t.Errorf("%d: %s, %v; want %s", i, a.Status, a.Err, want[i])
		}
	}
	if a := added[4].Article; a.Revision != 3 || paragraphs(t, s, a.ID, 0)[0].Text != "One." {
		t.Errorf("in the end: %+v", a)
	}
}

// TestCollections adds one text to two collections.
func TestCollections(t *testing.T) {
	t.Run("without an address it is shared", func(t *testing.T) {
		s := open(t)
		d := Draft{Title: "Tides", Paragraphs: []string{"High water at noon."}}
		a := must(s.Add(t.Context(), "one", d))(t, StatusAdded)
		d.Title = "Not the tides" // what another collection says of it does not count
		b := must(s.Add(t.Context(), "two", d))(t, StatusAdded)
		if a.ID != b.ID || b.Title != "Tides" || !slices.Equal(b.Collections, []string{"one", "two"}) {
			t.Errorf("the second time: %+v", b)
		}
		if err := s.Remove(t.Context(), "one", a.ID); err != nil {
			t.Fatal(err)
		}
		if a := article(t, s, a.ID); a.Withdrawn() || !slices.Equal(a.Collections, []string{"two"}) {
			t.Errorf("removed from one: %+v", a)
		}
		if n, err := s.Purge(t.Context(), s.now().Add(2*UndoWindow)); n != 0 || err != nil {
			t.Errorf("purged %d, %v", n, err)
		}
		if err := s.Restore(t.Context(), "one", a.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("restored after the purge: %v, want ErrNotFound", err)
		}
		must(s.Add(t.Context(), "two", d))(t, StatusUpdated) // now it is theirs
	})
	t.Run("with an address each has its own", func(t *testing.T) {
		s := open(t)
		d := Draft{URL: "https://a.example/", Paragraphs: []string{"High water at noon."}}
		a := must(s.Add(t.Context(), "one", d))(t, StatusAdded)
		d.Paragraphs = []string{"Never."}
		b := must(s.Add(t.Context(), "two", d))(t, StatusAdded)
		if a.ID == b.ID || paragraphs(t, s, a.ID, 0)[0].Text != "High water at noon." {
			t.Error("one collection revised what another cites")
		}
		names, err := s.Collections(t.Context())
		if err != nil || !slices.Equal(names, []string{"one", "two"}) {
			t.Errorf("collections %v, %v", names, err)
		}
	})
	t.Run("a name is one plain line", func(t *testing.T) {
		s := open(t)
		for _, name := range []string{"", " main", "a\nb", "a\x00b", "\xff", strings.Repeat("x", MaxField+1)} {
			if _, _, err := s.Add(t.Context(), name, hello); err == nil {
				t.Errorf("collection %q was taken", name)
			}
		}
		must(s.Add(t.Context(), "guild 7 · Nachrichten", hello))(t, StatusAdded)
	})
}

// TestIDs holds the IDs of two identities: a store made anew gives the same.
func TestIDs(t *testing.T) {
	s := open(t)
	a := must(s.Add(t.Context(), "main", Draft{URL: "https://a.example/", Paragraphs: []string{"One."}}))(t, StatusAdded)
	b := must(s.Add(t.Context(), "main", Draft{Paragraphs: []string{"One."}}))(t, StatusAdded)
	if a.ID != "gapgs35lpz" || b.ID != "pb5cakllbs" {
		t.Errorf("ids %s and %s", a.ID, b.ID)
	}
}

// TestIDCollision lets the usual ID of an article be taken by another.
func TestIDCollision(t *testing.T) {
	s := open(t)
	first := must(s.Add(t.Context(), "main", Draft{Paragraphs: []string{"One."}}))(t, StatusAdded)
	two := Draft{Paragraphs: []string{"Two."}}
	name := longName(identity("main", "", contentHash(two.Paragraphs)))
	if _, err := s.writer.Exec("UPDATE articles SET id = ? WHERE id = ?", name[:shortest], first.ID); err != nil {
		t.Fatal(err)
	}
	if a := must(s.Add(t.Context(), "main", two))(t, StatusAdded); a.ID != name[:shortest+1] {
		t.Errorf("id %s, want %s", a.ID, name[:shortest+1])
	}
	must(s.Add(t.Context(), "main", two))(t, StatusUnchanged)
}

// TestAddCancelled gives up in the middle of many articles: none is there.
func TestAddCancelled(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.AddAll(ctx, "main", archive(600)); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error %v, want context.DeadlineExceeded", err)
	}
	sound(t, s, 0)
	must(s.Add(t.Context(), "main", hello))(t, StatusAdded)
}
