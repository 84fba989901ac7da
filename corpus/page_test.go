package corpus

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

var plenty = Keeping{Bytes: 1 << 20, For: 24 * time.Hour}

// TestPage keeps a page with its article until the article is purged.
func TestPage(t *testing.T) {
	s := open(t)
	d := Draft{URL: "https://a.example/x", Title: "Tides", Paragraphs: []string{"High water at noon."}}
	p := Page{Asked: "https://a.example/x?from=chat", URL: "https://a.example/x", ContentType: "text/html", ETag: `"1"`, LastModified: "Mon", Body: []byte("<p>High water at noon.")}
	a, status, err := s.AddPage(t.Context(), "main", d, p, plenty)
	if err != nil || status != StatusAdded {
		t.Fatalf("%s, %v", status, err)
	}
	got, collection, err := s.Page(t.Context(), a.ID)
	if err != nil || collection != "main" || !bytes.Equal(got.Body, p.Body) || got.ETag != p.ETag || got.LastModified != p.LastModified || got.Checked.IsZero() {
		t.Errorf("page %+v of %s, %v", got, collection, err)
	}
	for _, url := range []string{p.Asked, "https://a.example/x", "https://A.example/x?utm_source=y"} {
		known, last, err := s.Asked(t.Context(), "main", url)
		if err != nil || known.ID != a.ID || last.ETag != p.ETag || last.Body != nil {
			t.Errorf("%s: %+v, %+v, %v", url, known, last, err)
		}
	}
	for _, tt := range [][2]string{{"main", "https://a.example/y"}, {"other", p.Asked}, {"main", "nothing"}} {
		if _, _, err := s.Asked(t.Context(), tt[0], tt[1]); !errors.Is(err, ErrNotFound) {
			t.Errorf("%v: %v", tt, err)
		}
	}

	gone, err := s.MarkGone(t.Context(), a.ID)
	if err != nil || gone.Gone.IsZero() || gone.Revision != 1 {
		t.Errorf("gone: %+v, %v", gone, err)
	}
	if again, err := s.MarkGone(t.Context(), a.ID); err != nil || !again.Gone.Equal(gone.Gone) {
		t.Errorf("gone again: %+v, %v", again, err)
	}
	if back, err := s.Checked(t.Context(), a.ID, `"2"`, ""); err != nil || !back.Gone.IsZero() {
		t.Errorf("back: %+v, %v", back, err)
	}
	if _, err := s.MarkGone(t.Context(), "nothing"); !errors.Is(err, ErrNotFound) {
		t.Errorf("nothing: %v", err)
	}

	if err := s.Remove(t.Context(), "main", a.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Asked(t.Context(), "main", p.Asked); !errors.Is(err, ErrNotFound) {
		t.Errorf("removed: %v", err)
	}
	if n, err := s.Purge(t.Context(), s.now().Add(2*UndoWindow)); n != 1 || err != nil {
		t.Fatalf("purged %d, %v", n, err)
	}
	if _, _, err := s.Page(t.Context(), a.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("purged: %v", err)
	}
	must(s.Add(t.Context(), "main", d))(t, StatusAdded)
}

// TestKeeping: of a collection's pages the newest stay that have room together,
// and none that is too old; another collection's are its own.
func TestKeeping(t *testing.T) {
	s := open(t)
	now := monday
	s.now = func() time.Time { now = now.Add(time.Hour); return now }
	body := func(n int) []byte { // packs to about a kilobyte
		var b strings.Builder
		for i := range 16 {
			b.WriteString(Hash(strings.Repeat("x", n*100+i)))
		}
		return []byte(b.String() + b.String())
	}
	add := func(collection, url string, n int, k Keeping) string {
		t.Helper()
		a, _, err := s.AddPage(t.Context(), collection, Draft{URL: url, Paragraphs: []string{url}}, Page{Asked: url, URL: url, Body: body(n)}, k)
		if err != nil {
			t.Fatal(err)
		}
		return a.ID
	}
	kept := func(id string) bool {
		t.Helper()
		p, _, err := s.Page(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return p.Body != nil
	}
	packed, err := pack(body(0))
	if err != nil {
		t.Fatal(err)
	}
	two := Keeping{Bytes: int64(5 * len(packed) / 2), For: 5 * time.Hour}
	other := add("other", "https://a.example/0", 0, two)
	first := add("main", "https://a.example/1", 1, two)
	second := add("main", "https://a.example/2", 2, two)
	third := add("main", "https://a.example/3", 3, two)
	if kept(first) || !kept(second) || !kept(third) || !kept(other) {
		t.Errorf("kept: %t, %t, %t and %t", kept(first), kept(second), kept(third), kept(other))
	}
	now = now.Add(3 * time.Hour)
	fourth := add("main", "https://a.example/4", 4, two)
	if kept(second) || !kept(third) || !kept(fourth) {
		t.Errorf("five hours on: %t, %t, %t", kept(second), kept(third), kept(fourth))
	}
	if large := add("main", "https://a.example/5", 5, Keeping{Bytes: 10, For: time.Hour}); kept(large) {
		t.Error("a page is kept that has no room")
	}
}

// TestPartial: the beginning of an article never takes the place of the whole,
// and the whole takes that of a beginning, whoever brings it.
func TestPartial(t *testing.T) {
	const url = "https://a.example/x"
	stub := Draft{Origin: Fetched, URL: url, Title: "Tides", Partial: true, Paragraphs: []string{"High water …"}}
	whole := Draft{Origin: Fetched, URL: url, Title: "Tides", Paragraphs: []string{"High water at noon.", "Low water at six."}}
	upload := Draft{URL: url, Title: "Tides", Paragraphs: whole.Paragraphs}
	tests := []struct {
		name     string
		drafts   []Draft
		want     []Status
		partial  bool
		revision int
	}{
		{"a beginning alone", []Draft{stub, stub}, []Status{StatusAdded, StatusUnchanged}, true, 1},
		{"the whole after it", []Draft{stub, whole}, []Status{StatusAdded, StatusUpdated}, false, 2},
		{"the whole from a file, then the beginning again", []Draft{stub, upload, stub}, []Status{StatusAdded, StatusUpdated, StatusUnchanged}, false, 2},
		{"the beginning after the whole", []Draft{whole, stub}, []Status{StatusAdded, StatusUnchanged}, false, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			var a Article
			for i, d := range tt.drafts {
				a = must(s.Add(t.Context(), "main", d))(t, tt.want[i])
			}
			if a.Partial != tt.partial || a.Revision != tt.revision {
				t.Errorf("article is %+v", a)
			}
		})
	}
}

// TestModified: that a page says to have been changed is no change.
func TestModified(t *testing.T) {
	s := open(t)
	d := Draft{Origin: Fetched, URL: "https://a.example/x", Modified: monday, Paragraphs: []string{"High water at noon."}}
	must(s.Add(t.Context(), "main", d))(t, StatusAdded)
	d.Modified = tuesday
	if a := must(s.Add(t.Context(), "main", d))(t, StatusUnchanged); !a.Modified.Equal(monday) {
		t.Errorf("modified %s", a.Modified)
	}
	d.Paragraphs = []string{"High water at one."}
	if a := must(s.Add(t.Context(), "main", d))(t, StatusUpdated); !a.Modified.Equal(tuesday) {
		t.Errorf("modified %s", a.Modified)
	}
}
