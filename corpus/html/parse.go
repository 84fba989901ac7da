package html

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"pilcrow/corpus"
	binary "pilcrow/corpus/charset"
)

// The limits of a page. Of 91 saved news pages the largest has 1.5 MB and
// 35,000 tags and attributes.
const (
	maxBytes = 8 << 20
	maxParts = 1 << 19 // tags and attributes; each costs the tree about 100 bytes
	maxTime  = 10 * time.Second
)

var errSlow = fmt.Errorf("not done after %s: the page is broken or hostile", maxTime)

// parse returns the tree of a page in any encoding. Nesting past 512 elements
// is refused by the parser itself.
func parse(ctx context.Context, page []byte, contentType string) (*html.Node, error) {
	if what := binary.Binary(page); what != "" {
		return nil, fmt.Errorf("not a web page: looks like %s", what)
	}
	if len(page) > maxBytes {
		return nil, fmt.Errorf("%w: a page of %d MB, at most %d", corpus.ErrTooLarge, len(page)>>20, maxBytes>>20)
	}
	page, err := decode(page, contentType)
	if err != nil {
		return nil, err
	}
	page, err = simplify(ctx, page)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(&reader{ctx, bytes.NewReader(page)})
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("the page is broken or hostile: %w", err)
	}
	return root, err
}

// decode returns a page in UTF-8. A page beyond ASCII that is valid UTF-8 is
// nothing else, whatever it or the server declares.
func decode(page []byte, contentType string) ([]byte, error) {
	if utf8.Valid(page) && bytes.ContainsFunc(page, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return page, nil
	}
	head := page
	// The standard looks for a declaration in the first 1,024 bytes; pages put
	// it behind their scripts all the same.
	if i := bytes.Index(page[:min(len(page), 64<<10)], []byte("charset=")); i > 1000 {
		if tag := bytes.LastIndexByte(page[:i], '<'); tag >= 0 {
			head = page[tag:]
		}
	}
	encoding, _, _ := charset.DetermineEncoding(head, contentType)
	decoded, err := encoding.NewDecoder().Bytes(page)
	if err != nil {
		return nil, err
	}
	if len(decoded) > 3*maxBytes {
		return nil, corpus.ErrTooLarge
	}
	return decoded, nil
}

// simplify drops from a page what says nothing about its text but is what
// makes parsing dangerous: formatting elements, which the standard has the
// parser open again in every later paragraph, so that a kilobyte can become a
// gigabyte of nodes; the second and later <html> and <body>, whose attributes
// it would merge; drawings; and scripts other than JSON-LD. It refuses a page
// of more than maxParts.
func simplify(ctx context.Context, page []byte) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(page))
	z := html.NewTokenizer(&reader{ctx, bytes.NewReader(page)})
	parts := 0
	drawing, script := false, false // inside of one
	seen := make(map[atom.Atom]bool)
	for {
		kind := z.Next()
		raw := z.Raw()
		switch kind {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			return out.Bytes(), nil
		case html.CommentToken:
			continue
		case html.TextToken:
			if drawing || script {
				continue
			}
			// A last "<" must not make a tag with what follows a dropped one.
			if text, open := bytes.CutSuffix(raw, []byte("<")); open {
				out.Write(text)
				raw = []byte("&lt;")
			}
			out.Write(raw)
			continue
		}
		if parts += 1 + separators(raw); parts > maxParts {
			return nil, fmt.Errorf("%w: more than %d tags and attributes", corpus.ErrTooLarge, maxParts)
		}
		name, _ := z.TagName() // lower-cases the name within raw
		a := atom.Lookup(name)
		script = a == atom.Script && kind == html.StartTagToken && !jsonLD(raw)
		switch {
		case a == atom.Svg || a == atom.Math:
			drawing = kind == html.StartTagToken
			continue
		case drawing && !blockLevel[a]: // these end a drawing that was left open
			z.NextIsNotRawText()
			continue
		case formatting[a]:
			continue
		case a == atom.Html || a == atom.Body:
			if kind != html.StartTagToken || seen[a] {
				continue
			}
			seen[a] = true
		}
		drawing = false
		out.Write(raw)
	}
}

// separators bounds the number of a tag's attributes from above.
func separators(tag []byte) int {
	n := 0
	for _, c := range tag {
		switch c {
		case ' ', '\t', '\n', '\r', '\f', '/', '=', '"', '\'':
			n++
		}
	}
	return n
}

func jsonLD(tag []byte) bool {
	return bytes.Contains(bytes.ToLower(tag), []byte("ld+json"))
}

// formatting holds the standard's formatting elements except A.
var formatting = map[atom.Atom]bool{
	atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true,
	atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// reader ends when its context does.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r *reader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	return r.r.Read(p)
}
