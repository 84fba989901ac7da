package retrieval

import (
	"context"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
)

// Index is anything that is built from passages and follows the store's change
// log at its own cursor. Reset and Sync bring it back from nothing.
//
// An Index is safe for concurrent use; searching goes on while a change is
// made ready.
type Index interface {
	// Name says which index it is, in one word.
	Name() string
	// Len returns how many passages it has.
	Len() int
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

// Cache is an Index that can start from a file.
type Cache interface {
	Index
	// Version names all that shapes what the index holds: its format, how
	// passages are cut, the model. A file of another version is not loaded.
	Version() string
	// Load replaces the index by what the file at path holds, if that was
	// built from the store of that identity and by this version. After an
	// error, be it that there is no file, the index is as it was.
	Load(ctx context.Context, path, store string) error
	// Save writes the file at path, which any number of processes may load
	// meanwhile.
	Save(path string) error
	// Unsaved returns how many passages came since the last Load or Save.
	Unsaved() int
}
