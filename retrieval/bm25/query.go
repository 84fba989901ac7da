package bm25

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/corpus/text"
)

// Part is a stretch of a question and how much each of its terms counts.
type Part struct {
	Text   string
	Weight float64
}

// Query is a question in the terms of one View. It is safe for concurrent use.
type Query struct {
	v         *View
	terms     []queryTerm
	Respelled []Respelling // words that were read as others
}

type queryTerm struct {
	id        uint32
	inPassage float64 // its weight, times how rare it is among passages
	inArticle float64 // and among articles
}

// Respelling says that a word of the question, which no passage holds, was
// read as terms that some passages do.
type Respelling struct {
	Word string
	As   []Near
}

// Query reads the parts of a question with each analyser that has passages. A
// term counts once, with its largest weight. A word that no analyser knows is
// read as the terms that are spelt almost like it, at a discount.
func (v *View) Query(parts ...Part) *Query {
	q := &Query{v: v}
	weight := make(map[uint32]float64)
	for _, p := range parts {
		unknown := map[text.Span]bool{}
		known := map[text.Span]bool{}
		for i := range v.fields {
			f := &v.fields[i]
			for _, t := range text.Terms(f.lang, p.Text) {
				if id, ok := v.find(f, t.Text); ok {
					weight[id] = max(weight[id], p.Weight)
					known[t.Span] = true
				} else {
					unknown[t.Span] = true
				}
			}
		}
		for span := range unknown {
			if known[span] {
				continue
			}
			word := span.Of(p.Text)
			near := v.Near(word)
			for _, n := range near {
				weight[n.id] = max(weight[n.id], p.Weight*n.Weight)
			}
			if len(near) > 0 && !slices.ContainsFunc(q.Respelled, func(r Respelling) bool { return r.Word == word }) {
				q.Respelled = append(q.Respelled, Respelling{word, near})
			}
		}
	}
	for id, w := range weight {
		if w > 0 {
			f, h := &v.fields[v.terms[id].field], &v.held[id]
			q.terms = append(q.terms, queryTerm{id, w * idf(f.passages.docs, h.inPassages), w * idf(f.articles.docs, h.inArticles)})
		}
	}
	slices.SortFunc(q.terms, func(a, b queryTerm) int { return cmp.Compare(a.id, b.id) })
	slices.SortFunc(q.Respelled, func(a, b Respelling) int { return strings.Compare(a.Word, b.Word) })
	return q
}
