package retrieval_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/hashed"
)

// newsStore returns a store of the 609 articles of MultiHop-RAG. It skips where
// the data are not at hand.
func newsStore(b *testing.B) *corpus.Store {
	b.Helper()
	dir := os.Getenv("PILCROW_EVAL_DIR")
	if dir == "" {
		b.Skip("PILCROW_EVAL_DIR is not set")
	}
	data, err := os.ReadFile(filepath.Join(dir, "multihoprag", "corpus.json"))
	if err != nil {
		b.Fatal(err)
	}
	var articles []struct {
		Title, Source, URL, Body string
		Published                time.Time `json:"published_at"`
	}
	if err := json.Unmarshal(data, &articles); err != nil {
		b.Fatal(err)
	}
	var drafts []corpus.Draft
	for _, a := range articles {
		drafts = append(drafts, corpus.Draft{
			Title: a.Title, Source: a.Source, URL: a.URL, Lang: "en", Published: a.Published,
			Paragraphs: strings.Split(a.Body, "\n\n"),
		})
	}
	s, err := corpus.Open(b.Context(), filepath.Join(b.TempDir(), "store.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	if _, err := s.AddAll(b.Context(), "main", drafts); err != nil {
		b.Fatal(err)
	}
	return s
}

// caches are the indexes that a start restores.
func caches(s *corpus.Store) []retrieval.Cache {
	lexical := bm25.New()
	embedder := hashed.New(func(word string) float64 { return lexical.View().IDF(word) })
	return []retrieval.Cache{lexical, chromem.New(s, embedder)}
}

// BenchmarkSync builds each index from nothing. The first round of chromem
// embeds; the others find the vectors in the store.
func BenchmarkSync(b *testing.B) {
	s := newsStore(b)
	for i, x := range caches(s) {
		b.Run(x.Name(), func(b *testing.B) {
			for b.Loop() {
				if err := retrieval.Sync(b.Context(), s, caches(s)[i]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEmbed embeds a passage with the embedder that needs no model.
func BenchmarkEmbed(b *testing.B) {
	e := hashed.New(nil)
	text := []string{strings.Repeat("The ferry to the outer islands sails at noon unless there is fog. ", 14)}
	for b.Loop() {
		if _, err := e.Embed(b.Context(), retrieval.Document, text); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRestore starts each index from its file.
func BenchmarkRestore(b *testing.B) {
	s := newsStore(b)
	log := slog.New(slog.DiscardHandler)
	dir := b.TempDir()
	for i, x := range caches(s) {
		path := filepath.Join(dir, x.Name())
		if err := retrieval.Restore(b.Context(), log, s, x, path); err != nil {
			b.Fatal(err)
		}
		b.Run(x.Name(), func(b *testing.B) {
			for b.Loop() {
				if err := retrieval.Restore(b.Context(), log, s, caches(s)[i], path); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLookup is what one clause of a question costs each index.
func BenchmarkLookup(b *testing.B) {
	s := newsStore(b)
	indexes := caches(s)
	for _, x := range indexes {
		if err := retrieval.Sync(b.Context(), s, x); err != nil {
			b.Fatal(err)
		}
	}
	lexical, vectors := indexes[0].(*bm25.Index), indexes[1].(*chromem.Index)
	const clause = "which company reported record profits in the last quarter"
	const question = "Did the minister resign before the vote on the budget, and " + clause + " of that year?"

	b.Run("bm25", func(b *testing.B) {
		v := lexical.View()
		set := v.Select(nil)
		for b.Loop() {
			q := v.Query(bm25.Part{Text: clause, Weight: 1}, bm25.Part{Text: question, Weight: .3})
			q.Articles(set)
			docs := make([]bm25.Doc, 0, 100)
			for doc, score := range q.Passages(set) {
				if score > 0 && len(docs) < 100 {
					docs = append(docs, bm25.Doc(doc))
				}
			}
			q.Sentences(docs)
		}
	})
	vec := embed(b, hashed.New(nil), question)
	b.Run("chromem", func(b *testing.B) {
		for b.Loop() {
			if _, err := vectors.Similar(b.Context(), vec, []string{"main"}, 100); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func embed(b *testing.B, e retrieval.Embedder, question string) []float32 {
	b.Helper()
	vs, err := e.Embed(context.Background(), retrieval.Question, []string{question})
	if err != nil {
		b.Fatal(err)
	}
	return vs[0]
}
