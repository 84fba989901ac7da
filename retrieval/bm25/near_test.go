package bm25_test

import (
	"strings"
	"testing"

	"pilcrow/retrieval/bm25"
)

func TestNear(t *testing.T) {
	x := build(t,
		change("a", "en", "The observatory of Lindqvist", "Lindqvist watched the comet from the observatory in 2021."),
		change("b", "en", "Comets", "A comet is no planet. The camel knows nothing."),
		change("c", "en", "Coma", "A coma is no comma, a comma no coma. Cameo."))
	v := x.View()
	for _, test := range []struct{ word, want string }{
		{"lindqvst", "lindqvist"},      // left out
		{"lindqvisst", "lindqvist"},    // put in
		{"lindqwist", "lindqvist"},     // changed
		{"lindqvits", "lindqvist"},     // swapped
		{"lnidqvits", "lindqvist"},     // two edits of a long word
		{"observatroy", "observatori"}, // read as its stem is
		{"comte", "comet coma"},        // its stem, "comt", is one edit from both
		{"copla", ""},                  // two edits of a short word
		{"comx", "coma"},               // the nearest only
		{"indqvist", ""},               // the first letter is never wrong
		{"2012", ""},                   // a number is what it is
		{"cat", ""},                    // too short to tell
		{"東京新聞", ""},
		{"", ""},
		{strings.Repeat("comet", 100_000), ""},
	} {
		var got []string
		for _, n := range v.Near(test.word) {
			got = append(got, n.Term)
			if n.Weight <= 0 || n.Weight >= 1 || n.Passages == 0 {
				t.Errorf("Near(%q) has %+v", test.word, n)
			}
		}
		if name := test.word[:min(len(test.word), 20)]; strings.Join(got, " ") != test.want {
			t.Errorf("Near(%q) = %q, want %q", name, got, test.want)
		}
	}
}

func TestRespelled(t *testing.T) {
	x := build(t,
		change("a", "en", "Lindqvist", "Lindqvist watched the comet."),
		change("b", "de", "Kometen", "Der Komet."),
		change("c", "en", "Others", "Nothing of the kind."))
	v := x.View()
	q := v.Query(bm25.Part{Text: "What did Lindqvits watch, and der Komet?", Weight: 1})
	if len(q.Respelled) != 1 || q.Respelled[0].Word != "Lindqvits" || q.Respelled[0].As[0].Term != "lindqvist" {
		t.Errorf("respelled %v, want Lindqvits only", q.Respelled)
	}
	right := v.Query(bm25.Part{Text: "Lindqvist", Weight: 1}).Articles(v.Select(nil))
	wrong := v.Query(bm25.Part{Text: "Lindqvits", Weight: 1}).Articles(v.Select(nil))
	for no := range right {
		if (right[no] > 0) != (wrong[no] > 0) || wrong[no] > right[no] {
			t.Errorf("article %s scores %v spelt right and %v spelt wrong", v.Article(no).ID, right[no], wrong[no])
		}
	}
	// A text in no language of the archive costs no more than a few look-ups.
	long := v.Query(bm25.Part{Text: strings.Repeat("lindqvits comte ", 10_000), Weight: 1})
	if len(long.Respelled) > 8 {
		t.Errorf("%d words respelled", len(long.Respelled))
	}
}
