package corpus_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/corpus"
)

// TestPreview shows that a preview is what an empty store then holds.
func TestPreview(t *testing.T) {
	ctx := t.Context()
	d := corpus.Draft{
		Title: " Die  Fähre ", Author: "J. Hansken", URL: "HTTPS://Bote.example:443/faehre#top",
		Published:  time.Date(2026, 4, 15, 7, 30, 0, 0, time.FixedZone("CEST", 7200)),
		Paragraphs: []string{"", "Die Fähre legt um zehn Uhr abends am Fischkai ab, wenn das Wetter es erlaubt.", "Kinder fahren um\u00adsonst."},
	}
	got, err := corpus.Preview(d)
	if err != nil {
		t.Fatal(err)
	}
	s, err := corpus.Open(ctx, corpus.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a, _, err := s.Add(ctx, "main", d)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := s.Paragraphs(ctx, a.ID, 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := corpus.Draft{
		Origin: corpus.Uploaded, Title: a.Title, Author: a.Author, Source: a.Source,
		URL: a.URL, Lang: a.Lang, Published: a.Published,
	}
	for _, p := range ps {
		want.Paragraphs = append(want.Paragraphs, p.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored against previewed (-stored +previewed):\n%s", diff)
	}
	if got.Lang != "de" {
		t.Errorf("the language is %q", got.Lang)
	}
	if _, err := corpus.Preview(corpus.Draft{Title: "Nothing else"}); !errors.Is(err, corpus.ErrEmpty) {
		t.Errorf("without text: %v", err)
	}
}
