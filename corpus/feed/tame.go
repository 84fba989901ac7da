package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"sync"

	"pilcrow/corpus"
)

// The limits of a document in XML. Of those that outlets serve none comes near.
const (
	maxParts  = 1 << 20 // tags and pieces of text
	maxRepair = 4       // how often the document may be gone through, in all, to find where it goes on after damage
)

// errNone says that a document is no feed at all.
var errNone = errors.New("neither RSS, Atom nor JSON Feed")

// tameXML writes a feed anew with nothing in it but what vocabulary names. The
// second result is what was wrong with the document, and the third says that it
// is no feed.
func tameXML(doc []byte) ([]byte, error, error) {
	t := &tamer{doc: withoutComments(doc), spaces: make(map[string]string)}
	if err := t.run(); err != nil {
		return nil, nil, err
	}
	if len(t.stack) > 0 && t.damage == nil {
		t.damage = errors.New("the document ends early")
	}
	if t.leaf != nil { // what it was to hold is not known
		t.abandon()
	}
	t.closeTo(0)
	if t.out.Len() == 0 {
		return nil, nil, errNone
	}
	return t.out.Bytes(), t.damage, nil
}

// tamer reads the tags of a document one by one and keeps no tree.
type tamer struct {
	doc     []byte
	out     bytes.Buffer
	spaces  map[string]string // namespaces that the root declares, by prefix
	family  family
	stack   []tag // open elements, as vocabulary names them
	leaf    *leaf // the innermost one, where it holds no elements
	entries int
	parts   int
	damage  error

	entryIn  int // where the open entry begins in doc
	entryOut int // and in out
}

// tag is an open element.
type tag struct {
	raw  xml.Name // as the document has it
	name string   // as vocabulary has it
}

// leaf is an open element that is read as one text, or not at all.
type leaf struct {
	tag
	part   part
	attrs  string
	plain  bool // its text is to be escaped, as it is not HTML
	same   int  // open elements of its name inside of it
	text   strings.Builder
	length int // of the text, at most
}

// run goes through the document, from entry to entry where it is broken.
func (t *tamer) run() error {
	start, budget := 0, maxRepair*len(t.doc)
	for {
		d := xml.NewDecoder(bytes.NewReader(t.doc[start:]))
		d.Strict = false
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
		err := t.read(d, start)
		var syntax *xml.SyntaxError
		if !errors.As(err, &syntax) {
			return err
		}
		if t.damage == nil {
			t.damage = fmt.Errorf("the document is broken: %s", syntax.Msg)
		}
		at := start + int(d.InputOffset())
		budget -= at - start
		if t.inEntry() {
			at = t.entryIn + 1 // what broke it may reach far past its end
			t.abandon()
		}
		next := entryTag().FindIndex(t.doc[min(at, len(t.doc)):])
		if next == nil || budget < 0 || len(t.stack) == 0 {
			return nil
		}
		start = at + next[0]
	}
}

var entryTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<(?:\w+:)?(?:item|entry)[\s>]`) })

// inEntry reports whether an entry is open.
func (t *tamer) inEntry() bool {
	for _, e := range t.stack {
		if e.name == "item" || e.name == "entry" {
			return true
		}
	}
	return false
}

// abandon takes back the entry that is open, or else the text.
func (t *tamer) abandon() {
	t.leaf = nil
	for i, e := range t.stack {
		if e.name == "item" || e.name == "entry" {
			t.out.Truncate(t.entryOut)
			t.stack = t.stack[:i]
			t.entries--
			return
		}
	}
}

// read takes the document from a place on up to its end, or where it breaks.
func (t *tamer) read(d *xml.Decoder, start int) error {
	for {
		before := start + int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t.parts++; t.parts > maxParts {
			return fmt.Errorf("%w: more than %d tags", ErrTooLarge, maxParts)
		}
		if t.out.Len() > 2*MaxBytes {
			return fmt.Errorf("%w: more than %d MB", ErrTooLarge, 2*MaxBytes>>20)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if err := t.open(x, before); err != nil {
				return err
			}
		case xml.EndElement:
			t.close(x.Name)
		case xml.CharData:
			if t.leaf != nil {
				t.leaf.add(string(x))
			}
		}
		if len(t.stack) == 0 && t.out.Len() > 0 {
			return nil // what follows the feed is none of it
		}
	}
}

// open takes a start tag.
func (t *tamer) open(x xml.StartElement, at int) error {
	if len(t.stack) == 0 {
		return t.root(x)
	}
	if l := t.leaf; l != nil {
		switch {
		case x.Name == l.raw:
			l.same++
		case t.entryBegins(x.Name), !long[l.name] && t.sibling(x.Name): // the text was never closed
			t.finish()
		}
		if t.leaf != nil {
			l.markup(x.Name, "<")
			return nil
		}
	}
	name := t.name(x.Name)
	if (name == "item" || name == "entry") && t.inEntry() { // nor was the entry
		t.closeEntry()
	}
	top := t.stack[len(t.stack)-1].name
	switch p := vocabulary[t.family][top][name]; p {
	case entryPart:
		if t.entries == MaxEntries {
			t.leaf = &leaf{tag: tag{x.Name, name}}
			return nil
		}
		t.entries++
		t.entryIn, t.entryOut = at, t.out.Len()
		fallthrough
	case holder:
		t.stack = append(t.stack, tag{x.Name, name})
		t.write("<" + name + base(x.Attr) + ">")
	default:
		l := &leaf{tag: tag{x.Name, name}, part: p, length: shortText, attrs: base(x.Attr)}
		if long[name] {
			l.length = corpus.MaxParagraphBytes
		}
		if t.family == atomFamily && p == words {
			l.part, l.plain = constructOf(name, x.Attr)
		}
		if p == link {
			l.plain = true
			for _, key := range []string{"href", "rel", "type"} {
				l.attrs += attribute(key, attr(x.Attr, key))
			}
		}
		t.leaf = l
	}
	return nil
}

// root takes the first start tag, which tells what the document is.
func (t *tamer) root(x xml.StartElement) error {
	root := ""
	switch strings.ToLower(x.Name.Local) {
	case "rss", "rdf":
		t.family, root = rssFamily, "rss"
	case "feed":
		t.family, root = atomFamily, "feed"
	case "html", "head", "body":
		return ErrPage
	default:
		return errNone
	}
	for _, a := range x.Attr {
		if a.Name.Space == "xmlns" {
			t.spaces[a.Name.Local] = strings.TrimSpace(a.Value)
		}
	}
	t.stack = append(t.stack, tag{x.Name, root})
	t.write(opening[t.family] + base(x.Attr) + ">")
	return nil
}

// close takes an end tag. One that nothing opened is passed over, and one that
// closes an outer element closes those inside as well.
func (t *tamer) close(x xml.Name) {
	if l := t.leaf; l != nil {
		if x == l.raw {
			if l.same == 0 {
				t.finish()
				return
			}
			l.same--
		} else if t.depth(x) > 0 {
			t.finish()
			t.closeTo(t.depth(x) - 1)
			return
		}
		l.markup(x, "</")
		return
	}
	if n := t.depth(x); n > 0 {
		t.closeTo(n - 1)
	}
}

// depth returns how many elements are open up to the innermost of a name, or 0.
func (t *tamer) depth(x xml.Name) int {
	for i := len(t.stack); i > 0; i-- {
		if t.stack[i-1].raw == x {
			return i
		}
	}
	return 0
}

// closeTo closes open elements until only n are.
func (t *tamer) closeTo(n int) {
	for len(t.stack) > n {
		t.write("</" + t.stack[len(t.stack)-1].name + ">")
		t.stack = t.stack[:len(t.stack)-1]
	}
}

// closeEntry closes the open entry.
func (t *tamer) closeEntry() {
	for i, e := range t.stack {
		if e.name == "item" || e.name == "entry" {
			t.closeTo(i)
			return
		}
	}
}

// entryBegins reports whether a tag inside a text can only be the next entry.
func (t *tamer) entryBegins(x xml.Name) bool {
	for _, e := range t.stack {
		if e.raw == x && (e.name == "item" || e.name == "entry") {
			return true
		}
	}
	return false
}

// sibling reports whether a tag inside a text begins what stands beside it.
func (t *tamer) sibling(x xml.Name) bool {
	return vocabulary[t.family][t.stack[len(t.stack)-1].name][t.name(x)] != foreignPart
}

// finish writes the open text.
func (t *tamer) finish() {
	l := t.leaf
	t.leaf = nil
	if l.part == foreignPart {
		return
	}
	name := l.name
	if p := proper[name]; p != "" {
		name = p
	}
	t.write("<" + name + l.attrs + ">")
	if s := strings.TrimSpace(l.text.String()); s != "" {
		t.write("<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>")
	}
	t.write("</" + name + ">")
}

func (t *tamer) write(s string) { t.out.WriteString(s) }

// name returns the name of an element as vocabulary has it.
func (t *tamer) name(x xml.Name) string {
	prefix := x.Space
	uri, declared := t.spaces[prefix]
	if known, ok := spaces[uri]; ok {
		prefix = known
	} else if declared && prefix != t.stack[0].raw.Space {
		return "" // another vocabulary's
	}
	if prefix == "rss" || prefix == t.stack[0].raw.Space || t.family == atomFamily && prefix == "atom" {
		prefix = ""
	}
	return lower(prefix, x.Local)
}

// constructOf returns how the text of an Atom element is to be read: it can be
// plain, HTML in text, or HTML in tags, which is plain between them.
func constructOf(name string, attrs []xml.Attr) (p part, plain bool) {
	kind := strings.ToLower(attr(attrs, "type"))
	switch {
	case name == "id", kind == "", strings.HasPrefix(kind, "text/plain"), kind == "text", strings.Contains(kind, "xhtml"):
		return words, !strings.EqualFold(attr(attrs, "mode"), "escaped") || strings.HasPrefix(kind, "text/plain")
	case strings.Contains(kind, "html"):
		return words, false
	}
	return foreignPart, false // a picture, a program
}

// add adds text.
func (l *leaf) add(s string) {
	if l.part == foreignPart || l.text.Len() > l.length {
		return
	}
	if l.plain && l.part == words {
		s = html.EscapeString(s)
	}
	l.text.WriteString(s)
}

// markup adds a tag that stands in the text as such.
func (l *leaf) markup(x xml.Name, open string) {
	if l.part != words || l.text.Len() > l.length || len(x.Local) > 20 {
		return
	}
	l.text.WriteString(open + x.Local + ">")
}

// attr returns the attribute of a plain name, or "".
func attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Space == "" && strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}

// base returns the attribute xml:base among others, ready to be written.
func base(attrs []xml.Attr) string {
	for _, a := range attrs {
		if a.Name.Space == "xml" && a.Name.Local == "base" {
			return attribute("xml:base", a.Value)
		}
	}
	return ""
}

// attribute returns an attribute ready to be written, or "" where it is empty
// or no address can be so long.
func attribute(name, value string) string {
	if value == "" || len(value) > shortText {
		return ""
	}
	return " " + name + `="` + html.EscapeString(value) + `"`
}

// withoutComments drops comments, and escapes the angle brackets that begin no
// tag, as in "a < b".
func withoutComments(doc []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(doc) + len(doc)/64)
	sections := true // there may be another end of a CDATA section
	for {
		i := bytes.IndexByte(doc, '<')
		if i < 0 {
			out.Write(doc)
			return out.Bytes()
		}
		out.Write(doc[:i])
		doc = doc[i:]
		end := 1
		switch {
		case bytes.HasPrefix(doc, []byte("<!--")):
			end = bytes.Index(doc, []byte("-->"))
			if end < 0 {
				return out.Bytes()
			}
			doc = doc[end+len("-->"):]
			continue
		case bytes.HasPrefix(doc, []byte("<![CDATA[")):
			end = -1
			if sections {
				end = bytes.Index(doc, []byte("]]>"))
			}
			if sections = end >= 0; !sections {
				end = len("<![CDATA[")
			}
		case len(doc) == 1 || !beginsTag(doc[1]):
			out.WriteString("&lt;")
			doc = doc[1:]
			continue
		}
		out.Write(doc[:end])
		doc = doc[end:]
	}
}

// beginsTag reports whether an angle bracket before c is one of markup.
func beginsTag(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '/' || c == '?' || c == '!' || c >= 0x80
}
