package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestDraft adds drafts as careless readers make them.
func TestDraft(t *testing.T) {
	body := []string{"High water is at noon today, and the ferries leave an hour before it."}
	tests := []struct {
		name  string
		draft Draft
		check func(a Article) bool
	}{
		{"spaces and controls in a title", Draft{Title: "\ufeffTides\x00 of\n the\u00ad bay "}, func(a Article) bool { return a.Title == "Tides of the bay" }},
		{"a title that is not UTF-8", Draft{Title: "Tid\xffes"}, func(a Article) bool { return a.Title == "Tid\ufffdes" }},
		{"a title without end", Draft{Title: strings.Repeat("é", 9999)}, func(a Article) bool {
			return a.Title == strings.Repeat("é", MaxField/2) && utf8.ValidString(a.Title)
		}},
		{"a date in a zone", Draft{Published: time.Date(2024, 1, 1, 1, 0, 0, 0, time.FixedZone("", 7200))},
			func(a Article) bool { return a.Published.Format(time.RFC3339) == "2023-12-31T23:00:00Z" }},
		{"the first day", Draft{Published: time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC)}, func(a Article) bool { return a.Published.Year() == 1 }},
		{"1970", Draft{Published: time.Unix(0, 0)}, func(a Article) bool { return a.Published.Equal(time.Unix(0, 0)) }},
		{"year 0", Draft{Published: time.Date(0, 5, 1, 0, 0, 0, 0, time.UTC)}, func(a Article) bool { return a.Published.IsZero() }},
		{"year -4712", Draft{Published: time.Date(-4712, 5, 1, 0, 0, 0, 0, time.UTC)}, func(a Article) bool { return a.Published.IsZero() }},
		{"year 10000", Draft{Published: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, func(a Article) bool { return a.Published.IsZero() }},
		{"an address that is none", Draft{URL: "file:///etc/passwd"}, func(a Article) bool { return a.URL == "" }},
		{"a language with a country", Draft{Lang: "de-AT"}, func(a Article) bool { return a.Lang == "de" }},
		{"a locale", Draft{Lang: "pt_BR"}, func(a Article) bool { return a.Lang == "pt" }},
		{"no language", Draft{}, func(a Article) bool { return a.Lang == "en" }},
		{"a language that is none", Draft{Lang: "English"}, func(a Article) bool { return a.Lang == "en" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.draft.Paragraphs = body
			s := open(t)
			a := must(s.Add(t.Context(), "main", tt.draft))(t, StatusAdded)
			if !tt.check(a) {
				t.Errorf("article is %+v", a)
			}
			must(s.Add(t.Context(), "main", tt.draft))(t, StatusUnchanged)
		})
	}
}

func TestDraftBounds(t *testing.T) {
	many := func(n int) []string {
		ps := make([]string, n)
		for i := range ps {
			ps[i] = fmt.Sprint("Paragraph ", i)
		}
		return ps
	}
	long := strings.TrimSpace(strings.Repeat("word ", 100_000))
	tests := []struct {
		name       string
		paragraphs []string
		want       error
	}{
		{"none", nil, ErrEmpty},
		{"nothing but space", []string{" ", "\n\u00a0\u200b", "\u00ad"}, ErrEmpty},
		{"100,000 words in one", []string{long}, nil},
		{"as long as may be", []string{strings.Repeat("x", MaxParagraphBytes)}, nil},
		{"longer", []string{strings.Repeat("x", MaxParagraphBytes+1)}, ErrTooLarge},
		{"as many as may be", many(MaxParagraphs), nil},
		{"more", many(MaxParagraphs + 1), ErrTooLarge},
		{"too much in all", slices.Repeat([]string{strings.Repeat("x", MaxParagraphBytes)}, 9), ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			a, _, err := s.Add(t.Context(), "main", Draft{Lang: "en", Paragraphs: tt.paragraphs})
			if !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if err != nil {
				oneLine(t, err)
				return
			}
			got := paragraphs(t, s, a.ID, 0)
			if len(got) != len(tt.paragraphs) {
				t.Fatalf("%d paragraphs, want %d", len(got), len(tt.paragraphs))
			}
			for i, p := range got {
				if p.Text != tt.paragraphs[i] {
					t.Fatalf("paragraph %d is not what was added", i+1)
				}
			}
		})
	}
}
