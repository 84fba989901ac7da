package bm25

import (
	"cmp"
	"slices"

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
	Respelled []Respelling // words that were read as others, in the order they stand in
}

type queryTerm struct {
	id        uint32
	inPassage float64 // its weight, times how rare it is among passages
	inArticle float64 // and among articles
	rarity    float64 // its weight, times its rarity as View.IDF has it
}

// Respelling says that a word of the question, which no passage holds, was
// read as terms that some passages do.
type Respelling struct {
	Word string
	As   []Near
}

// maxRespelled bounds the words of one part that are looked for by spelling:
// each costs a walk through the dictionary, and a text with more of them is in
// another language.
const maxRespelled = 8

// Query reads the parts of a question with each analyser that has passages. A
// term counts once, with its largest weight. A word that no analyser knows is
// read as the terms that are spelt almost like it, at a discount.
func (v *View) Query(parts ...Part) *Query {
	q := &Query{v: v}
	weight := make(map[uint32]float64)
	for _, p := range parts {
		known := make(map[text.Span]bool) // every word
		for i := range v.fields {
			f := &v.fields[i]
			for _, t := range text.Terms(f.lang, p.Text) {
				id, ok := v.find(f, t.Text)
				known[t.Span] = known[t.Span] || ok
				if ok {
					weight[id] = max(weight[id], p.Weight)
				}
			}
		}
		var unknown []text.Span
		for span, ok := range known {
			if !ok {
				unknown = append(unknown, span)
			}
		}
		slices.SortFunc(unknown, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
		for _, span := range unknown[:min(len(unknown), maxRespelled)] {
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
			q.terms = append(q.terms, queryTerm{
				id, w * idf(f.passages.docs, h.inPassages), w * idf(f.articles.docs, h.inArticles),
				w * rarity(f.passages.docs, h.inPassages),
			})
		}
	}
	slices.SortFunc(q.terms, func(a, b queryTerm) int { // numbers differ from build to build, and sums with their order
		return cmp.Or(cmp.Compare(v.terms[a.id].text, v.terms[b.id].text), cmp.Compare(v.fieldName(a.id), v.fieldName(b.id)))
	})
	return q
}

func (v *View) fieldName(term uint32) string { return v.fields[v.terms[term].field].name }
