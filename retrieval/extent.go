package retrieval

import (
	"context"
	"errors"
	"slices"
	"sort"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/passage"
)

// story is an article that hits are cut from.
type story struct {
	article  corpus.Article
	revision int
	texts    []string
	words    []int          // by paragraph; 0 until size asks
	taken    []bool         // by paragraph: it stands in a hit
	retold   []bool         // by paragraph: a hit of another article says the same
	wordings []text.Wording // by paragraph, as far as wording was asked
}

// wording returns what is compared of paragraph k, counted from 0.
func (st *story) wording(k int) text.Wording {
	for n := len(st.wordings); n <= k; n++ {
		st.wordings = append(st.wordings, text.WordingOf(st.texts[n]))
	}
	return st.wordings[k]
}

// story reads an article from the store, once a search. It is nil where the
// store has changed since the index was built, so that the search may no longer
// read it.
func (s *search) story(ctx context.Context, no int) (*story, error) {
	if st, ok := s.stories[no]; ok {
		return st, nil
	}
	s.stories[no] = nil
	indexed := s.view.Article(no)
	a, err := s.engine.store.Article(ctx, indexed.ID)
	if errors.Is(err, corpus.ErrNotFound) || err == nil && !s.may(&a) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ps, err := s.engine.store.Paragraphs(ctx, a.ID, indexed.Revision, 1, 0)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	st := &story{article: a, revision: indexed.Revision, words: make([]int, len(ps)), taken: make([]bool, len(ps)), retold: make([]bool, len(ps))}
	for i := range ps {
		st.texts = append(st.texts, ps[i].Text)
	}
	s.stories[no] = st
	return st, nil
}

// place makes a hit of a passage, without the paragraphs at its ends that other
// hits show or say; not ok where little is left of it. The hit takes in neighbouring paragraphs
// up to Extent words, on the side whose passages are nearer to the question: a
// reader wants the context, and it often holds the answer.
func (s *search) place(ctx context.Context, doc bm25.Doc, near []float32) (_ Hit, ok bool, err error) {
	info := s.view.Passage(doc)
	st, err := s.story(ctx, info.Article)
	if err != nil || st == nil || info.Last > len(st.texts) {
		return Hit{}, false, err
	}
	first, last := info.First-1, info.Last // half-open, from 0
	first, last = trim(st.retold, first, last)
	whole := st.size(first, last)
	first, last = trim(st.taken, first, last)
	first, last = trim(st.retold, first, last)
	size := st.size(first, last)
	if slices.Contains(st.taken[first:last], true) || 2*size < whole || first == last {
		return Hit{}, false, nil
	}

	nearness := func(paragraph int) float32 { return near[s.passageOf(info.Article, paragraph+1)] }
	for {
		var before, after float32 = -1, -1
		if first > 0 && !st.taken[first-1] && !st.retold[first-1] && size+st.size(first-1, first) <= s.engine.params.Extent {
			before = nearness(first - 1)
		}
		if last < len(st.texts) && !st.taken[last] && !st.retold[last] && size+st.size(last, last+1) <= s.engine.params.Extent {
			after = nearness(last)
		}
		if before < 0 && after < 0 {
			break
		}
		if before > after {
			first--
			size += st.size(first, first+1)
		} else {
			size += st.size(last, last+1)
			last++
		}
	}
	for i := first; i < last; i++ {
		st.taken[i] = true
	}
	return Hit{
		Article: st.article, Revision: st.revision,
		First: first + 1, Last: last, Text: slices.Clone(st.texts[first:last]),
	}, true, nil
}

// trim leaves out what is marked at the ends of [first, last).
func trim(marked []bool, first, last int) (int, int) {
	for first < last && marked[first] {
		first++
	}
	for first < last && marked[last-1] {
		last--
	}
	return first, last
}

// size returns how many words paragraphs [first, last) have.
func (st *story) size(first, last int) int {
	n := 0
	for i := first; i < last; i++ {
		if st.words[i] == 0 {
			st.words[i] = passage.Words(st.texts[i])
		}
		n += st.words[i]
	}
	return n
}

// passageOf returns the passage of an article that paragraph n stands in, the
// first part of it where it is cut.
func (s *search) passageOf(no, n int) bm25.Doc {
	start, end := s.view.Docs(no)
	i := sort.Search(int(end-start), func(i int) bool { return s.view.Passage(start+bm25.Doc(i)).Last >= n })
	return min(start+bm25.Doc(i), end-1)
}
