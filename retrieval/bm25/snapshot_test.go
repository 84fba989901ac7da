package bm25

import (
	"testing"
	"time"

	"pilcrow/corpus"
	"pilcrow/retrieval/passage"
)

// What a damaged file says never breaks the program, even where its checksum
// holds.
func FuzzDecode(f *testing.F) {
	x := New()
	a := corpus.Article{
		ID: "a", Revision: 2, Title: "Ferries", Source: "The Heron", Lang: "en", Collections: []string{"main"},
		Published: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC),
	}
	c := passage.Change{Article: a, Passages: []passage.Passage{
		{Article: "a", Revision: 2, First: 1, Last: 2, Lang: "en", Header: "Ferries. The Heron", Texts: []string{"The ferry sails.", "It is late. It waits."}},
		{Article: "a", Revision: 2, First: 3, Last: 3, Part: 1, Lang: "en", Header: "Ferries. The Heron", Texts: []string{"The end."}},
	}}
	if err := x.Apply(f.Context(), []passage.Change{c}, 7); err != nil {
		f.Fatal(err)
	}
	whole := x.now.Load().encode()
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := decode(b)
		if err != nil {
			return
		}
		x := New()
		x.now.Store(d)
		v := x.View()
		q := v.Query(Part{Text: "the late ferry waits", Weight: 1})
		set := v.Select(nil)
		q.Articles(set)
		for doc := range q.Passages(set) {
			v.Passage(Doc(doc))
			q.Sentences([]Doc{Doc(doc)})
			q.WindowRarity([]Doc{Doc(doc)})
		}
		if again, err := decode(d.encode()); err != nil || len(again.passages) != len(d.passages) {
			t.Errorf("what was decoded is encoded to something else: %v", err)
		}
	})
}

// An index that another analyser built is not taken for ours.
func TestOtherAnalyser(t *testing.T) {
	if fingerprint("en") == fingerprint("de") || fingerprint("en") == fingerprint("") {
		t.Error("two analysers have one fingerprint")
	}
	if fingerprint("en") != fingerprint("en-GB") {
		t.Error("one analyser has two fingerprints")
	}
}
