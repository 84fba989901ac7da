// Package retrievaltest holds what every Index and every Embedder is tested by,
// and an Embedder for tests that need no good one.
package retrievaltest

import (
	"context"
	"errors"
	"hash/fnv"
	"math"
	"strings"
	"sync/atomic"

	"pilcrow/retrieval"
)

// Fake is an Embedder whose vectors can be told from the text: each distinct
// word points one way of its own among 256. It counts what it is asked and
// fails when told to.
type Fake struct {
	Name string // of the model; empty means "fake"
	// FailAfter is how many texts are embedded before every further one is an
	// error; 0 sets no limit.
	FailAfter int64

	embedded atomic.Int64
}

// ErrFake is what a Fake fails with.
var ErrFake = errors.New("the fake embedder was told to fail")

// Embedded returns how many texts were embedded.
func (f *Fake) Embedded() int { return int(f.embedded.Load()) }

// Model implements retrieval.Embedder.
func (f *Fake) Model() string {
	if f.Name == "" {
		return "fake"
	}
	return f.Name
}

// Embed implements retrieval.Embedder.
func (f *Fake) Embed(ctx context.Context, _ retrieval.Kind, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if f.FailAfter > 0 && f.embedded.Load()+int64(len(texts)) > f.FailAfter {
		return nil, ErrFake
	}
	f.embedded.Add(int64(len(texts)))
	out := make([][]float32, len(texts))
	for i, t := range texts {
		out[i] = point(t)
	}
	return out, nil
}

func point(text string) []float32 {
	v := make([]float32, 256)
	for _, w := range strings.Fields(strings.ToLower(text)) {
		h := fnv.New32a()
		h.Write([]byte(strings.Trim(w, ".,;:!?")))
		v[h.Sum32()%256] = 1
	}
	sum := 0.0
	for _, x := range v {
		sum += float64(x)
	}
	if sum == 0 {
		v[0], sum = 1, 1
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(sum))
	}
	return v
}
