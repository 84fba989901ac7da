package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

func TestParagraphs(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/revisions.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		t.Run(f.Name, func(t *testing.T) {
			parts := strings.Split(string(f.Data), "--\n")
			if len(parts) != 3 {
				t.Fatalf("%d parts, not 3", len(parts))
			}
			old, new := lines(parts[0]), lines(parts[1])
			list := Paragraphs(old, new)
			whole(t, old, new, list)
			var got strings.Builder
			for _, c := range list {
				got.WriteString(strings.TrimSpace(fmt.Sprintf("%s %d %d %s", c.Kind, c.Old, c.New, marked(c.Pieces))) + "\n")
			}
			if got.String() != parts[2] {
				t.Errorf("got:\n%swant:\n%s", got.String(), parts[2])
			}
		})
	}
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

func marked(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Op {
		case Both:
			b.WriteString(p.Text)
		case Gone:
			b.WriteString("[-" + p.Text + "-]")
		case Came:
			b.WriteString("{+" + p.Text + "+}")
		}
	}
	return b.String()
}

// whole fails unless the changes account for each paragraph of both revisions
// once, and rightly.
func whole(t *testing.T, old, new []string, list []Change) {
	t.Helper()
	var olds, news []int
	for _, c := range list {
		if c.Old > 0 {
			olds = append(olds, c.Old)
		}
		if c.New > 0 {
			news = append(news, c.New)
		}
		if c.Pieces != nil && (side(c.Pieces, Came) != old[c.Old-1] || side(c.Pieces, Gone) != new[c.New-1]) {
			t.Errorf("%+v: the pieces are not paragraphs %q and %q", c, old[c.Old-1], new[c.New-1])
		}
		if c.Old > 0 && c.New > 0 && (c.Pieces == nil) != (old[c.Old-1] == new[c.New-1]) {
			t.Errorf("%+v of %q and %q", c, old[c.Old-1], new[c.New-1])
		}
	}
	for i := range news {
		if news[i] != i+1 {
			t.Errorf("the new paragraphs come as %v", news)
			break
		}
	}
	slices.Sort(olds)
	for i := range max(len(olds), len(old)) {
		if len(olds) != len(old) || olds[i] != i+1 || len(news) != len(new) {
			t.Errorf("%d and %d paragraphs, and accounted for are old ones %v and new ones %v", len(old), len(new), olds, news)
			break
		}
	}
}

// side is the pieces without those of one kind.
func side(pieces []Piece, without Op) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Op != without {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func FuzzParagraphs(f *testing.F) {
	f.Add("a\nb\nc", "c\na\nb d")
	f.Add("one two three four\n\nx", "one two  three five\nx\nx")
	f.Add("a\na\nb\na", "a\nb\nb\na\na")
	f.Add("\xff a", "a\u200d b  \n")
	f.Fuzz(func(t *testing.T, a, b string) {
		old, new := lines(a), lines(b)
		whole(t, old, new, Paragraphs(old, new))
	})
}

// BenchmarkParagraphs compares revisions of as many paragraphs as an article
// may have, half of them changed.
func BenchmarkParagraphs(b *testing.B) {
	var old, new []string
	for i := range 20_000 {
		old = append(old, fmt.Sprintf("Paragraph %d says that the ferry of %d o'clock is late.", i, i%24))
		if i%2 == 0 {
			new = append(new, old[i])
		} else {
			new = append(new, fmt.Sprintf("Paragraph %d says that the ferry of %d o'clock was early.", i, i%24))
		}
	}
	for b.Loop() {
		Paragraphs(old, new)
	}
}
