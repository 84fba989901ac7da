// Package ingest turns what a person names (a file, a folder, standard input)
// into articles, whatever format they are in.
//
// Folders are walked in order (walk.go). What a file holds is told by its name,
// and by its first bytes where the name is wrong or says nothing (format.go).
// Each format has a reader in a package of its own beside this one; what they
// leave open, a title above all, is settled here (finish.go). Nothing that one
// file does, not even a panic in a parser, keeps the others from being read.
package ingest

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"sync"

	"pilcrow/corpus"
	"pilcrow/corpus/pdf"
)

// MaxFile is the size in bytes above which a file is refused unless Options
// say otherwise. JSON is streamed and has no limit but that of an element.
const MaxFile = 64 << 20

// ErrLink says that a path is an address, which a Linker reads and Read does
// not.
var ErrLink = errors.New("an address, not a file")

// Options say how to read. The zero value reads files and folders.
type Options struct {
	Stdin   io.Reader         // what the path "-" reads, as JSON
	Source  string            // the outlet of articles that name none
	MaxFile int64             // in bytes; 0 means MaxFile
	Passed  func(path string) // is told each file of a folder that is not read, from one goroutine; may be nil
}

// Found is an article, or the place where one should be.
type Found struct {
	// Input says where it stands: the path, or path#n for the n-th of several
	// in one file, counting from 1.
	Input string
	// Draft is ready for the store: it has a title, and its paragraphs are
	// clean and not empty. It is the zero Draft beside an error.
	Draft corpus.Draft
}

// Read yields the articles of paths in order, and beside an error each input
// that is none; the rest goes on. Files are read ahead, two at a time. When ctx
// ends, its error comes last, with an empty Input. The memory in use is that of
// a few files.
func Read(ctx context.Context, paths []string, o Options) iter.Seq2[Found, error] {
	if o.MaxFile <= 0 {
		o.MaxFile = MaxFile
	}
	return func(yield func(Found, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		r := &reader{Options: o, pdf: pdf.New()}
		defer r.pdf.Close() // it only read
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()

		inOrder := make(chan *job, workers)
		toRead := make(chan *job)
		wg.Go(func() {
			defer close(inOrder)
			defer close(toRead)
			produce(ctx, paths, o, inOrder, toRead)
		})
		for range workers {
			wg.Go(func() {
				for j := range toRead {
					j.draft, j.err = r.file(ctx, j.path)
					close(j.done)
				}
			})
		}
		for {
			var j *job
			select {
			case <-ctx.Done():
			case j = <-inOrder:
			}
			if ctx.Err() != nil {
				yield(Found{}, ctx.Err())
				return
			}
			if j == nil || !j.yield(ctx, r, yield) {
				return
			}
		}
	}
}

// workers is how many files are read at once. Parsing pages and PDFs takes
// longer than storing them.
const workers = 2

// job is one path on its way to the caller.
type job struct {
	path  string
	done  chan struct{} // closed once draft and err are set; nil where nothing is read ahead
	draft corpus.Draft
	err   error
}

// produce sends the jobs of paths, in order, and beside that those to be read
// ahead to whoever is free.
func produce(ctx context.Context, paths []string, o Options, inOrder, toRead chan<- *job) {
	send := func(c chan<- *job, j *job) bool {
		select {
		case c <- j:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for _, path := range paths {
		for path, err := range walk(ctx, path, o.Passed) {
			j := &job{path: path, err: err}
			ahead := err == nil && !streamed(path)
			if ahead {
				j.done = make(chan struct{})
			}
			if !send(inOrder, j) || ahead && !send(toRead, j) {
				return
			}
		}
	}
}

// yield hands over what came of the job, once it is there.
func (j *job) yield(ctx context.Context, r *reader, yield func(Found, error) bool) bool {
	switch {
	case j.done != nil:
		select {
		case <-j.done:
		case <-ctx.Done():
			yield(Found{}, ctx.Err())
			return false
		}
	case j.err == nil:
		return r.stream(ctx, j.path, yield)
	}
	if j.err != nil {
		return yield(Found{Input: j.path}, reason(j.err))
	}
	return yield(Found{Input: j.path, Draft: j.draft}, nil)
}

// IsLink reports whether what a person names is an address and not a path,
// whether or not such addresses can be fetched.
func IsLink(path string) bool {
	scheme, _, ok := strings.Cut(path, "://")
	return ok && len(scheme) > 1 && !strings.ContainsFunc(scheme, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '+' && r != '-' && r != '.'
	})
}
