package ingest

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// errFolder says that a folder holds nothing to read.
var errFolder = errors.New("no articles in this folder: want .md, .txt, .html, .pdf, .json or .jsonl files")

// walk yields the files that path stands for: itself, or what lies in and under
// a folder, by name. Hidden files, and in folders those of other formats, are
// passed over and told to passed. Links are followed, each folder once.
func walk(ctx context.Context, path string, passed func(string)) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if IsLink(path) {
			yield(path, ErrLink)
			return
		}
		if path == "-" {
			yield(path, nil)
			return
		}
		info, err := os.Stat(path)
		if err != nil || !info.IsDir() {
			yield(path, err)
			return
		}
		w := walker{ctx: ctx, passed: passed, yield: yield, seen: make(map[string]bool)}
		if w.folder(path) && w.files == 0 {
			yield(path, errFolder)
		}
	}
}

type walker struct {
	ctx    context.Context
	passed func(string)
	yield  func(string, error) bool
	seen   map[string]bool // folders, by their real paths
	files  int             // that were yielded, readable or not
}

// folder yields what is in and under dir. It reports false where it was stopped.
func (w *walker) folder(dir string) bool {
	if w.ctx.Err() != nil {
		return false
	}
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return w.file(dir, err)
	}
	if real, err = filepath.Abs(real); err != nil {
		return w.file(dir, err)
	}
	if w.seen[real] {
		return true
	}
	w.seen[real] = true
	entries, err := os.ReadDir(dir) // sorted; those read before an error come with it
	if err != nil && !w.file(dir, err) {
		return false
	}
	for _, e := range entries {
		if !w.entry(filepath.Join(dir, e.Name()), e) {
			return false
		}
	}
	return true
}

func (w *walker) entry(path string, e fs.DirEntry) bool {
	hidden := strings.HasPrefix(e.Name(), ".")
	mode := e.Type()
	if mode&fs.ModeSymlink != 0 && !hidden {
		info, err := os.Stat(path)
		if err != nil {
			if formatOf(path) == unknown {
				w.pass(path)
				return true
			}
			return w.file(path, err)
		}
		mode = info.Mode().Type()
	}
	switch {
	case mode.IsDir() && hidden:
		return true
	case mode.IsDir():
		return w.folder(path)
	case hidden || !mode.IsRegular() || formatOf(path) == unknown:
		w.pass(path)
		return true
	}
	return w.file(path, nil)
}

func (w *walker) file(path string, err error) bool {
	w.files++
	return w.yield(path, err)
}

func (w *walker) pass(path string) {
	if w.passed != nil {
		w.passed(path)
	}
}
