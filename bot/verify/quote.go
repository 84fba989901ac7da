package verify

import (
	"sync"

	"pilcrow/corpus/text"
)

// Quote is a sentence of an article, read once to be held against others. It is
// safe for concurrent use.
type Quote struct {
	source  *Source
	whole   *claim
	clauses func() []*claim
}

// ReadQuote reads a sentence.
func ReadQuote(sentence, lang string) *Quote {
	s := Read(Passage{ID: "1", Text: sentence, Lang: lang})
	return &Quote{s, s.one(sentence, nil), sync.OnceValue(func() []*claim { return s.clauses(sentence) })}
}

// Differs reports whether one of two quotes has another number, date or name
// where the other has one, as Judge finds by each of them of the other.
func (q *Quote) Differs(r *Quote) bool { return q.source.differs(r) || r.source.differs(q) }

// differs says of s what Judge(q).Differs() does. What is not told of together
// is not contradicted.
func (s *Source) differs(q *Quote) bool {
	if text.Analyser(s.lang) != text.Analyser(q.source.lang) {
		return s.Judge(q.whole.text).Differs()
	}
	if s.cover(q.whole).window >= together {
		if j := s.whole(q.whole); j.Stand == Supported || j.Stand == Contradicted {
			return j.Differs()
		}
	}
	for _, c := range q.clauses() {
		if s.cover(c).window >= spoken && s.whole(c).Differs() {
			return true
		}
	}
	return false
}
