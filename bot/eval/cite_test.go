package eval

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/bot"
	"pilcrow/bot/verify"
	"pilcrow/corpus"
	"pilcrow/corpus/jsonl"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/hashed"
)

// TestCiteGolden holds the figures of cite, and what became of every claim and
// every changed sentence, to testdata/cite.golden.
func TestCiteGolden(t *testing.T) {
	if os.Getenv("PILCROW_EVAL_LONG") == "" {
		t.Skip("takes minutes; PILCROW_EVAL_LONG=1 runs it")
	}
	dir := os.Getenv("PILCROW_EVAL_DIR")
	if dir == "" {
		t.Skip("PILCROW_EVAL_DIR is not set")
	}
	f, err := os.Open(filepath.Join(dir, "multihoprag", "corpus.json"))
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
	c, err := Cite(t.Context(), dir, drafts, tracer, time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := c.WriteTable(&got); err != nil {
		t.Fatal(err)
	}
	got.WriteString("\n")
	if err := c.WriteCases(&got); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/cite.golden", got.Bytes())
}

// tracer is a TracerOf as the program builds it.
func tracer(ctx context.Context, drafts []corpus.Draft) (Tracer, func() error, error) {
	store, err := corpus.Open(ctx, corpus.Memory)
	if err != nil {
		return nil, nil, err
	}
	lexical := bm25.New()
	embed := hashed.New(func(word string) float64 { return lexical.View().IDF(word) })
	vectors := chromem.New(store, embed)
	if _, err = store.AddAll(ctx, collection, drafts); err == nil {
		err = errors.Join(retrieval.Sync(ctx, store, lexical), retrieval.Sync(ctx, store, vectors))
	}
	if err != nil {
		store.Close()
		return nil, nil, err
	}
	engine := retrieval.New(retrieval.Options{Store: store, Lexical: lexical, Vectors: vectors, Embedder: embed, Params: retrieval.Defaults()})
	return bot.New(bot.Options{Find: engine, Store: store}), store.Close, nil
}

func TestTamper(t *testing.T) {
	const article = "Ann Lee met Bob Ray in Oslo. The talks with Ann Lee, Cid Fox and Bob Ray lasted 14 days in May 2021."
	for _, test := range []struct {
		change   Change
		sentence string
		want     []string // one of them; none where there is nothing to change
	}{
		{NegationChanged, "The talks were long.", []string{"The talks were not long."}},
		{NegationChanged, "The talks did not end.", []string{"The talks did end."}},
		{NegationChanged, "They couldn't agree.", []string{"They could agree."}},
		{NegationChanged, "Talks ended.", nil},
		{NameChanged, "Then Bob Ray left.", []string{"Then Ann Lee left.", "Then Cid Fox left."}},
		{NameChanged, "Then everybody left.", nil},
		{NumberChanged, "Everybody left.", nil},
	} {
		rng := rand.New(rand.NewPCG(1, 1))
		got, ok := Tamper(rng, test.change, test.sentence, article)
		if !ok {
			got = ""
		}
		if !ok && test.want != nil || ok && !strings.Contains(strings.Join(test.want, "\n")+"\n", got+"\n") {
			t.Errorf("Tamper(%s, %q) = %q, want one of %q", test.change, test.sentence, got, test.want)
		}
	}
	// A changed figure is another, and nothing else changes.
	const sentence = "They lasted 14 days."
	for seed := range uint64(50) {
		got, ok := Tamper(rand.New(rand.NewPCG(seed, 1)), NumberChanged, sentence, article)
		if !ok || got == sentence || !strings.HasPrefix(got, "They lasted ") || !strings.HasSuffix(got, " days.") {
			t.Fatalf("Tamper(number, %q) = %q, %t", sentence, got, ok)
		}
		again, _ := Tamper(rand.New(rand.NewPCG(seed, 1)), NumberChanged, sentence, article)
		if again != got {
			t.Fatalf("the same seed gave %q and %q", got, again)
		}
	}
}

func TestCiteFigures(t *testing.T) {
	claims := []Traced{
		{N: 1, Supported: true, Stand: verify.Supported, Score: .9},
		{N: 2, Supported: true, Stand: verify.Related, Score: .6},
		{N: 3, Stand: verify.Supported, Score: .7},
		{N: 4, Stand: verify.NotFound, Score: 0},
	}
	if got := verdictAccuracy(claims); got != .5 {
		t.Errorf("by verdict: %v, want .5", got)
	}
	if got := accuracy(claimsScored(claims)); got != .75 {
		t.Errorf("by score: %v, want .75", got)
	}
	stand, score := lowest([]bot.Claim{{Stand: verify.Supported, Score: .8}, {Stand: verify.Contradicted, Score: .9}})
	if stand != verify.Contradicted || score != .9 {
		t.Errorf("lowest: %s %v", stand, score)
	}
}
