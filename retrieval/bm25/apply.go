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
	d := x.now.Load().next()
	for i := range articles {
		d.remove(articles[i].Article.ID)
		d.add(&articles[i])
	}
	d.cursor = to
	if d.dead > 1000 && d.dead > len(d.passages)/2 {
		d = d.compact()
	}
	x.now.Store(d)
	return nil
}

// next returns a copy that can be changed while d is read.
func (d *data) next() *data {
	n := *d
	n.fields = slices.Clone(d.fields)
	n.held = slices.Clone(d.held)
	n.gone = slices.Clone(d.gone)
	n.live = maps.Clone(d.live)
	return &n
}

// add appends an article; one without passages leaves no trace.
func (d *data) add(a *analysed) {
	if len(a.passages) == 0 {
		return
	}
	f := d.fieldOf(a.analyser, a.Article.Lang)
	no := len(d.articles)
	art := article{Article: a.Article, field: f, start: Doc(len(d.passages))}
	for i, sentences := range a.passages {
		p := &a.Passages[i]
		e := entry{article: uint32(no), first: uint32(p.First), last: uint32(p.Last), part: uint32(p.Part)}
		for _, s := range sentences {
			for _, t := range s {
				e.terms = append(e.terms, d.termID(f, t))
			}
			e.ends = append(e.ends, uint32(len(e.terms)))
		}
		d.passages = append(d.passages, e)
	}
	art.end = Doc(len(d.passages))
	d.articles = append(d.articles, art)
	d.live[art.ID] = no
	d.invert(no)
}

// invert puts the postings and the counts of an article's passages in place.
func (d *data) invert(no int) {
	a := &d.articles[no]
	whole := make(map[uint32]float32)
	counts := make(map[uint32]float32)
	extent := 0
	for doc := a.start; doc < a.end; doc++ {
		e := &d.passages[doc]
		clear(counts)
		for _, t := range e.terms {
			counts[t]++
		}
		for t, tf := range counts {
			h := &d.held[t]
			h.passages = append(h.passages, posting{uint32(doc), tf})
			h.inPassages++
			whole[t] += tf
		}
		d.length = append(d.length, float32(len(e.terms)))
		extent += len(e.terms)
	}
	for t, tf := range whole {
		h := &d.held[t]
		h.articles = append(h.articles, posting{uint32(no), tf})
		h.inArticles++
	}
	d.extent = append(d.extent, float32(extent))
	d.gone = append(d.gone, false)
	d.count(a, +1)
}

// remove takes an article's passages out of the counts and marks them dead.
// Their postings stay until the next compaction; no Set ever holds them.
func (d *data) remove(id string) {
	no, ok := d.live[id]
	if !ok {
		return
	}
	delete(d.live, id)
	a := &d.articles[no]
	whole := make(map[uint32]bool)
	seen := make(map[uint32]bool)
	for doc := a.start; doc < a.end; doc++ {
		clear(seen)
		for _, t := range d.passages[doc].terms {
			seen[t] = true
		}
		for t := range seen {
			d.held[t].inPassages--
		}
		maps.Copy(whole, seen)
	}
	for t := range whole {
		d.held[t].inArticles--
	}
	d.count(a, -1)
	d.dead += int(a.end - a.start)
	d.gone[no] = true
}

// count adds an article to the statistics, or takes it out where sign is -1.
func (d *data) count(a *article, sign int) {
	f := &d.fields[a.field]
	f.articles.docs += sign
	for doc := a.start; doc < a.end; doc++ {
		e := &d.passages[doc]
		f.passages.docs += sign
		f.passages.terms += sign * len(e.terms)
		f.articles.terms += sign * len(e.terms)
		for from, to := range e.windows() {
			f.windows.docs += sign
			f.windows.terms += sign * int(to-from)
		}
	}
}

// windows yields the stretches of terms that two sentences in a row fill, or
// the one sentence there is.
func (e *entry) windows() func(yield func(from, to uint32) bool) {
	return func(yield func(from, to uint32) bool) {
		n := len(e.ends) - 1 // sentences
		if n == 1 {
			yield(e.ends[0], e.ends[1])
		}
		for i := 0; i+1 < n; i++ {
			if !yield(e.ends[i], e.ends[i+2]) {
				return
			}
		}
	}
}

// compact returns d without what is gone, terms that no passage holds
// included.
func (d *data) compact() *data {
	n := newData(d.store)
	n.cursor = d.cursor
	for no, a := range d.articles {
		if d.gone[no] {
			continue
		}
		f := &d.fields[a.field]
		a.field = n.fieldOf(f.name, f.lang)
		start := Doc(len(n.passages))
		for _, e := range d.passages[a.start:a.end] {
			e.article = uint32(len(n.articles))
			e.terms = slices.Clone(e.terms)
			for i, t := range e.terms {
				e.terms[i] = n.termID(a.field, d.terms[t].text)
			}
			n.passages = append(n.passages, e)
		}
		a.start, a.end = start, Doc(len(n.passages))
		n.live[a.ID] = len(n.articles)
		n.articles = append(n.articles, a)
		n.invert(len(n.articles) - 1)
	}
	return n
}

// fieldOf returns the number of the analyser's field.
func (d *data) fieldOf(analyser, lang string) int {
	for i := range d.fields {
		if d.fields[i].name == analyser {
			return i
		}
	}
	d.fields = append(d.fields, field{name: analyser, lang: lang, dict: newDictionary()})
	return len(d.fields) - 1
}

// termID returns the number of a term, a new one where it is new.
func (d *data) termID(f int, t string) uint32 {
	id, isNew := d.fields[f].dict.number(t, uint32(len(d.terms)))
	if isNew {
		d.terms = append(d.terms, term{text: strings.Clone(t), field: f, shape: shapeOf(t)})
		d.held = append(d.held, holding{})
	}
	return id
}

// find returns the number of a term that some passage holds.
func (d *data) find(f *field, t string) (uint32, bool) {
	id, ok := f.dict.find(t)
	return id, ok && int(id) < len(d.held) && d.held[id].inPassages > 0
}
