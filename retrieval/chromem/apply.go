package chromem

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/philippgille/chromem-go"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/passage"
)

// Apply implements retrieval.Index. It embeds what the store has no vector of,
// and stores each batch at once, so that after an error only the rest is left
// to embed.
func (x *Index) Apply(ctx context.Context, changes []passage.Change, to corpus.Cursor) (err error) {
	defer wrap(&err, "apply")
	vectors, err := x.vectorsOf(ctx, changes)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range vectors {
		for _, v := range vectors[i] {
			if err := x.check(v); err != nil {
				return err
			}
			x.dims = len(v)
		}
	}
	for i := range changes {
		if err := errors.Join(x.remove(changes[i].Article.ID), x.add(&changes[i], vectors[i])); err != nil {
			return err
		}
	}
	x.cursor = to
	return nil
}

// vectorsOf returns the vector of each passage of each change.
func (x *Index) vectorsOf(ctx context.Context, changes []passage.Change) ([][][]float32, error) {
	hashes := make([][]string, len(changes))
	texts := make(map[string]string) // by hash
	for i := range changes {
		for k := range changes[i].Passages {
			t := changes[i].Passages[k].Text()
			h := corpus.Hash(t)
			hashes[i] = append(hashes[i], h)
			texts[h] = t
		}
	}
	all := slices.Sorted(maps.Keys(texts))
	known, err := x.vectors.Vectors(ctx, x.embed.Model(), all)
	if err != nil {
		return nil, err
	}
	missing := slices.DeleteFunc(all, func(h string) bool { return known[h] != nil })
	for part := range slices.Chunk(missing, batch) {
		made, err := x.make(ctx, part, texts)
		if err != nil {
			return nil, err
		}
		maps.Copy(known, made)
	}
	out := make([][][]float32, len(changes))
	for i := range hashes {
		for _, h := range hashes[i] {
			out[i] = append(out[i], known[h])
		}
	}
	return out, nil
}

// make embeds the texts of the hashes and stores their vectors. A store that
// can only be read is no hindrance.
func (x *Index) make(ctx context.Context, hashes []string, texts map[string]string) (map[string][]float32, error) {
	batch := make([]string, len(hashes))
	for i, h := range hashes {
		batch[i] = texts[h]
	}
	vs, err := x.embed.Embed(ctx, retrieval.Document, batch)
	if err != nil {
		return nil, err
	}
	if len(vs) != len(batch) {
		return nil, fmt.Errorf("%d vectors for %d texts", len(vs), len(batch))
	}
	made := make(map[string][]float32, len(vs))
	for i, v := range vs {
		if made[hashes[i]], err = unit(v); err != nil {
			return nil, err
		}
	}
	err = x.vectors.PutVectors(ctx, x.embed.Model(), made)
	if err != nil && !errors.Is(err, corpus.ErrReadOnly) {
		return nil, err
	}
	return made, nil
}

// unit returns v at length 1.
func unit(v []float32) ([]float32, error) {
	if err := finite(v); err != nil {
		return nil, err
	}
	sum := 0.0
	for _, f := range v {
		sum += float64(f) * float64(f)
	}
	if sum == 0 {
		return nil, errors.New("a vector without length")
	}
	norm := math.Sqrt(sum)
	out := make([]float32, len(v))
	for i, f := range v {
		out[i] = float32(float64(f) / norm)
	}
	return out, nil
}

func (x *Index) remove(id string) error {
	a := x.articles[id]
	delete(x.articles, id)
	var ids []string
	for _, r := range a.refs {
		ids = append(ids, x.docs[r].id)
		delete(x.byID, x.docs[r].id)
		delete(x.docs, r)
	}
	if len(ids) == 0 { // no IDs would mean all
		return nil
	}
	return a.set.chromem.Delete(context.Background(), nil, nil, ids...)
}

func (x *Index) add(c *passage.Change, vectors [][]float32) error {
	if len(vectors) == 0 {
		return nil
	}
	s, err := x.set(c.Article.Collections)
	if err != nil {
		return err
	}
	a := article{set: s}
	for i, v := range vectors {
		d := &doc{Ref: c.Passages[i].Ref(), id: strconv.Itoa(x.next), vector: v}
		if err := s.chromem.AddDocument(context.Background(), chromem.Document{ID: d.id, Embedding: v}); err != nil {
			return err
		}
		x.next++
		x.byID[d.id] = d
		x.docs[d.Ref] = d
		a.refs = append(a.refs, d.Ref)
	}
	x.articles[c.Article.ID] = a
	return nil
}
