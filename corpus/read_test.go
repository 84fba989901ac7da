package corpus

import (
	"errors"
	"strings"
	"testing"
)

func TestParagraphs(t *testing.T) {
	s := open(t)
	d := Draft{URL: "https://a.example/", Paragraphs: []string{"a", "b", "c"}}
	id := must(s.Add(t.Context(), "main", d))(t, StatusAdded).ID
	d.Paragraphs = []string{"d", "e"}
	must(s.Add(t.Context(), "main", d))(t, StatusUpdated)

	for _, tt := range []struct {
		revision, first, last int
		want                  string // "" is not found
	}{
		{1, 1, 3, "abc"},
		{1, 2, 2, "b"},
		{1, 2, 0, "bc"},
		{1, 0, 2, "ab"},
		{1, 2, 99, "bc"},
		{0, 0, 0, "de"},
		{2, 1, 1, "d"},
		{0, 3, 3, ""},
		{3, 1, 1, ""},
		{-1, 1, 1, ""},
		{1, 2, 1, ""},
		{1, -5, -1, ""},
	} {
		ps, err := s.Paragraphs(t.Context(), id, tt.revision, tt.first, tt.last)
		var got strings.Builder
		for _, p := range ps {
			got.WriteString(p.Text)
		}
		if got.String() != tt.want || (err != nil) != (tt.want == "") || err != nil && !errors.Is(err, ErrNotFound) {
			t.Errorf("revision %d, %d to %d: %q, %v; want %q", tt.revision, tt.first, tt.last, got.String(), err, tt.want)
		}
	}
	revisions, err := s.Revisions(t.Context(), id)
	if err != nil || len(revisions) != 2 || revisions[0].N != 1 || revisions[0].Paragraphs != 3 || revisions[1].Paragraphs != 2 || revisions[1].Added.IsZero() {
		t.Errorf("revisions %+v, %v", revisions, err)
	}
}

func TestNotFound(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	for name, call := range map[string]func(id string) error{
		"article":    func(id string) error { _, err := s.Article(ctx, id); return err },
		"paragraphs": func(id string) error { _, err := s.Paragraphs(ctx, id, 0, 0, 0); return err },
		"revisions":  func(id string) error { _, err := s.Revisions(ctx, id); return err },
		"edit":       func(id string) error { _, err := s.Edit(ctx, id, Correction{}); return err },
		"remove":     func(id string) error { return s.Remove(ctx, "main", id) },
		"restore":    func(id string) error { return s.Restore(ctx, "main", id) },
	} {
		for _, id := range []string{"", "nosuch", "' OR 1", "a\nb\x00\xff", strings.Repeat("x", 1<<20)} {
			err := call(id)
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("%s: %v, want ErrNotFound", name, err)
				continue
			}
			if oneLine(t, err); len(err.Error()) > 300 {
				t.Errorf("%s: an error of %d bytes", name, len(err.Error()))
			}
		}
	}
}

func TestAtURL(t *testing.T) {
	s := open(t)
	a := must(s.Add(t.Context(), "main", Draft{URL: "https://a.example/ferry?utm_source=x", Paragraphs: []string{"a"}}))(t, StatusAdded)
	gone := must(s.Add(t.Context(), "main", Draft{URL: "https://a.example/gone", Paragraphs: []string{"b"}}))(t, StatusAdded)
	if err := s.Remove(t.Context(), "main", gone.ID); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		collections, url, want string
	}{
		{"other main", "https://A.example/ferry#top", a.ID},
		{"other", "https://a.example/ferry", ""},
		{"", "https://a.example/ferry", ""},
		{"main", "https://a.example/gone", ""},
		{"main", "mailto:a@a.example", ""},
		{"main", "", ""},
	} {
		got, err := s.AtURL(t.Context(), strings.Fields(tt.collections), tt.url)
		if got.ID != tt.want || (err != nil) != (tt.want == "") || err != nil && !errors.Is(err, ErrNotFound) {
			t.Errorf("%q in %q: %q, %v; want %q", tt.url, tt.collections, got.ID, err, tt.want)
		}
	}
}
