package ingest

import (
	"bytes"
	"strings"
	"testing"

	"pilcrow/corpus/fetch"
	"pilcrow/corpus/pdf"
)

// TestBehind: a copy that is kept for mobile phones leads to the page itself.
func TestBehind(t *testing.T) {
	for _, tt := range []struct{ address, want string }{
		{"https://www.google.com/amp/s/courier.example/lamp?x=1", "https://courier.example/lamp?x=1"},
		{"https://www.google.com/amp/courier.example/lamp", "http://courier.example/lamp"},
		{"https://courier-example.cdn.ampproject.org/c/s/courier.example/lamp", "https://courier.example/lamp"},
		{"https://courier-example.cdn.ampproject.org/v/courier.example/lamp", "http://courier.example/lamp"},
		{"https://www.google.com/amp/", "https://www.google.com/amp/"},
		{"https://www.google.com/search?q=lamp", "https://www.google.com/search?q=lamp"},
		{"https://courier.example/amp/s/lamp", "https://courier.example/amp/s/lamp"},
		{"%", "%"},
	} {
		if got := behind(tt.address); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.address, got, tt.want)
		}
	}
}

// TestToFront: a site that leads to its front page has lost the article; one
// that only shortens addresses has not.
func TestToFront(t *testing.T) {
	for _, tt := range []struct {
		asked, got string
		want       bool
	}{
		{"https://courier.example/2024/lamp", "https://courier.example/", true},
		{"https://m.courier.example.com/lamp", "https://www.courier.example.com/", true},
		{"https://courier.example/2024/lamp", "https://courier.example/?story=7", false},
		{"https://courier.example/", "https://courier.example/", false},
		{"https://short.example/x7", "https://courier.example/", false},
		{"https://courier.example/lamp", "https://courier.example/lamps", false},
	} {
		if got := toFront(tt.asked, tt.got); got != tt.want {
			t.Errorf("%s to %s: %t", tt.asked, tt.got, got)
		}
	}
}

// TestIsLink: what is an address and what may be a file's name.
func TestIsLink(t *testing.T) {
	for _, s := range []string{"https://a.example", "HTTP://A", "gopher://x", "file:///etc/passwd", "web+x://y"} {
		if !IsLink(s) {
			t.Errorf("%s is none", s)
		}
	}
	for _, s := range []string{"a.md", "-", "a:b.txt", "c://x", "://x", "a b://c", "folder/https:/x", ""} {
		if IsLink(s) {
			t.Errorf("%s is one", s)
		}
	}
}

// FuzzPage: whatever a site sends, reading it ends in an article of its address
// or in an error of one line.
func FuzzPage(f *testing.F) {
	f.Add([]byte("<p>The Sanderling sails at nine from Monday on, the harbour office said, and not a minute later."), "text/html", "/lamp")
	f.Add([]byte("---\nurl: https://evil.example/\n---\n# Boats\n\nThe Sanderling sails at nine."), "text/markdown", "/boats.md")
	f.Add([]byte("The Sanderling sails at nine."), "text/plain; charset=utf-16", "/x")
	f.Add([]byte("<?xml version='1.0'?><rss>"), "", "/feed")
	f.Add([]byte("\x1F\x8B\x08"), "application/octet-stream", "/x.html")
	f.Add([]byte("{}"), "application/json;;", "/data.json")
	r := &reader{pdf: pdf.New()}
	f.Fuzz(func(t *testing.T, body []byte, contentType, path string) {
		if bytes.Contains(body, []byte("%PDF-")) {
			t.Skip("package pdf has a fuzzer of its own")
		}
		d, err := r.page(t.Context(), &fetch.Page{URL: "https://courier.example/" + strings.TrimPrefix(path, "/"), ContentType: contentType, Body: body})
		switch {
		case err != nil && strings.ContainsAny(err.Error(), "\r\n"):
			t.Errorf("more than a line: %q", err)
		case err == nil && (len(d.Paragraphs) == 0 || d.Title == "" || d.Source == ""):
			t.Errorf("draft is %+v", d)
		case err == nil && d.URL != "" && !strings.HasPrefix(d.URL, "https://courier.example/"):
			t.Errorf("it says that it is %s", d.URL)
		}
	})
}
