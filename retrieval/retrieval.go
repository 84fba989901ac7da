// Package retrieval turns a question into evidence.
//
// Read it bottom-up. Package passage cuts an article into passages: consecutive
// whole paragraphs of about 150–200 words. Sync carries the store's change log
// into an Index, each at its own cursor, so that any index can be deleted and
// comes back (sync.go, restore.go). A Plan cuts a question into clauses and
// finds the outlets and dates it names (plan.go; clause.go, outlet.go,
// dates.go). An Engine scores the passages for each part of the plan (fuse.go),
// takes those that together answer most of it (cover.go), one of what several
// outlets tell alike (tellings.go), gives each some of its surroundings (extent.go), and says what is missing (coverage.go,
// absent.go). Every weight stands in Params, with what it is worth.
package retrieval

import (
	"context"
	"time"

	"pilcrow/corpus"
)

// Searcher finds the passages that bear on a question.
type Searcher interface {
	// Search returns at most q.Limit hits by falling score, ties by article
	// and then by First. Hits never overlap. No evidence is an empty list and
	// a nil error.
	Search(ctx context.Context, q Query) ([]Hit, error)
}

// Embedder turns texts into vectors of one length.
type Embedder interface {
	// Model names what made the vectors. Two embedders with the same Model
	// return the same vector for the same text; vectors of different models
	// are never compared.
	Model() string
	// Embed returns one unit vector for each text, in order. After an error
	// the result is nil; work already paid for is the caller's to keep by
	// asking in batches.
	Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error)
}

// Kind says on which side of a search a text stands.
type Kind int

const (
	Document Kind = iota // a passage to be stored
	Question             // what is looked for
)

// Query is a question with its limits. The zero value of each limit sets none.
type Query struct {
	Text        string    // read up to Params.Words words
	Collections []string  // read only these; empty reads nothing
	Since       time.Time // published at or after
	Until       time.Time // published before
	Source      string    // the outlet, as the reader would write it
	Article     string    // one article's ID
	Limit       int       // how many hits; 0 means 10
	Whole       bool      // the text is one statement, not to be cut into clauses
	Now         time.Time // the clock that "last week" is read by; zero means time.Now
}

// Hit is a passage and why it was found.
type Hit struct {
	Article  corpus.Article
	Revision int
	First    int      // first paragraph, counting from 1
	Last     int      // last paragraph, inclusive
	Text     []string // the paragraphs First to Last, as stored
	Score    float64  // in [0, 1]; comparable within one search only
	Why      []Part   // the parts of the score, in the order they were added
	// Also are other articles of its story that tell the same. What they say
	// is no hit of its own, unless they say more.
	Also []Telling
}

// Part is one addend of a hit's score, for search --explain.
type Part struct {
	Name  string // "clause 2 passage", "outlet", "date", "vector"
	Value float64
}
