package bot

import (
	"cmp"
	"slices"

	"pilcrow/bot/verify"
)

// What several articles say of a topic is worth telling before what one says,
// and a reader is to see that several say it.
const (
	echoShare   = .5 // of a sentence's terms that another must have to be its echo
	echoWeight  = .5 // of the logarithm of how many articles echo a sentence
	echoesCited = 4  // at most, besides the sentence itself
)

// echo is a sentence of another article that tells much the same.
type echo struct {
	at    int // which sentence
	share float64
}

// echoes returns the best echo of sentence i in each other article, best first.
// terms are those of each sentence, page says which page it stands in.
func (m *material) echoes(i int, terms []map[string]float64, page func(int) int) []echo {
	best := make(map[string]echo)
	own := m.pages[page(i)].article.ID
	for k := range terms {
		id := m.pages[page(k)].article.ID
		if id == own {
			continue
		}
		if share := overlap(terms[i], terms[k]); share >= echoShare && share > best[id].share {
			best[id] = echo{k, share}
		}
	}
	out := make([]echo, 0, len(best))
	for _, e := range best {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b echo) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.at, b.at)) })
	return out
}

// bears reports whether the quote of c says the sentence.
func (m *material) bears(c Citation, sentence string) bool {
	v := verify.Read(verify.Passage{ID: "1", Text: c.Quote(), Lang: c.Article.Lang}).Cited(sentence, "", "1")
	return v.Supported && v.Kind == verify.Claim
}
