package retrieval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pilcrow/corpus"
	"pilcrow/retrieval"
)

// report is what an agency sent out, made up.
var report = []string{
	"The breakwater of Gull Island lost nine of its forty caissons in the gale of Sunday night, the island council said, and the mail boat will land on the beach until they are replaced.",
	"Engineers blamed a crack that a diver had reported in the spring, and which the council had put down to barnacles.",
	"The repair will cost three million crowns, a third of what the island earns with herring in a good year.",
}

// TestSearchTellings finds what several outlets tell alike once, with the
// others beside it, and what one of them alone has to say as well.
func TestSearchTellings(t *testing.T) {
	a := open(t)
	tell := func(collection, outlet string, paragraphs ...string) {
		a.add(t, collection, corpus.Draft{
			Title: "Breakwater", Source: outlet, URL: "https://" + strings.ToLower(outlet) + ".example/breakwater",
			Published: day(2024, 2, 25), Paragraphs: paragraphs,
		})
	}
	tell("main", "Post", report...)
	tell("main", "Lantern", append([]string{"Gull Island (lp)."}, report...)...)
	tell("main", "Herald", report[0], strings.Replace(report[1], "barnacles", "sea urchins", 1), strings.Replace(report[2], "three", "four", 1))
	tell("closed", "Whisper", report...)
	a.sync(t)
	if err := a.store.LinkStories(t.Context()); err != nil {
		t.Fatal(err)
	}

	hits := func(q retrieval.Query) (out []string) {
		t.Helper()
		q.Text, q.Now, q.Limit = "what did the gale do to the breakwater of Gull Island", now, 4
		list, err := a.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range list {
			if h.Article.Title != "Breakwater" {
				continue
			}
			var also []string
			for _, t := range h.Also {
				also = append(also, t.Article.Source)
			}
			out = append(out, fmt.Sprintf("%s %d of 3 also %s", h.Article.Source, len(h.Text), strings.Join(also, "+")))
		}
		return out
	}
	var outlets []string
	got := hits(retrieval.Query{Collections: []string{"main"}})
	for _, h := range got {
		outlets = append(outlets, strings.Fields(h)[0])
	}
	// The Herald gives another sum, and so is read beside one of the others.
	if len(got) != 2 || !slices.Contains(outlets, "Herald") || strings.Contains(strings.Join(got, " "), "Whisper") {
		t.Errorf("hits %q: want the Herald and one of the others, and nothing from the closed collection", got)
	}
	for _, h := range got {
		if n := strings.Count(h, "+"); n != 1 {
			t.Errorf("%s: want two others beside it", h)
		}
	}
	if got := hits(retrieval.Query{Collections: []string{"main"}, Source: "Lantern"}); len(got) != 1 || !strings.HasSuffix(got[0], "also ") {
		t.Errorf("of the Lantern alone: %q", got)
	}
}
