// Package jsonl reads articles from JSON: an array, one object a line, or
// objects one after the other, whatever the file is called.
//
//	{"title", "author", "source", "published_at", "url", "lang", "body"}
//
// Only body is needed: paragraphs split by blank lines, or an array of them.
// Keys that are not named here are ignored. A stream of any length is read in
// the memory of its largest element.
package jsonl

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"pilcrow/corpus"
	"pilcrow/corpus/charset"
	"pilcrow/corpus/stamp"
)

// MaxElement is the size in bytes above which an element is passed over with
// an error.
const MaxElement = 64 << 20

// Read yields each element of r in order, as a draft or as the error that says
// why it is none; the elements behind a bad one are still read. Only when r
// itself fails, or turns out to hold no JSON, does an error end the sequence.
func Read(r io.Reader) iter.Seq2[corpus.Draft, error] {
	return func(yield func(corpus.Draft, error) bool) {
		s := newSplitter(charset.NewReader(r), MaxElement)
		for {
			raw, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			var d corpus.Draft
			if err == nil {
				d, err = draft(raw)
			}
			if !yield(d, err) || s.done {
				return
			}
		}
	}
}

// element is an article as it stands in JSON. The fields are raw so that one
// of the wrong shape is named in the error.
type element struct {
	Title     json.RawMessage `json:"title"`
	Author    json.RawMessage `json:"author"`
	Source    json.RawMessage `json:"source"`
	Published json.RawMessage `json:"published_at"`
	URL       json.RawMessage `json:"url"`
	Lang      json.RawMessage `json:"lang"`
	Body      json.RawMessage `json:"body"`
}

func draft(raw []byte) (corpus.Draft, error) {
	if !utf8.Valid(raw) {
		s, err := charset.Decode(raw)
		if err != nil {
			return corpus.Draft{}, err
		}
		raw = []byte(s)
	}
	var e element
	if err := json.Unmarshal(raw, &e); err != nil {
		return corpus.Draft{}, explain(err)
	}
	body, err := paragraphs(e.Body)
	if err != nil {
		return corpus.Draft{}, err
	}
	d := corpus.Draft{Paragraphs: body}
	var published string
	for _, f := range []struct {
		name string
		raw  json.RawMessage
		to   *string
	}{
		{"title", e.Title, &d.Title},
		{"author", e.Author, &d.Author},
		{"source", e.Source, &d.Source},
		{"published_at", e.Published, &published},
		{"url", e.URL, &d.URL},
		{"lang", e.Lang, &d.Lang},
	} {
		var ok bool
		if *f.to, ok = scalar(f.raw); ok {
			continue
		}
		if f.name == "author" {
			if *f.to, ok = names(f.raw); ok {
				continue
			}
		}
		return corpus.Draft{}, fmt.Errorf("%s is not a string", f.name)
	}
	d.Published = stamp.Parse(published)
	return d, nil
}

// explain says in the file's terms what encoding/json says in Go's.
func explain(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("broken JSON at byte %d of the element: %w", syntax.Offset, err)
	}
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return fmt.Errorf("not an article: want a JSON object, not %s", article(mismatch.Value))
	}
	return err
}

func article(noun string) string {
	if strings.HasPrefix(noun, "array") {
		return "an array"
	}
	return "a " + noun
}

// scalar reads a string, a number, or nothing; it reports false for what is
// neither.
func scalar(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 || string(raw) == "null" {
		return "", true
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s, true
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String(), true
	}
	return "", false
}

// names reads a list of people, each a string or an object with a name.
func names(raw json.RawMessage) (string, bool) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var out []string
	for _, one := range list {
		name, ok := scalar(one)
		if !ok {
			var person struct{ Name string }
			if json.Unmarshal(one, &person) != nil {
				return "", false
			}
			name = person.Name
		}
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", "), true
}

func paragraphs(raw json.RawMessage) ([]string, error) {
	if len(raw) == 0 {
		return nil, errors.New("body is missing")
	}
	var list []string
	var s string
	if json.Unmarshal(raw, &s) == nil { // null too leaves s empty
		list = split(s)
	} else if json.Unmarshal(raw, &list) != nil {
		return nil, errors.New("body is not a string")
	}
	for _, p := range list {
		if strings.TrimSpace(p) != "" {
			return list, nil
		}
	}
	return nil, errors.New("body is empty")
}

// split cuts a body at its blank lines.
func split(body string) []string {
	var out []string
	start := 0
	end := 0 // of the last line that is not blank
	for at := 0; at < len(body); {
		next := len(body)
		if i := strings.IndexByte(body[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		switch {
		case strings.TrimSpace(body[at:next]) != "":
			end = next
		case end > start:
			out = append(out, body[start:end])
			start = next
		default:
			start = next
		}
		at = next
	}
	if end > start {
		out = append(out, body[start:end])
	}
	return out
}
