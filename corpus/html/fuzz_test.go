package html_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/corpus/html"
	"pilcrow/corpus/text"
)

// Whatever a page holds, reading it ends, twice the same, in clean paragraphs.
func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/pages.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, page := range txtar.Parse(data).Files {
		f.Add(page.Data, "https://www.saltmarsh-courier.example/news/1", "text/html")
	}
	f.Fuzz(func(t *testing.T, page []byte, url, contentType string) {
		hint := html.Hint{URL: url, ContentType: contentType}
		d, err := html.Read(t.Context(), page, hint)
		again, errAgain := html.Read(t.Context(), page, hint)
		if (err == nil) != (errAgain == nil) || cmp.Diff(d, again) != "" {
			t.Fatalf("first %v, %v; then %v, %v", d, err, again, errAgain)
		}
		if err == nil && len(d.Paragraphs) == 0 {
			t.Fatal("neither text nor error")
		}
		for _, p := range d.Paragraphs {
			if p == "" || p != text.Clean(p) {
				t.Fatalf("paragraph is not clean: %q", p)
			}
		}
	})
}
