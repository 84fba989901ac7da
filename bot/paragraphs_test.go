package bot

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/corpus"
)

// What is remembered of a paragraph is what reading it says, whoever asks at the
// same time, and it is bounded.
func TestParagraphs(t *testing.T) {
	const wall = "The wall at Tollness cost 4.2 million. Who paid? Click here."
	var ps paragraphs
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 3*mostRead + 10 {
				ps.read("a", "en", fmt.Sprint("Ferry ", i))
				if i%100 > 0 {
					continue
				}
				if diff := cmp.Diff(readParagraph("en", wall), ps.read("a", "en", wall), cmp.AllowUnexported(said{})); diff != "" {
					t.Errorf("-read +remembered\n%s", diff)
					return
				}
			}
		})
	}
	wg.Wait()
	if got, want := len(ps.read("a", "de", wall)[0].terms), len(readParagraph("de", wall)[0].terms); got != want {
		t.Errorf("in another language %d terms, want %d", got, want)
	}
	if n := len(ps.now) + len(ps.old); n > 2*mostRead {
		t.Errorf("remembers %d paragraphs, want at most %d", n, 2*mostRead)
	}
}

// TestForget remembers nothing of an article that was purged, and all of others.
func TestForget(t *testing.T) {
	ctx := t.Context()
	s, err := corpus.Open(ctx, corpus.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b := New(Options{Store: s})
	var ids []string
	for _, paragraph := range []string{"The wall at Tollness holds.", "The ferry is late."} {
		a, _, err := s.Add(ctx, "main", corpus.Draft{Lang: "en", Paragraphs: []string{paragraph}})
		if err != nil {
			t.Fatal(err)
		}
		b.paragraphs.read(a.ID, "en", paragraph)
		ids = append(ids, a.ID)
	}
	if err := s.Remove(ctx, "main", ids[0]); err != nil {
		t.Fatal(err)
	}
	remembers := func(want int) {
		t.Helper()
		if err := b.Forget(ctx); err != nil {
			t.Fatal(err)
		}
		if n := len(b.paragraphs.now); n != want {
			t.Errorf("remembers %d paragraphs, want %d", n, want)
		}
	}
	remembers(2) // it may come back
	if n, err := s.Purge(ctx, time.Now().Add(2*corpus.UndoWindow)); n != 1 || err != nil {
		t.Fatalf("purged %d, %v", n, err)
	}
	remembers(1)
	remembers(1)
}
