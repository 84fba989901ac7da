package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/html"
	"pilcrow/corpus/pdf"
)

// Linker adds what stands at addresses on the web. It is safe for concurrent
// use.
type Linker struct {
	fetch *fetch.Client
	store *corpus.Store
	keep  corpus.Keeping
	read  *reader
}

// NewLinker returns a Linker that keeps pages as keep says.
func NewLinker(client *fetch.Client, store *corpus.Store, keep corpus.Keeping) *Linker {
	return &Linker{fetch: client, store: store, keep: keep, read: &reader{pdf: pdf.New()}}
}

// Close frees what reading PDFs has taken. The client and the store are the
// caller's.
func (l *Linker) Close() error { return l.read.pdf.Close() }

// Linked is what became of an address.
type Linked struct {
	Status  corpus.Status
	Article corpus.Article
}

// Errors about what stands at an address, found with errors.Is; others are
// those of packages fetch, html, pdf and corpus.
var (
	ErrFeed    = errors.New("this is a feed, not an article; follow it with pilcrow feed add")
	ErrNotKept = errors.New("its page is not, or no longer, kept; ask for it again without --offline")
	ErrUpload  = errors.New("it was added from a file and not from an address; pilcrow add ADDRESS fetches it")
	ErrElse    = errors.New("its address leads to another site now; if that is the same article, add the new address")
)

// Add puts the article at an address into collection. Where the collection
// knows it, the site is asked for what is new: nothing is StatusUnchanged, a
// changed text a revision. Where the site has no such page any more, a known
// article is marked as gone and returned beside fetch.ErrGone. Nothing else is
// written where there is an error.
func (l *Linker) Add(ctx context.Context, collection, address string) (Linked, error) {
	return l.add(ctx, collection, address, corpus.Draft{})
}

// AddEntry is Add for what a feed says of an article: the text is the feed's or
// the page's, whichever has more, and the page speaks first of all else. Where
// there is no page to be had, or no address, the feed's text alone is added, if
// it has any.
func (l *Linker) AddEntry(ctx context.Context, collection string, entry corpus.Draft) (Linked, error) {
	if entry.URL == "" {
		return l.addAlone(ctx, collection, entry)
	}
	return l.add(ctx, collection, entry.URL, entry)
}

// addAlone adds what a feed says of an article, without its page.
func (l *Linker) addAlone(ctx context.Context, collection string, entry corpus.Draft) (Linked, error) {
	entry.Origin = corpus.Fetched
	entry, err := l.read.finish(entry)
	if err != nil {
		return Linked{}, err
	}
	a, status, err := l.store.Add(ctx, collection, entry)
	return Linked{status, a}, err
}

func (l *Linker) add(ctx context.Context, collection, address string, entry corpus.Draft) (Linked, error) {
	address, err := l.fetch.Check(behind(address))
	if err != nil {
		return Linked{}, err
	}
	known, last, err := l.store.Asked(ctx, collection, address)
	if err != nil && !errors.Is(err, corpus.ErrNotFound) {
		return Linked{}, err
	}
	if last.Asked != address && last.URL != address { // what another address said of itself
		last.ETag, last.LastModified = "", ""
	}
	page, d, err := l.get(ctx, address, last)
	switch {
	case err == nil && page.NotModified:
		a, err := l.store.Checked(ctx, known.ID, page.ETag, page.LastModified)
		return Linked{corpus.StatusUnchanged, a}, err
	case err == nil:
		if known.ID == "" {
			if known, last.Fed, err = l.alone(ctx, collection, d.URL); err != nil {
				return Linked{}, err
			}
		}
		if d, last.Fed, err = l.join(ctx, d, entry, known, last); err != nil {
			return Linked{}, err
		}
	case ctx.Err() != nil:
		return Linked{}, err
	case errors.Is(err, fetch.ErrGone) && known.ID != "":
		return l.gone(ctx, known.ID, err)
	case size(entry) > 0:
		return l.addAlone(ctx, collection, entry)
	default:
		return Linked{}, err
	}
	a, status, err := l.store.AddPage(ctx, collection, d, kept(address, page, last.Fed), l.keep)
	return Linked{status, a}, err
}

// alone returns the article that collection has from an address and a feed gave
// alone, if there is one.
func (l *Linker) alone(ctx context.Context, collection, url string) (a corpus.Article, ok bool, err error) {
	a, err = l.store.AtURL(ctx, []string{collection}, url)
	if errors.Is(err, corpus.ErrNotFound) {
		return a, false, nil
	}
	if err != nil {
		return a, false, err
	}
	ok, err = l.store.Alone(ctx, a.ID)
	return a, ok, err
}

// Preview returns what a Linker would add of an address.
func Preview(ctx context.Context, client *fetch.Client, address string) (corpus.Draft, error) {
	address, err := client.Check(behind(address))
	if err != nil {
		return corpus.Draft{}, err
	}
	l := NewLinker(client, nil, corpus.Keeping{})
	defer l.Close() // it only read
	_, d, err := l.get(ctx, address, corpus.Page{})
	return d, err
}

// Refetch asks again for the page of the article id, and does with the answer
// what Add does. The article keeps its address, whatever the page now says, and
// the text that a feed gave, unless the page has more. It
// returns ErrUpload where the article did not come from the web, and ErrElse
// where its address now leads to another site.
func (l *Linker) Refetch(ctx context.Context, id string) (Linked, error) {
	a, last, collection, err := l.kept(ctx, id)
	if err != nil {
		return Linked{}, err
	}
	page, d, err := l.get(ctx, last.Asked, last)
	switch {
	case errors.Is(err, fetch.ErrGone):
		return l.gone(ctx, id, err)
	case err != nil:
		return Linked{}, err
	case page.NotModified:
		a, err := l.store.Checked(ctx, id, page.ETag, page.LastModified)
		return Linked{corpus.StatusUnchanged, a}, err
	case !html.SameSite(page.URL, last.URL):
		return Linked{}, fmt.Errorf("%w (%s)", ErrElse, page.URL)
	}
	d.URL = a.URL
	if d, last.Fed, err = l.join(ctx, d, corpus.Draft{}, a, last); err != nil {
		return Linked{}, err
	}
	a, status, err := l.store.AddPage(ctx, collection, d, kept(last.Asked, page, last.Fed), l.keep)
	return Linked{status, a}, err
}

// Reread takes the text of the article id out of its kept page again. It
// returns ErrNotKept where there is none.
func (l *Linker) Reread(ctx context.Context, id string) (Linked, error) {
	a, last, collection, err := l.kept(ctx, id)
	if err != nil {
		return Linked{}, err
	}
	if last.Body == nil {
		return Linked{}, ErrNotKept
	}
	d, err := l.read.page(ctx, &fetch.Page{URL: last.URL, ContentType: last.ContentType, Body: last.Body})
	if err != nil {
		return Linked{}, err
	}
	d.URL = a.URL
	if d, _, err = l.join(ctx, d, corpus.Draft{}, a, last); err != nil {
		return Linked{}, err
	}
	a, status, err := l.store.Add(ctx, collection, d)
	return Linked{status, a}, err
}

// gone marks the article id, whose page the site says is none.
func (l *Linker) gone(ctx context.Context, id string, err error) (Linked, error) {
	a, markErr := l.store.MarkGone(ctx, id)
	if markErr != nil {
		return Linked{}, markErr
	}
	return Linked{corpus.StatusUnchanged, a}, &vanished{err}
}

// vanished is fetch.ErrGone of an article that is known.
type vanished struct{ err error }

func (v *vanished) Error() string {
	return "its page is gone; the article stays, and is marked as gone"
}

func (v *vanished) Unwrap() error { return v.err }

// kept returns an article that was fetched, and its page, which of one that a
// feed gave alone is yet to be had.
func (l *Linker) kept(ctx context.Context, id string) (corpus.Article, corpus.Page, string, error) {
	a, err := l.store.Article(ctx, id)
	if err != nil {
		return a, corpus.Page{}, "", err
	}
	last, collection, err := l.store.Page(ctx, id)
	if !errors.Is(err, corpus.ErrNotFound) {
		return a, last, collection, err
	}
	alone, err := l.store.Alone(ctx, id)
	if err == nil && (!alone || len(a.Collections) == 0) {
		err = ErrUpload
	}
	if err != nil {
		return a, last, "", err
	}
	return a, corpus.Page{Asked: a.URL, URL: a.URL, Fed: true}, a.Collections[0], nil
}

// get fetches an address and reads what comes as an article, unless nothing has
// changed since last.
func (l *Linker) get(ctx context.Context, address string, last corpus.Page) (*fetch.Page, corpus.Draft, error) {
	page, err := l.fetch.Get(ctx, fetch.Request{URL: address, ETag: last.ETag, LastModified: last.LastModified})
	if err != nil || page.NotModified {
		return page, corpus.Draft{}, err
	}
	if toFront(address, page.URL) {
		return nil, corpus.Draft{}, &fetch.Fault{Kind: fetch.ErrGone, URL: page.URL, Why: "the site leads to its front page instead"}
	}
	d, err := l.read.page(ctx, page)
	return page, d, err
}

// toFront reports whether a site redirected to its front page, as many do where
// they should say that there is no such page.
func toFront(asked, got string) bool {
	a, err := url.Parse(asked)
	if err != nil {
		return false
	}
	b, err := url.Parse(got)
	return err == nil && len(a.Path) > 1 && len(b.Path) <= 1 && b.RawQuery == "" && html.SameSite(asked, got)
}

// kept is what the store is given of a page.
func kept(asked string, p *fetch.Page, fed bool) corpus.Page {
	return corpus.Page{
		Asked: asked, URL: p.URL, ContentType: p.ContentType, ETag: p.ETag, LastModified: p.LastModified, Body: p.Body, Fed: fed,
	}
}

// join returns what the page says, completed with what a feed says of it, and
// whether the text is the feed's. Where no feed speaks now, the text counts that
// one gave before of the article known, read from last. A page that is dated
// more than a day ahead, which no zone explains, is believed in that no more
// than one without a date.
func (l *Linker) join(ctx context.Context, page, entry corpus.Draft, known corpus.Article, last corpus.Page) (_ corpus.Draft, fed bool, err error) {
	if last.Fed && size(entry) == 0 {
		ps, err := l.store.Paragraphs(ctx, known.ID, known.Revision, 0, 0)
		if err != nil {
			return page, false, err
		}
		for _, p := range ps {
			entry.Paragraphs = append(entry.Paragraphs, p.Text)
		}
	}
	if fed = size(entry) > size(page); fed {
		page.Paragraphs, page.Partial = entry.Paragraphs, false
	}
	for _, f := range []struct{ to, from *string }{
		{&page.Title, &entry.Title}, {&page.Author, &entry.Author}, {&page.Source, &entry.Source}, {&page.Lang, &entry.Lang},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if page.Published.IsZero() || page.Published.After(time.Now().Add(24*time.Hour)) {
		page.Published = entry.Published
	}
	return page, fed, nil
}

// size returns the bytes of a draft's text.
func size(d corpus.Draft) int {
	n := 0
	for _, p := range d.Paragraphs {
		n += len(p)
	}
	return n
}
