package eval

import (
	"bytes"
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/corpus"
	"pilcrow/corpus/jsonl"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/hashed"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestSearchGolden holds the figures of search, and the rank of every fact, to
// testdata/search.golden.
func TestSearchGolden(t *testing.T) {
	if os.Getenv("PILCROW_EVAL_LONG") == "" {
		t.Skip("takes minutes; PILCROW_EVAL_LONG=1 runs it")
	}
	dir := os.Getenv("PILCROW_EVAL_DIR")
	if dir == "" {
		t.Skip("PILCROW_EVAL_DIR is not set")
	}
	f, err := os.Open(filepath.Join(dir, "multihoprag/corpus.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var drafts []corpus.Draft
	for d, err := range jsonl.Read(f) {
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, d)
	}
	questions, err := MultiHop(filepath.Join(dir, "multihoprag"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	r, err := Search(t.Context(), drafts, questions, filepath.Join(dir, "rgb/en_reconstructed_pos_neg.jsonl"), now, shelve)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := r.WriteTable(&got); err != nil {
		t.Fatal(err)
	}
	got.WriteString("\nranks of the facts of each question\n")
	if err := r.WriteRanks(&got); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/search.golden", got.Bytes())
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not what was measured; run with -update if that is wanted (-want +got):\n%s", path, diff)
	}
}

// shelve is a Library as the program builds it.
func shelve(ctx context.Context, drafts []corpus.Draft) (*Shelf, error) {
	store, err := corpus.Open(ctx, corpus.Memory)
	if err != nil {
		return nil, err
	}
	outlets := make(map[string]bool)
	for _, d := range drafts {
		outlets[d.Source] = true
	}
	if _, err := store.AddAll(ctx, collection, drafts); err != nil {
		return nil, err
	}
	lexical := bm25.New()
	rarity := func(word string) float64 { return lexical.View().IDF(word) }
	embed := hashed.New(rarity)
	vectors := chromem.New(store, embed)
	for _, x := range []retrieval.Index{lexical, vectors} {
		if err := retrieval.Sync(ctx, store, x); err != nil {
			return nil, err
		}
	}
	s := &Shelf{Model: embed.Model(), Rarity: rarity, Close: store.Close}
	for o := range outlets {
		s.Outlets = append(s.Outlets, o)
	}
	s.Search = func(p retrieval.Params) retrieval.Searcher {
		return retrieval.New(retrieval.Options{Store: store, Lexical: lexical, Vectors: vectors, Embedder: embed, Params: p})
	}
	return s, nil
}

func TestMeasures(t *testing.T) {
	r := &Recall{Cases: []Ranks{
		{N: 1, Kind: "a", Facts: []int{1, 5}},
		{N: 2, Kind: "a", Facts: []int{0, 2, 0, 0}},
		{N: 3, Kind: "b", Facts: []int{0}},
	}}
	for _, tt := range []struct {
		name    string
		measure Measure
		want    float64
	}{
		{"share of facts at 4", Share(4), (.5 + .25 + 0) / 3},
		{"share of facts at 10", Share(10), (1 + .25 + 0) / 3},
		{"all at 4", All(4), 0},
		{"all at 10", All(10), 1. / 3},
		{"any at 10", Any(10), 2. / 3},
		{"reciprocal rank", Reciprocal, (1 + .5) / 3},
	} {
		if got := r.Of(tt.measure, nil); got.N != 3 || got.Mean-tt.want > 1e-9 || tt.want-got.Mean > 1e-9 {
			t.Errorf("%s: %+v, want %v", tt.name, got, tt.want)
		}
	}
	if f := r.Of(Share(10), func(c Ranks) bool { return c.Kind == "b" }); f.N != 1 || f.Mean != 0 {
		t.Errorf("of kind b: %+v", f)
	}
	if f := r.Of(Share(10), func(Ranks) bool { return false }); f != (Figure{}) {
		t.Errorf("of no case: %+v", f)
	}
}

func TestFactIn(t *testing.T) {
	fact := Fact{URL: "https://post.example/herring", Text: "The council halved the quota for herring after a long night of argument."}
	hit := func(url string, ps ...string) retrieval.Hit {
		return retrieval.Hit{Article: corpus.Article{URL: url}, Text: ps}
	}
	for _, tt := range []struct {
		name string
		hit  retrieval.Hit
		want bool
	}{
		{"verbatim", hit(fact.URL, "First.", "At dawn. "+fact.Text+" Then came the storm."), true},
		{"one word differs at its end", hit(fact.URL, "The council halved the quota for herring after a long night of arguments."), true},
		{"half of it", hit(fact.URL, "The council halved the quota for herring."), false},
		{"other article", hit("https://post.example/tram", fact.Text), false},
		{"same article, other address", hit("https://post.example/herring?utm_source=feed#top", fact.Text), true},
	} {
		if got := fact.in(tt.hit); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestStripped(t *testing.T) {
	outlets := retrieval.NewOutlets([]string{"The Harbour Post", "Daily Lantern | World News"}, nil)
	got := Stripped([]Question{
		{Text: "Did The Harbour Post report on October 7, 2023 that Daily Lantern was sold?"},
		{Text: "Who rides the tram?"},
	}, outlets, time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC))
	for i, want := range []string{"Did report on that was sold?", "Who rides the tram?"} {
		if got[i].Text != want {
			t.Errorf("got %q, want %q", got[i].Text, want)
		}
	}
}

func TestMisspelt(t *testing.T) {
	rarity := func(word string) float64 { return map[string]float64{"lighthouse": 5, "tram": 9, "builder": 3}[word] }
	in := []Question{{Text: "Which builder of the lighthouse took the tram?"}, {Text: "Is it so?"}}
	for seed := range uint64(20) {
		out := Misspelt(in, rarity, seed)
		if out[1].Text != in[1].Text {
			t.Fatalf("misspelt a short word: %q", out[1].Text)
		}
		a, b := []byte(in[0].Text), []byte(out[0].Text)
		if string(a) == string(b) || !bytes.HasPrefix(b, []byte("Which builder of the l")) || !bytes.HasSuffix(b, []byte(" took the tram?")) {
			t.Fatalf("misspelt as %q", b)
		}
		if again := Misspelt(in, rarity, seed); again[0].Text != out[0].Text {
			t.Fatalf("seed %d gives %q and %q", seed, out[0].Text, again[0].Text)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	if got := misspell(rng, "aaaaa"); got == "aaaaa" {
		t.Errorf("misspelt as itself")
	}
}
