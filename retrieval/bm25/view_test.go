package bm25_test

import (
	"math"
	"slices"
	"testing"

	"pilcrow/corpus"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/passage"
)

func TestMeet(t *testing.T) {
	x := build(t,
		change("a", "en", "On Anna Pohl", "Anna Pohl rows."),
		change("b", "en", "On rowing", "Anna Berg rows.", "Otto Pohl watches."),
		change("c", "de", "Über Anna Pohl", "Anna Pohl rudert."))
	v := x.View()
	all := v.Select(nil)
	english := v.Select(func(a *corpus.Article) bool { return a.Lang == "en" })
	for _, test := range []struct {
		words string
		set   *bm25.Set
		want  int
	}{
		{"Anna Pohl", all, 3},
		{"Anna Pohl", english, 2},
		{"Pohl, Otto", all, 1},
		{"Otto Berg", all, 1}, // in one article, though in two passages
		{"Otto Krug", all, 0},
		{"rudert", all, 1},
		{"the", english, 2}, // no term at all
		{"", all, 3},
	} {
		if got := v.Meet(test.set, test.words); got != test.want {
			t.Errorf("%q meets in %d articles, want %d", test.words, got, test.want)
		}
	}
}

func TestIDF(t *testing.T) {
	x := build(t,
		change("a", "en", "Boats", "The ferry sails."),
		change("b", "en", "Boats", "The ferry waits."),
		change("c", "en", "Boats", "A violin plays."),
		change("d", "de", "Boote", "Violinen und Fähren."))
	v := x.View()
	rarity := func(docs, n float64) float64 { return math.Log1p((1000 + docs - n + .5) / (n + .5)) }
	for _, test := range []struct {
		word string
		want float64
	}{
		{"boats", rarity(3, 3)},
		{"ferries", rarity(3, 2)},
		{"Violin", rarity(1, 1)}, // the German analyser knows it too, and there it is not rare
		{"zeppelin", rarity(3, 0)},
		{"the", 0},
		{"", 0},
	} {
		if got := v.IDF(test.word); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("IDF(%q) = %v, want %v", test.word, got, test.want)
		}
	}
	if got := bm25.New().View().IDF("ferry"); got != 0 {
		t.Errorf("in an empty index a word has rarity %v, want 0", got)
	}
}

func TestSources(t *testing.T) {
	of := func(id, source string) passage.Change {
		c := change(id, "en", "T", "Text.")
		c.Article.Source = source
		return c
	}
	x := build(t, of("a", "The Heron"), of("b", "Gazette"), of("c", "The Heron"), of("d", ""), of("e", "Gone"))
	apply(t, x, gone("e"))
	v := x.View()
	want := []bm25.Source{{Name: "Gazette", Articles: 1}, {Name: "The Heron", Articles: 2}}
	if got := v.Sources(v.Select(nil)); !slices.Equal(got, want) {
		t.Errorf("sources %v, want %v", got, want)
	}
	none := v.Select(func(*corpus.Article) bool { return false })
	if got := v.Sources(none); len(got) != 0 {
		t.Errorf("sources of nothing are %v", got)
	}
}

// The analysers of two languages never meet: a word counts where it is read as
// that language reads it.
func TestLanguages(t *testing.T) {
	x := build(t,
		change("en", "en", "Gifts", "A gift for the guests. They sang."),
		change("de", "de", "Gift", "Das Gift wirkte schnell. Die Gäste sangen."),
		change("ja", "ja", "新聞", "東京の新聞は毎日読まれる。"),
		change("none", "", "Unknown", "Quelques mots sans langue."))
	v := x.View()
	set := v.Select(nil)
	for _, test := range []struct {
		question string
		want     []string
	}{
		{"guests", []string{"en"}},
		{"gift", []string{"de", "en"}},
		{"der Gast", []string{"de"}},
		{"新聞", []string{"ja"}},
		{"mots", []string{"none"}},
	} {
		var got []string
		for no, score := range v.Query(bm25.Part{Text: test.question, Weight: 1}).Articles(set) {
			if score > 0 {
				got = append(got, v.Article(no).ID)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%q finds %v, want %v", test.question, got, test.want)
		}
	}
}

func TestFind(t *testing.T) {
	c := change("a", "en", "Long", "One.", "Two.", "Three.")
	c.Passages[1].Part = 1
	c.Passages[2].First, c.Passages[2].Last, c.Passages[2].Part = 2, 2, 2
	x := build(t, c, change("b", "en", "Other", "One."))
	v := x.View()
	for _, p := range c.Passages {
		doc, ok := v.Find(p.Ref())
		if !ok || v.Passage(doc).Ref != p.Ref() || v.Passage(doc).Last != p.Last {
			t.Errorf("%v is found as %v, %v", p.Ref(), v.Passage(doc), ok)
		}
	}
	for _, r := range []passage.Ref{
		{Article: "a", Revision: 2, First: 1}, {Article: "a", Revision: 1, First: 9},
		{Article: "a", Revision: 1, First: 1, Part: 1}, {Article: "nobody", Revision: 1, First: 1},
	} {
		if doc, ok := v.Find(r); ok {
			t.Errorf("%v is found as %v", r, v.Passage(doc))
		}
	}
}
