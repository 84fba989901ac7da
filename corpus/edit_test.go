package corpus

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestEdit(t *testing.T) {
	s := open(t)
	d := Draft{Title: "Tides", Author: "A. Gull", Source: "Post", Lang: "en", Published: monday, Paragraphs: []string{"High water at noon."}}
	a := must(s.Add(t.Context(), "main", d))(t, StatusAdded)

	title, none, zero := " Tides\u00a0of  the bay ", "", time.Time{}
	got, err := s.Edit(t.Context(), a.ID, Correction{Title: &title, Author: &none, Published: &zero})
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "Tides of the bay" || got.Author != "" || !got.Published.IsZero() || got.Source != "Post" {
		t.Errorf("edited: %+v", got)
	}
	if got.Revision != 1 {
		t.Errorf("a correction made revision %d", got.Revision)
	}

	// The corrected fields are pinned, the others are not.
	d.Title, d.Source, d.Published = "Tide table", "The Post", tuesday
	got = must(s.Add(t.Context(), "main", d))(t, StatusUpdated)
	if got.Title != "Tides of the bay" || got.Author != "" || !got.Published.IsZero() || got.Source != "The Post" {
		t.Errorf("added again: %+v", got)
	}
	must(s.Add(t.Context(), "main", d))(t, StatusUnchanged)
}

func TestEditRefuses(t *testing.T) {
	s := open(t)
	a := must(s.Add(t.Context(), "main", hello))(t, StatusAdded)
	ptr := func(s string) *string { return &s }
	year0 := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		id   string
		c    Correction
		want string
	}{
		{a.ID, Correction{Title: ptr(strings.Repeat("x", MaxField+1))}, "title: 1001 bytes, at most 1000"},
		{a.ID, Correction{Title: ptr("Never"), Lang: ptr("English")}, `lang "English": not a language tag such as en or zh`},
		{a.ID, Correction{Published: &year0}, "published 0000-01-01: year must be 1 to 9999"},
		{"nosuch", Correction{Title: ptr("Never")}, "not found"},
	} {
		_, err := s.Edit(t.Context(), tt.id, tt.c)
		if err == nil || !strings.HasSuffix(err.Error(), tt.want) {
			t.Errorf("error %v, want %s", err, tt.want)
		}
		if tt.id == "nosuch" && !errors.Is(err, ErrNotFound) {
			t.Errorf("error %v is not ErrNotFound", err)
		}
	}
	if got := article(t, s, a.ID); got.Title != hello.Title {
		t.Errorf("a refused correction was made: %+v", got)
	}
}
