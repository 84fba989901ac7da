package feed

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	text "pilcrow/corpus/charset"
)

// decode returns a feed's document in UTF-8, from its first angle bracket or
// brace on, with nothing in it that XML forbids. What is valid UTF-8 is nothing
// else, whatever it or the server declares; otherwise the document is believed
// before the server, whose default is as often wrong.
func decode(b []byte, contentType string) ([]byte, error) {
	if what := text.Binary(b); what != "" {
		return nil, fmt.Errorf("not a feed: looks like %s", what)
	}
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 {
		var err error
		if b, err = foreign(b, contentType); err != nil {
			return nil, err
		}
		if len(b) > 2*MaxBytes {
			return nil, ErrTooLarge
		}
	}
	b = begin(printable(b))
	if len(b) == 0 {
		return nil, errors.New("not a feed: empty")
	}
	return b, nil
}

// foreign decodes what is not UTF-8.
func foreign(b []byte, contentType string) ([]byte, error) {
	if !marked(b) {
		for _, label := range []string{wide(b), declared(b), served(contentType)} {
			if e, name := charset.Lookup(label); e != nil && name != "utf-8" && name != "replacement" {
				return e.NewDecoder().Bytes(b)
			}
		}
	}
	s, err := text.Decode(b)
	return []byte(s), err
}

// marked reports whether b begins with the byte-order mark of UTF-16.
func marked(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF"))
}

// wide returns the encoding of a document in UTF-16 without a mark, or "".
func wide(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("<\x00")), bytes.HasPrefix(b, []byte("{\x00")):
		return "utf-16le"
	case bytes.HasPrefix(b, []byte("\x00<")), bytes.HasPrefix(b, []byte("\x00{")):
		return "utf-16be"
	}
	return ""
}

var declaration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']`)
})

// declared returns the encoding that a document names itself.
func declared(b []byte) string {
	if m := declaration().FindSubmatch(b[:min(len(b), 512)]); m != nil {
		return string(m[1])
	}
	return ""
}

// served returns the encoding that the server names.
func served(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// printable drops the control characters that XML forbids.
func printable(b []byte) []byte {
	if !bytes.ContainsFunc(b, forbidden) {
		return b
	}
	return bytes.Map(func(r rune) rune {
		if forbidden(r) {
			return -1
		}
		return r
	}, b)
}

func forbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || r == 0xFEFF
}

// begin cuts off what stands before a feed: space, and what a failing program
// printed there.
func begin(b []byte) []byte {
	head := string(b[:min(len(b), 4096)])
	for _, start := range []string{"<?xml", "<rss", "<rdf:RDF", "<feed"} {
		if i := strings.Index(head, start); i >= 0 {
			return b[i:]
		}
	}
	return bytes.TrimSpace(b)
}
