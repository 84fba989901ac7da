package chromem_test

import (
	"testing"

	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/passage"
	"pilcrow/retrieval/retrievaltest"
)

func TestIndex(t *testing.T) {
	retrievaltest.TestIndex(t, func(t *testing.T, s *corpus.Store) retrievaltest.Searched {
		fake := new(retrievaltest.Fake)
		x := chromem.New(s, fake)
		return retrievaltest.Searched{Cache: x, Find: func(words string, collections ...string) []passage.Ref {
			vs, err := fake.Embed(t.Context(), retrieval.Question, []string{words})
			if err != nil {
				t.Fatal(err)
			}
			found, err := x.Similar(t.Context(), vs[0], collections, 1000)
			if err != nil {
				t.Fatal(err)
			}
			var out []passage.Ref
			for _, f := range found {
				if f.Cosine > 0 {
					out = append(out, f.Ref)
				}
			}
			return out
		}}
	})
}
