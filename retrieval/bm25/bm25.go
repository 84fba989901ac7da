// Package bm25 is the lexical index: true BM25 over passages, over whole
// articles and over pairs of sentences, with the document frequencies to hand.
//
// Read it in this order. analyse.go turns a passage into terms, sentence by
// sentence; apply.go keeps them and inverts them into postings; a View
// (view.go) is what one search reads; query.go weighs the terms of a question
// and score.go scores with them; near.go forgives spelling; snapshot.go keeps
// the whole in one file, so that a start need not analyse the archive again.
//
// Terms of different languages are never compared: each analyser has its own
// dictionary and its own statistics, and a question is read by every analyser
// that has passages.
package bm25

import (
	"sync"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
)

// Index holds everything in memory: about 25 MB for 7,000 passages of 170
// words. It is safe for concurrent use: any number of Views read it while one
// Apply analyses; only the moment in which the change is put in place waits
// for the Views under way, and they for it.
type Index struct {
	mu sync.RWMutex
	data
	scratch sync.Pool // of *scratch
}

// data is what an Index knows. Everything but store and cursor can be computed
// from the live entries of passages and articles.
type data struct {
	store  string
	cursor corpus.Cursor

	fields   []*field
	terms    []term
	articles []article
	live     map[string]int // article ID to its number
	passages []entry        // by Doc; those of an article stand together
	length   []float32      // by Doc: how many terms
	extent   []float32      // by article number: how many terms
	dead     int            // passages whose article was replaced or is gone
}

// field is what one analyser knows. Counts are of what is live.
type field struct {
	name     string // of the analyser
	lang     string // a language that resolves to it
	ids      map[string]uint32
	passages total
	articles total
	windows  total
}

// total counts documents and their terms.
type total struct{ docs, terms int }

func (t total) mean() float64 {
	if t.docs == 0 {
		return 1
	}
	return max(float64(t.terms)/float64(t.docs), 1)
}

// term is one entry of a field's dictionary.
type term struct {
	text       string
	field      int
	inPassages int       // live passages that hold it
	inArticles int       // live articles that hold it
	passages   []posting // by rising Doc, dead ones among them
	articles   []posting // by rising article number, dead ones among them
	shape      shape
}

// posting says how often a term stands in a document.
type posting struct {
	doc uint32
	tf  float32
}

type article struct {
	corpus.Article
	field      int
	start, end Doc // its passages
	dead       bool
}

// entry is a passage's forward index.
type entry struct {
	article           uint32
	first, last, part uint32
	terms             []uint32 // term numbers: the header's, then each sentence's
	ends              []uint32 // where the header and each sentence end in terms
}

// Doc is a passage's number. It holds within one View.
type Doc uint32

// New returns an empty index that belongs to no store yet.
func New() *Index {
	x := new(Index)
	x.data.reset("")
	return x
}

func (d *data) reset(store string) {
	*d = data{store: store, live: make(map[string]int)}
}

// Name implements retrieval.Index.
func (x *Index) Name() string { return "bm25" }

// At implements retrieval.Index.
func (x *Index) At() (store string, cursor corpus.Cursor) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.store, x.cursor
}

// Reset implements retrieval.Index.
func (x *Index) Reset(store string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.data.reset(store)
}

// ref returns the name of a passage.
func (d *data) ref(doc Doc) passage.Ref {
	e := &d.passages[doc]
	a := &d.articles[e.article]
	return passage.Ref{Article: a.ID, Revision: a.Revision, First: int(e.first), Part: int(e.part)}
}
