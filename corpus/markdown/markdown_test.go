package markdown

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
	for _, s := range []string{"", "\n\n", "---\ntitle: x\n---\n", "![only](image.jpg)", "<!-- -->", "***"} {
		if d, err := Read(s); !errors.Is(err, corpus.ErrEmpty) {
			t.Errorf("Read(%q) = %+v, %v, want ErrEmpty", s, d, err)
		}
	}
}

// Escaping what is beyond the bounds loses no word and no sign.
func TestTame(t *testing.T) {
	for name, s := range map[string]string{
		"brackets": strings.Repeat("[a] ", maxMarks),
		"emphasis": strings.Repeat("a * b _ c ", maxMarks),
	} {
		d, err := Read(s)
		if err != nil || d.Paragraphs[0] != strings.TrimSpace(s) {
			t.Errorf("%s: %v, %.80q…", name, err, d.Paragraphs)
		}
	}
	d, err := Read(strings.Repeat("> ", 100) + "deep")
	if err != nil || !strings.HasSuffix(d.Paragraphs[0], "deep") {
		t.Errorf("nested quotations: %q, %v", d.Paragraphs, err)
	}
	const rule = "One\n\n" + "----------------------------------------------------------------\n\nTwo\n"
	if got := string(tame(rule)); got != rule {
		t.Errorf("tame(%q) = %q", rule, got)
	}
}

// hostile are texts on which a Markdown parser takes time or memory out of all
// proportion.
var hostile = map[string]string{
	"quotations":       ">",
	"quoted lists":     "> - ",
	"lists":            "- ",
	"links":            "[a](",
	"opened":           "[",
	"images":           "![",
	"escaped":          `\\[a](`,
	"emphasis":         "*a_ ",
	"strong":           "a**b*c ",
	"deletions":        "~~a ",
	"code":             "`a``b",
	"comments":         "<!--",
	"tags":             "<a ",
	"attributes":       "<a b='",
	"declarations":     "<![CDATA[",
	"definitions":      "[a]: /x\n",
	"definitions open": "[a]: <",
	"footnotes":        "[^1]",
	"footnote bodies":  "[^1]: a\n",
	"table":            "|a|b|\n|-|-|\n",
	"head":             "|a",
	"setext":           "a\n",
	"entities":         "&#x",
	"backslashes":      `\`,
	"tabs":             "\t> ",
	"scripts":          "<script>\n\n",
	"fences":           "```\n",
	"parentheses":      "[a]((",
	"titles":           "[a](b \"",
	"angles":           "[a](<b ",
	"references":       "[a][b ",
	"list of links":    "- [a](b\n",
}

// Hostile text ends, whatever comes of it; BenchmarkReadHostile tells how soon.
func TestReadHostile(t *testing.T) {
	const size = 200_000
	for name, unit := range hostile {
		if _, err := Read(strings.Repeat(unit, size/len(unit))); err != nil {
			t.Logf("%s: %v", name, err)
		}
	}
}

func BenchmarkReadHostile(b *testing.B) {
	for name, unit := range hostile {
		s := strings.Repeat(unit, 1_000_000/len(unit))
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
		for _, part := range strings.Split(string(b), "\n-- ") {
			_, part, _ = strings.Cut(part, "\n")
			f.Add([]byte(part))
		}
	}
	for _, unit := range hostile {
		f.Add([]byte(strings.Repeat(unit, 20)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := charset.Decode(b)
		if err != nil {
			return
		}
		d, err := Read(s)
		if err == nil && len(d.Paragraphs) == 0 {
			t.Fatalf("no paragraphs and no error in %q", s)
		}
		for _, p := range d.Paragraphs {
			if !utf8.ValidString(p) || strings.Contains(p, "\n") {
				t.Errorf("%q of %q", p, s)
			}
		}
	})
}

func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{"title: a", "title: a: b\nauthor: [x, {name: y}]", "a: &a [*a]", "a: &a {b: *a}", "? x\n: y", "- a", "!!binary x: y", "title: |\n  a\n  b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, body := frontMatter("---\n" + s + "\n---\nbody\n")
		if !strings.HasSuffix(body, "body\n") {
			t.Errorf("front matter %q swallowed the body: %q", s, body)
		}
	})
}
