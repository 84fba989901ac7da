package chromem

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/philippgille/chromem-go"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/passage"
)

// batch is how many passages are embedded and stored at a time: what a paid
// embedder sends as one request.
const batch = 64

// described is an article by what its passages' vectors are found by.
type described struct {
	id          string
	collections []string
	refs        []passage.Ref
	hashes      []string // of each passage's text
}

// Apply implements retrieval.Index. It embeds what the store has no vector of,
// and stores each batch at once, so that after an error only the rest is left
// to embed.
func (x *Index) Apply(ctx context.Context, changes []passage.Change, to corpus.Cursor) (err error) {
	defer wrap(&err, "apply")
	texts := make(map[string]string) // by hash
	articles := make([]described, len(changes))
	for i := range changes {
		articles[i] = describe(&changes[i], texts)
	}
	vectors, err := x.vectorsOf(ctx, texts)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.put(articles, vectors); err != nil {
		return err
	}
	x.cursor = to
	return nil
}

func describe(c *passage.Change, texts map[string]string) described {
	a := described{id: c.Article.ID, collections: c.Article.Collections}
	for i := range c.Passages {
		t := c.Passages[i].Text()
		h := corpus.Hash(t)
		texts[h] = t
		a.refs = append(a.refs, c.Passages[i].Ref())
		a.hashes = append(a.hashes, h)
	}
	return a
}

// vectorsOf returns the vectors of the texts, both by hash.
func (x *Index) vectorsOf(ctx context.Context, texts map[string]string) (map[string][]float32, error) {
	hashes := slices.Sorted(maps.Keys(texts))
	vectors, err := x.vectors.Vectors(ctx, x.embed.Model(), hashes)
	if err != nil {
		return nil, err
	}
	missing := slices.DeleteFunc(hashes, func(h string) bool { return vectors[h] != nil })
	for part := range slices.Chunk(missing, batch) {
		made, err := x.make(ctx, part, texts)
		if err != nil {
			return nil, err
		}
		maps.Copy(vectors, made)
	}
	return vectors, nil
}

// make embeds the texts of the hashes and stores their vectors. A store that
// can only be read is no hindrance.
func (x *Index) make(ctx context.Context, hashes []string, texts map[string]string) (map[string][]float32, error) {
	part := make([]string, len(hashes))
	for i, h := range hashes {
		part[i] = texts[h]
	}
	vs, err := x.embed.Embed(ctx, retrieval.Document, part)
	if err != nil {
		return nil, err
	}
	if len(vs) != len(part) {
		return nil, fmt.Errorf("%d vectors for %d texts", len(vs), len(part))
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

// put replaces what is known of the articles, all of them or none.
func (x *Index) put(articles []described, vectors map[string][]float32) error {
	dims := x.dims
	for _, v := range vectors {
		if x.dims == 0 {
			x.dims = len(v)
		}
		if err := x.check(v); err != nil {
			x.dims = dims
			return err
		}
	}
	for i := range articles {
		if err := errors.Join(x.remove(articles[i].id), x.add(&articles[i], vectors)); err != nil {
			return err
		}
	}
	return nil
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
	if len(ids) == 0 { // to chromem no ID means all
		return nil
	}
	return a.set.chromem.Delete(context.Background(), nil, nil, ids...)
}

func (x *Index) add(a *described, vectors map[string][]float32) error {
	if len(a.refs) == 0 {
		return nil
	}
	s, err := x.set(a.collections)
	if err != nil {
		return err
	}
	for i, r := range a.refs {
		d := &doc{Ref: r, id: strconv.Itoa(x.next), hash: a.hashes[i], vector: vectors[a.hashes[i]]}
		// Without metadata and with a unit vector, chromem copies nothing.
		if err := s.chromem.AddDocument(context.Background(), chromem.Document{ID: d.id, Embedding: d.vector}); err != nil {
			return err
		}
		x.next++
		x.byID[d.id] = d
		x.docs[r] = d
	}
	x.articles[a.id] = article{s, a.refs}
	return nil
}
