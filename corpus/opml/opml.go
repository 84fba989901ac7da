// Package opml reads and writes OPML, in which feed readers hand over what they
// follow (http://opml.org/spec2.opml).
//
// Of a file only the feeds are read: folders, and whatever else outlines are
// used for, are passed over. The file is hostile input: it is read tag by tag,
// no entity is expanded, and size and number of feeds are bounded.
package opml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"pilcrow/corpus/text"
)

// The limits of a file.
const (
	MaxBytes = 16 << 20
	MaxFeeds = 10_000
)

// Feed is one line of a file.
type Feed struct {
	Title string // maybe empty
	URL   string // of the feed, as the file has it
	Site  string // maybe empty
}

// Read returns the feeds of a file in order, each address once. A file without
// a feed is an error.
func Read(r io.Reader) (_ []Feed, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("read OPML: %w", err)
		}
	}()
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxBytes {
		return nil, fmt.Errorf("more than %d MB", MaxBytes>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.CharsetReader = charset.NewReaderLabel
	var list []Feed
	seen := make(map[string]bool)
	root := false
	for {
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF) && root && len(list) > 0:
			return list, nil
		case errors.Is(err, io.EOF) && root:
			return nil, errors.New("no feeds in it")
		case errors.Is(err, io.EOF):
			return nil, errors.New("not an OPML file")
		case err != nil:
			return nil, err
		}
		x, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !root && !strings.EqualFold(x.Name.Local, "opml") {
			return nil, errors.New("not an OPML file")
		}
		root = true
		f, ok := outline(x)
		if !ok || seen[f.URL] {
			continue
		}
		if len(list) == MaxFeeds {
			return nil, fmt.Errorf("more than %d feeds", MaxFeeds)
		}
		seen[f.URL] = true
		list = append(list, f)
	}
}

// outline returns the feed of a tag, where it is one's.
func outline(x xml.StartElement) (f Feed, ok bool) {
	if !strings.EqualFold(x.Name.Local, "outline") {
		return f, false
	}
	name := ""
	for _, a := range x.Attr {
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			f.URL = strings.TrimSpace(a.Value)
		case "htmlurl":
			f.Site = strings.TrimSpace(a.Value)
		case "title":
			f.Title = text.Clean(a.Value)
		case "text":
			name = text.Clean(a.Value)
		}
	}
	if f.Title == "" {
		f.Title = name
	}
	return f, f.URL != ""
}

// The document as it is written.
type document struct {
	XMLName  xml.Name `xml:"opml"`
	Version  string   `xml:"version,attr"`
	Title    string   `xml:"head>title"`
	Outlines []line   `xml:"body>outline"`
}

type line struct {
	Type string `xml:"type,attr"`
	Text string `xml:"text,attr"`
	URL  string `xml:"xmlUrl,attr"`
	Site string `xml:"htmlUrl,attr,omitempty"`
}

// Write writes a file of feeds in order under a title.
func Write(w io.Writer, title string, feeds []Feed) error {
	doc := document{Version: "2.0", Title: title}
	for _, f := range feeds {
		l := line{Type: "rss", Text: f.Title, URL: f.URL, Site: f.Site}
		if l.Text == "" {
			l.Text = f.URL // which may not be empty
		}
		doc.Outlines = append(doc.Outlines, l)
	}
	b, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	_, err = w.Write(append([]byte(xml.Header), append(b, '\n')...))
	return err
}
