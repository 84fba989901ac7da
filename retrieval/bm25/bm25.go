// Package bm25 is the lexical index: true BM25 over passages, over whole
// articles and over sentences, with the document frequencies to hand.
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
	"sync/atomic"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
)

// Index holds everything in memory. It is safe for concurrent use: a change is
// made on a copy of the counts, the passages themselves being shared, and put
// in place at once. Searches neither wait for it nor it for them.
type Index struct {
	now    atomic.Pointer[data] // never nil; what it points to does not change
	change sync.Mutex           // held while the next data is made
	saved  atomic.Int64         // passages at the last Save or Load
	places sync.Pool            // of *[]uint32: see Query.places
}

// data is the index at one moment. The slices that grow are shared with the
// data after it, which appends past the end that this one knows.
type data struct {
	store  string
	cursor corpus.Cursor

	fields   []field
	terms    []term         // by term number; only appended to
	held     []holding      // by term number
	articles []article      // by article number; only appended to
	gone     []bool         // by article number: replaced, or no longer there
	live     map[string]int // article ID to its number
	passages []entry        // by Doc; those of an article stand together; only appended to
	length   []float32      // by Doc: how many terms; only appended to
	extent   []float32      // by article number: how many terms; only appended to
	dead     int            // passages of what is gone
}

// field is what one analyser knows. Counts are of what is live.
type field struct {
	name      string // of the analyser
	lang      string // a language that resolves to it
	dict      *dictionary
	passages  total
	articles  total
	sentences total
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
	text  string
	field int
	shape shape
}

// holding says what holds a term. The lists keep what is gone until the next
// compaction, the counts don't.
type holding struct {
	passages, articles     []posting // by rising Doc and by rising article number
	inPassages, inArticles int
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
}

// entry is a passage's forward index.
type entry struct {
	article           uint32
	first, last, part uint32
	terms             []uint32 // term numbers: the header's, then each sentence's
	ends              []uint32 // where the header and each sentence end in terms
}

// Doc is a passage's number within one View.
type Doc uint32

// New returns an empty index that belongs to no store yet.
func New() *Index {
	x := new(Index)
	x.Reset("")
	return x
}

// Name implements retrieval.Index.
func (x *Index) Name() string { return "bm25" }

// At implements retrieval.Index.
func (x *Index) At() (store string, cursor corpus.Cursor) {
	d := x.now.Load()
	return d.store, d.cursor
}

// Len implements retrieval.Index.
func (x *Index) Len() int {
	d := x.now.Load()
	return len(d.passages) - d.dead
}

// Reset implements retrieval.Index.
func (x *Index) Reset(store string) {
	x.change.Lock()
	defer x.change.Unlock()
	x.now.Store(newData(store))
}

func newData(store string) *data { return &data{store: store, live: make(map[string]int)} }

// sentences yields the stretches of terms of each sentence.
func (e *entry) sentences(yield func(from, to uint32) bool) {
	for i := range len(e.ends) - 1 {
		if !yield(e.ends[i], e.ends[i+1]) {
			return
		}
	}
}

// windows yields the stretches of terms that two sentences in a row fill, or
// the only sentence.
func (e *entry) windows(yield func(from, to uint32) bool) {
	n := len(e.ends) - 1 // sentences
	if n == 1 {
		yield(e.ends[0], e.ends[1])
	}
	for i := 0; i+1 < n; i++ {
		if !yield(e.ends[i], e.ends[i+2]) {
			return
		}
	}
}

// find returns the number of a term that some passage holds.
func (d *data) find(f *field, t string) (uint32, bool) {
	id, ok := f.dict.find(t)
	return id, ok && int(id) < len(d.held) && d.held[id].inPassages > 0
}

// ref returns the name of a passage.
func (d *data) ref(doc Doc) passage.Ref {
	e := &d.passages[doc]
	a := &d.articles[e.article]
	return passage.Ref{Article: a.ID, Revision: a.Revision, First: int(e.first), Part: int(e.part)}
}
