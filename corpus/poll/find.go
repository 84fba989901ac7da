package poll

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/feed"
	"pilcrow/corpus/fetch"
)

// ErrNoFeed says that no feed was found at or from an address.
var ErrNoFeed = errors.New("no feed found; give the address of the feed itself")

// maxNamed is how many of the feeds that a page names are looked at.
const maxNamed = 5

// Find returns the feed at an address, or the one that the page there names, or
// else one that stands where feeds usually stand on its site. An address
// without a scheme is one on https. Its Collection is empty.
func Find(ctx context.Context, get Getter, address string) (corpus.Feed, error) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	page, err := get.Get(ctx, fetch.Request{URL: address, Accept: formats, MaxBytes: feed.MaxBytes})
	if err != nil {
		return corpus.Feed{}, err
	}
	found, err := readFeed(page)
	if err == nil || !errors.Is(err, feed.ErrPage) {
		return found, err
	}
	named := feed.Links(page.Body, page.URL)
	for _, u := range named[:min(len(named), maxNamed)] {
		if found, err = getFeed(ctx, get, u); err == nil || ctx.Err() != nil {
			return found, err
		}
	}
	site, err := url.Parse(page.URL)
	if err != nil {
		return corpus.Feed{}, err
	}
	for _, path := range feed.Paths {
		if found, err = getFeed(ctx, get, site.ResolveReference(&url.URL{Path: path}).String()); err == nil || ctx.Err() != nil {
			return found, err
		}
	}
	return corpus.Feed{}, ErrNoFeed
}

func getFeed(ctx context.Context, get Getter, address string) (corpus.Feed, error) {
	page, err := get.Get(ctx, fetch.Request{URL: address, Accept: formats, MaxBytes: feed.MaxBytes})
	if err != nil {
		return corpus.Feed{}, err
	}
	return readFeed(page)
}

func readFeed(page *fetch.Page) (corpus.Feed, error) {
	found, err := feed.Read(page.Body, feed.Hint{URL: page.URL, ContentType: page.ContentType})
	if err != nil {
		return corpus.Feed{}, err
	}
	return corpus.Feed{URL: page.URL, Title: found.Title, Site: found.Site}, nil
}
