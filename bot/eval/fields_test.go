package eval

import (
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pilcrow/corpus"
)

// TestFields scores a page that is read right but for its outlet, and one that
// cannot be read.
func TestFields(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if filepath.Ext(name) != ".gz" {
			f.WriteString(content)
			return
		}
		z := gzip.NewWriter(f)
		z.Write([]byte(content))
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	write("ground-truth.json", `{"a": {"url": "https://a.example/x"}, "b": {"url": "https://b.example/y"}}`)
	write("pages/a.html.gz", "readable")
	write("pages/b.html.gz", "not")
	write("labels.json", `{
		"a": {"title": ["The lamp", "The lamp is lit"], "date": ["2026-05-03", "2026-05-04"], "outlet": ["The Courier"], "url": "https://a.example/x?utm_source=y"},
		"b": {"title": ["The quay"], "date": [], "outlet": [], "url": "https://b.example/y"}}`)
	cases, err := ReadFields(dir, filepath.Join(dir, "labels.json"), func(page []byte, url string) (corpus.Draft, error) {
		if string(page) == "not" {
			return corpus.Draft{Title: "The quay"}, errors.New("not readable")
		}
		return corpus.Draft{Title: "“The Lamp”", Published: time.Date(2026, 5, 4, 1, 0, 0, 0, time.UTC), Source: "Gazette", URL: url}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]struct {
		n    int
		mean float64
	}{"title": {2, .5}, "date": {1, 1}, "outlet": {1, 0}, "address": {2, .5}} {
		if got := FieldFigure(cases, field); got.N != want.n || got.Mean != want.mean {
			t.Errorf("%s: %d, %v; want %+v", field, got.N, got.Mean, want)
		}
	}
	for _, pair := range [][2]string{{"The Guardian", "the guardian"}, {"AutoIndustriya", "AutoIndustriya.com"}} {
		if outletName(pair[0]) != outletName(pair[1]) {
			t.Errorf("%v are two outlets", pair)
		}
	}
}
