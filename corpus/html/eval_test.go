package html_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pilcrow/bot/eval"
	"pilcrow/corpus/html"
)

// The text of saved pages is found as well as the bar asks.
func TestExtraction(t *testing.T) {
	dir := os.Getenv("PILCROW_EVAL_DIR")
	if dir == "" {
		t.Skip("PILCROW_EVAL_DIR is not set")
	}
	got, err := eval.Extract(filepath.Join(dir, "html"), func(page []byte, url string) ([]string, error) {
		d, err := html.Read(t.Context(), page, html.Hint{URL: url})
		return d.Paragraphs, err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pages: precision %.3f, recall %.3f, F1 %.3f ± %.3f", got.Pages, got.Precision, got.Recall, got.F1, got.HalfWidth)
	if got.F1 < .95 {
		t.Error("F1 is below .95")
	}
}

// BenchmarkRead reads the saved pages of the evaluation data where it is there,
// else one page of middling size.
func BenchmarkRead(b *testing.B) {
	var pages [][]byte
	names, _ := filepath.Glob(filepath.Join(os.Getenv("PILCROW_EVAL_DIR"), "html/pages/*.html.gz"))
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			b.Fatal(err)
		}
		page, err := io.ReadAll(z)
		if err != nil {
			b.Fatal(err)
		}
		f.Close()
		pages = append(pages, page)
	}
	if len(pages) == 0 {
		var page strings.Builder
		for i := range 300 {
			fmt.Fprintf(&page, `<li class="nav-item"><a href="/%d">Section %d</a></li><div class="article-body"><p>%s</p></div>`, i, i, sentence)
		}
		pages = append(pages, []byte(page.String()))
	}
	for b.Loop() {
		for _, page := range pages {
			if _, err := html.Read(context.Background(), page, html.Hint{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(pages))/b.Elapsed().Seconds(), "pages/s")
}
