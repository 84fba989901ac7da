// Package pdf reads a PDF as an article: paragraphs of running text, and what
// the document says about itself.
//
// The document is opened by PDFium, the reader of the Chromium browser, inside
// a WebAssembly sandbox: hostile files are what it meets, and there it has no
// files, no network, a bounded memory and a bounded time. PDFium gives
// characters and where they stand (page.go); joining these into lines,
// paragraphs and pages is done here (furniture.go, paragraph.go).
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfium_errors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"pilcrow/corpus"
	"pilcrow/corpus/pullquote"
	"pilcrow/corpus/text"
)

// Errors that tell what is wrong with a document, found with errors.Is.
var (
	ErrEncrypted = errors.New("encrypted: save it without a password")
	ErrBroken    = errors.New("not a readable PDF")
	ErrScanned   = errors.New("no text in this PDF (scanned pages?)")
)

// The limits of a document.
const (
	maxBytes = 64 << 20
	maxPages = 1000
	maxTime  = time.Minute
	maxHeap  = 256 << 20 // of the sandbox, in bytes
	pageSize = 64 << 10  // of WebAssembly
)

// Reader reads PDFs, one at a time. It is safe for concurrent use. Nothing is
// started before the first document, which then takes about a second where the
// compiled sandbox lies in the user's cache directory, and some five where it
// does not yet.
type Reader struct {
	turn    chan struct{} // held by the document being read
	cache   wazero.CompilationCache
	warm    pdfium.Pool // holds the compiled sandbox; no document is opened in it
	timeout time.Duration
}

// New returns a Reader that is not started.
func New() *Reader {
	return &Reader{turn: make(chan struct{}, 1), timeout: maxTime}
}

// Close ends the Reader and waits for the document being read. A closed Reader
// starts again when it is used.
func (r *Reader) Close() error {
	r.turn <- struct{}{}
	defer func() { <-r.turn }()
	if r.warm == nil {
		return nil
	}
	err := errors.Join(r.warm.Close(), r.cache.Close(context.Background()))
	r.warm, r.cache = nil, nil
	return err
}

// Read returns the text of a document. Besides this package's errors it returns
// corpus.ErrTooLarge, and the context's error when that ends first.
func (r *Reader) Read(ctx context.Context, document []byte) (_ corpus.Draft, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("read PDF: %w", err)
		}
	}()
	switch {
	case len(document) > maxBytes:
		return corpus.Draft{}, fmt.Errorf("%w: more than %d MB", corpus.ErrTooLarge, maxBytes>>20)
	case !bytes.Contains(document[:min(len(document), 1024)], []byte("%PDF-")): // where viewers look for it
		return corpus.Draft{}, ErrBroken
	}
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return corpus.Draft{}, ctx.Err()
	}
	if err := r.start(); err != nil {
		return corpus.Draft{}, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, r.timeout, fmt.Errorf("%w: not done after %s", ErrBroken, r.timeout))
	defer cancel()
	d, err := r.read(ctx, document)
	if ctx.Err() != nil { // the sandbox was stopped; what it said of that is noise
		return corpus.Draft{}, context.Cause(ctx)
	}
	return d, err
}

// start compiles the sandbox, in memory where what the disk keeps of it cannot
// be used.
func (r *Reader) start() error {
	if r.warm != nil {
		return nil
	}
	var errs []error
	for _, cache := range []wazero.CompilationCache{diskCache(), wazero.NewCompilationCache()} {
		if cache == nil {
			continue
		}
		warm, err := webassembly.Init(config(context.Background(), cache))
		if err == nil {
			r.cache, r.warm = cache, warm
			return nil
		}
		errs = append(errs, fmt.Errorf("start PDFium: %w", err), cache.Close(context.Background()))
	}
	return errors.Join(errs...)
}

// diskCache returns a cache in the user's cache directory, or nil where that
// cannot be written. Machine code is loaded from it, so that others must not
// write there.
func diskCache() wazero.CompilationCache {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	dir = filepath.Join(dir, "pilcrow", "pdfium")
	if os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return cache
}

// config describes a sandbox that ends with ctx.
func config(ctx context.Context, cache wazero.CompilationCache) webassembly.Config {
	return webassembly.Config{
		Context:  ctx,
		MaxIdle:  1,
		MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // none would mount all files
		Stdout:   io.Discard,
		Stderr:   io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling). // PDFium is built with both
			WithMemoryLimitPages(maxHeap / pageSize).
			WithCloseOnContextDone(true).
			WithCompilationCache(cache),
	}
}

// read opens a document in a sandbox of its own.
func (r *Reader) read(ctx context.Context, document []byte) (_ corpus.Draft, err error) {
	pool, err := webassembly.Init(config(ctx, r.cache))
	if err != nil {
		return corpus.Draft{}, fmt.Errorf("start PDFium: %w", err)
	}
	defer pool.Close() // frees the sandbox, whatever state the document left it in
	pdfium, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return corpus.Draft{}, fmt.Errorf("start PDFium: %w", err)
	}
	opened, err := pdfium.OpenDocument(&requests.OpenDocument{File: &document})
	switch {
	case errors.Is(err, pdfium_errors.ErrPassword), errors.Is(err, pdfium_errors.ErrSecurity):
		return corpus.Draft{}, ErrEncrypted
	case err != nil:
		return corpus.Draft{}, broken(err)
	}
	lines, err := readPages(ctx, pdfium, opened.Document)
	if err != nil {
		return corpus.Draft{}, err
	}
	d := describe(pdfium, opened.Document, lines)
	d.Paragraphs = withoutTitle(paragraphs(withoutFurniture(lines)), d.Title)
	if len(d.Paragraphs) == 0 {
		return corpus.Draft{}, ErrScanned
	}
	d.Lang = text.Lang(longest(d.Paragraphs))
	d.Paragraphs = pullquote.Drop(d.Lang, d.Paragraphs)
	return d, nil
}

// readPages returns the lines of all pages, in order. A page that cannot be
// read is passed over where another can.
func readPages(ctx context.Context, pdfium pdfium.Pdfium, doc references.FPDF_DOCUMENT) ([]line, error) {
	count, err := pdfium.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
	if err != nil {
		return nil, broken(err)
	}
	if count.PageCount > maxPages {
		return nil, fmt.Errorf("%w: %d pages, at most %d; split it", corpus.ErrTooLarge, count.PageCount, maxPages)
	}
	var lines []line
	var failed error
	size := 0
	for n := range count.PageCount {
		page, err := readPage(pdfium, doc, n)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err != nil && failed == nil {
			failed = fmt.Errorf("page %d: %w", n+1, broken(err))
		}
		for _, l := range page {
			size += len(l.text)
		}
		if size > corpus.MaxArticleBytes {
			return nil, fmt.Errorf("%w: more than %d MB of text", corpus.ErrTooLarge, corpus.MaxArticleBytes>>20)
		}
		lines = append(lines, page...)
	}
	if len(lines) == 0 && failed != nil {
		return nil, failed
	}
	return lines, nil
}

// broken is an error of PDFium or of its sandbox in one line; a stack trace of
// numbered functions follows in some.
func broken(err error) error {
	if errors.Is(err, pdfium_errors.ErrFormat) {
		return ErrBroken
	}
	what, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("%w: %s", ErrBroken, what)
}

func longest(paragraphs []string) string {
	best := ""
	for _, p := range paragraphs {
		if len(p) > len(best) {
			best = p
		}
	}
	return best
}
