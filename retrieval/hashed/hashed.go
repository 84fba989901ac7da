// Package hashed embeds text without a model: no download, no key, no network.
//
// A text's words and the character n-grams of each are hashed with a sign into
// a fixed number of dimensions ("feature hashing", Weinberger et al., 2009), so
// that texts with words in common, or with words spelt almost alike, point the
// same way. How rare a word is counts on the question's side only: documents
// are embedded without knowing the archive, and their vectors never go stale.
package hashed

import (
	"context"
	"math"

	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// Dims is the length of every vector.
const Dims = 512

// model changes with anything that changes a document's vector.
const model = "hashed-512-v1"

// What a word's features weigh: the word itself, and its n-grams together
// (their squares add up to grams²). Alone on 400 questions of MultiHop-RAG,
// with grams at 0 / .3 / 1 / 1.5 the vectors find 62 / 64 / 66 / 64 % of the
// articles in ten, and 57 / 59 / 61 / 61 % with a rare word misspelt.
const (
	whole = 1
	grams = 1
)

// shortest and longest n-gram, in characters; a word's edges count as one each.
const (
	shortest = 3
	longest  = 4
)

// maxWord bounds the characters of a word that count, and so the work.
const maxWord = 64

// Embedder implements retrieval.Embedder. It is safe for concurrent use.
type Embedder struct {
	rarity func(word string) float64
}

// New returns an embedder that weighs the words of a question by rarity, such
// as bm25.Index.IDF; nil weighs all alike.
func New(rarity func(word string) float64) *Embedder {
	if rarity == nil {
		rarity = func(string) float64 { return 1 }
	}
	return &Embedder{rarity}
}

// Model implements retrieval.Embedder.
func (e *Embedder) Model() string { return model }

// Embed implements retrieval.Embedder. It fails only when ctx is done. A text
// without words gets the vector of the empty text.
func (e *Embedder) Embed(ctx context.Context, kind retrieval.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, t := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[i] = e.embed(kind, t)
	}
	return out, nil
}

func (e *Embedder) embed(kind retrieval.Kind, s string) []float32 {
	type word struct {
		surface string
		times   int
	}
	// The English analyser reads every language here: what counts is that both
	// sides of a comparison are read alike.
	var order []string // a steady order of addition makes equal sums
	words := make(map[string]*word)
	for _, t := range text.Terms("en", s) {
		if w := words[t.Text]; w != nil {
			w.times++
			continue
		}
		words[t.Text] = &word{t.Of(s), 1}
		order = append(order, t.Text)
	}
	var v vector
	for _, stem := range order {
		w := words[stem]
		if kind == retrieval.Question {
			v.addWord(stem, e.rarity(w.surface))
		} else {
			v.addWord(stem, math.Sqrt(float64(w.times)))
		}
	}
	return v.unit()
}

// vector is what features are added to. Its sums are of float64 products that
// are rounded one by one, so that no processor fuses them: the result is the
// same on all.
type vector [Dims]float64

func (v *vector) addWord(stem string, weight float64) {
	v.add(hash(offset, stem), whole*weight)
	r := append(append([]rune{'^'}, []rune(stem)...), '$')
	r = r[:min(len(r), maxWord)]
	n := 0
	for size := shortest; size <= longest; size++ {
		n += max(len(r)-size+1, 0)
	}
	if n == 0 {
		return
	}
	each := float64(grams*weight) / math.Sqrt(float64(n))
	for size := shortest; size <= longest; size++ {
		for i := 0; i+size <= len(r); i++ {
			v.add(hash(offset^uint64(size), string(r[i:i+size])), each)
		}
	}
}

// add adds one feature: its hash's low bits say where, the top one with which
// sign.
func (v *vector) add(h uint64, weight float64) {
	if h>>63 == 1 {
		weight = -weight
	}
	v[h%Dims] += weight
}

// unit returns v at length 1.
func (v *vector) unit() []float32 {
	sum := 0.0
	for _, x := range v {
		sum += float64(x * x)
	}
	if sum == 0 {
		v.add(hash(offset, ""), 1)
		sum = 1
	}
	norm := math.Sqrt(sum)
	out := make([]float32, Dims)
	for i, x := range v {
		out[i] = float32(x / norm)
	}
	return out
}

const offset = 14695981039346656037

// hash is 64-bit FNV-1a from a given offset, its bits then mixed by the
// finaliser of MurmurHash3, because FNV's low bits follow the last byte.
func hash(h uint64, s string) uint64 {
	for i := range len(s) {
		h ^= uint64(s[i])
		h *= 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
