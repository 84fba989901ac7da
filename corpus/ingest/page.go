package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"path"
	"runtime/debug"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/html"
)

// page reads what a site sent as an article.
func (r *reader) page(ctx context.Context, p *fetch.Page) (d corpus.Draft, err error) {
	defer func() {
		if p := recover(); p != nil { // in a parser that is not ours
			err = fmt.Errorf("%w: %v at %s", ErrReader, p, origin(debug.Stack()))
		}
	}()
	u, err := url.Parse(p.URL)
	if err != nil {
		return d, err
	}
	if isFeed(p.Body) {
		return d, ErrFeed
	}
	f, err := served(p.ContentType, u.Path)
	if err != nil {
		return d, err
	}
	f = sniff(f, p.Body)
	d, err = r.decode(ctx, f, p.Body, html.Hint{URL: p.URL, ContentType: p.ContentType})
	if err != nil {
		return corpus.Draft{}, reason(err)
	}
	d.Origin = corpus.Fetched
	if f != webPage { // which alone may say what its address is
		d.URL = p.URL
	}
	if d.Title == "" {
		d.Title = titleFromName(u.Path)
	}
	if d.Source == "" {
		d.Source = strings.TrimPrefix(u.Hostname(), "www.")
	}
	return r.finish(d)
}

// errType says that a site sends something that is no article.
var errType = errors.New("want a web page, a PDF or text")

// served returns the format that a site says it sends, or else the name at the
// end of the address promises.
func served(contentType, name string) (format, error) {
	named := formatOf(path.Base(name))
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media = ""
	}
	switch media {
	case "text/html", "application/xhtml+xml":
		return webPage, nil
	case "application/pdf", "application/x-pdf":
		return pdfFile, nil
	case "text/markdown", "text/x-markdown":
		return markdownText, nil
	case "text/plain":
		if named == markdownText {
			return named, nil
		}
		return plainText, nil
	case "application/rss+xml", "application/atom+xml", "application/feed+json":
		return unknown, ErrFeed
	case "", "application/octet-stream", "binary/octet-stream", "text/xml", "application/xml":
		if named != jsonText {
			return named, nil
		}
	}
	if kind, _, _ := strings.Cut(media, "/"); kind == "text" {
		return plainText, nil
	}
	return unknown, fmt.Errorf("it is %.60q; %w", media, errType)
}

// isFeed reports whether content begins as RSS and Atom do.
func isFeed(content []byte) bool {
	head := bytes.TrimSpace(bytes.TrimPrefix(content[:min(len(content), 1024)], []byte("\xEF\xBB\xBF")))
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(head, []byte("<rss")) || bytes.Contains(head, []byte("<feed")) || bytes.Contains(head, []byte("<rdf:RDF"))
	}
	return bytes.HasPrefix(head, []byte("<rss")) || bytes.HasPrefix(head, []byte("<feed"))
}

// behind returns the address of a page behind that of a copy that Google keeps
// of it for mobile phones.
func behind(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return address
	}
	host, rest := strings.ToLower(u.Hostname()), ""
	switch {
	case (host == "www.google.com" || host == "google.com") && strings.HasPrefix(u.Path, "/amp/"):
		rest = strings.TrimPrefix(u.Path, "/amp/")
	case strings.HasSuffix(host, ".cdn.ampproject.org") && len(u.Path) > 3 && u.Path[2] == '/': // /c/, /v/: a page
		rest = u.Path[3:]
	default:
		return address
	}
	scheme := "http://"
	if s, ok := strings.CutPrefix(rest, "s/"); ok {
		scheme, rest = "https://", s
	}
	if !strings.Contains(rest, ".") {
		return address
	}
	if u.RawQuery != "" {
		rest += "?" + u.RawQuery
	}
	return scheme + rest
}
