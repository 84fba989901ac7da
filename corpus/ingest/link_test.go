package ingest_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/ingest"
)

// site is a web site whose pages can be changed.
type site struct {
	URL   string
	mu    sync.Mutex
	pages map[string]answer
	asked map[string]int // requests that were answered with a page
}

// answer is how a site answers for a path: by default with a page that has an
// ETag.
type answer struct {
	status      int
	contentType string
	body        string
	location    string
}

func startSite(t *testing.T) *site {
	s := &site{pages: map[string]answer{}, asked: map[string]int{}}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	s.URL = srv.URL
	return s
}

func (s *site) set(path string, a answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = a
}

func (s *site) times(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.pages[r.URL.Path]
	switch {
	case !ok:
		http.NotFound(w, r)
	case a.location != "":
		http.Redirect(w, r, a.location, http.StatusFound)
	case a.status != 0:
		w.WriteHeader(a.status)
	default:
		etag := `"` + corpus.Hash(a.body) + `"`
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		s.asked[r.URL.Path]++
		if a.contentType != "" {
			w.Header().Set("Content-Type", a.contentType)
		}
		io.WriteString(w, a.body)
	}
}

func linker(t *testing.T, s *site) (*ingest.Linker, *corpus.Store) {
	t.Helper()
	allow, err := fetch.ParseAllow(strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	store, err := corpus.Open(t.Context(), filepath.Join(t.TempDir(), "pilcrow.db"))
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{Allow: allow, Pause: -1})
	l := ingest.NewLinker(client, store, corpus.Keeping{Bytes: 1 << 20, For: time.Hour})
	t.Cleanup(func() {
		if err := errors.Join(l.Close(), store.Close()); err != nil {
			t.Error(err)
		}
		client.Close()
	})
	return l, store
}

// story is a page with one sentence of news.
func story(head, news string) answer {
	return answer{contentType: "text/html; charset=utf-8", body: "<!doctype html><html lang=en><head><title>The night ferry</title>" + head +
		"</head><body><article><h1>The night ferry</h1><p>" + news + "</p><p>" + filler + "</p></article></body></html>"}
}

const (
	sailsLate  = "The night ferry to Tollness leaves at half past nine from Monday on, the harbour office said."
	sailsLater = "The night ferry to Tollness leaves at ten from Monday on, the harbour office said after complaints."
	filler     = "She is called the Sanderling, carries two hundred and forty passengers and has never yet been on time in a storm."
)

func texts(t *testing.T, s *corpus.Store, id string) string {
	t.Helper()
	list, err := s.Paragraphs(t.Context(), id, 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range list {
		all = append(all, p.Text)
	}
	return strings.Join(all, "\n")
}

// TestLink follows one article from its first page to its last.
func TestLink(t *testing.T) {
	site := startSite(t)
	l, store := linker(t, site)
	site.set("/ferry", story("", sailsLate))
	address := site.URL + "/ferry?utm_source=chat#top"

	first, err := l.Add(t.Context(), "main", address)
	if err != nil || first.Status != corpus.StatusAdded || first.Article.URL != site.URL+"/ferry" || first.Article.Title != "The night ferry" {
		t.Fatalf("first: %+v, %v", first, err)
	}
	id := first.Article.ID

	again, err := l.Add(t.Context(), "main", address)
	if err != nil || again.Status != corpus.StatusUnchanged || again.Article.ID != id || site.times("/ferry") != 1 {
		t.Errorf("nothing new: %+v, %v, sent %d times", again, err, site.times("/ferry"))
	}

	site.set("/ferry", story("", sailsLater))
	changed, err := l.Add(t.Context(), "main", site.URL+"/ferry")
	if err != nil || changed.Status != corpus.StatusUpdated || changed.Article.ID != id || changed.Article.Revision != 2 {
		t.Errorf("changed: %+v, %v", changed, err)
	}
	old, err := store.Paragraphs(t.Context(), id, 1, 1, 1)
	if err != nil || old[0].Text != sailsLate {
		t.Errorf("the first revision has %v, %v", old, err)
	}

	site.set("/ferry", answer{status: http.StatusGone})
	gone, err := l.Add(t.Context(), "main", site.URL+"/ferry")
	if !errors.Is(err, fetch.ErrGone) || gone.Article.ID != id || gone.Article.Gone.IsZero() {
		t.Errorf("gone: %+v, %v", gone, err)
	}
	if got := texts(t, store, id); !strings.Contains(got, sailsLater) {
		t.Errorf("its text is %q", got)
	}
	site.set("/ferry", answer{status: http.StatusServiceUnavailable})
	if _, err := l.Refetch(t.Context(), id); !errors.Is(err, fetch.ErrBusy) {
		t.Errorf("busy: %v", err)
	}

	site.set("/ferry", story("", sailsLater))
	back, err := l.Refetch(t.Context(), id)
	if err != nil || back.Status != corpus.StatusUnchanged || !back.Article.Gone.IsZero() {
		t.Errorf("back: %+v, %v", back, err)
	}
}

// TestNotPoisoned: what one collection fetches changes nothing in another.
func TestNotPoisoned(t *testing.T) {
	site := startSite(t)
	l, store := linker(t, site)
	site.set("/ferry", story("", sailsLate))
	address := site.URL + "/ferry"
	mine, err := l.Add(t.Context(), "mine", address)
	if err != nil {
		t.Fatal(err)
	}
	site.set("/ferry", story("", "The night ferry to Tollness has been sold, and whoever says otherwise is a liar."))
	theirs, err := l.Add(t.Context(), "theirs", address)
	if err != nil || theirs.Article.ID == mine.Article.ID || theirs.Status != corpus.StatusAdded {
		t.Errorf("theirs: %+v, %v", theirs, err)
	}
	a, err := store.Article(t.Context(), mine.Article.ID)
	if err != nil || a.Revision != 1 || len(a.Collections) != 1 || !strings.Contains(texts(t, store, a.ID), sailsLate) {
		t.Errorf("mine: %+v, %v", a, err)
	}
	// Nor does an upload, in the same collection.
	_, _, err = store.Add(t.Context(), "mine", corpus.Draft{URL: address, Paragraphs: []string{"The ferry has been sold."}})
	if !errors.Is(err, corpus.ErrFetched) {
		t.Errorf("an upload: %v", err)
	}
	// Nor a page elsewhere that says it is this one.
	site.set("/liar", story(`<link rel=canonical href="https://harbour.example/ferry">`, sailsLater))
	liar, err := l.Add(t.Context(), "mine", site.URL+"/liar")
	if err != nil || liar.Article.URL != site.URL+"/liar" {
		t.Errorf("the liar: %+v, %v", liar, err)
	}
}

// TestRefetch: an article keeps its address, whatever its page now says.
func TestRefetch(t *testing.T) {
	site := startSite(t)
	l, store := linker(t, site)
	site.set("/ferry", story("", sailsLate))
	first, err := l.Add(t.Context(), "main", site.URL+"/ferry")
	if err != nil {
		t.Fatal(err)
	}
	id := first.Article.ID
	site.set("/ferry", story(`<link rel=canonical href="/boats/ferry">`, sailsLater))
	moved, err := l.Refetch(t.Context(), id)
	if err != nil || moved.Article.ID != id || moved.Article.URL != site.URL+"/ferry" || moved.Article.Revision != 2 {
		t.Errorf("with another address: %+v, %v", moved, err)
	}
	site.set("/", story("", "All the news of Tollness and the islands around it, every day but Sunday, since 1871."))
	site.set("/ferry", answer{location: "/"})
	gone, err := l.Refetch(t.Context(), id)
	if !errors.Is(err, fetch.ErrGone) || gone.Article.Gone.IsZero() || gone.Article.Revision != 2 {
		t.Errorf("to the front page: %+v, %v", gone, err)
	}

	// The kept page is read again without asking.
	asked := site.times("/ferry")
	again, err := l.Reread(t.Context(), id)
	if err != nil || again.Status != corpus.StatusUnchanged || site.times("/ferry") != asked {
		t.Errorf("read again: %+v, %v", again, err)
	}

	upload, _, err := store.Add(t.Context(), "main", corpus.Draft{URL: "https://harbour.example/x", Paragraphs: []string{"A file."}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Refetch(t.Context(), upload.ID); !errors.Is(err, ingest.ErrUpload) {
		t.Errorf("an upload: %v", err)
	}
	if _, err := l.Reread(t.Context(), "nothing"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("nothing: %v", err)
	}
}

// TestKeeping: pages are kept within bounds, articles whatever happens.
func TestKeeping(t *testing.T) {
	site := startSite(t)
	_, store := linker(t, site)
	client := fetch.New(fetch.Options{Allow: allowed(t, site), Pause: -1})
	defer client.Close()
	var random strings.Builder // does not pack well
	for i := range 2000 {
		random.WriteString(corpus.Hash(strings.Repeat("x", i)))
	}
	few := ingest.NewLinker(client, store, corpus.Keeping{Bytes: 100 << 10, For: time.Hour})
	defer few.Close()
	var ids []string
	for _, path := range []string{"/1", "/2", "/3", "/4"} {
		site.set(path, story("<!-- "+path+random.String()+" -->", sailsLate+" "+path))
		linked, err := few.Add(t.Context(), "main", site.URL+path)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, linked.Article.ID)
	}
	var keeps []bool
	for _, id := range ids {
		page, _, err := store.Page(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		keeps = append(keeps, page.Body != nil)
	}
	if keeps[0] || !keeps[3] {
		t.Errorf("kept: %v", keeps)
	}
	if _, err := few.Reread(t.Context(), ids[0]); !errors.Is(err, ingest.ErrNotKept) {
		t.Errorf("the first: %v", err)
	}
}

func allowed(t *testing.T, s *site) []fetch.Opening {
	allow, err := fetch.ParseAllow(strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	return allow
}

// TestEntry: of a feed's text and a page's, the one that has more.
func TestEntry(t *testing.T) {
	site := startSite(t)
	l, store := linker(t, site)
	site.set("/page", story("", sailsLate))
	site.set("/stub", story("", "Subscribe."))
	short := []string{"The night ferry leaves late."}
	long := []string{sailsLater, filler, "The harbour office gave no reason for the change, which it had called impossible in March.", "A petition of three hundred names went to the council on Friday."}
	for _, tt := range []struct {
		path string
		text []string
		want string
		err  error
	}{
		{"/page", short, sailsLate, nil},
		{"/stub", long, sailsLater, nil},
		{"/missing", long, sailsLater, nil},
		{"/missing", nil, "", fetch.ErrGone},
	} {
		linked, err := l.AddEntry(t.Context(), corpus.Hash(tt.path+tt.want), corpus.Draft{URL: site.URL + tt.path, Title: "From the feed", Author: "A. Gull", Paragraphs: tt.text})
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: %v", tt.path, err)
		}
		if err == nil && (!strings.Contains(texts(t, store, linked.Article.ID), tt.want) || linked.Article.Author != "A. Gull") {
			t.Errorf("%s: %+v, %q", tt.path, linked, texts(t, store, linked.Article.ID))
		}
	}
}

// TestFed: a feed's text stays an article's, whoever asks for the page, until the
// page has more.
func TestFed(t *testing.T) {
	site := startSite(t)
	l, store := linker(t, site)
	site.set("/ferry", story("", "Subscribe."))
	whole := []string{sailsLate, filler, "The harbour office gave no reason for the change."}
	fed, err := l.AddEntry(t.Context(), "main", corpus.Draft{URL: site.URL + "/ferry", Paragraphs: whole})
	if err != nil {
		t.Fatal(err)
	}
	id := fed.Article.ID
	for what, again := range map[string]func() (ingest.Linked, error){
		"read again":            func() (ingest.Linked, error) { return l.Reread(t.Context(), id) },
		"asked for by a person": func() (ingest.Linked, error) { return l.Add(t.Context(), "main", site.URL+"/ferry") },
		"fetched again":         func() (ingest.Linked, error) { return l.Refetch(t.Context(), id) },
	} {
		site.set("/ferry", story("<!-- "+what+" -->", "Subscribe now."))
		if linked, err := again(); err != nil || linked.Article.Revision != 1 || !strings.Contains(texts(t, store, id), "no reason") {
			t.Errorf("%s: %+v, %v: %s", what, linked, err, texts(t, store, id))
		}
	}
	site.set("/ferry", story("", sailsLater+"</p><p>"+strings.Join(whole, "</p><p>")))
	if _, err := l.Refetch(t.Context(), id); err != nil || !strings.Contains(texts(t, store, id), sailsLater) {
		t.Errorf("when the page has more: %v: %s", err, texts(t, store, id))
	}
	site.set("/ferry", story("", sailsLater))
	if _, err := l.Refetch(t.Context(), id); err != nil || strings.Contains(texts(t, store, id), "no reason") {
		t.Errorf("a page that had more, and was cut: %v: %s", err, texts(t, store, id))
	}
}

// TestFedAlone: what a feed gave while its page could not be had is refetched
// like any other, and keeps the text that has more.
func TestFedAlone(t *testing.T) {
	site := startSite(t)
	l, store := linker(t, site)
	for path, again := range map[string]func(id string) (ingest.Linked, error){
		"/refetched": func(id string) (ingest.Linked, error) { return l.Refetch(t.Context(), id) },
		"/added":     func(string) (ingest.Linked, error) { return l.Add(t.Context(), "main", site.URL+"/added") },
	} {
		site.set(path, answer{status: 503})
		fed, err := l.AddEntry(t.Context(), "main", corpus.Draft{URL: site.URL + path, Paragraphs: []string{sailsLate, filler}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Refetch(t.Context(), fed.Article.ID); !errors.Is(err, fetch.ErrBusy) {
			t.Errorf("%s, while there is no page: %v", path, err)
		}
		if _, err := l.Reread(t.Context(), fed.Article.ID); !errors.Is(err, ingest.ErrNotKept) {
			t.Errorf("%s, without a page: %v", path, err)
		}
		site.set(path, story("", "Subscribe."))
		linked, err := again(fed.Article.ID)
		if err != nil || linked.Article.ID != fed.Article.ID || !strings.Contains(texts(t, store, fed.Article.ID), sailsLate) {
			t.Errorf("%s: %+v, %v: %s", path, linked, err, texts(t, store, fed.Article.ID))
		}
		site.set(path, story("", sailsLater+"</p><p>"+sailsLate+"</p><p>"+filler))
		if _, err := again(fed.Article.ID); err != nil || !strings.Contains(texts(t, store, fed.Article.ID), sailsLater) {
			t.Errorf("%s, with more: %v: %s", path, err, texts(t, store, fed.Article.ID))
		}
	}
}

// TestServed: what sites send besides pages.
func TestServed(t *testing.T) {
	site := startSite(t)
	l, store := linker(t, site)
	prose := sailsLate + "\n\n" + filler + "\n"
	for _, tt := range []struct {
		path, contentType, body string
		title, want             string // of the article, or
		err                     string
	}{
		{"/the-night-ferry.txt", "text/plain; charset=utf-8", prose, "The night ferry", sailsLate, ""},
		{"/notes.md", "text/plain", "---\nurl: https://elsewhere.example/\n---\n# Boats\n\n" + prose, "Boats", sailsLate, ""},
		{"/boats", "text/markdown", "# Boats\n\n" + prose, "Boats", sailsLate, ""},
		{"/octets.txt", "application/octet-stream", prose, "", sailsLate, ""},
		{"/untyped", ";;", story("", sailsLate).body, "The night ferry", sailsLate, ""},
		{"/page-as-text", "text/plain", story("", sailsLate).body, "The night ferry", sailsLate, ""},
		{"/feed", "application/rss+xml", "<rss/>", "", "", "this is a feed, not an article; follow it with pilcrow feed add"},
		{"/feed.xml", "text/xml", `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>`, "", "", "this is a feed, not an article; follow it with pilcrow feed add"},
		{"/feed-as-page", "text/html", `<rss version="2.0"></rss>`, "", "", "this is a feed, not an article; follow it with pilcrow feed add"},
		{"/data.json", "application/json", "{}", "", "", `it is "application/json"; want a web page, a PDF or text`},
		{"/image.png", "image/png", "\x89PNG\r\n\x1a\n", "", "", `it is "image/png"; want a web page, a PDF or text`},
		{"/image", "text/html", "\x89PNG\r\n\x1a\n", "", "", "read web page: not a web page: looks like a PNG image"},
		{"/empty", "text/html", "", "", "", "empty file"},
		{"/script", "text/html", "<!doctype html><script>draw()</script>", "", "", "read web page: no text"},
		{"/blank.txt", "text/plain", "  \n", "", "", "empty file"},
	} {
		site.set(tt.path, answer{contentType: tt.contentType, body: tt.body})
		linked, err := l.Add(t.Context(), "main", site.URL+tt.path)
		if tt.err != "" {
			if err == nil || !strings.Contains(err.Error(), tt.err) || linked.Article.ID != "" {
				t.Errorf("%s: %+v, %v; want %q", tt.path, linked, err, tt.err)
			}
			continue
		}
		a := linked.Article
		if err != nil || a.URL != site.URL+tt.path || a.Source != "127.0.0.1" || tt.title != "" && a.Title != tt.title || !strings.Contains(texts(t, store, a.ID), tt.want) {
			t.Errorf("%s: %+v, %v", tt.path, a, err)
		}
	}
	client := fetch.New(fetch.Options{Allow: allowed(t, site), Pause: -1})
	defer client.Close()
	if preview, err := ingest.Preview(t.Context(), client, site.URL+"/boats"); err != nil || preview.Title != "Boats" {
		t.Errorf("preview: %+v, %v", preview, err)
	}
	articles := 0
	for range store.Articles(t.Context(), corpus.Filter{}) {
		articles++
	}
	if articles != 6 {
		t.Errorf("%d articles", articles)
	}
}
