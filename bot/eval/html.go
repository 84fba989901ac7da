package eval

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Extraction says how well the text of web pages is found, as the article
// extraction benchmark measures it
// (https://github.com/scrapinghub/article-extraction-benchmark): precision and
// recall over the runs of four words of each page, averaged over the pages, and
// F1 of the two averages.
type Extraction struct {
	Pages                 int
	Precision, Recall, F1 float64
	HalfWidth             float64 // of the 95 % interval of F1, by 1,000 resamplings of the pages
}

// Extract scores read on the saved pages of a folder: pages/ID.html.gz and
// ground-truth.json, {ID: {articleBody, url}}. A page that read refuses counts
// as one without text.
func Extract(dir string, read func(page []byte, url string) ([]string, error)) (_ Extraction, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("score extraction: %w", err)
		}
	}()
	data, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		return Extraction{}, err
	}
	var truth map[string]struct {
		ArticleBody string `json:"articleBody"`
		URL         string `json:"url"`
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		return Extraction{}, err
	}
	ids := make([]string, 0, len(truth))
	for id := range truth {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var pages []textOverlap
	for _, id := range ids {
		page, err := readGzip(filepath.Join(dir, "pages", id+".html.gz"))
		if err != nil {
			return Extraction{}, err
		}
		paragraphs, _ := read(page, truth[id].URL)
		pages = append(pages, compareText(truth[id].ArticleBody, strings.Join(paragraphs, "\n")))
	}
	e := averageOverlap(pages)
	e.HalfWidth = overlapHalfWidth(pages)
	return e, nil
}

func readGzip(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return io.ReadAll(z)
}

// textOverlap counts the runs of words that two texts have both, and each alone.
type textOverlap struct{ both, missed, extra int }

func compareText(want, got string) textOverlap {
	a, b := wordRuns(want), wordRuns(got)
	var o textOverlap
	for run, n := range a {
		o.both += min(n, b[run])
		o.missed += max(0, n-b[run])
	}
	for run, n := range b {
		o.extra += max(0, n-a[run])
	}
	return o
}

// wordRuns counts the runs of four words of s; a shorter text is one run.
func wordRuns(s string) map[[4]string]int {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	runs := make(map[[4]string]int)
	if len(words) == 0 {
		return runs
	}
	for i := range max(1, len(words)-3) {
		var run [4]string
		copy(run[:], words[i:])
		runs[run]++
	}
	return runs
}

// averageOverlap leaves out of precision the pages where nothing was found, and out of
// recall those with nothing to find.
func averageOverlap(pages []textOverlap) Extraction {
	var precision, recall, found, present float64
	for _, o := range pages {
		if n := o.both + o.extra; n > 0 {
			precision += float64(o.both) / float64(n)
			found++
		}
		if n := o.both + o.missed; n > 0 {
			recall += float64(o.both) / float64(n)
			present++
		}
	}
	e := Extraction{Pages: len(pages), Precision: precision / max(found, 1), Recall: recall / max(present, 1)}
	if e.Precision+e.Recall > 0 {
		e.F1 = 2 * e.Precision * e.Recall / (e.Precision + e.Recall)
	}
	return e
}

func overlapHalfWidth(pages []textOverlap) float64 {
	const times = 1000
	rng := rand.New(rand.NewPCG(1, 1))
	var sum, squares float64
	sample := make([]textOverlap, len(pages))
	for range times {
		for i := range sample {
			sample[i] = pages[rng.IntN(len(pages))]
		}
		f := averageOverlap(sample).F1
		sum += f
		squares += f * f
	}
	mean := sum / times
	return 1.96 * math.Sqrt(max(0, squares/times-mean*mean))
}
