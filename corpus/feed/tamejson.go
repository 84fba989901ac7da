package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"html"
	"io"
	"slices"
	"strings"

	"pilcrow/corpus"
)

// What is read of a JSON Feed, of the feed and of each entry
// (https://www.jsonfeed.org/version/1.1/).
var (
	feedKeys  = []string{"version", "title", "home_page_url", "authors", "author", "items"}
	entryKeys = []string{"id", "url", "external_url", "title", "summary", "content_html", "content_text",
		"date_published", "date_modified", "authors", "author"}
	longKeys = []string{"summary", "content_html", "content_text"}
)

// tameJSON writes a JSON Feed anew, as tameXML does a feed in XML: its plain
// texts become HTML.
func tameJSON(doc []byte) ([]byte, error, error) {
	var out bytes.Buffer
	d := json.NewDecoder(bytes.NewReader(doc))
	seen := make(map[string]bool)
	entries := 0
	out.WriteByte('{')
	damage := members(d, func(key string) error {
		if !slices.Contains(feedKeys, key) || seen[key] {
			return skip(d)
		}
		seen[key] = true
		if key == "items" {
			comma(&out)
			out.WriteString(`"items":[`)
			err := items(d, &out, &entries)
			out.WriteByte(']')
			return err
		}
		return member(d, &out, key)
	})
	out.WriteByte('}')
	if out.Len() > 2*MaxBytes {
		return nil, nil, ErrTooLarge
	}
	if !seen["items"] || !seen["version"] && !seen["title"] { // some other JSON
		if damage != nil {
			return nil, nil, broken(damage)
		}
		return nil, nil, errNone
	}
	if damage != nil {
		damage = broken(damage)
	}
	return out.Bytes(), damage, nil
}

// broken says in one line what is wrong with a document in JSON.
func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the document ends early")
	}
	return errors.New("the document is broken: " + err.Error())
}

// items writes the entries up to the end or to where they break.
func items(d *json.Decoder, out *bytes.Buffer, entries *int) error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return cmp.Or(err, errors.New("items is no list"))
	}
	for d.More() {
		if *entries == MaxEntries {
			if err := skip(d); err != nil {
				return err
			}
			continue
		}
		before := out.Len()
		comma(out)
		out.WriteByte('{')
		seen := make(map[string]bool)
		err := members(d, func(key string) error {
			if !slices.Contains(entryKeys, key) || seen[key] || key == "content_text" && seen["content_html"] {
				return skip(d)
			}
			if key == "external_url" {
				if key = "url"; seen[key] {
					return skip(d)
				}
			} else {
				seen[key] = true
			}
			return member(d, out, key)
		})
		if err != nil {
			out.Truncate(before)
			return err
		}
		out.WriteByte('}')
		*entries++
	}
	_, err := d.Token()
	return err
}

// members calls each with the keys of an object. It takes the value.
func members(d *json.Decoder, each func(key string) error) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return cmp.Or(err, errors.New("an entry is no object"))
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := each(key); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// member writes a key with its value, or neither where the value cannot be
// meant.
func member(d *json.Decoder, out *bytes.Buffer, key string) error {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return err
	}
	limit := shortText
	if slices.Contains(longKeys, key) {
		limit = corpus.MaxParagraphBytes
	}
	if len(raw) > limit || len(raw) == 0 {
		return nil
	}
	if key != "author" && key != "authors" {
		s := scalar(raw)
		if s == "" {
			return nil
		}
		switch key {
		case "content_text":
			key, s = "content_html", lines(s)
		case "title", "summary":
			s = lines(s)
		}
		var err error
		if raw, err = json.Marshal(s); err != nil {
			return err
		}
	} else if !json.Valid(raw) || !people(raw) {
		return nil
	}
	comma(out)
	name, err := json.Marshal(key)
	if err != nil {
		return err
	}
	out.Write(name)
	out.WriteByte(':')
	out.Write(raw)
	return nil
}

// scalar returns a string, or a number as one.
func scalar(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// people reports whether raw can be an author or a list of them.
func people(raw json.RawMessage) bool {
	type person struct {
		Name string `json:"name"`
	}
	return json.Unmarshal(raw, new(person)) == nil || json.Unmarshal(raw, new([]person)) == nil
}

// lines returns plain text as HTML.
func lines(s string) string {
	return strings.ReplaceAll(html.EscapeString(s), "\n\n", "<p>")
}

// skip passes over a value.
func skip(d *json.Decoder) error {
	var raw json.RawMessage
	return d.Decode(&raw)
}

// comma parts what follows from what stands before.
func comma(out *bytes.Buffer) {
	if b := out.Bytes(); len(b) > 0 && b[len(b)-1] != '{' && b[len(b)-1] != '[' {
		out.WriteByte(',')
	}
}
