// Package html reads a saved web page as an article: the text that its author
// wrote, in reading order, and what the page says about it.
//
// A page is brought into a tree by the HTML standard (parse.go), laid out as
// blocks of text inside named elements (outline.go, names.go), searched for the
// element that holds the article (body.go), and the blocks in there that are
// not the article's own words are left out (keep.go). A page that stands where
// an article should be is told from one, and a beginning from the whole
// (wall.go). What the page says of itself is gathered from metadata (fact.go,
// jsonld.go) and from above the text (head.go), and weighed (draft.go).
//
// A page is hostile input: its size, nesting and number of nodes are bounded,
// all work is linear in it, and a cancelled context ends it.
package html

import (
	"context"
	"fmt"

	"pilcrow/corpus"
	"pilcrow/corpus/pullquote"
	"pilcrow/corpus/text"
)

// Hint is what is known of a page from outside it.
type Hint struct {
	// URL is the address that the page came from, or empty. Where it is known,
	// the page can name another address as its own only on the same site.
	URL string
	// ContentType is the HTTP header of that name, or empty.
	ContentType string
}

// Read returns the article of a page. It returns corpus.ErrEmpty for a page
// without one, ErrLogin and ErrPerson for what stands in front of one, corpus.ErrTooLarge for a page past the limits of this package,
// and the context's error when that ends first.
func Read(ctx context.Context, page []byte, hint Hint) (_ corpus.Draft, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("read web page: %w", err)
		}
	}()
	ctx, cancel := context.WithTimeoutCause(ctx, maxTime, errSlow)
	defer cancel()
	root, err := parse(ctx, page, hint.ContentType)
	if err != nil {
		return corpus.Draft{}, err
	}
	o := layOut(root)
	f := gather(root, page)
	if ctx.Err() != nil {
		return corpus.Draft{}, context.Cause(ctx)
	}
	d := f.draft(hint.URL)
	article := o.body(d.Title)
	d.Title = o.headline(d.Title)
	author, published := o.signature(article, d.Title)
	if d.Author == "" {
		d.Author = author
	}
	if d.Published.IsZero() {
		d.Published = published
	}
	d.Paragraphs = o.keep(article, d.Title, d.Author)
	// Pages that draw their text with scripts have it in JSON-LD alone.
	if all := f.bodyText(); size(all) > 2*size(d.Paragraphs) {
		d.Paragraphs = all
	}
	if err := o.wall(f, page, d.Title, d.Paragraphs); err != nil {
		return corpus.Draft{}, err
	}
	d.Partial = o.partial(f, article, d.Paragraphs)
	if lang := text.Lang(sample(d.Paragraphs)); lang != "" {
		d.Lang = lang // templates lie about their language more often than detection errs
	}
	d.Paragraphs = pullquote.Drop(d.Lang, d.Paragraphs)
	if ctx.Err() != nil {
		return corpus.Draft{}, context.Cause(ctx)
	}
	return d, nil
}

// sample returns the first paragraphs, enough to tell a language by.
func sample(paragraphs []string) string {
	s := ""
	for _, p := range paragraphs {
		if len(s) >= 800 {
			break
		}
		s += p + "\n"
	}
	return s
}

// size returns the bytes of all paragraphs.
func size(paragraphs []string) int {
	n := 0
	for _, p := range paragraphs {
		n += len(p)
	}
	return n
}
