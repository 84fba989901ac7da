package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"pilcrow/corpus"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/passage"
)

// Vectors compares vectors with those of passages.
type Vectors interface {
	// Similar returns the n passages nearest to a unit vector among the
	// articles in any of the collections, nearest first.
	Similar(ctx context.Context, vec []float32, collections []string, n int) ([]Similar, error)
	// Cosines returns how near each passage's vector is to a unit vector. A
	// passage without a vector gets −1.
	Cosines(vec []float32, refs []passage.Ref) ([]float64, error)
}

// Similar is a passage and how near its vector is.
type Similar struct {
	passage.Ref
	Cosine float64
}

// Options are the parts of an Engine.
type Options struct {
	Store   *corpus.Store
	Lexical *bm25.Index

	// Vectors and Embedder go together; without them a search is lexical.
	Vectors  Vectors
	Embedder Embedder

	Params Params       // the zero value means Defaults
	Log    *slog.Logger // where a search goes on without vectors; nil discards
}

// Engine searches an archive. It reads the indexes as they are: who opens them
// keeps them up with Sync. It is safe for concurrent use.
type Engine struct {
	store   *corpus.Store
	lexical *bm25.Index
	vectors Vectors
	embed   Embedder
	params  Params
	log     *slog.Logger

	mu      sync.Mutex
	outlets map[string]*Outlets // by collections
	of      string              // the store that outlets are of,
	at      corpus.Cursor       // and how far it was read
}

var _ Searcher = (*Engine)(nil)

// New returns an Engine of these parts. Store and Lexical are required.
func New(o Options) *Engine {
	if o.Params == (Params{}) {
		o.Params = Defaults()
	}
	if o.Vectors == nil || o.Embedder == nil {
		o.Vectors, o.Embedder = nil, nil
	}
	return &Engine{
		store: o.Store, lexical: o.Lexical, vectors: o.Vectors, embed: o.Embedder,
		params: o.Params, log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
		outlets: make(map[string]*Outlets),
	}
}

// Search implements Searcher.
func (e *Engine) Search(ctx context.Context, q Query) ([]Hit, error) {
	s, err := e.run(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.hits, nil
}

// Find is Search with an account of how well the hits cover what was asked.
func (e *Engine) Find(ctx context.Context, q Query) (Evidence, error) {
	s, err := e.run(ctx, q)
	if err != nil {
		return Evidence{}, err
	}
	return s.evidence(), nil
}

// search is one search under way.
type search struct {
	engine  *Engine
	query   Query
	view    *bm25.View
	outlets *Outlets
	sources []string  // what Query.Source stands for; nil where it sets no limit
	visible *bm25.Set // what the collections hold
	set     *bm25.Set // what all limits leave of it
	plan    Plan
	stories map[int]*story
	told    map[string][]corpus.Article // by article: the others of its story
	hits    []Hit
	answers [][]int // by clause: which hits were taken for it
}

func (e *Engine) run(ctx context.Context, q Query) (_ *search, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("search: %w", err)
		}
	}()
	if q.Limit <= 0 {
		q.Limit = 10
	}
	if q.Now.IsZero() {
		q.Now = time.Now()
	}
	store, at := e.lexical.At() // before the view, so that no outlets are kept for newer than they are
	s := &search{engine: e, query: q, view: e.lexical.View(), stories: make(map[int]*story)}
	s.visible = s.view.Select(func(a *corpus.Article) bool { return shares(a.Collections, q.Collections) })
	s.outlets = e.outletsOf(s.view, s.visible, q.Collections, store, at)
	if q.Source != "" {
		s.sources = append([]string{}, s.outlets.Match(q.Source)...)
	}
	s.set = s.view.Select(s.may)
	params := e.params
	if q.Whole {
		params.Terms = params.Words // no clause is long enough to stand alone
	}
	s.plan = NewPlan(q.Text, s.outlets, q.Now, params)
	s.answers = make([][]int, len(s.plan.Clauses))
	if s.set.Len() == 0 {
		return s, ctx.Err()
	}

	vecs, err := s.embed(ctx)
	if err != nil {
		return nil, err
	}
	var sheets []*sheet
	for i, l := range s.plan.Lookups {
		sh, err := s.score(ctx, l, vecs[i])
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, sh)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	s.hits, err = s.cover(ctx, sheets, q.Limit)
	return s, err
}

// may reports whether the search may read an article.
func (s *search) may(a *corpus.Article) bool {
	q := &s.query
	switch {
	case !shares(a.Collections, q.Collections):
		return false
	case q.Article != "" && a.ID != q.Article:
		return false
	case s.sources != nil && !slices.Contains(s.sources, a.Source):
		return false
	case !q.Since.IsZero() && a.Published.Before(q.Since):
		return false
	case !q.Until.IsZero() && (a.Published.IsZero() || !a.Published.Before(q.Until)):
		return false
	}
	return true
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// embed returns a vector for each lookup, nil ones where there are none. When
// the embedder fails the search goes on without.
func (s *search) embed(ctx context.Context) ([][]float32, error) {
	out := make([][]float32, len(s.plan.Lookups))
	e := s.engine
	if e.embed == nil || e.params.Vector == 0 {
		return out, nil
	}
	var texts []string
	at := make(map[int]int) // clause to its place in texts
	for _, l := range s.plan.Lookups {
		if _, ok := at[l.Clause]; !ok {
			at[l.Clause] = len(texts)
			texts = append(texts, s.plan.whole(l.Clause))
		}
	}
	vecs, err := e.embed.Embed(ctx, Question, texts)
	if err == nil && len(vecs) != len(texts) {
		err = fmt.Errorf("%d vectors for %d texts", len(vecs), len(texts))
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		e.log.WarnContext(ctx, "searching without vectors", "model", e.embed.Model(), "err", err)
		return out, nil
	}
	for i, l := range s.plan.Lookups {
		out[i] = vecs[at[l.Clause]]
	}
	return out, nil
}

// outletsOf returns the outlets of the visible articles, kept until the index
// is past at.
func (e *Engine) outletsOf(v *bm25.View, visible *bm25.Set, collections []string, store string, at corpus.Cursor) *Outlets {
	key := strings.Join(collections, "\x00")
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.of != store || e.at != at || len(e.outlets) > 100 {
		e.outlets, e.of, e.at = make(map[string]*Outlets), store, at
	}
	if o := e.outlets[key]; o != nil {
		return o
	}
	var names []string
	own := make(map[string]int)
	for _, s := range v.Sources(visible) {
		names = append(names, s.Name)
		own[s.Name] = s.Articles
	}
	o := NewOutlets(names, func(word, source string) bool {
		return v.Meet(visible, word)-own[source] > max(2, visible.Len()/20)
	})
	e.outlets[key] = o
	return o
}
