package bm25

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval/passage"
	"pilcrow/retrieval/snapshot"
)

// format changes with what encode writes.
const format = 2

// Version implements retrieval.Cache.
func (x *Index) Version() string {
	return fmt.Sprintf("bm25 %d, passages %d", format, passage.Version)
}

func (x *Index) origin(store string) snapshot.Origin {
	return snapshot.Origin{Maker: x.Version(), Store: store}
}

// Save writes the index to the file at path, where any number of processes may
// Load it, also while it is written anew.
func (x *Index) Save(path string) error {
	d := x.now.Load()
	if err := snapshot.Write(path, x.origin(d.store), d.cursor, d.encode()); err != nil {
		return fmt.Errorf("bm25: %w", err)
	}
	x.saved.Store(int64(len(d.passages)))
	return nil
}

// Load replaces the index by what the file at path holds, if it was built from
// that store and by this version. After an error the index is as it was.
func (x *Index) Load(_ context.Context, path, store string) error {
	at, content, err := snapshot.Read(path, x.origin(store))
	if err != nil {
		return fmt.Errorf("bm25: %w", err)
	}
	d, err := decode(content)
	if err != nil {
		return fmt.Errorf("bm25: read snapshot %s: %w", path, err)
	}
	d.store, d.cursor = store, at
	x.change.Lock()
	defer x.change.Unlock()
	x.now.Store(d)
	x.saved.Store(int64(len(d.passages)))
	return nil
}

// Unsaved implements retrieval.Cache.
func (x *Index) Unsaved() int {
	return max(len(x.now.Load().passages)-int(x.saved.Load()), 0)
}

// encode writes what is live. Postings and counts are not written: they are
// made again in less time than they would take to read.
func (d *data) encode() []byte {
	var e snapshot.Encoder
	e.Len(len(d.fields))
	for i := range d.fields {
		e.String(d.fields[i].name)
		e.String(d.fields[i].lang)
		e.Int(fingerprint(d.fields[i].lang))
	}
	numbers := make([]int, len(d.terms)) // a term's number in the file
	live := 0
	for t := range d.held {
		if d.held[t].inPassages > 0 {
			numbers[t] = live
			live++
		}
	}
	e.Len(live)
	for t := range d.held {
		if d.held[t].inPassages > 0 {
			e.Len(d.terms[t].field)
			e.String(d.terms[t].text)
			e.Len(d.held[t].inPassages)
			e.Len(d.held[t].inArticles)
		}
	}
	e.Len(len(d.live))
	for no := range d.articles {
		if d.gone[no] {
			continue
		}
		a := &d.articles[no]
		encodeArticle(&e, &a.Article)
		e.Len(a.field)
		e.Len(int(a.end - a.start))
		for _, p := range d.passages[a.start:a.end] {
			e.Len(int(p.first))
			e.Len(int(p.last))
			e.Len(int(p.part))
			e.Len(len(p.ends))
			start := uint32(0)
			for _, end := range p.ends {
				e.Len(int(end - start))
				for _, t := range p.terms[start:end] {
					e.Len(numbers[t])
				}
				start = end
			}
		}
	}
	return e.Bytes()
}

func decode(content []byte) (*data, error) {
	d := snapshot.NewDecoder(content)
	b := builder{data: newData("")}
	for range d.Count() {
		name, lang := d.String(), d.String()
		if d.Int() != fingerprint(lang) {
			return nil, snapshot.ErrOther
		}
		b.fieldOf(name, lang)
	}
	terms := d.Count()
	inPassages, inArticles := len(content), len(content) // no more postings than terms in all texts
	for range terms {
		field, t := d.Len(len(b.fields)), d.String()
		if d.Err() != nil {
			return nil, d.Err()
		}
		id := b.number(field, t)
		// Room for exactly the postings that are to come.
		n := d.Len(inPassages + 1)
		m := d.Len(inArticles + 1)
		inPassages, inArticles = inPassages-n, inArticles-m
		b.held[id].passages = make([]posting, 0, n)
		b.held[id].articles = make([]posting, 0, m)
	}
	if terms != len(b.terms) { // one came twice
		return nil, snapshot.ErrDamaged
	}
	for range d.Count() {
		a := decodeArticle(d)
		field := d.Len(len(b.fields))
		entries := make([]entry, d.Count())
		for i := range entries {
			entries[i] = decodeEntry(d, terms)
		}
		if d.Err() != nil {
			return nil, d.Err()
		}
		b.put(a, field, entries)
	}
	return b.data, d.End()
}

const maxParagraph = corpus.MaxParagraphs + 1

func decodeEntry(d *snapshot.Decoder, terms int) entry {
	e := entry{
		first: uint32(d.Len(maxParagraph)),
		last:  uint32(d.Len(maxParagraph)),
		part:  uint32(d.Len(corpus.MaxParagraphBytes)),
	}
	for range d.Count() {
		for range d.Count() {
			e.terms = append(e.terms, uint32(d.Len(terms)))
		}
		e.ends = append(e.ends, uint32(len(e.terms)))
	}
	return e
}

func encodeArticle(e *snapshot.Encoder, a *corpus.Article) {
	for _, s := range []string{a.ID, a.Title, a.Author, a.Source, a.URL, a.Lang} {
		e.String(s)
	}
	e.Len(a.Revision)
	e.Len(a.Paragraphs)
	e.String(moment(a.Published))
	e.String(moment(a.Added))
	e.Len(len(a.Collections))
	for _, c := range a.Collections {
		e.String(c)
	}
}

func decodeArticle(d *snapshot.Decoder) corpus.Article {
	var a corpus.Article
	for _, s := range []*string{&a.ID, &a.Title, &a.Author, &a.Source, &a.URL, &a.Lang} {
		*s = d.String()
	}
	a.Revision = d.Len(1 << 31)
	a.Paragraphs = d.Len(maxParagraph)
	for _, t := range []*time.Time{&a.Published, &a.Added} {
		if err := t.UnmarshalBinary([]byte(d.String())); err != nil {
			d.Fail()
		}
	}
	for range d.Count() {
		a.Collections = append(a.Collections, d.String())
	}
	return a
}

func moment(t time.Time) string {
	b, err := t.UTC().MarshalBinary()
	if err != nil { // only a zone with odd seconds has one
		panic(err)
	}
	return string(b)
}

// probe has something for every analyser to chew on.
const probe = "The U.S. senators' 1,000 new studies — running, ran — and a naïve café… " +
	"Dr. Who's 3.5% gains? Yes. Die Häuser der Städte; les journaux d’hier, l'été; los niños corrían; " +
	"gli amici dell'arte; as notícias; de kranten; kitapları okuyor; İstanbul'da. Читатели газет. " +
	"أخبار اليوم. अख़बार पढ़ना। 東京の新聞は毎日読まれる。北京大学的学生。한국어 신문. " +
	"Wer, wann und warum? ¿Quién y cuándo? Quand et comment ? Cosa e quali? Wanneer? Onde e quais?"

// fingerprint says how the analyser of a language reads, so that an index built
// by another analyser is recognised whoever changed it.
func fingerprint(lang string) int64 {
	h := fnv.New64a()
	for _, s := range text.Sentences(probe) {
		for _, t := range termsOf(lang, s.Of(probe)) {
			h.Write([]byte(t))
			h.Write([]byte{0})
		}
		h.Write([]byte{1})
	}
	return int64(h.Sum64())
}
