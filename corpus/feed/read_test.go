package feed

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html/charset"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

var update = flag.Bool("update", false, "rewrite the golden files with what comes out")

const where = "https://lantern.example/news/feed"

// TestRead holds what is read, or why it is not, beside each feed of
// testdata/*.txtar.
func TestRead(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no testdata/*.txtar", err)
	}
	for _, path := range archives {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(ar.Files); i += 2 {
			in, want := ar.Files[i], &ar.Files[i+1]
			t.Run(strings.TrimSuffix(want.Name, ".want"), func(t *testing.T) {
				got := format(Read(in.Data, Hint{URL: where}))
				if *update {
					want.Data = []byte(got)
				} else if diff := cmp.Diff(string(want.Data), got); diff != "" {
					t.Errorf("%s: -want +got\n%s", path, diff)
				}
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// format prints a feed for a person to judge.
func format(f *Feed, err error) string {
	if err != nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	var b strings.Builder
	field := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "0s" && s != "<nil>" {
			fmt.Fprintf(&b, "%s: %s\n", name, s)
		}
	}
	stamp := func(name string, t time.Time) {
		if !t.IsZero() {
			field(name, t.Format(time.RFC3339))
		}
	}
	field("title", f.Title)
	field("site", f.Site)
	field("ttl", f.TTL)
	field("damage", f.Damage)
	for _, e := range f.Entries {
		b.WriteString("\n")
		field("id", e.ID)
		field("url", e.URL)
		field("title", e.Title)
		field("author", e.Author)
		stamp("published", e.Published)
		stamp("updated", e.Updated)
		for _, p := range e.Paragraphs {
			b.WriteString("¶ " + p + "\n")
		}
	}
	return b.String()
}

// TestEncodings reads one feed in many encodings, declared by the document, by
// the server, by neither, or wrongly.
func TestEncodings(t *testing.T) {
	const latin, cyrillic, japanese = "Café à l’Étoile", "Паром вернулся", "夜のフェリー"
	for _, tt := range []struct {
		name, title, declared, encoded, served string
	}{
		{"utf-8", cyrillic, "utf-8", "utf-8", ""},
		{"utf-8, nothing declared", japanese, "", "utf-8", ""},
		{"utf-8, declared Latin 1", cyrillic, "ISO-8859-1", "utf-8", "text/xml; charset=iso-8859-1"},
		{"windows-1252, declared UTF-8", latin, "utf-8", "windows-1252", "application/rss+xml; charset=utf-8"},
		{"windows-1252, nothing declared", latin, "", "windows-1252", ""},
		{"windows-1251", cyrillic, "windows-1251", "windows-1251", ""},
		{"windows-1251, declared by the server", cyrillic, "", "windows-1251", "text/xml; charset=windows-1251"},
		{"koi8-r, the server wrong", cyrillic, "koi8-r", "koi8-r", "text/xml; charset=iso-8859-1"},
		{"shift_jis", japanese, "Shift_JIS", "shift_jis", ""},
		{"utf-16 without a mark", japanese, "utf-16", "utf-16le", ""},
		{"utf-16, big", japanese, "UTF-16", "utf-16be", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			declaration := ""
			if tt.declared != "" {
				declaration = fmt.Sprintf(`<?xml version="1.0" encoding="%s"?>`, tt.declared)
			}
			s := declaration + "<rss><channel><title>" + tt.title + "</title></channel></rss>"
			e, _ := charset.Lookup(tt.encoded)
			if e == nil {
				t.Fatal("no such encoding")
			}
			b, err := e.NewEncoder().Bytes([]byte(s))
			if err != nil {
				t.Fatal(err)
			}
			f, err := Read(b, Hint{ContentType: tt.served})
			if err != nil || f.Title != tt.title {
				t.Errorf("got %+v, %v", f, err)
			}
		})
	}
	b := []byte("<rss><channel><title>\xcf\xe0\xf0\xee\xec \xe2\xe5\xf0\xed\xf3\xeb\xf1\xff</title></channel></rss>")
	if f, err := Read(b, Hint{}); err == nil && utf8.ValidString(f.Title) && f.Title == cyrillic {
		t.Errorf("an encoding was guessed: %q", f.Title)
	}
}

// TestHostile: what is made to exhaust a reader is read or refused, with memory
// in proportion to its size and its entries.
func TestHostile(t *testing.T) {
	const head, tail = `<rss version="2.0"><channel><title>Hostile</title>`, `</channel></rss>`
	item := func(inner string) string { return "<item><link>/1</link>" + inner + "</item>" }
	fill := func(s string, n int) string { return strings.Repeat(s, n/len(s)) }
	const size = 1 << 19
	for _, tt := range []struct {
		name, document string
		entries        int
		err            error
	}{
		{"ten megabytes", head + fill("<item><title>Ten</title><description>"+fill("A sentence of it. ", 1100)+"</description></item>", 10<<20) + tail, 1, nil},
		{"too large", head + fill("x", 17<<20) + tail, 0, ErrTooLarge},
		{"entries without end", head + fill("<item><link>/n</link></item>", size) + tail, 1, nil},
		{"empty entries", head + fill("<item/>", 4<<20) + tail, 0, ErrTooLarge},
		{"nesting", head + item(fill("<a>", 4<<20)) + tail, 0, ErrTooLarge},
		{"nesting in a text", head + item("<description>"+fill("<b>", size/4)) + tail, 1, nil},
		{"unclosed entries", head + fill("<item><link>/n</link>", size/4), 1, nil},
		{"broken entries", head + fill("<item><a <></item>", size) + tail, 0, nil},
		{"open sections", head + fill("<item><![CDATA[", size) + tail, 0, nil},
		{"namespaces", "<rss" + fill(" xmlns:ab='c'", 1<<18) + "><channel>" + fill(item(""), 1<<17) + tail, 1, nil},
		{"attributes", head + "<item" + fill(" a='b'", size) + "><link>/1</link></item>" + tail, 1, nil},
		{"pieces of text", head + item("<dc:creator>"+fill("a<b/>", size/4)+"</dc:creator>") + tail, 1, nil},
		{"comments", head + item("<dc:creator>"+fill("a<!-- -->", size)+"</dc:creator>") + tail, 1, nil},
		{"ampersands", head + item("<description>"+fill("&", size)+"</description>") + tail, 1, nil},
		{"formatting elements", head + item("<description>"+fill("&lt;font&gt;&lt;p&gt;", size)+"</description>") + tail, 1, nil},
		{"a long title", head + item("<title>"+fill("word ", size)+"</title>") + tail, 1, nil},
		{"nested JSON", `{"version":"1","title":"t","items":[` + fill("[", size), 0, nil},
		{"JSON entries", `{"version":"1","title":"t","items":[` + fill("{},", size) + `{}]}`, 0, nil},
		{"JSON authors", `{"version":"1","title":"t","items":[{"url":"/1","authors":[` + fill("{},", size) + `{}]}]}`, 1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			f, err := Read([]byte(tt.document), Hint{URL: where})
			runtime.ReadMemStats(&after)
			// In all, not at once: some copies, and up to 25 KB for each of MaxEntries.
			if allocated := int(after.TotalAlloc - before.TotalAlloc); allocated > 64*len(tt.document)+256<<20 {
				t.Errorf("%d MB for %d", allocated>>20, len(tt.document)>>20)
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if err == nil && (len(f.Entries) < tt.entries || len(f.Entries) > MaxEntries || tt.entries == 0 && len(f.Entries) > 0) {
				t.Errorf("%d entries, want %d", len(f.Entries), tt.entries)
			}
		})
	}
}

// Of a feed with more entries than are read, those at its head are.
func TestMaxEntries(t *testing.T) {
	var b strings.Builder
	b.WriteString("<rss><channel>")
	for i := range MaxEntries + 5 {
		fmt.Fprintf(&b, "<item><link>/%d</link></item>", i)
	}
	f, err := Read([]byte(b.String()+"</channel></rss>"), Hint{URL: where})
	if err != nil || len(f.Entries) != MaxEntries || f.Entries[0].URL != "https://lantern.example/0" {
		t.Fatalf("%v, %v", f, err)
	}
}

// Entries come newest first, and those of one time in the feed's own order.
func TestOrder(t *testing.T) {
	f, err := Read([]byte(`<rss><channel>
		<item><link>/old</link><pubDate>2026-01-01</pubDate></item><item><link>/x</link></item>
		<item><link>/new</link><pubDate>2026-02-01</pubDate></item><item><link>/y</link></item>
	</channel></rss>`), Hint{URL: where})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range f.Entries {
		got = append(got, strings.TrimPrefix(e.URL, "https://lantern.example"))
	}
	if diff := cmp.Diff([]string{"/new", "/old", "/x", "/y"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLinks(t *testing.T) {
	page := `<html><head><base href="/en/"><link rel="stylesheet" href="a.css">
		<link rel="alternate" type="application/rss+xml" title="Comments" href="comments">
		<link rel="alternate" type="text/html" hreflang="de" href="/de">
		<LINK REL='alternate home' TYPE='application/atom+xml; charset=utf-8' HREF='feed.atom'>
		<link rel="alternate" type="application/feed+json" href="https://lantern.example/feed.json">
		<link rel="alternate" type="application/rss+xml" href="javascript:x"></head><body>`
	want := []string{"https://lantern.example/en/feed.atom", "https://lantern.example/feed.json", "https://lantern.example/en/comments"}
	if diff := cmp.Diff(want, Links([]byte(page), "https://lantern.example/news")); diff != "" {
		t.Error(diff)
	}
}

// Whatever a feed holds, reading it ends, twice the same, in entries that can
// be kept.
func FuzzRead(f *testing.F) {
	for _, path := range []string{"testdata/formats.txtar", "testdata/odd.txtar"} {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for i := 0; i < len(ar.Files); i += 2 {
			f.Add(ar.Files[i].Data, "text/xml")
		}
	}
	f.Fuzz(func(t *testing.T, document []byte, contentType string) {
		hint := Hint{URL: where, ContentType: contentType}
		feed, err := Read(document, hint)
		again, errAgain := Read(document, hint)
		if (err == nil) != (errAgain == nil) || format(feed, err) != format(again, errAgain) {
			t.Fatalf("first %v, %v; then %v, %v", feed, err, again, errAgain)
		}
		if err != nil {
			if strings.Contains(err.Error(), "reader failed") || strings.Contains(err.Error(), "\n") {
				t.Fatal(err)
			}
			return
		}
		ids := make(map[string]bool)
		for _, e := range feed.Entries {
			if e.ID == "" || ids[e.ID] || len(e.ID) > corpus.MaxField {
				t.Fatalf("id %q", e.ID)
			}
			ids[e.ID] = true
			if e.URL != corpus.CanonicalURL(e.URL) || e.Title != text.Clean(e.Title) {
				t.Fatalf("entry %+v", e)
			}
			for _, p := range e.Paragraphs {
				if p == "" || p != text.Clean(p) {
					t.Fatalf("paragraph is not clean: %q", p)
				}
			}
		}
	})
}
