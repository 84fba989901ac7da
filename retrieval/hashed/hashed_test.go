package hashed_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"pilcrow/retrieval"
	"pilcrow/retrieval/hashed"
	"pilcrow/retrieval/retrievaltest"
)

func TestEmbedder(t *testing.T) { retrievaltest.TestEmbedder(t, hashed.New(nil)) }

// The vectors of documents are kept for ever by the model's name. Whoever
// changes what is pinned here, be it in the analysis of text, gives the model a
// new name, and everything is embedded again.
func TestVectorsAreWhatTheyWere(t *testing.T) {
	e := hashed.New(nil)
	vs, err := e.Embed(t.Context(), retrieval.Document, []string{
		"Two ferries sailed; the third ferry waits. Ferries wait for nobody's sake!",
		"Über den Straßen von Łódź naïve cafés",
		"東京の新聞は毎日読まれる。",
		"",
	})
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	for _, v := range vs {
		for _, x := range v {
			// Not the last bits: the text decides, not the rounding.
			binary.Write(h, binary.LittleEndian, int32(math.Round(float64(x)*1e6)))
		}
	}
	const model, sum = "hashed-512-v1", "e3ee1f5b668ba049"
	if got := fmt.Sprintf("%x", h.Sum(nil)[:8]); e.Model() != model || got != sum {
		t.Errorf("model %s has vectors %s, want %s with %s", e.Model(), got, model, sum)
	}
}

func cosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// nearest returns which document is nearest to the question.
func nearest(t *testing.T, e *hashed.Embedder, question string, documents []string) int {
	t.Helper()
	q, err := e.Embed(t.Context(), retrieval.Question, []string{question})
	if err != nil {
		t.Fatal(err)
	}
	vs, err := e.Embed(t.Context(), retrieval.Document, documents)
	if err != nil {
		t.Fatal(err)
	}
	best := 0
	for i := range vs {
		if cosine(q[0], vs[i]) > cosine(q[0], vs[best]) {
			best = i
		}
	}
	return best
}

func TestNearest(t *testing.T) {
	documents := []string{
		"The ferry to the outer islands was cancelled because of fog.",
		"Pears and quinces are picked late in the orchard by the river.",
		"The violin maker opened his workshop at the age of seventy.",
		"Die Fähre zu den Inseln fiel wegen Nebels aus.",
		"島への船は霧のため欠航した。",
	}
	for _, test := range []struct {
		question string
		want     int
	}{
		{"Why was the ferry cancelled?", 0},
		{"cancelling ferries", 0},        // other forms
		{"Who was the voilin maker?", 2}, // swapped
		{"When are quinses picked?", 1},  // changed
		{"orchrad", 1},                   // alone
		{"Warum fielen die Fähren aus?", 3},
		{"船が欠航", 4},
	} {
		if got := nearest(t, hashed.New(nil), test.question, documents); got != test.want {
			t.Errorf("%q is nearest to %q", test.question, documents[got])
		}
	}
}

// How rare a word is counts in questions, and is not even asked of documents.
func TestRarity(t *testing.T) {
	asked := 0
	e := hashed.New(func(word string) float64 {
		asked++
		if word == "Quinces" {
			return 9
		}
		return .1
	})
	documents := []string{"Quinces.", "Boats sail at noon, boats sail at noon."}
	if got := nearest(t, e, "Quinces, boats that sail at noon", documents); got != 0 {
		t.Error("the rare word of the question did not decide")
	}
	if asked != 4 { // Quinces, boats, sail, noon
		t.Errorf("asked for the rarity of %d words, want those of the question: 4", asked)
	}
	if got := nearest(t, hashed.New(nil), "Quinces, boats that sail at noon", documents); got != 1 {
		t.Error("without rarity the common words did not decide")
	}
	// Words that are everywhere weigh nothing, and that is no error.
	zero := hashed.New(func(string) float64 { return 0 })
	vs, err := zero.Embed(t.Context(), retrieval.Question, []string{"boats", ""})
	if err != nil || cosine(vs[0], vs[0]) < .99 || cosine(vs[0], vs[1]) < .99 {
		t.Errorf("a question of words that weigh nothing has not the vector of the empty text: %v", err)
	}
}
