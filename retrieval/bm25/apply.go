package bm25

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
)

// Apply implements retrieval.Index.
func (x *Index) Apply(ctx context.Context, changes []passage.Change, to corpus.Cursor) error {
	articles, err := analyse(ctx, changes)
	if err != nil {
		return fmt.Errorf("bm25: apply: %w", err)
	}
	x.change.Lock()
	defer x.change.Unlock()
	b := x.now.Load().change()
	for i := range articles {
		b.remove(articles[i].Article.ID)
		b.add(&articles[i])
	}
	b.cursor = to
	if b.dead > 1000 && b.dead > len(b.passages)/2 {
		b = b.compact()
		x.saved.Store(0) // the file holds what is gone
	}
	x.now.Store(b.data)
	return nil
}

// builder makes the next data. It lives for one change.
type builder struct {
	*data
	one, whole tally // of a passage and of an article
}

// change returns a builder whose data can be changed while d is read.
func (d *data) change() *builder {
	n := *d
	n.fields = slices.Clone(d.fields)
	n.held = slices.Clone(d.held)
	n.gone = slices.Clone(d.gone)
	n.live = maps.Clone(d.live)
	return &builder{data: &n}
}

// add appends an article; one without passages leaves no trace.
func (b *builder) add(a *analysed) {
	if len(a.passages) == 0 {
		return
	}
	f := b.fieldOf(a.analyser, a.Article.Lang)
	entries := make([]entry, len(a.passages))
	for i, sentences := range a.passages {
		p := &a.Passages[i]
		e := entry{first: uint32(p.First), last: uint32(p.Last), part: uint32(p.Part)}
		for _, s := range sentences {
			for _, t := range s {
				e.terms = append(e.terms, b.number(f, t))
			}
			e.ends = append(e.ends, uint32(len(e.terms)))
		}
		entries[i] = e
	}
	b.put(a.Article, f, entries)
}

// put appends an article whose terms have numbers, and counts it.
func (b *builder) put(a corpus.Article, field int, entries []entry) {
	no := len(b.articles)
	start := Doc(len(b.passages))
	b.one.grow(len(b.terms))
	b.whole.grow(len(b.terms))
	extent := 0
	for _, e := range entries {
		e.article = uint32(no)
		doc := uint32(len(b.passages))
		b.one.add(e.terms)
		for t, n := range b.one.take {
			h := &b.held[t]
			h.passages = append(h.passages, posting{doc, n})
			h.inPassages++
		}
		b.whole.add(e.terms)
		extent += len(e.terms)
		b.length = append(b.length, float32(len(e.terms)))
		b.passages = append(b.passages, e)
	}
	for t, n := range b.whole.take {
		h := &b.held[t]
		h.articles = append(h.articles, posting{uint32(no), n})
		h.inArticles++
	}
	b.articles = append(b.articles, article{a, field, start, Doc(len(b.passages))})
	b.extent = append(b.extent, float32(extent))
	b.gone = append(b.gone, false)
	b.live[a.ID] = no
	b.count(no, +1)
}

// remove takes an article out of the counts. Its postings stay until the next
// compaction; no Set ever holds them.
func (b *builder) remove(id string) {
	no, ok := b.live[id]
	if !ok {
		return
	}
	delete(b.live, id)
	b.one.grow(len(b.terms))
	b.whole.grow(len(b.terms))
	a := &b.articles[no]
	for _, e := range b.passages[a.start:a.end] {
		b.one.add(e.terms)
		for t := range b.one.take {
			b.held[t].inPassages--
		}
		b.whole.add(e.terms)
	}
	for t := range b.whole.take {
		b.held[t].inArticles--
	}
	b.dead += int(a.end - a.start)
	b.gone[no] = true
	b.count(no, -1)
}

// count adds an article to its field's statistics, or takes it out where sign
// is -1.
func (b *builder) count(no, sign int) {
	a := &b.articles[no]
	f := &b.fields[a.field]
	f.articles.docs += sign
	for i := range b.passages[a.start:a.end] {
		e := &b.passages[int(a.start)+i]
		f.passages.docs += sign
		f.passages.terms += sign * len(e.terms)
		f.articles.terms += sign * len(e.terms)
		for from, to := range e.sentences {
			f.sentences.docs += sign
			f.sentences.terms += sign * int(to-from)
		}
	}
}

// compact returns the data without what is gone, terms that no passage holds
// included.
func (b *builder) compact() *builder {
	n := builder{data: newData(b.store)}
	n.cursor = b.cursor
	for no := range b.articles {
		if b.gone[no] {
			continue
		}
		a := &b.articles[no]
		f := n.fieldOf(b.fields[a.field].name, b.fields[a.field].lang)
		entries := slices.Clone(b.passages[a.start:a.end])
		for i := range entries {
			terms := slices.Clone(entries[i].terms)
			for k, t := range terms {
				terms[k] = n.number(f, b.terms[t].text)
			}
			entries[i].terms = terms
		}
		n.put(a.Article, f, entries)
	}
	return &n
}

// fieldOf returns the number of the analyser's field.
func (b *builder) fieldOf(analyser, lang string) int {
	for i := range b.fields {
		if b.fields[i].name == analyser {
			return i
		}
	}
	b.fields = append(b.fields, field{name: analyser, lang: lang, dict: newDictionary()})
	return len(b.fields) - 1
}

// number returns the number of a term, a new one where it is new.
func (b *builder) number(field int, t string) uint32 {
	if id, ok := b.fields[field].dict.find(t); ok {
		return id
	}
	t = strings.Clone(t) // it may be a piece of a long paragraph
	id := uint32(len(b.terms))
	b.fields[field].dict.add(t, id)
	b.terms = append(b.terms, term{text: t, field: field, shape: shapeOf(t)})
	b.held = append(b.held, holding{})
	return id
}

// tally counts the terms of one document after another.
type tally struct {
	times []float32 // by term number
	seen  []uint32  // in the order they came
}

func (c *tally) grow(terms int) {
	c.times = append(c.times, make([]float32, terms-len(c.times))...)
}

func (c *tally) add(terms []uint32) {
	for _, t := range terms {
		if c.times[t] == 0 {
			c.seen = append(c.seen, t)
		}
		c.times[t]++
	}
}

// take yields each term and how often it came, and forgets them all.
func (c *tally) take(yield func(t uint32, times float32) bool) {
	more := true
	for _, t := range c.seen {
		n := c.times[t]
		c.times[t] = 0
		more = more && yield(t, n)
	}
	c.seen = c.seen[:0]
}
