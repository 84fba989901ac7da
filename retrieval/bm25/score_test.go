package bm25_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/passage"
)

// change makes what Sync would: an article in collection main, of one passage
// for each text.
func change(id, lang, title string, texts ...string) passage.Change {
	a := corpus.Article{ID: id, Revision: 1, Title: title, Lang: lang, Collections: []string{"main"}}
	c := passage.Change{Article: a}
	for i, s := range texts {
		c.Passages = append(c.Passages, passage.Passage{
			Article: id, Revision: 1, First: i + 1, Last: i + 1, Lang: lang, Header: title, Texts: []string{s},
		})
	}
	return c
}

// gone makes the change of an article that left every collection.
func gone(id string) passage.Change { return passage.Change{Article: corpus.Article{ID: id}} }

func apply(t *testing.T, x *bm25.Index, changes ...passage.Change) {
	t.Helper()
	_, at := x.At()
	if err := x.Apply(t.Context(), changes, at+1); err != nil {
		t.Fatal(err)
	}
}

// build returns an index of the changes.
func build(t *testing.T, changes ...passage.Change) *bm25.Index {
	t.Helper()
	x := bm25.New()
	apply(t, x, changes...)
	return x
}

// document is what the formula below scores.
type document []string // terms

// okapi is BM25 as its authors write it down, in no hurry: the sum over the
// distinct terms of the query of weight · idf · tf·(k1+1) / (tf + k1·(1−b+b·len/mean)).
// Rarity is that among all, which may be other documents than those scored.
func okapi(k1, b float64, weights map[string]float64, d document, scored, all []document) float64 {
	mean := 0.0
	for _, e := range scored {
		mean += float64(len(e)) / float64(len(scored))
	}
	sum := 0.0
	for term, w := range weights {
		n := 0
		for _, e := range all {
			if slices.Contains(e, term) {
				n++
			}
		}
		tf := 0.0
		for _, u := range d {
			if u == term {
				tf++
			}
		}
		if n == 0 {
			continue
		}
		idf := math.Log(1 + (float64(len(all)-n)+.5)/(float64(n)+.5))
		sum += w * idf * tf * (k1 + 1) / (tf + k1*(1-b+b*float64(len(d))/mean))
	}
	return sum
}

func terms(s string) document {
	var out document
	for _, t := range text.Terms("en", s) {
		out = append(out, t.Text)
	}
	return out
}

// The index scores as the formula does, after articles came, changed and went.
func TestScores(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	vocabulary := strings.Fields("ferry orchard bakery lantern quarry meadow chimney violin harvest thimble saddle beacon the and of")
	sentence := func() string {
		words := make([]string, 3+rng.IntN(9))
		for i := range words {
			words[i] = vocabulary[min(rng.IntN(len(vocabulary)), rng.IntN(len(vocabulary)))]
		}
		words[0] = "The" // a capital begins a sentence
		return strings.Join(words, " ") + "."
	}
	made := func(id string) passage.Change {
		texts := make([]string, 1+rng.IntN(4))
		for i := range texts {
			for range 1 + rng.IntN(5) {
				texts[i] += sentence() + " "
			}
		}
		return change(id, "en", "A "+vocabulary[rng.IntN(12)], texts...)
	}
	latest := make(map[string]passage.Change)
	x := bm25.New()
	for step := range 120 {
		id := fmt.Sprint("a", rng.IntN(30))
		c := made(id)
		if step%5 == 4 {
			c = gone(id)
		}
		latest[id] = c
		apply(t, x, c)
	}

	var passages, articles, sentences []document
	for _, c := range latest {
		var whole document
		for _, p := range c.Passages {
			d := append(terms(p.Header), terms(p.Texts[0])...)
			passages = append(passages, d)
			sentences = append(sentences, sentencesOf(p.Texts[0])...)
			whole = append(whole, d...)
		}
		if len(whole) > 0 {
			articles = append(articles, whole)
		}
	}

	v := x.View()
	set := v.Select(nil)
	if v.Len() != len(passages) || set.Len() != len(articles) {
		t.Fatalf("%d passages of %d articles, want %d of %d", v.Len(), set.Len(), len(passages), len(articles))
	}
	q := v.Query(bm25.Part{Text: "a quarry beacon", Weight: 1}, bm25.Part{Text: "Which beacon stood by the ferry and the ferry?", Weight: .3})
	weights := map[string]float64{}
	for _, w := range []string{"stood", "ferry"} {
		weights[text.Stem("en", w)] = .3
	}
	for _, w := range []string{"quarry", "beacon"} {
		weights[text.Stem("en", w)] = 1
	}
	same := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-4 {
			t.Errorf("%s scores %v, want %v", what, got, want)
		}
	}
	inPassages, inArticles := q.Passages(set), q.Articles(set)
	seen := 0
	for _, c := range latest {
		if len(c.Passages) == 0 {
			continue
		}
		var whole document
		var no int
		for _, p := range c.Passages {
			doc, ok := v.Find(p.Ref())
			if !ok {
				t.Fatalf("%v is not there", p.Ref())
			}
			no = v.Passage(doc).Article
			d := append(terms(p.Header), terms(p.Texts[0])...)
			whole = append(whole, d...)
			same(fmt.Sprint(p.Ref()), float64(inPassages[doc]), okapi(1.2, .75, weights, d, passages, passages))
			best := 0.0
			for _, w := range sentencesOf(p.Texts[0]) {
				best = max(best, okapi(.9, .4, weights, w, sentences, passages))
			}
			same(fmt.Sprint("sentence of ", p.Ref()), q.Sentences([]bm25.Doc{doc})[0], best)
			if inPassages[doc] > 0 {
				seen++
			}
		}
		same(c.Article.ID, float64(inArticles[no]), okapi(1.2, .75, weights, whole, articles, articles))
	}
	if seen < 10 {
		t.Errorf("only %d passages have a term of the query", seen)
	}
}

// sentencesOf returns the terms of each sentence that has any.
func sentencesOf(s string) []document {
	var out []document
	for _, span := range text.Sentences(s) {
		if d := terms(span.Of(s)); len(d) > 0 {
			out = append(out, d)
		}
	}
	return out
}

func TestSetLimits(t *testing.T) {
	x := build(t,
		change("a", "en", "Ferries", "The ferry sails."),
		change("b", "en", "Ferries", "The ferry is late."))
	v := x.View()
	q := v.Query(bm25.Part{Text: "ferry", Weight: 1})
	only := v.Select(func(a *corpus.Article) bool { return a.ID == "b" })
	passages, articles := q.Passages(only), q.Articles(only)
	for no := range articles {
		doc, _ := v.Docs(no)
		in := v.Article(no).ID == "b"
		if only.Has(no) != in || articles[no] > 0 != in || passages[doc] > 0 != in {
			t.Errorf("article %s: in set %v, scores %v and %v", v.Article(no).ID, only.Has(no), articles[no], passages[doc])
		}
	}
}

func TestRarity(t *testing.T) {
	x := build(t, change("a", "en", "Boats", "The ferry, the ferry and a lantern. Nothing here. A violin."))
	v := x.View()
	set := v.Select(nil)
	q := v.Query(bm25.Part{Text: "boats ferry lantern violin zeppelin", Weight: 1})
	one := v.IDF("ferry")
	passages, articles := q.Rarity(set)
	if want := float32(4 * one); passages[0] != want || articles[0] != want {
		t.Errorf("holds %v and %v, want %v: four terms, however often", passages[0], articles[0], want)
	}
	if got, want := q.WindowRarity([]bm25.Doc{0})[0], 3*one; math.Abs(got-want) > 1e-6 {
		t.Errorf("two sentences and the header hold %v, want %v", got, want)
	}
}

// A view does not change while the index does.
func TestViewStays(t *testing.T) {
	x := build(t, change("a", "en", "Ferries", "The ferry sails."))
	v := x.View()
	q := v.Query(bm25.Part{Text: "ferry zeppelin", Weight: 1})
	set := v.Select(nil)
	before := q.Passages(set)
	apply(t, x, change("a", "en", "Airships", "A zeppelin."), change("b", "en", "Ferries", "One more ferry and zeppelin."))
	if after := q.Passages(set); !slices.Equal(before, after) || v.Len() != 1 {
		t.Errorf("%v became %v", before, after)
	}
	if x.Len() != 2 {
		t.Errorf("%d passages, want 2", x.Len())
	}
}

// Postings of what is gone are dropped once there is much of it; nobody sees a
// difference.
func TestCompaction(t *testing.T) {
	x := bm25.New()
	texts := slices.Repeat([]string{"The ferry sails at noon."}, 300)
	for i := range 8 {
		apply(t, x, change("a", "en", fmt.Sprintf("Round %d of zeppelin%d", i, i), texts...))
		v := x.View()
		if v.Len() != 300 {
			t.Fatalf("round %d: %d passages, want 300", i, v.Len())
		}
		if got := v.Meet(v.Select(nil), fmt.Sprintf("zeppelin%d", i)); got != 1 {
			t.Errorf("round %d: its own word is in %d articles", i, got)
		}
		if got := v.Meet(v.Select(nil), fmt.Sprintf("zeppelin%d", i-1)); got != 0 {
			t.Errorf("round %d: the last round's word is in %d articles", i, got)
		}
		if got, want := v.IDF("ferry"), math.Log1p(1000.5/300.5); math.Abs(got-want) > 1e-9 {
			t.Errorf("round %d: idf %v, want %v", i, got, want)
		}
	}
}
