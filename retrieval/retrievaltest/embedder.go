package retrievaltest

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"pilcrow/retrieval"
)

// TestEmbedder holds an Embedder to its contract.
func TestEmbedder(t *testing.T, e retrieval.Embedder) {
	ctx := t.Context()
	kinds := map[string]retrieval.Kind{"document": retrieval.Document, "question": retrieval.Question}
	texts := []string{
		"The ferry to the island was cancelled on Monday.",
		"Rain is expected in the hills.",
		"The ferry to the island was cancelled on Monday.", // again
		"",
		" \t\n",
		"…!?",
		"船は月曜日に欠航した。",
		"bad \xff\xfe bytes and a \x00 byte",
		strings.Repeat("word ", 5000),
		strings.Repeat("x", 100_000),
	}
	embed := func(t *testing.T, kind retrieval.Kind, texts []string) [][]float32 {
		t.Helper()
		vs, err := e.Embed(ctx, kind, texts)
		if err != nil {
			t.Fatal(err)
		}
		if len(vs) != len(texts) {
			t.Fatalf("%d vectors for %d texts", len(vs), len(texts))
		}
		return vs
	}

	t.Run("model", func(t *testing.T) {
		if first, again := e.Model(), e.Model(); first == "" || first != again {
			t.Errorf("model %q, then %q is no steady name", first, again)
		}
	})
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			vs := embed(t, kind, texts)
			for i, v := range vs {
				if len(v) != len(vs[0]) {
					t.Errorf("text %d has %d dimensions, text 0 has %d", i, len(v), len(vs[0]))
				}
				if n := length(v); !(math.Abs(n-1) < 1e-5) {
					t.Errorf("vector of text %d has length %v, want 1", i, n)
				}
			}
			if !slices.Equal(vs[0], vs[2]) {
				t.Error("one text has two vectors in one call")
			}
			if slices.Equal(vs[0], vs[1]) {
				t.Error("two texts have one vector")
			}
			for i, s := range texts {
				if !near(embed(t, kind, []string{s})[0], vs[i]) {
					t.Errorf("text %d has another vector when it is alone", i)
				}
			}
		})
	}
	t.Run("none", func(t *testing.T) { embed(t, retrieval.Document, nil) })
	t.Run("many", func(t *testing.T) {
		many := make([]string, 1000)
		for i := range many {
			many[i] = strings.Repeat("word ", i%7) + texts[i%2]
		}
		vs := embed(t, retrieval.Document, many)
		for _, i := range []int{0, 1, 7, 500, 999} {
			if !near(embed(t, retrieval.Document, many[i:i+1])[0], vs[i]) {
				t.Errorf("vector %d belongs to another text", i)
			}
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		if vs, err := e.Embed(ctx, retrieval.Document, texts); err == nil || vs != nil {
			t.Errorf("got %d vectors and error %v", len(vs), err)
		}
	})
	t.Run("concurrent", func(t *testing.T) {
		want := embed(t, retrieval.Document, texts[:2])
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				vs, err := e.Embed(ctx, retrieval.Document, texts[:2])
				if err != nil || !near(vs[0], want[0]) || !near(vs[1], want[1]) {
					t.Errorf("another result beside others: %v", err)
				}
			})
		}
		wg.Wait()
	})
}

func length(v []float32) float64 {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum)
}

// near reports whether two vectors are the same but for rounding, which a
// server may do differently from batch to batch.
func near(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Abs(float64(x-y)) < 1e-5 })
}
