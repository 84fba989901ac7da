package discord_test

import (
	"path/filepath"
	"testing"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
)

// archive is what a bot reads and writes: articles and a ledger, in one file
// that goes with the test.
type archive struct {
	t      *testing.T
	store  *corpus.Store
	ledger *ledger.Ledger
}

// opened returns an empty archive, in which everybody reads "main".
func opened(t *testing.T, o ledger.Options) archive {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pilcrow.db")
	store, err := corpus.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	o.Public = []string{"main"}
	l, err := ledger.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return archive{t, store, l}
}

// add puts articles into a collection.
func (a archive) add(collection string, drafts ...corpus.Draft) {
	a.t.Helper()
	for _, d := range drafts {
		if _, _, err := a.store.Add(a.t.Context(), collection, d); err != nil {
			a.t.Fatal(err)
		}
	}
}

// finder searches what has been added so far.
func (a archive) finder() *retrieval.Engine {
	a.t.Helper()
	lexical := bm25.New()
	if err := retrieval.Sync(a.t.Context(), a.store, lexical); err != nil {
		a.t.Fatal(err)
	}
	return retrieval.New(retrieval.Options{Store: a.store, Lexical: lexical})
}

// bot answers from what has been added so far; model is nil for nobody who
// writes.
func (a archive) bot(model bot.Generator) *bot.Bot {
	a.t.Helper()
	return bot.New(bot.Options{Find: a.finder(), Store: a.store, Model: model})
}
