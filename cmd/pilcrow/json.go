package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus"
)

// printJSON writes v as one line, with one call of Write, so that whoever
// reads line by line gets it at once. What a terminal would obey in foreign
// text is written as \u, which reads as the same.
func printJSON(w io.Writer, v any) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b := line.Bytes()
	if bytes.ContainsFunc(b, obeyed) {
		var safe []byte
		for _, r := range string(b) {
			if obeyed(r) {
				safe = fmt.Appendf(safe, `\u%04x`, r)
			} else {
				safe = utf8.AppendRune(safe, r)
			}
		}
		b = safe
	}
	_, err := w.Write(b)
	return err
}

// obeyed reports whether a terminal takes r for an order to itself: a control
// character that JSON allows, or one that turns the reading direction.
func obeyed(r rune) bool {
	return 0x7f <= r && r <= 0x9f || unicode.Is(unicode.Bidi_Control, r)
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
