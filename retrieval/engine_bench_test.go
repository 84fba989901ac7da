package retrieval_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/hashed"
)

// newsQuestions returns the questions of MultiHop-RAG.
func newsQuestions(b *testing.B) []string {
	b.Helper()
	f, err := os.Open(filepath.Join(os.Getenv("PILCROW_EVAL_DIR"), "multihoprag", "queries.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var out []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct{ Query string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			b.Fatal(err)
		}
		out = append(out, line.Query)
	}
	return out
}

// BenchmarkEngine measures one question, the median beside the mean: Search,
// and Find with its account of coverage, over 609 articles.
func BenchmarkEngine(b *testing.B) {
	store := newsStore(b)
	lexical := bm25.New()
	embed := hashed.New(func(word string) float64 { return lexical.View().IDF(word) })
	vectors := chromem.New(store, embed)
	for _, x := range []retrieval.Index{lexical, vectors} {
		if err := retrieval.Sync(b.Context(), store, x); err != nil {
			b.Fatal(err)
		}
	}
	e := retrieval.New(retrieval.Options{Store: store, Lexical: lexical, Vectors: vectors, Embedder: embed})
	questions := newsQuestions(b)
	for _, bb := range []struct {
		name string
		ask  func(retrieval.Query) error
	}{
		{"Search", func(q retrieval.Query) error { _, err := e.Search(b.Context(), q); return err }},
		{"Find", func(q retrieval.Query) error { _, err := e.Find(b.Context(), q); return err }},
	} {
		b.Run(bb.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				if err := bb.ask(retrieval.Query{Text: questions[len(took)%len(questions)], Collections: []string{"main"}}); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/p50")
		})
	}
}
