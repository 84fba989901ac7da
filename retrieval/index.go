package retrieval

import (
	"context"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
)

// Index is anything that is built from passages and follows the store's change
// log at its own cursor. It is a cache: Reset and Sync bring it back.
//
// An Index is safe for concurrent use; searching goes on while a change is
// applied.
type Index interface {
	// Name says which index it is, in one word.
	Name() string
	// At returns the store that the index was built from, empty where it is
	// new, and how far it has read that store's change log.
	At() (store string, cursor corpus.Cursor)
	// Reset forgets everything and follows another store from its beginning.
	Reset(store string)
	// Apply replaces what is known of each article by its change, and moves
	// the cursor. After an error the cursor has not moved and a search finds
	// nothing of these changes; the same Apply may be asked again.
	Apply(ctx context.Context, changes []passage.Change, to corpus.Cursor) error
}
