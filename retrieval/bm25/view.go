package bm25

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"sync"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval/passage"
)

// View is the index as it stood at one moment. Numbers of passages and of
// articles hold within one View; a search takes one and keeps to it. Any number
// of goroutines may use it at once.
type View struct {
	*data
	pool *sync.Pool // of *[]uint32

	mu    sync.Mutex
	spelt map[string][]Near // what Near returned: a search asks again for each lookup
}

// View returns the index as it is now.
func (x *Index) View() *View { return &View{data: x.now.Load(), pool: &x.places} }

// Len returns how many passages there are.
func (v *View) Len() int { return len(v.passages) - v.dead }

// Info says what a passage is.
type Info struct {
	passage.Ref
	Last    int // last paragraph, inclusive
	Article int // number of its article
}

// Passage describes one passage.
func (v *View) Passage(d Doc) Info {
	e := &v.passages[d]
	return Info{Ref: v.ref(d), Last: int(e.last), Article: int(e.article)}
}

// Find returns the passage of that name, if it is still there.
func (v *View) Find(r passage.Ref) (Doc, bool) {
	no, ok := v.live[r.Article]
	if !ok || v.articles[no].Revision != r.Revision {
		return 0, false
	}
	a := &v.articles[no]
	own := v.passages[a.start:a.end]
	i, ok := sort.Find(len(own), func(i int) int {
		return cmp.Or(cmp.Compare(r.First, int(own[i].first)), cmp.Compare(r.Part, int(own[i].part)))
	})
	return a.start + Doc(i), ok
}

// Article returns an article by its number. It belongs to the index and is
// not to be changed.
func (v *View) Article(no int) *corpus.Article { return &v.articles[no].Article }

// Docs returns the passages of an article: those from start up to end.
func (v *View) Docs(no int) (start, end Doc) {
	a := &v.articles[no]
	return a.start, a.end
}

// Set is a set of articles: what a search may read.
type Set struct {
	in []bool // by number
	n  int
}

// Len returns how many articles are in the set.
func (s *Set) Len() int { return s.n }

// Has reports whether the article of that number is in the set.
func (s *Set) Has(no int) bool { return s.in[no] }

// Select returns the articles that keep reports true for, all of them where
// keep is nil.
func (v *View) Select(keep func(*corpus.Article) bool) *Set {
	s := &Set{in: make([]bool, len(v.articles))}
	for no := range v.articles {
		a := &v.articles[no]
		if !v.gone[no] && (keep == nil || keep(&a.Article)) {
			s.in[no] = true
			s.n++
		}
	}
	return s
}

// Source is an outlet and how many articles it has.
type Source struct {
	Name     string
	Articles int
}

// Sources returns the outlets of the articles in the set, by name. Articles
// without one count for none.
func (v *View) Sources(s *Set) []Source {
	count := make(map[string]int)
	for no := range v.articles {
		if s.in[no] && v.articles[no].Source != "" {
			count[v.articles[no].Source]++
		}
	}
	out := make([]Source, 0, len(count))
	for name, n := range count {
		out = append(out, Source{name, n})
	}
	slices.SortFunc(out, func(a, b Source) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// IDF returns how rare a word is: ln(1 + (N−n+½)/(n+½)), where n of N passages
// hold it, of which background are imagined and hold none of the words. In a
// young archive a word in one passage of three is not common, and one in none
// is not rarer than all others together. A stop word has 0; a word of several terms
// its rarest; a word known to several analysers counts where it is least rare;
// a word in no passage is as rare as can be.
func (v *View) IDF(word string) float64 {
	least := math.Inf(1)
	unknown := 0.0
	for i := range v.fields {
		f := &v.fields[i]
		if f.passages.docs == 0 {
			continue
		}
		rarest, known := 0.0, true
		for _, t := range text.Terms(f.lang, word) {
			id, ok := v.find(f, t.Text)
			if known = known && ok; !known {
				break
			}
			rarest = max(rarest, rarity(f.passages.docs, v.held[id].inPassages))
		}
		if known {
			least = min(least, rarest)
		}
		unknown = max(unknown, rarity(f.passages.docs, 0))
	}
	return min(least, unknown)
}

// background is how many passages are imagined beside those that there are.
const background = 1000

func rarity(docs, n int) float64 { return idf(docs+background, n) }

func idf(docs, n int) float64 {
	return math.Log1p((float64(docs-n) + .5) / (float64(n) + .5))
}

// Meet returns how many articles of the set hold every term of s. A text
// without terms meets in all of them.
func (v *View) Meet(s *Set, words string) int {
	met := make(map[uint32]bool)
	for f := range v.fields {
		for _, no := range v.meet(f, s, words) {
			met[no] = true
		}
	}
	return len(met)
}

func (v *View) meet(f int, s *Set, words string) []uint32 {
	lists := [][]posting{}
	for _, t := range text.Terms(v.fields[f].lang, words) {
		id, ok := v.find(&v.fields[f], t.Text)
		if !ok {
			return nil
		}
		lists = append(lists, v.held[id].articles)
	}
	var out []uint32
	if len(lists) == 0 {
		for no := range v.articles {
			if s.in[no] && v.articles[no].field == f {
				out = append(out, uint32(no))
			}
		}
		return out
	}
	slices.SortFunc(lists, func(a, b []posting) int { return cmp.Compare(len(a), len(b)) })
	for _, p := range lists[0] {
		all := s.in[p.doc]
		for _, l := range lists[1:] {
			if !all {
				break
			}
			_, all = slices.BinarySearchFunc(l, p.doc, func(q posting, no uint32) int { return cmp.Compare(q.doc, no) })
		}
		if all {
			out = append(out, p.doc)
		}
	}
	return out
}
