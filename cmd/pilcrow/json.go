package main

import (
	"encoding/json"
	"io"
	"time"

	"pilcrow/corpus"
)

// printJSON writes v as one line, with one call of Write, so that whoever
// reads line by line gets it at once.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// known is a time as the machine interface has it: UTC, unknown is null.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// list makes an empty list of a missing one, which JSON would call null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// articleJSON is an article in the machine interface.
type articleJSON struct {
	Article     string     `json:"article"`
	Revision    int        `json:"revision"`
	Title       string     `json:"title"`
	Author      string     `json:"author"`
	Source      string     `json:"source"`
	Published   *time.Time `json:"published"`
	URL         string     `json:"url"`
	Lang        string     `json:"lang"`
	Collections []string   `json:"collections"`
	Paragraphs  int        `json:"paragraphs"`
}

func newArticleJSON(a corpus.Article) articleJSON {
	return articleJSON{
		Article: a.ID, Revision: a.Revision,
		Title: a.Title, Author: a.Author, Source: a.Source, Published: known(a.Published),
		URL: a.URL, Lang: a.Lang,
		Collections: list(a.Collections), Paragraphs: a.Paragraphs,
	}
}
