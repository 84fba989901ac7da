package chromem_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/passage"
	"pilcrow/retrieval/retrievaltest"
)

func open(t *testing.T, path string) *corpus.Store {
	t.Helper()
	s, err := corpus.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// addMany adds n articles of one passage each.
func addMany(t *testing.T, s *corpus.Store, n int) {
	t.Helper()
	drafts := make([]corpus.Draft, n)
	for i := range drafts {
		drafts[i] = corpus.Draft{Title: fmt.Sprintf("Number %d", i), Lang: "en", Paragraphs: []string{fmt.Sprintf("House %d has %d windows.", i, i*i)}}
	}
	if _, err := s.AddAll(t.Context(), "main", drafts); err != nil {
		t.Fatal(err)
	}
}

func TestNothingIsEmbeddedTwice(t *testing.T) {
	const n = 200
	s := open(t, corpus.Memory)
	addMany(t, s, n)

	// An embedder that breaks off part of the way.
	fake := &retrievaltest.Fake{FailAfter: 150}
	x := chromem.New(s, fake)
	if err := retrieval.Sync(t.Context(), s, x); !errors.Is(err, retrievaltest.ErrFake) {
		t.Fatalf("got %v, want %v", err, retrievaltest.ErrFake)
	}
	paid := fake.Embedded()
	if paid == 0 {
		t.Fatal("nothing was embedded before the failure")
	}

	// The next start, and one after that.
	for _, want := range []int{n - paid, 0} {
		fake := new(retrievaltest.Fake)
		x := chromem.New(s, fake)
		if err := retrieval.Sync(t.Context(), s, x); err != nil {
			t.Fatal(err)
		}
		if x.Len() != n {
			t.Errorf("%d passages, want %d", x.Len(), n)
		}
		if fake.Embedded() != want {
			t.Errorf("embedded %d texts, want %d", fake.Embedded(), want)
		}
	}

	// Another model is embedded by itself.
	other := &retrievaltest.Fake{Name: "other"}
	if err := retrieval.Sync(t.Context(), s, chromem.New(s, other)); err != nil {
		t.Fatal(err)
	}
	if other.Embedded() != n {
		t.Errorf("embedded %d texts with the other model, want %d", other.Embedded(), n)
	}
}

func TestFileOfAnotherModel(t *testing.T) {
	s := open(t, corpus.Memory)
	addMany(t, s, 3)
	x := chromem.New(s, new(retrievaltest.Fake))
	if err := retrieval.Sync(t.Context(), s, x); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "index")
	if err := x.Save(path); err != nil {
		t.Fatal(err)
	}
	store, _ := x.At()
	if err := chromem.New(s, &retrievaltest.Fake{Name: "other"}).Load(t.Context(), path, store); err == nil {
		t.Error("loaded the vectors of another model")
	}
	// The same model, but its vectors are gone.
	empty := open(t, corpus.Memory)
	if err := chromem.New(empty, new(retrievaltest.Fake)).Load(t.Context(), path, store); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("without vectors: %v, want %v", err, corpus.ErrNotFound)
	}
}

// readOnly is a store whose file cannot be written.
type readOnly struct{ *corpus.Store }

func (readOnly) PutVectors(context.Context, string, map[string][]float32) error {
	return fmt.Errorf("write vectors: %w", corpus.ErrReadOnly)
}

func TestReadOnlyStore(t *testing.T) {
	s := open(t, corpus.Memory)
	addMany(t, s, 3)
	x := chromem.New(readOnly{s}, new(retrievaltest.Fake))
	if err := retrieval.Sync(t.Context(), s, x); err != nil || x.Len() != 3 {
		t.Errorf("%d passages, error %v", x.Len(), err)
	}
}

// bad is an embedder whose vectors are what a test wants.
type bad func(i int) []float32

func (bad) Model() string { return "bad" }

func (b bad) Embed(_ context.Context, _ retrieval.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = b(i)
	}
	return out, nil
}

func TestBadVectors(t *testing.T) {
	tests := map[string]struct {
		embed bad
		want  string
	}{
		"not a number": {func(int) []float32 { return []float32{1, float32(math.NaN())} }, "not finite"},
		"infinite":     {func(int) []float32 { return []float32{1, float32(math.Inf(1))} }, "not finite"},
		"no length":    {func(int) []float32 { return []float32{0, 0} }, "without length"},
		"no dimension": {func(int) []float32 { return nil }, "without length"},
		"dimensions":   {func(i int) []float32 { return append([]float32{1}, make([]float32, i)...) }, "numbers"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t, corpus.Memory)
			addMany(t, s, 3)
			x := chromem.New(s, test.embed)
			err := retrieval.Sync(t.Context(), s, x)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one about %q", err, test.want)
			}
			if _, at := x.At(); at != 0 || x.Len() != 0 {
				t.Errorf("%d passages at %d, want none", x.Len(), at)
			}
		})
	}
}

// A provider that changes the model behind a name is noticed, before anything
// is compared.
func TestModelChangedUnderItsName(t *testing.T) {
	s := open(t, corpus.Memory)
	addMany(t, s, 3)
	x := chromem.New(s, bad(func(int) []float32 { return []float32{1, 0} }))
	if err := retrieval.Sync(t.Context(), s, x); err != nil {
		t.Fatal(err)
	}
	for _, vec := range [][]float32{{1, 0, 0}, {1}, {float32(math.NaN()), 1}} {
		if _, err := x.Similar(t.Context(), vec, []string{"main"}, 3); err == nil {
			t.Errorf("searched with %v", vec)
		}
		if _, err := x.Cosines(vec, nil); err == nil {
			t.Errorf("compared with %v", vec)
		}
	}
	addMany(t, s, 5)
	longer := chromem.New(s, bad(func(int) []float32 { return []float32{1, 0, 0} }))
	if err := retrieval.Sync(t.Context(), s, longer); err == nil {
		t.Error("vectors of 2 and of 3 numbers stand side by side")
	}
}

func TestSimilar(t *testing.T) {
	s := open(t, corpus.Memory)
	addMany(t, s, 5)
	fake := new(retrievaltest.Fake)
	x := chromem.New(s, fake)
	if err := retrieval.Sync(t.Context(), s, x); err != nil {
		t.Fatal(err)
	}
	vs, err := fake.Embed(t.Context(), retrieval.Question, []string{"which house has 9 windows"})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{-1, 0, 1, 3, 5, 1000} {
		got, err := x.Similar(t.Context(), vs[0], []string{"main"}, n)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != max(min(n, 5), 0) {
			t.Errorf("asked for %d, got %d", n, len(got))
		}
		var refs []passage.Ref
		for i, g := range got {
			refs = append(refs, g.Ref)
			if i > 0 && g.Cosine > got[i-1].Cosine {
				t.Errorf("%v stands after %v", g, got[i-1])
			}
		}
		cosines, err := x.Cosines(vs[0], refs)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			if math.Abs(cosines[i]-got[i].Cosine) > 1e-6 {
				t.Errorf("cosine of %v is %v in one and %v in the other", got[i].Ref, got[i].Cosine, cosines[i])
			}
		}
	}
	if got, err := x.Cosines(vs[0], []passage.Ref{{Article: "nobody"}}); err != nil || got[0] != -1 {
		t.Errorf("cosine of an unknown passage is %v, %v; want -1", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := x.Similar(ctx, vs[0], []string{"main"}, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled search: %v, %v", got, err)
	}
}

// TestSweep deletes the vectors of what was purged, once the index has heard of
// it, and no others.
func TestSweep(t *testing.T) {
	ctx := t.Context()
	s := open(t, corpus.Memory)
	addMany(t, s, 3)
	x := chromem.New(s, new(retrievaltest.Fake))
	var hashes []string
	var first corpus.Article
	for a, err := range s.Articles(ctx, corpus.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		ps, err := s.Paragraphs(ctx, a.ID, 0, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		first = a
		hashes = append(hashes, corpus.Hash(passage.Pack(&a, ps)[0].Text()))
	}
	check := func(what string, want int) {
		t.Helper()
		if err := x.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		kept, err := s.Vectors(ctx, new(retrievaltest.Fake).Model(), hashes)
		if err != nil || len(kept) != want {
			t.Errorf("%s: %d vectors, %v; want %d", what, len(kept), err, want)
		}
	}
	sync := func() {
		t.Helper()
		if err := retrieval.Sync(ctx, s, x); err != nil {
			t.Fatal(err)
		}
	}
	sync()
	check("nothing was purged", 3)
	if err := s.Remove(ctx, "main", first.ID); err != nil {
		t.Fatal(err)
	}
	sync()
	check("one is removed, and may come back", 3)
	if n, err := s.Purge(ctx, time.Now().Add(2*corpus.UndoWindow)); n != 1 || err != nil {
		t.Fatalf("purge = %d, %v", n, err)
	}
	check("one is purged, and the index has not heard of it", 3)
	sync()
	check("it has heard of it", 2)
	check("and again", 2)
}
