package ingest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files with what comes out")

// Each archive of testdata is a folder; its last file, "want", is what Read
// makes of the others, as show prints it.
func TestRead(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no testdata/*.txtar", err)
	}
	for _, path := range archives {
		t.Run(filepath.Base(path), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := txtar.File{Name: "want"}
			if last := len(ar.Files) - 1; ar.Files[last].Name == want.Name {
				want = ar.Files[last]
				ar.Files = ar.Files[:last]
			}
			dir := t.TempDir()
			if err := txtar.Write(ar, dir); err != nil {
				t.Fatal(err)
			}
			got := show(t.Context(), dir, Options{}, dir)
			if *update {
				ar.Files = append(ar.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// show prints what Read yields for paths, a line each, with paths below dir.
func show(ctx context.Context, dir string, o Options, paths ...string) string {
	var passed []string
	o.Passed = func(path string) { passed = append(passed, rel(dir, path)) }
	var b strings.Builder
	for f, err := range Read(ctx, paths, o) {
		if err != nil {
			fmt.Fprintf(&b, "%s: error: %v\n", rel(dir, f.Input), err)
			continue
		}
		fmt.Fprintf(&b, "%s: %q", rel(dir, f.Input), f.Draft.Title)
		if f.Draft.Source != "" {
			fmt.Fprintf(&b, " in %s", f.Draft.Source)
		}
		fmt.Fprintf(&b, ", %d paragraphs\n", len(f.Draft.Paragraphs))
	}
	for _, p := range passed {
		fmt.Fprintf(&b, "passed over %s\n", p)
	}
	return b.String()
}

func rel(dir, path string) string {
	return filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(path, dir), string(filepath.Separator)))
}

func TestReadPaths(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "b.txt"), "The second text.")
	write(t, filepath.Join(dir, "a.txt"), "The first text.")
	write(t, filepath.Join(dir, "LICENSE"), "A text without an extension.")
	write(t, filepath.Join(dir, "report.docx"), "PK\x03\x04\x14\x00\x06\x00")
	write(t, filepath.Join(dir, "big.txt"), strings.Repeat("x", 3<<20))
	write(t, filepath.Join(dir, "images", "logo.svg"), "<svg/>")
	if err := os.Mkdir(filepath.Join(dir, "nothing"), 0o755); err != nil {
		t.Fatal(err)
	}
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, tt := range []struct {
		name  string
		paths []string
		o     Options
		want  string
	}{
		{"nothing", nil, Options{}, ""},
		{"in the order given", []string{in("b.txt"), in("a.txt"), in("b.txt")}, Options{}, `b.txt: "The second text.", 1 paragraphs
a.txt: "The first text.", 1 paragraphs
b.txt: "The second text.", 1 paragraphs
`},
		{"any name, if one asks for it", []string{in("LICENSE"), in("report.docx")}, Options{}, `LICENSE: "A text without an extension.", 1 paragraphs
report.docx: error: not text: looks like a zip archive, Word file or e-book
`},
		{"default outlet", []string{in("a.txt")}, Options{Source: "Harbour Post"}, `a.txt: "The first text." in Harbour Post, 1 paragraphs
`},
		{"missing", []string{in("no.txt"), in("a.txt")}, Options{}, `no.txt: error: no such file or directory
a.txt: "The first text.", 1 paragraphs
`},
		{"too large", []string{in("big.txt")}, Options{MaxFile: 1 << 20}, `big.txt: error: article is too large: 3 MB, at most 1; split it
`},
		{"folders without articles", []string{in("nothing"), in("images")}, Options{}, `nothing: error: no articles in this folder: want .md, .txt, .html, .pdf, .json or .jsonl files
images: error: no articles in this folder: want .md, .txt, .html, .pdf, .json or .jsonl files
passed over images/logo.svg
`},
		{"a link", []string{"https://harbour.example/ferry"}, Options{}, `https://harbour.example/ferry: error: an address, not a file
`},
		{"standard input", []string{"-"}, Options{Stdin: strings.NewReader("{\"body\": \"One.\"}\n{\"body\": 2}\n")}, `-#1: "One.", 1 paragraphs
-#2: error: body is not a string
`},
		{"one article on standard input", []string{"-"}, Options{Stdin: strings.NewReader(`{"body": "One."}`)}, `-: "One.", 1 paragraphs
`},
		{"empty standard input", []string{"-"}, Options{Stdin: strings.NewReader("")}, `-: error: empty file
`},
		{"no standard input", []string{"-"}, Options{}, `-: error: there is no standard input
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, show(t.Context(), dir, tt.o, tt.paths...)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestReadLinkedFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "one.txt"), "One.")
	write(t, filepath.Join(dir, "elsewhere.txt"), "Elsewhere.")
	for link, target := range map[string]string{
		filepath.Join(dir, "a", "loop"):     dir,
		filepath.Join(dir, "a", "self"):     "self",
		filepath.Join(dir, "a", "gone.txt"): "nowhere.txt",
		filepath.Join(dir, "a", "two.txt"):  filepath.Join("..", "elsewhere.txt"),
		filepath.Join(dir, "z"):             "a",
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	want := `a/gone.txt: error: no such file or directory
a/one.txt: "One.", 1 paragraphs
a/two.txt: "Elsewhere.", 1 paragraphs
elsewhere.txt: "Elsewhere.", 1 paragraphs
passed over a/self
`
	if diff := cmp.Diff(want, show(t.Context(), dir, Options{}, dir)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestReadStops(t *testing.T) {
	dir := t.TempDir()
	for i := range 50 {
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), "A text.")
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for f, err := range Read(ctx, []string{dir}, Options{}) {
		if last = err; err != nil && f.Input != "" {
			t.Errorf("%s: %v", f.Input, err)
		}
		if n++; n == 3 {
			cancel()
		}
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("after three articles and a cancel: %d results, the last with error %v", n, last)
	}
	n = 0
	for range Read(t.Context(), []string{dir}, Options{}) {
		if n++; n == 3 {
			break
		}
	}
}

// A stream is stopped between two of its articles.
func TestReadStopsStream(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, w := io.Pipe()
	go func() {
		for {
			if _, err := io.WriteString(w, "{\"body\": \"A text.\"}\n"); err != nil {
				return
			}
		}
	}()
	defer r.Close()
	n := 0
	var last error
	for _, err := range Read(ctx, []string{"-"}, Options{Stdin: r}) {
		last = err
		if n++; n == 100 {
			cancel()
		}
	}
	if n != 101 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d results, the last with error %v", n, last)
	}
}

func TestSniff(t *testing.T) {
	for _, tt := range []struct {
		path, content string
		want          format
	}{
		{"a.md", "# Title", markdownText},
		{"a.TXT", "text", plainText},
		{"a", "text", plainText},
		{"a.rst", "text", plainText},
		{"a.html", "<p>text", webPage},
		{"a.htm", "plain words", plainText},
		{"a.txt", "\xEF\xBB\xBF \n<!DOCTYPE html><p>text", webPage},
		{"a.md", "<HTML lang=en>", webPage},
		{"a.md", "<p align=center>", markdownText},
		{"a.pdf", "%PDF-1.7", pdfFile},
		{"a.pdf", "junk\n%PDF-1.7", pdfFile},
		{"a.txt", "%PDF-1.7", pdfFile},
		{"a.txt", "junk about %PDF-1.7", plainText},
		{"a.pdf", "<html>please sign in", webPage},
	} {
		if got := sniff(formatOf(tt.path), []byte(tt.content)); got != tt.want {
			t.Errorf("sniff(%q, %q) = %d, want %d", tt.path, tt.content, got, tt.want)
		}
	}
}

func TestReason(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("open: %w", &fs.PathError{Op: "open", Path: "/a", Err: fs.ErrPermission}), "permission denied"},
		{errors.New("two\n  lines"), "two lines"},
		{errors.New("one line"), "one line"},
	} {
		if got := reason(tt.err).Error(); got != tt.want {
			t.Errorf("reason(%q) = %q, want %q", tt.err, got, tt.want)
		}
	}
}

func TestTitleFromName(t *testing.T) {
	for name, want := range map[string]string{
		"the-price-of-trust.md":            "The price of trust",
		"2025-08-17-the-price-of-trust.md": "The price of trust",
		"03 Ferry back in service.txt":     "Ferry back in service",
		"Ferry_back.in_service.txt":        "Ferry back.in service",
		"渡轮再次起航.txt":                       "渡轮再次起航",
		"économie-bleue.txt":               "Économie bleue",
		"000_0383916ecabc8980.txt":         "",
		"ferry.txt":                        "",
		"untitled-2.txt":                   "",
		"Document (3).txt":                 "",
		"IMG_1234.txt":                     "",
		"article-a8f3c2e91b.txt":           "",
		"ferry-timetable-a8f3c2e91b.txt":   "",
		"README.md":                        "",
		".txt":                             "",
		"-":                                "",
	} {
		if got := titleFromName(filepath.Join("some-folder here", name)); got != want {
			t.Errorf("titleFromName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestFirstWords(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Short.", "Short."},
		{strings.Repeat("a", 80), strings.Repeat("a", 80)},
		{strings.Repeat("a", 100), strings.Repeat("a", 79) + "…"},
		{strings.Repeat("渡", 100), strings.Repeat("渡", 79) + "…"},
		{strings.Repeat("ten chars ", 10), strings.TrimSpace(strings.Repeat("ten chars ", 8)) + "…"},
		{strings.Repeat("word, ", 20), strings.Repeat("word, ", 12) + "word…"},
	} {
		got := firstWords(tt.in)
		if got != tt.want || utf8.RuneCountInString(got) > titleLen {
			t.Errorf("firstWords(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestContent reads what was sent by what it is, whatever it is called.
func TestContent(t *testing.T) {
	for _, c := range []struct{ name, content, title, fault string }{
		{"the-sea-wall.txt", "The council voted.\n\nWork begins in June.", "The sea wall", ""},
		{"photo.png", "<!doctype html><title>The sea wall</title><body><article><p>The council voted to rebuild the sea wall on Tuesday.</p></article>", "The sea wall", ""},
		{"story.txt", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "", "not text: looks like a PNG image"},
		{"story.pdf", "", "", "empty file"},
		{"list.jsonl", "The council voted.", "The council voted.", ""},
	} {
		d, err := Content(t.Context(), c.name, []byte(c.content))
		if got := fmt.Sprint(err); d.Title != c.title || c.fault != "" && got != c.fault || c.fault == "" && err != nil {
			t.Errorf("%s: %q, %v", c.name, d.Title, err)
		}
	}
}
