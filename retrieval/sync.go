package retrieval

import (
	"context"
	"errors"
	"fmt"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
)

// A batch of changes is applied once it has so many articles or so many bytes
// of text, which bounds what Sync holds in memory and loses to a crash.
const (
	batchArticles = 200
	batchBytes    = 4 << 20
)

// Sync brings an index up to date with the store: it applies, batch by batch,
// every change after the index's cursor. An index that was built from another
// store, or has read further than the store goes, is built anew. After an error
// the index stands where the last batch left it, and Sync goes on from there.
//
// Two Syncs of one index at once do the same work twice, to no harm.
func Sync(ctx context.Context, s *corpus.Store, x Index) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("sync %s: %w", x.Name(), err)
		}
	}()
	store, err := s.Identity(ctx)
	if err != nil {
		return err
	}
	head, err := s.Head(ctx)
	if err != nil {
		return err
	}
	from, at := x.At()
	if from != store || at > head {
		x.Reset(store)
		at = 0
	}

	var batch []passage.Change
	size, last := 0, at
	for c, err := range s.Changes(ctx, at) {
		if err != nil {
			return err
		}
		change, n, err := read(ctx, s, c.Article)
		if err != nil {
			return err
		}
		batch = append(batch, change)
		size += n
		last = c.Seq
		if len(batch) >= batchArticles || size >= batchBytes {
			if err := x.Apply(ctx, batch, last); err != nil {
				return err
			}
			batch, size, at = nil, 0, last
		}
	}
	// Changes ends at a head no earlier than ours; the last changes up to it
	// may be of articles that changed again later.
	if to := max(head, last); len(batch) > 0 || to > at {
		return x.Apply(ctx, batch, to)
	}
	return nil
}

// read returns what an index must know of an article as it stands now, and how
// many bytes of text that is.
func read(ctx context.Context, s *corpus.Store, id string) (c passage.Change, size int, err error) {
	gone := passage.Change{Article: corpus.Article{ID: id}}
	a, err := s.Article(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		return gone, 0, nil
	}
	if err != nil || a.Withdrawn() {
		return passage.Change{Article: a}, 0, err
	}
	ps, err := s.Paragraphs(ctx, id, a.Revision, 1, 0)
	if errors.Is(err, corpus.ErrNotFound) { // purged since
		return gone, 0, nil
	}
	if err != nil {
		return passage.Change{}, 0, err
	}
	for i := range ps {
		size += len(ps[i].Text)
	}
	return passage.Change{Article: a, Passages: passage.Pack(&a, ps)}, size, nil
}
