package chromem

import (
	"context"
	"fmt"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
	"pilcrow/retrieval/snapshot"
)

// format changes with what Save writes.
const format = 1

// Version implements retrieval.Cache.
func (x *Index) Version() string {
	return fmt.Sprintf("chromem %d, passages %d, %s", format, passage.Version, x.embed.Model())
}

func (x *Index) origin(store string) snapshot.Origin {
	return snapshot.Origin{Maker: x.Version(), Store: store}
}

// Save writes which passages there are, and the hashes of their texts, to the
// file at path. The vectors stay where they are, in the store.
func (x *Index) Save(path string) (err error) {
	defer wrap(&err, "save")
	x.mu.RLock()
	var e snapshot.Encoder
	e.Len(len(x.articles))
	for id, a := range x.articles {
		e.String(id)
		e.Len(len(a.set.collections))
		for _, c := range a.set.collections {
			e.String(c)
		}
		e.Len(len(a.refs))
		for _, r := range a.refs {
			e.Int(int64(r.Revision))
			e.Int(int64(r.First))
			e.Int(int64(r.Part))
			e.String(x.docs[r].hash)
		}
	}
	origin, at, next := x.origin(x.store), x.cursor, x.next
	x.mu.RUnlock()

	if err := snapshot.Write(path, origin, at, e.Bytes()); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.saved = next
	return nil
}

// Load replaces the index by what the file at path says, if it was built from
// that store, by this version and with this model, and if the store still has
// every vector. After an error the index is as it was.
func (x *Index) Load(ctx context.Context, path, store string) (err error) {
	defer wrap(&err, "load")
	at, content, err := snapshot.Read(path, x.origin(store))
	if err != nil {
		return err
	}
	articles, err := decode(content)
	if err != nil {
		return fmt.Errorf("read snapshot %s: %w", path, err)
	}
	vectors, err := x.stored(ctx, articles)
	if err != nil {
		return err
	}
	y := New(x.vectors, x.embed)
	if err := y.put(articles, vectors); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.state = y.state
	x.store, x.cursor, x.saved = store, at, x.next
	return nil
}

// stored returns the vectors that the store has of passages, and an error where
// one is missing.
func (x *Index) stored(ctx context.Context, articles []described) (map[string][]float32, error) {
	var hashes []string
	for i := range articles {
		hashes = append(hashes, articles[i].hashes...)
	}
	vectors, err := x.vectors.Vectors(ctx, x.embed.Model(), hashes)
	if err != nil {
		return nil, err
	}
	for _, h := range hashes {
		if vectors[h] == nil {
			return nil, fmt.Errorf("no vector of %s: %w", h, corpus.ErrNotFound)
		}
	}
	return vectors, nil
}

func decode(content []byte) ([]described, error) {
	d := snapshot.NewDecoder(content)
	articles := make([]described, d.Count())
	for i := range articles {
		a := &articles[i]
		a.id = d.String()
		for range d.Count() {
			a.collections = append(a.collections, d.String())
		}
		for range d.Count() {
			r := passage.Ref{Article: a.id, Revision: int(d.Int()), First: int(d.Int()), Part: int(d.Int())}
			a.refs = append(a.refs, r)
			a.hashes = append(a.hashes, d.String())
		}
		if d.Err() != nil {
			return nil, d.Err()
		}
	}
	return articles, d.End()
}
