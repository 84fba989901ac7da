package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"pilcrow/corpus"
)

// label is what a person wrote down of a page: of each field every form that
// is right. An empty list is not scored.
type label struct {
	Title  []string `json:"title"`
	Date   []string `json:"date"` // days, such as 2026-05-04
	Outlet []string `json:"outlet"`
	URL    string   `json:"url"` // the canonical address
}

// FieldCase says of one page which fields were read right; one that is not
// scored is not in it.
type FieldCase struct {
	Page  string
	Right map[string]bool
}

// FieldNames are the fields that ReadFields scores, in the order to print.
var FieldNames = []string{"title", "date", "outlet", "address"}

// ReadFields scores what read says of the saved pages of a folder, beside their
// text: those that a file of labels, {ID: label}, has.
func ReadFields(dir, labels string, read func(page []byte, url string) (corpus.Draft, error)) (_ []FieldCase, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("score fields: %w", err)
		}
	}()
	var known map[string]label
	if err := readJSON(labels, &known); err != nil {
		return nil, err
	}
	var truth map[string]struct {
		URL string `json:"url"`
	}
	if err := readJSON(filepath.Join(dir, "ground-truth.json"), &truth); err != nil {
		return nil, err
	}
	var cases []FieldCase
	for id, l := range known {
		page, err := readGzip(filepath.Join(dir, "pages", id+".html.gz"))
		if err != nil {
			return nil, err
		}
		d, err := read(page, truth[id].URL)
		if err != nil {
			d = corpus.Draft{} // nothing right
		}
		cases = append(cases, FieldCase{id, l.right(d)})
	}
	slices.SortFunc(cases, func(a, b FieldCase) int { return strings.Compare(a.Page, b.Page) })
	return cases, nil
}

func (l label) right(d corpus.Draft) map[string]bool {
	right := map[string]bool{}
	if len(l.Title) > 0 {
		right["title"] = slices.ContainsFunc(l.Title, func(s string) bool { return bare(s) == bare(d.Title) })
	}
	if len(l.Date) > 0 {
		right["date"] = slices.Contains(l.Date, d.Published.UTC().Format(time.DateOnly))
	}
	if len(l.Outlet) > 0 {
		right["outlet"] = slices.ContainsFunc(l.Outlet, func(s string) bool { return outletName(s) == outletName(d.Source) })
	}
	if l.URL != "" {
		right["address"] = corpus.CanonicalURL(l.URL) == corpus.CanonicalURL(d.URL)
	}
	return right
}

// FieldFigure is how often a field was read right where it is labelled.
func FieldFigure(cases []FieldCase, field string) Figure {
	labelled := slices.DeleteFunc(slices.Clone(cases), func(c FieldCase) bool { _, ok := c.Right[field]; return !ok })
	return share(labelled, func(c FieldCase) bool { return c.Right[field] })
}

// outletName is the part of an outlet's name that tells it from others.
func outletName(s string) string {
	return strings.TrimPrefix(strings.TrimSuffix(bare(s), "com"), "the")
}

// bare leaves the letters and digits of s, in lower case.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func readJSON(name string, v any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
