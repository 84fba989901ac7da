package bm25_test

import (
	"cmp"
	"slices"
	"testing"

	"pilcrow/corpus"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/passage"
	"pilcrow/retrieval/retrievaltest"
)

func TestIndex(t *testing.T) {
	retrievaltest.TestIndex(t, func(t *testing.T, _ *corpus.Store) retrievaltest.Searched {
		x := bm25.New()
		return retrievaltest.Searched{Cache: x, Find: func(words string, collections ...string) []passage.Ref {
			v := x.View()
			set := v.Select(func(a *corpus.Article) bool {
				return slices.ContainsFunc(a.Collections, func(c string) bool { return slices.Contains(collections, c) })
			})
			var out []passage.Ref
			score := v.Query(bm25.Part{Text: words, Weight: 1}).Passages(set)
			for doc := range score {
				if score[doc] > 0 {
					out = append(out, v.Passage(bm25.Doc(doc)).Ref)
				}
			}
			at := func(r passage.Ref) float32 {
				doc, ok := v.Find(r)
				if !ok {
					t.Errorf("%v was found and is not there", r)
				}
				return score[doc]
			}
			slices.SortFunc(out, func(a, b passage.Ref) int { return cmp.Or(cmp.Compare(at(b), at(a)), a.Compare(b)) })
			return out
		}}
	})
}
