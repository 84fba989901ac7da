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
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range articles {
		x.remove(articles[i].Article.ID)
		x.add(&articles[i])
	}
	x.cursor = to
	if x.dead > 1000 && x.dead > len(x.passages)/2 {
		x.compact()
	}
	return nil
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
	f := d.fields[a.field]
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
			d.terms[t].passages = append(d.terms[t].passages, posting{uint32(doc), tf})
			d.terms[t].inPassages++
			whole[t] += tf
		}
		d.length = append(d.length, float32(len(e.terms)))
		extent += len(e.terms)
	}
	for t, tf := range whole {
		d.terms[t].articles = append(d.terms[t].articles, posting{uint32(no), tf})
		d.terms[t].inArticles++
	}
	d.extent = append(d.extent, float32(extent))
	f.count(d, a, +1)
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
			d.terms[t].inPassages--
		}
		maps.Copy(whole, seen)
	}
	for t := range whole {
		d.terms[t].inArticles--
	}
	d.fields[a.field].count(d, a, -1)
	d.dead += int(a.end - a.start)
	a.dead = true
}

// count adds an article to the statistics, or takes it out where sign is -1.
func (f *field) count(d *data, a *article, sign int) {
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

// compact drops what is dead, terms that no passage holds included.
func (d *data) compact() {
	old := *d
	d.reset(old.store)
	d.cursor = old.cursor
	for no := range old.articles {
		a := old.articles[no]
		if a.dead {
			continue
		}
		a.field = d.fieldOf(old.fields[a.field].name, old.fields[a.field].lang)
		start := Doc(len(d.passages))
		for _, e := range old.passages[a.start:a.end] {
			e.article = uint32(len(d.articles))
			e.terms = slices.Clone(e.terms)
			for i, t := range e.terms {
				e.terms[i] = d.termID(a.field, old.terms[t].text)
			}
			d.passages = append(d.passages, e)
		}
		a.start, a.end = start, Doc(len(d.passages))
		d.live[a.ID] = len(d.articles)
		d.articles = append(d.articles, a)
		d.invert(len(d.articles) - 1)
	}
}

// fieldOf returns the number of the analyser's field.
func (d *data) fieldOf(analyser, lang string) int {
	for i, f := range d.fields {
		if f.name == analyser {
			return i
		}
	}
	d.fields = append(d.fields, &field{name: analyser, lang: lang, ids: make(map[string]uint32)})
	return len(d.fields) - 1
}

// termID returns the number of a term, a new one where it is new.
func (d *data) termID(f int, t string) uint32 {
	id, ok := d.fields[f].ids[t]
	if !ok {
		id = uint32(len(d.terms))
		t = strings.Clone(t) // t may be a piece of a long paragraph
		d.terms = append(d.terms, term{text: t, field: f, shape: shapeOf(t)})
		d.fields[f].ids[t] = id
	}
	return id
}
