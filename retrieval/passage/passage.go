// Package passage cuts articles into what search finds: passages, each a run
// of consecutive whole paragraphs of one article.
//
// It stands below the indexes, which read passages, and below package
// retrieval, which reads the indexes.
package passage

import (
	"cmp"
	"strings"

	"pilcrow/corpus"
)

// Version changes whenever Pack would cut or head a passage differently, so
// that what was built from the old passages is recognised.
const Version = 1

// Passage is the unit of retrieval.
type Passage struct {
	Article  string // ID
	Revision int
	First    int      // first paragraph, counting from 1
	Last     int      // last paragraph, inclusive
	Part     int      // counts from 1 where one long paragraph is cut, so that First == Last; else 0
	Lang     string   // the article's; empty where unknown
	Header   string   // "Title. Source. January 2, 2006", what is known of it
	Texts    []string // the paragraphs First to Last as stored; of a Part, its stretch of the paragraph
}

// Ref names a passage. What it names never changes its text, only its header
// may be corrected.
type Ref struct {
	Article  string
	Revision int
	First    int
	Part     int
}

// Ref returns the passage's name.
func (p *Passage) Ref() Ref { return Ref{p.Article, p.Revision, p.First, p.Part} }

// Compare orders refs by article, then as they stand in it.
func (r Ref) Compare(s Ref) int {
	return cmp.Or(
		cmp.Compare(r.Article, s.Article), cmp.Compare(r.Revision, s.Revision),
		cmp.Compare(r.First, s.First), cmp.Compare(r.Part, s.Part))
}

// Text returns header and body as one text, a paragraph a line: what an
// embedder reads.
func (p *Passage) Text() string {
	var b strings.Builder
	b.WriteString(p.Header)
	for _, t := range p.Texts {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(t)
	}
	return b.String()
}

// Change is what an index must know of one article that changed.
type Change struct {
	Article  corpus.Article // as it stands now; only ID is set once it is purged
	Passages []Passage      // all of the current revision; none where the article is gone from every collection
}
