package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"runtime/debug"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/charset"
	"pilcrow/corpus/html"
	"pilcrow/corpus/jsonl"
	"pilcrow/corpus/markdown"
	"pilcrow/corpus/pdf"
	"pilcrow/corpus/plain"
)

// reader reads files by the readers of their formats. It is safe for concurrent
// use.
type reader struct {
	Options
	pdf *pdf.Reader
}

// Why a file is not read, beside what its format's reader says.
var (
	ErrEmptyFile = errors.New("empty file")
	ErrReader    = errors.New("reader failed") // at what the file holds
)

// Content reads one article from the content of a file, such as one that was
// sent, whose name promises a format. A name of a format that holds many
// articles counts for nothing.
func Content(ctx context.Context, name string, content []byte) (corpus.Draft, error) {
	r := &reader{pdf: pdf.New()}
	defer r.pdf.Close() // it only read
	if len(content) == 0 {
		return corpus.Draft{}, ErrEmptyFile
	}
	d, err := r.content(ctx, name, content)
	if err != nil {
		return corpus.Draft{}, reason(err)
	}
	return d, nil
}

// file reads a file that holds one article.
func (r *reader) file(ctx context.Context, path string) (corpus.Draft, error) {
	content, err := load(path, r.MaxFile)
	if err != nil {
		return corpus.Draft{}, err
	}
	return r.content(ctx, path, content)
}

// content reads the one article of a file.
func (r *reader) content(ctx context.Context, path string, content []byte) (d corpus.Draft, err error) {
	defer func() {
		if p := recover(); p != nil { // in a parser that is not ours
			err = fmt.Errorf("%w: %v at %s", ErrReader, p, origin(debug.Stack()))
		}
	}()
	d, err = r.decode(ctx, sniff(formatOf(path), content), content, html.Hint{})
	if err != nil {
		return corpus.Draft{}, err
	}
	if d.Title == "" {
		d.Title = titleFromName(path)
	}
	return r.finish(d)
}

// decode hands content to the reader of its format. The hint is for pages.
func (r *reader) decode(ctx context.Context, f format, content []byte, hint html.Hint) (corpus.Draft, error) {
	switch f {
	case webPage:
		return html.Read(ctx, content, hint)
	case pdfFile:
		return r.pdf.Read(ctx, content)
	}
	s, err := charset.Decode(content)
	switch {
	case err != nil:
		return corpus.Draft{}, err
	case strings.TrimSpace(s) == "":
		return corpus.Draft{}, ErrEmptyFile
	case f == markdownText:
		return markdown.Read(s)
	}
	return plain.Read(s)
}

// load reads a file of at most limit bytes.
func load(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%w: %d MB, at most %d; split it", corpus.ErrTooLarge, info.Size()>>20, limit>>20)
	}
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(f, limit+1)) // what is no file proper has no size
	switch {
	case err != nil:
		return nil, err
	case n > limit:
		return nil, fmt.Errorf("%w: more than %d MB; split it", corpus.ErrTooLarge, limit>>20)
	case n == 0:
		return nil, ErrEmptyFile
	}
	return b.Bytes(), nil
}

// stream reads a file that may hold many articles, or standard input.
func (r *reader) stream(ctx context.Context, path string, yield func(Found, error) bool) bool {
	var in io.Reader
	if path == "-" {
		if in = r.Stdin; in == nil {
			return yield(Found{Input: path}, errors.New("there is no standard input"))
		}
	} else {
		f, err := os.Open(path)
		if err != nil {
			return yield(Found{Input: path}, reason(err))
		}
		defer f.Close()
		in = f
	}
	br := bufio.NewReader(in)
	head, _ := br.Peek(64) // a short file has a short head
	if what := charset.Binary(head); what != "" {
		return yield(Found{Input: path}, fmt.Errorf("not text: looks like %s", what))
	}
	return r.number(ctx, path, jsonl.Read(br), yield)
}

// number yields drafts under their numbers, or under the path alone where there
// is only one: the first waits for the second.
func (r *reader) number(ctx context.Context, path string, drafts iter.Seq2[corpus.Draft, error], yield func(Found, error) bool) bool {
	n := 0
	var first Found
	var firstErr error
	for d, err := range drafts {
		if ctx.Err() != nil {
			yield(Found{}, ctx.Err())
			return false
		}
		n++
		if n == 2 {
			first.Input += "#1"
			if !yield(first, firstErr) {
				return false
			}
		}
		if err == nil {
			d, err = r.finish(d)
		}
		found := Found{Input: path, Draft: d}
		if err != nil {
			found.Draft, err = corpus.Draft{}, reason(err)
		}
		if n == 1 {
			first, firstErr = found, err
			continue
		}
		found.Input = fmt.Sprintf("%s#%d", path, n)
		if !yield(found, err) {
			return false
		}
	}
	switch n {
	case 0:
		return yield(Found{Input: path}, errors.New("no articles in it"))
	case 1:
		return yield(first, firstErr)
	}
	return true
}

// reason returns err in one line and without the path, which stands beside it.
func reason(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	if s := err.Error(); strings.ContainsAny(s, "\r\n") {
		return fmt.Errorf("%s", strings.Join(strings.Fields(s), " "))
	}
	return err
}

// origin returns the function in which a panic began, of the stack that the
// function recovering from it saw.
func origin(stack []byte) string {
	_, rest, _ := strings.Cut(string(stack), "\npanic(")
	lines := strings.SplitN(rest, "\n", 4) // the panic's arguments, its file, the function
	if len(lines) < 3 {
		return "an unknown place"
	}
	name, _, _ := strings.Cut(lines[2], "(0x")
	return name
}
