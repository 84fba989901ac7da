// Package chromem is the vector index: chromem-go in memory, filled from the
// vectors that the store keeps.
//
// A passage's vector is kept in the store by model and by the hash of the
// passage's text, header included. What the store lacks is embedded in batches,
// each stored as soon as it is there: nothing is embedded twice, whatever
// breaks off. chromem-go's own files are not used; they can lose a document
// silently.
//
// chromem-go filters by equality only, and a reader may read any set of
// collections. So there is one chromem collection for each distinct set of
// corpus collections that articles are in, and a search asks those that meet
// the reader's set.
package chromem

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/philippgille/chromem-go"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/passage"
)

// Vectors keeps vectors by model and by the hash of what they were made from.
// corpus.Store implements it.
type Vectors interface {
	Vectors(ctx context.Context, model string, hashes []string) (map[string][]float32, error)
	PutVectors(ctx context.Context, model string, vectors map[string][]float32) error
	SweepVectors(ctx context.Context, at corpus.Cursor, inUse func() []string) error
}

// Index finds the passages whose vectors are near another. It is safe for
// concurrent use; a change waits for the searches under way, but embeds before.
type Index struct {
	vectors Vectors
	embed   retrieval.Embedder

	mu sync.RWMutex
	state
}

type state struct {
	store    string
	cursor   corpus.Cursor
	db       *chromem.DB
	sets     map[string]*set      // by the names of the collections, joined
	articles map[string]article   // by ID
	docs     map[passage.Ref]*doc // what is found
	byID     map[string]*doc      // the same by chromem's document ID
	next     int                  // number of the next document
	saved    int                  // the next at the last Save or Load
	dims     int                  // 0 while there is no vector
}

// set holds the articles that are in exactly these collections.
type set struct {
	collections []string
	chromem     *chromem.Collection
}

type article struct {
	set  *set
	refs []passage.Ref
}

type doc struct {
	passage.Ref
	id     string
	hash   string
	vector []float32 // shared with chromem
}

// New returns an empty index of what e makes of passages.
func New(v Vectors, e retrieval.Embedder) *Index {
	return &Index{vectors: v, embed: e, state: newState("")}
}

func newState(store string) state {
	return state{
		store:    store,
		db:       chromem.NewDB(),
		sets:     make(map[string]*set),
		articles: make(map[string]article),
		docs:     make(map[passage.Ref]*doc),
		byID:     make(map[string]*doc),
	}
}

// Name implements retrieval.Index.
func (x *Index) Name() string { return "chromem" }

// At implements retrieval.Index.
func (x *Index) At() (store string, cursor corpus.Cursor) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.store, x.cursor
}

// Len implements retrieval.Index.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.docs)
}

// Unsaved implements retrieval.Cache.
func (x *Index) Unsaved() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.next - x.saved
}

// Reset implements retrieval.Index.
func (x *Index) Reset(store string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.state = newState(store)
}

// Sweep deletes the vectors of purged articles from the store, as far as the
// index has heard of the purges.
func (x *Index) Sweep(ctx context.Context) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.vectors.SweepVectors(ctx, x.cursor, func() []string {
		hashes := make([]string, 0, len(x.docs))
		for _, d := range x.docs {
			hashes = append(hashes, d.hash)
		}
		return hashes
	})
}

// Similar returns the n passages nearest to a unit vector among the articles
// in any of the collections, nearest first.
func (x *Index) Similar(ctx context.Context, vec []float32, collections []string, n int) (_ []retrieval.Similar, err error) {
	defer wrap(&err, "search")
	x.mu.RLock()
	defer x.mu.RUnlock()
	if err := x.check(vec); err != nil || n <= 0 {
		return nil, err
	}
	var out []retrieval.Similar
	for _, s := range x.sets {
		count := s.chromem.Count()
		if count == 0 || !meet(s.collections, collections) {
			continue
		}
		found, err := s.chromem.QueryEmbedding(ctx, vec, min(n, count), nil, nil)
		if err = cmp.Or(err, ctx.Err()); err != nil { // a done context is no error to chromem
			return nil, err
		}
		for _, f := range found {
			out = append(out, retrieval.Similar{Ref: x.byID[f.ID].Ref, Cosine: float64(f.Similarity)})
		}
	}
	slices.SortFunc(out, func(a, b retrieval.Similar) int {
		return cmp.Or(cmp.Compare(b.Cosine, a.Cosine), a.Ref.Compare(b.Ref))
	})
	return out[:min(n, len(out))], nil
}

// Cosines returns how near each passage's vector is to a unit vector. A passage
// that is not in the index gets −1, the least there is.
func (x *Index) Cosines(vec []float32, refs []passage.Ref) (_ []float64, err error) {
	defer wrap(&err, "compare")
	x.mu.RLock()
	defer x.mu.RUnlock()
	if err := x.check(vec); err != nil {
		return nil, err
	}
	out := make([]float64, len(refs))
	for i, r := range refs {
		out[i] = -1
		if d := x.docs[r]; d != nil {
			out[i] = float64(dot(vec, d.vector))
		}
	}
	return out, nil
}

// check reports a vector that cannot be compared with those of the index.
func (x *Index) check(vec []float32) error {
	if x.dims != 0 && len(vec) != x.dims {
		return fmt.Errorf("a vector of %d dimensions among those of %d; did another model take the name %s?", len(vec), x.dims, x.embed.Model())
	}
	return finite(vec)
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// set returns the set of the articles in exactly these collections.
func (x *Index) set(collections []string) (*set, error) {
	key := strings.Join(collections, "\x00")
	if s := x.sets[key]; s != nil {
		return s, nil
	}
	c, err := x.db.CreateCollection(strconv.Itoa(len(x.sets)), nil, noEmbedding)
	if err != nil {
		return nil, err
	}
	x.sets[key] = &set{slices.Clone(collections), c}
	return x.sets[key], nil
}

// noEmbedding keeps chromem from asking its default, a paid service.
func noEmbedding(context.Context, string) ([]float32, error) {
	return nil, errors.New("a document without a vector")
}

func wrap(err *error, doing string) {
	if *err != nil {
		*err = fmt.Errorf("chromem: %s: %w", doing, *err)
	}
}
