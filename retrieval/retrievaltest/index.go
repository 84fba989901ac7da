package retrievaltest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/passage"
)

// Searched is an index and how to search it.
type Searched struct {
	retrieval.Cache
	// Find returns the passages that have something of the words in them,
	// among the articles in any of the collections, best first.
	Find func(words string, collections ...string) []passage.Ref
}

// TestIndex holds an index to its contract. open returns a new one that may
// keep what it likes in the store.
func TestIndex(t *testing.T, open func(t *testing.T, s *corpus.Store) Searched) {
	tests := map[string]func(*testing.T, *archive){
		"empty":       testEmpty,
		"follows":     testFollows,
		"revised":     testRevised,
		"corrected":   testCorrected,
		"collections": testCollections,
		"purged":      testPurged,
		"other store": testOtherStore,
		"read too far": func(t *testing.T, a *archive) {
			a.add("ferry", "The ferry sails at noon.")
			a.sync()
			store, at := a.index.At()
			if err := a.index.Apply(t.Context(), nil, at+1000); err != nil {
				t.Fatal(err)
			}
			a.sync()
			if s, c := a.index.At(); s != store || c != at {
				t.Errorf("at %q %d, want %q %d", s, c, store, at)
			}
			a.found("ferry", "ferry")
		},
		"cancelled":   testCancelled,
		"file":        testFile,
		"broken file": testBrokenFile,
		"same order":  testSameOrder,
		"concurrent":  testConcurrent,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := corpus.Open(t.Context(), corpus.Memory)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			test(t, &archive{t: t, store: s, index: open(t, s), open: open, ids: make(map[string]string)})
		})
	}
}

// archive is a store with articles that have names, and an index of it.
type archive struct {
	t     *testing.T
	store *corpus.Store
	index Searched
	open  func(*testing.T, *corpus.Store) Searched
	ids   map[string]string // by name
}

// add adds an article, or a revision of it, to main.
func (a *archive) add(name string, paragraphs ...string) {
	a.t.Helper()
	a.put("main", name, "https://sample.example/"+name, paragraphs...)
}

// share adds an article without an address, which is one wherever it is.
func (a *archive) share(collection, name string, paragraphs ...string) {
	a.t.Helper()
	a.put(collection, name, "", paragraphs...)
}

func (a *archive) put(collection, name, url string, paragraphs ...string) {
	a.t.Helper()
	art, _, err := a.store.Add(a.t.Context(), collection, corpus.Draft{
		Origin: corpus.Fetched, Title: "On " + name, Source: "The Sample", URL: url, Lang: "en",
		Published: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC), Paragraphs: paragraphs,
	})
	if err != nil {
		a.t.Fatal(err)
	}
	a.ids[name] = art.ID
}

func (a *archive) sync() {
	a.t.Helper()
	if err := retrieval.Sync(a.t.Context(), a.store, a.index); err != nil {
		a.t.Fatal(err)
	}
	id, err := a.store.Identity(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	head, err := a.store.Head(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	if s, c := a.index.At(); s != id || c != head {
		a.t.Errorf("after Sync at %q %d, want %q %d", s, c, id, head)
	}
}

// found checks which article the words find first in main.
func (a *archive) found(words, name string) {
	a.t.Helper()
	if got := a.index.Find(words, "main"); len(got) == 0 || got[0].Article != a.ids[name] {
		a.t.Errorf("%q finds %v, want %s first", words, got, a.ids[name])
	}
}

// missing checks that no passage of an article is found in a collection.
func (a *archive) missing(words, name string, collections ...string) {
	a.t.Helper()
	for _, r := range a.index.Find(words, collections...) {
		if r.Article == a.ids[name] {
			a.t.Errorf("%q finds %v of %s in %v", words, r, name, collections)
		}
	}
}

func testEmpty(t *testing.T, a *archive) {
	a.sync()
	if got := a.index.Find("anything at all", "main"); len(got) > 0 {
		t.Errorf("found %v", got)
	}
	if a.index.Len() != 0 {
		t.Errorf("%d passages, want none", a.index.Len())
	}
	if a.index.Name() == "" {
		t.Error("no name")
	}
}

func testFollows(t *testing.T, a *archive) {
	a.add("ferry", "The ferry sails at noon.", "It takes bicycles.")
	a.add("orchard", "The orchard was planted with pears.")
	a.sync()
	a.found("ferry noon", "ferry")
	a.found("pears", "orchard")
	want := []passage.Ref{{Article: a.ids["orchard"], Revision: 1, First: 1}}
	if got := a.index.Find("pears", "main"); !slices.Equal(got[:1], want) {
		t.Errorf("found %v, want %v", got[:1], want)
	}
	a.add("bakery", "The bakery opens before dawn.")
	a.sync()
	a.found("bakery dawn", "bakery")
	a.found("ferry noon", "ferry")
	if a.index.Len() != 3 {
		t.Errorf("%d passages, want 3", a.index.Len())
	}
}

func testRevised(t *testing.T, a *archive) {
	a.add("ferry", "The ferry sails at noon.")
	a.add("harbour", "Sails are mended by the harbour.")
	a.sync()
	a.add("ferry", "The timetable was withdrawn.")
	a.sync()
	a.found("timetable", "ferry")
	for _, r := range a.index.Find("ferry timetable noon", "main") {
		if r.Article == a.ids["ferry"] && r.Revision != 2 {
			t.Errorf("found %v, which was revised", r)
		}
	}
	if a.index.Len() != 2 {
		t.Errorf("%d passages, want 2", a.index.Len())
	}
}

func testCorrected(t *testing.T, a *archive) {
	a.add("ferry", "It sails at noon.")
	a.add("orchard", "It bears fruit.")
	a.sync()
	title := "Paddle steamers of the lake"
	if _, err := a.store.Edit(t.Context(), a.ids["ferry"], corpus.Correction{Title: &title}); err != nil {
		t.Fatal(err)
	}
	a.sync()
	a.found("paddle steamers", "ferry")
}

func testCollections(t *testing.T, a *archive) {
	ctx := t.Context()
	a.share("main", "ferry", "The ferry sails at noon.")
	a.share("club", "ferry", "The ferry sails at noon.")
	a.share("club", "orchard", "The orchard has a ferry of its own.")
	a.sync()
	a.found("ferry", "ferry")
	a.missing("orchard ferry", "orchard", "main")
	a.missing("orchard ferry", "orchard")
	a.missing("orchard ferry", "orchard", "nowhere")
	if got := a.index.Find("ferry", "main", "club"); len(got) != 2 {
		t.Errorf("found %v in both, want one passage of each article", got)
	}

	for _, c := range []string{"main", "club"} {
		if err := a.store.Remove(ctx, c, a.ids["ferry"]); err != nil {
			t.Fatal(err)
		}
		a.sync()
		a.missing("ferry", "ferry", c)
	}
	a.missing("ferry", "ferry", "main", "club")
	if a.index.Len() != 1 {
		t.Errorf("%d passages, want 1", a.index.Len())
	}
	if err := a.store.Restore(ctx, "main", a.ids["ferry"]); err != nil {
		t.Fatal(err)
	}
	a.sync()
	a.found("ferry", "ferry")
	a.missing("ferry", "ferry", "club")
}

func testPurged(t *testing.T, a *archive) {
	ctx := t.Context()
	a.add("ferry", "The ferry sails at noon.")
	a.add("orchard", "The orchard was planted with pears.")
	a.sync()
	if err := a.store.Remove(ctx, "main", a.ids["ferry"]); err != nil {
		t.Fatal(err)
	}
	if n, err := a.store.Purge(ctx, time.Now().AddDate(0, 1, 0)); n != 1 || err != nil {
		t.Fatalf("purged %d: %v", n, err)
	}
	a.sync()
	a.missing("ferry", "ferry", "main")
	a.found("pears", "orchard")
}

func testOtherStore(t *testing.T, a *archive) {
	a.add("ferry", "The ferry sails at noon.")
	a.sync()
	other, err := corpus.Open(t.Context(), corpus.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	old := a.ids["ferry"]
	a.store = other
	a.add("orchard", "The orchard was planted with pears.")
	a.sync()
	a.found("pears", "orchard")
	a.ids["old ferry"] = old
	a.missing("ferry", "old ferry", "main")
}

func testCancelled(t *testing.T, a *archive) {
	a.add("ferry", "The ferry sails at noon.")
	a.sync()
	before, at := a.index.At()
	a.add("orchard", "The orchard was planted with pears.")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := retrieval.Sync(ctx, a.store, a.index); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	ps := passage.Pack(&corpus.Article{ID: a.ids["orchard"], Revision: 1, Collections: []string{"main"}}, []corpus.Paragraph{{N: 1, Text: "Pears."}})
	change := passage.Change{Article: corpus.Article{ID: a.ids["orchard"], Revision: 1, Collections: []string{"main"}}, Passages: ps}
	if err := a.index.Apply(ctx, []passage.Change{change}, at+1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if s, c := a.index.At(); s != before || c != at {
		t.Errorf("moved from %q %d to %q %d", before, at, s, c)
	}
	a.missing("pears", "orchard", "main")
	a.sync()
	a.found("pears", "orchard")
}

// fill adds articles that say many things.
func (a *archive) fill() (words []string) {
	a.t.Helper()
	words = strings.Fields("ferry orchard bakery lantern quarry meadow chimney violin harvest thimble saddle beacon")
	for i, w := range words {
		next := words[(i+1)%len(words)]
		long := strings.Repeat(fmt.Sprintf("The %s and the %s are spoken of here at length. ", w, next), 20)
		a.add(w, fmt.Sprintf("A %s stood by the road.", w), long, fmt.Sprintf("Later a %s came.", next), long)
	}
	return words
}

func (a *archive) save() (path string) {
	a.t.Helper()
	path = filepath.Join(a.t.TempDir(), "index")
	if err := a.index.Save(path); err != nil {
		a.t.Fatal(err)
	}
	return path
}

func testFile(t *testing.T, a *archive) {
	ctx := t.Context()
	words := a.fill()
	a.sync()
	if n := a.index.Unsaved(); n != a.index.Len() {
		t.Errorf("%d passages are unsaved, want all %d", n, a.index.Len())
	}
	path := a.save()
	if n := a.index.Unsaved(); n != 0 {
		t.Errorf("%d passages are unsaved after Save", n)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the file has mode %v, want 0600 (%v)", info.Mode(), err)
	}

	store, at := a.index.At()
	again := a.open(t, a.store)
	if err := again.Load(ctx, filepath.Join(t.TempDir(), "none"), store); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: %v, want %v", err, fs.ErrNotExist)
	}
	if err := again.Load(ctx, path, "another store"); err == nil {
		t.Error("loaded what was built from another store")
	}
	if s, c := again.At(); s != "" || c != 0 || again.Len() != 0 {
		t.Errorf("a Load that failed left %q %d", s, c)
	}
	if err := again.Load(ctx, path, store); err != nil {
		t.Fatal(err)
	}
	if s, c := again.At(); s != store || c != at {
		t.Errorf("at %q %d, want %q %d", s, c, store, at)
	}
	if again.Unsaved() != 0 {
		t.Errorf("%d passages are unsaved after Load", again.Unsaved())
	}
	for _, w := range words {
		if got, want := again.Find(w, "main"), a.index.Find(w, "main"); !slices.Equal(got, want) {
			t.Errorf("%s: loaded finds %v, built finds %v", w, got, want)
		}
	}
	a.index = again
	a.add("ferry", "All about a zeppelin.")
	a.sync()
	a.found("zeppelin", "ferry")
}

func testBrokenFile(t *testing.T, a *archive) {
	a.fill()
	a.sync()
	path := a.save()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	store, _ := a.index.At()
	broken := map[string][]byte{
		"empty":       nil,
		"half":        whole[:len(whole)/2],
		"one short":   whole[:len(whole)-1],
		"one more":    append(slices.Clone(whole), 0),
		"other file":  []byte("SQLite format 3\x00"),
		"only zeroes": make([]byte, len(whole)),
	}
	for i := 0; i < len(whole); i += max(len(whole)/50, 1) {
		b := bytes.Clone(whole)
		b[i] ^= 0x20
		broken[fmt.Sprintf("bit at %d", i)] = b
	}
	for name, b := range broken {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		again := a.open(t, a.store)
		if err := again.Load(t.Context(), path, store); err == nil || again.Len() != 0 {
			t.Errorf("%s: loaded %d passages, error %v", name, again.Len(), err)
		}
	}
}

// testSameOrder: however an index came to know what it knows, it finds the same
// in the same order.
func testSameOrder(t *testing.T, a *archive) {
	words := a.fill()
	for _, w := range words {
		a.sync()
		a.add(w, "For now nothing.")
	}
	a.sync()
	a.fill()
	a.sync()
	anew := a.open(t, a.store)
	if err := retrieval.Sync(t.Context(), a.store, anew); err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if got, want := a.index.Find(w, "main"), anew.Find(w, "main"); !slices.Equal(got, want) {
			t.Errorf("%s: changed index finds %v, new one %v", w, got, want)
		}
	}
}

func testConcurrent(t *testing.T, a *archive) {
	words := a.fill()
	a.sync()
	done := make(chan struct{})
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if w := words[i]; len(a.index.Find(w, "main")) == 0 {
					t.Errorf("%s is not found while others change", w)
				}
				if i == 0 {
					a.index.Unsaved()
				}
			}
		})
	}
	for i := range 8 {
		a.add(words[i%2], "The "+words[i%2]+" again.", strings.Repeat("And again. ", i))
		a.sync()
	}
	a.save()
	close(done)
	wg.Wait()
}
