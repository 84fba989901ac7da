package plain

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/corpus"
	"pilcrow/corpus/charset"
	"pilcrow/corpus/drafttest"
)

func TestRead(t *testing.T) {
	drafttest.Golden(t, func(_ string, data []byte) iter.Seq2[corpus.Draft, error] {
		return drafttest.One(Read(string(data)))
	})
}

func TestReadEmpty(t *testing.T) {
	for _, s := range []string{"", "\n\n", " \t\u00AD\n---\n"} {
		if d, err := Read(s); !errors.Is(err, corpus.ErrEmpty) {
			t.Errorf("Read(%q) = %+v, %v, want ErrEmpty", s, d, err)
		}
	}
	if _, err := Read(strings.Repeat("a\n", maxLines+1)); err == nil {
		t.Error("a million lines were read")
	}
}

// The same text laid out in another way is the same article.
func TestReadLayouts(t *testing.T) {
	paragraphs := []string{
		"The ferry sails again after the winter, and the island has its bread on time. It had been in dock since March, and for as long as the wind blew from the north nobody could say when it would be back.",
		"The captain did not comment. Neither did the cook, who had cooked for nobody since March and was not used to it.",
		"Tickets cost four euros, and children travel free if they are shorter than the cook.",
	}
	wrapped := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		wrapped[i] = wrap(p, 72)
	}
	for name, s := range map[string]string{
		"blank lines":          strings.Join(paragraphs, "\n\n"),
		"a line each":          strings.Join(paragraphs, "\n"),
		"broken at 72":         strings.Join(wrapped, "\n\n"),
		"broken, no blanks":    strings.Join(wrapped, "\n"),
		"paragraph separators": strings.Join(paragraphs, "\u2029"),
	} {
		d, err := Read(s)
		if err != nil || strings.Join(d.Paragraphs, "\n") != strings.Join(paragraphs, "\n") {
			t.Errorf("%s: got %q, %v", name, d.Paragraphs, err)
		}
	}
}

func wrap(s string, width int) string {
	var b strings.Builder
	n := 0
	for _, w := range strings.Fields(s) {
		switch {
		case n > 0 && n+1+len(w) > width:
			b.WriteByte('\n')
			n = 0
		case n > 0:
			b.WriteByte(' ')
			n++
		}
		b.WriteString(w)
		n += len(w)
	}
	return b.String()
}

// BenchmarkReadHostile reads what takes long where something is not linear.
func BenchmarkReadHostile(b *testing.B) {
	const size = 4_000_000
	for name, unit := range map[string]string{
		"one line":    "word ",
		"short lines": "a b\n",
		"wrapped":     strings.Repeat("and so it goes on ", 4) + "\n",
		"hyphens":     strings.Repeat("and so it goes on ", 4) + "hyphen-\n",
		"alike":       "The ferry sails again after the winter, and it does.\n\n",
		"credits":     "By Jane Roe\n",
		"stops":       ". ",
		"quotes":      "“",
		"no spaces":   "a",
		"ideographs":  "渡",
		"letters":     "A. ",
	} {
		s := strings.Repeat(unit, size/len(unit))
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				_, _ = Read(s)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range archives {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		for _, part := range strings.Split(string(b), "\n-- ") {
			f.Add([]byte(part))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := charset.Decode(b)
		if err != nil {
			return
		}
		d, err := Read(s)
		if err != nil {
			return
		}
		if len(d.Paragraphs) == 0 {
			t.Fatalf("no paragraphs and no error in %q", s)
		}
		for _, p := range append(d.Paragraphs, d.Title, d.Author, d.Source, d.URL) {
			if !utf8.ValidString(p) || strings.Contains(p, "\n") {
				t.Errorf("%q of %q", p, s)
			}
		}
	})
}
