package opml

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	const file = `<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- from another reader -->
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Quay">
  <outline type="rss" text="Lantern" title="The Tollness Lantern" xmlUrl=" https://lantern.example/feed " htmlUrl="https://lantern.example/"/>
  <outline text="Deeper"><outline TEXT="Caf` + "\xe9" + ` &amp; quay" XMLURL="https://cafe.example/rss" open/></outline>
</outline>
<outline text="Again" xmlUrl="https://lantern.example/feed"/>
<outline text="A note"/>
</body></opml>`
	got, err := Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want := []Feed{
		{"The Tollness Lantern", "https://lantern.example/feed", "https://lantern.example/"},
		{"Café & quay", "https://cafe.example/rss", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"", "read OPML: not an OPML file"},
		{"feeds", "read OPML: not an OPML file"},
		{"<html><outline xmlUrl='x'/></html>", "read OPML: not an OPML file"},
		{"<opml><body><outline text='Quay'/></body></opml>", "read OPML: no feeds in it"},
		{"<opml><body><outline xmlUrl='x'", "read OPML: XML syntax error on line 1: unexpected EOF"},
		{strings.Repeat("x", MaxBytes+1), "read OPML: more than 16 MB"},
		{`<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><outline text="&b;"/></opml>`, "read OPML: no feeds in it"},
		{"<opml>" + many(MaxFeeds+1), "read OPML: more than 10000 feeds"},
	} {
		if _, err := Read(strings.NewReader(tt.file)); err == nil || err.Error() != tt.want {
			t.Errorf("%.60q: %v, want %s", tt.file, err, tt.want)
		}
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<outline xmlUrl='%d'>", i)
	}
	return b.String()
}

// What is written is read again.
func TestWrite(t *testing.T) {
	feeds := []Feed{{"Fish & <chips>", "https://quay.example/feed?a=1&b=2", "https://quay.example/"}, {"", "https://b.example/", ""}}
	var b bytes.Buffer
	if err := Write(&b, "Feeds of main", feeds); err != nil {
		t.Fatal(err)
	}
	got, err := Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	feeds[1].Title = feeds[1].URL
	if diff := cmp.Diff(feeds, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("<opml><outline text='a' xmlUrl='b'/></opml>"))
	f.Fuzz(func(t *testing.T, file []byte) {
		list, err := Read(bytes.NewReader(file))
		if (err == nil) == (len(list) == 0) {
			t.Fatalf("%v, %v", list, err)
		}
	})
}
