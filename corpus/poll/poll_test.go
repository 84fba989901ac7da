package poll

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/ingest"
)

// site is a web site whose answers can be changed.
type site struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]http.HandlerFunc // by path
	asked   map[string]int
	open    int
	most    int // open at once
}

func startSite(t testing.TB) *site {
	s := &site{answers: make(map[string]http.HandlerFunc), asked: make(map[string]int)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked[r.URL.Path]++
		s.open++
		s.most = max(s.most, s.open)
		answer := s.answers[r.URL.Path]
		s.mu.Unlock()
		defer func() {
			s.mu.Lock()
			s.open--
			s.mu.Unlock()
		}()
		if answer == nil {
			http.NotFound(w, r)
			return
		}
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) answer(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path] = h
}

// says has the site answer with a text that has an ETag.
func (s *site) says(path, text string) {
	s.answer(path, func(w http.ResponseWriter, r *http.Request) {
		etag := `"` + corpus.Hash(text) + `"`
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, text)
	})
}

func (s *site) times(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// rss returns a feed of items.
func rss(items ...string) string {
	return `<rss version="2.0"><channel><title>The Tollness Lantern</title>` + strings.Join(items, "\n") + `</channel></rss>`
}

// item returns an entry whose text names it.
func item(name string) string {
	return fmt.Sprintf("<item><title>Story %[1]s</title><link>/%[1]s</link><guid>%[1]s</guid><description>What the feed says of %[1]s.</description></item>", name)
}

// page returns a web page with an article.
func page(title, sentence string) string {
	return "<!doctype html><html lang=en><head><title>" + title + "</title></head><body><article><h1>" + title + "</h1><p>" +
		strings.Repeat(sentence+" ", 6) + "</p><p>" + strings.Repeat("The harbour office had no more to say of it that night. ", 4) + "</p></article></body></html>"
}

// start returns a poller of a new store that follows feeds of the site, at a
// time that the test moves.
func start(t testing.TB, s *site, paths ...string) (*Poller, *[]Result, func(time.Duration)) {
	t.Helper()
	store, err := corpus.Open(t.Context(), filepath.Join(t.TempDir(), "pilcrow.db"))
	if err != nil {
		t.Fatal(err)
	}
	var feeds []corpus.Feed
	for _, path := range paths {
		feeds = append(feeds, corpus.Feed{Collection: "main", URL: s.URL + path})
	}
	if _, err := store.AddFeeds(t.Context(), feeds...); err != nil {
		t.Fatal(err)
	}
	allow, err := fetch.ParseAllow(strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{Allow: allow, Pause: -1})
	linker := ingest.NewLinker(client, store, corpus.Keeping{Bytes: 1 << 20, For: time.Hour})
	t.Cleanup(func() {
		client.Close()
		if err := errors.Join(linker.Close(), store.Close()); err != nil {
			t.Error(err)
		}
	})
	var results []Result
	p := New(Options{Store: store, Get: client, Add: linker, Log: slog.New(slog.DiscardHandler),
		Told: func(r Result) { results = append(results, r) }})
	now := time.Now()
	p.now = func() time.Time { return now }
	return p, &results, func(d time.Duration) { now = now.Add(d) }
}

// articles returns the titles in main, with how they begin.
func articles(t testing.TB, store *corpus.Store) map[string]string {
	t.Helper()
	all := make(map[string]string)
	for a, err := range store.Articles(t.Context(), corpus.Filter{Collections: []string{"main"}}) {
		if err != nil {
			t.Fatal(err)
		}
		ps, err := store.Paragraphs(t.Context(), a.ID, 0, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := all[a.Title]; twice {
			t.Errorf("%s is there twice", a.Title)
		}
		all[a.Title] = fmt.Sprintf("%d: %.40s", a.Revision, ps[0].Text)
	}
	return all
}

// only returns the one feed of the store.
func only(t testing.TB, p *Poller) corpus.Feed {
	t.Helper()
	feeds, err := p.Store.Feeds(t.Context())
	if err != nil || len(feeds) != 1 {
		t.Fatalf("%d feeds, %v", len(feeds), err)
	}
	return feeds[0]
}

func once(t testing.TB, p *Poller) {
	t.Helper()
	if err := p.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestOnce follows a feed through some days.
func TestOnce(t *testing.T) {
	s := startSite(t)
	p, results, pass := start(t, s, "/feed")
	s.says("/feed", rss(item("a"), item("b"), item("c"),
		"<item><title>A note</title><description>It has no page.</description></item>"))
	s.says("/a", page("Story a", "The page of a says more than the feed does."))
	s.says("/b", page("Story b", "x"))
	once(t, p)
	want := map[string]string{
		"Story a": "1: The page of a says more than the feed",
		"Story b": "1: The harbour office had no more",
		"Story c": "1: What the feed says of c.",
		"A note":  "1: It has no page.",
	}
	for title, begins := range articles(t, p.Store) {
		if want[title] == "" || !strings.HasPrefix(begins, want[title]) {
			t.Errorf("%s: %q, want %q", title, begins, want[title])
		}
		delete(want, title)
	}
	if len(want) > 0 || len(*results) != 1 || (*results)[0].Added != 4 || (*results)[0].Feed.Title != "The Tollness Lantern" {
		t.Errorf("missing %v, told %+v", want, *results)
	}

	// It is not asked before it is due, and then sent nothing that it has.
	once(t, p)
	if n := s.times("/feed"); n != 1 {
		t.Errorf("asked %d times", n)
	}
	pass(time.Hour)
	once(t, p)
	if n := s.times("/a"); n != 1 || s.times("/feed") != 2 {
		t.Errorf("the page was asked for %d times", n)
	}

	// What is new is added; what changed is a revision; what a person removed
	// stays away, changed or not.
	for a := range p.Store.Articles(t.Context(), corpus.Filter{Query: "story c"}) {
		if err := p.Store.Remove(t.Context(), "main", a.ID); err != nil {
			t.Fatal(err)
		}
	}
	s.says("/a", page("Story a", "The page of a was corrected."))
	change := func(name string) string { return strings.Replace(item(name), "says of", "now says of", 1) }
	s.says("/feed", rss(item("d"), change("a"), change("c"), item("b")))
	pass(2 * time.Hour)
	once(t, p)
	got := articles(t, p.Store)
	if len(got) != 4 || got["Story d"] == "" || !strings.HasPrefix(got["Story a"], "2: The page of a was corrected.") {
		t.Errorf("got %v", got)
	}
	if r := (*results)[2]; r.Added != 1 || r.Updated != 1 {
		t.Errorf("told %+v", r)
	}
	if s.times("/b") != 1 {
		t.Error("the page of an entry that did not change was asked for")
	}
}

// Dates that cannot be are not believed.
func TestDates(t *testing.T) {
	s := startSite(t)
	p, _, _ := start(t, s, "/feed")
	s.says("/feed", rss("<item><title>Tomorrow</title><link>/t</link><pubDate>Tue, 14 Apr 2099 09:30:00 GMT</pubDate><description>Text.</description></item>",
		"<item><title>Story ahead</title><link>/ahead</link><pubDate>Tue, 14 Apr 2026 09:30:00 GMT</pubDate></item>",
		"<item><title>Never</title><link>/n</link><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate><description>Text.</description></item>"))
	s.says("/ahead", strings.Replace(page("Story ahead", "The page is dated ahead."), "<title>", `<meta property="article:published_time" content="2098-04-14T09:30:00Z"><title>`, 1))
	once(t, p)
	for a := range p.Store.Articles(t.Context(), corpus.Filter{}) {
		if a.Title == "Story ahead" && a.Published.Year() != 2026 || a.Title == "Tomorrow" && a.Published.After(p.now()) || a.Title == "Never" && !a.Published.IsZero() {
			t.Errorf("%s was published %s", a.Title, a.Published)
		}
	}
}

// TestMany: of very many entries some are taken at each poll, the newest first,
// though the feed does not change.
func TestMany(t *testing.T) {
	s := startSite(t)
	p, results, pass := start(t, s, "/feed")
	p.Entries = 20
	var items []string
	for i := range 10_000 {
		at := time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC).Format(time.RFC1123Z)
		items = append(items, fmt.Sprintf("<item><guid>%d</guid><title>Story %d</title><pubDate>%s</pubDate><description>Text of story %[1]d.</description></item>", i, i, at))
	}
	s.says("/feed", rss(items...))
	for range 2 {
		once(t, p)
		pass(p.Min * 2)
	}
	got := articles(t, p.Store)
	if len(got) != 40 || got["Story 9999"] == "" || got["Story 9960"] == "" {
		t.Errorf("%d articles", len(got))
	}
	if r := (*results)[1]; r.Added != 20 || r.Left != 10_000-40 {
		t.Errorf("told %+v", r)
	}
}

// TestTries: an entry without a text, whose page is not to be had for now, is
// tried again, and given up in the end.
func TestTries(t *testing.T) {
	s := startSite(t)
	p, _, pass := start(t, s, "/feed")
	bare := func(name string) string { return "<item><title>" + name + "</title><link>/" + name + "</link></item>" }
	s.says("/feed", rss(bare("soon"), bare("never"), bare("gone")))
	down := func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "down", http.StatusInternalServerError) }
	s.answer("/soon", down)
	s.answer("/never", down)
	once(t, p)
	pass(24 * time.Hour)
	s.says("/soon", page("soon", "The page of soon is there at last."))
	for range maxTries + 3 {
		once(t, p)
		pass(48 * time.Hour)
	}
	if got := articles(t, p.Store); len(got) != 1 || got["soon"] == "" {
		t.Errorf("got %v", got)
	}
	if n := s.times("/never"); n != maxTries {
		t.Errorf("tried %d times", n)
	}
	if n := s.times("/gone"); n != 1 {
		t.Errorf("what is gone was tried %d times", n)
	}
}

// TestDies: a feed that fails is asked more and more rarely, reported once, and
// paused after a month, until it is resumed.
func TestDies(t *testing.T) {
	s := startSite(t)
	p, results, pass := start(t, s, "/feed")
	s.says("/feed", "<html>moved</html>")
	for range 24 * 60 {
		once(t, p)
		pass(time.Hour)
	}
	var reported []int
	for i, r := range *results {
		if r.Report {
			reported = append(reported, i)
		}
		if r.Err == nil || r.Feed.Reason != "read feed: a web page, not a feed" {
			t.Fatalf("poll %d: %v, %q", i, r.Err, r.Feed.Reason)
		}
	}
	f := only(t, p)
	if len(reported) != 1 || !f.Paused || len(*results) > 50 {
		t.Errorf("reported at %v of %d polls, then %+v", reported, len(*results), f)
	}
	if since := (*results)[reported[0]].Feed; p.now().Sub(since.Failing) < reportAfter {
		t.Errorf("reported though failing since %s", since.Failing)
	}
	if err := p.Store.ResumeFeed(t.Context(), "main", f.URL); err != nil {
		t.Fatal(err)
	}
	s.says("/feed", rss(item("a")))
	pass(48 * time.Hour)
	once(t, p)
	if f := only(t, p); f.Failures != 0 || f.Reason != "" || f.Reported || len(articles(t, p.Store)) != 1 {
		t.Errorf("resumed: %+v", f)
	}
}

// TestAnswers: what else a server can say.
func TestAnswers(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer http.HandlerFunc
		check  func(t *testing.T, p *Poller, f corpus.Feed)
	}{
		{"gone for good", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) },
			func(t *testing.T, p *Poller, f corpus.Feed) {
				if !f.Paused || !f.Reported {
					t.Errorf("got %+v", f)
				}
			}},
		{"asks to be left alone", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "36000")
			w.WriteHeader(http.StatusTooManyRequests)
		}, func(t *testing.T, p *Poller, f corpus.Feed) {
			if f.Next.Sub(p.now()) < 10*time.Hour-time.Second {
				t.Errorf("next %s", f.Next.Sub(p.now()))
			}
		}},
		{"says how long it stays", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Cache-Control", "public, max-age=18000")
			fmt.Fprint(w, rss(item("a")))
		}, func(t *testing.T, p *Poller, f corpus.Feed) {
			if d := f.Next.Sub(p.now()); d < 5*time.Hour-time.Second || d > 7*time.Hour {
				t.Errorf("next %s", d)
			}
		}},
		{"has a ttl", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, rss("<ttl>240</ttl>", item("a")))
		}, func(t *testing.T, p *Poller, f corpus.Feed) {
			if d := f.Next.Sub(p.now()); d < 4*time.Hour-time.Second || d > 5*time.Hour {
				t.Errorf("next %s", d)
			}
		}},
		{"has a ttl of a year", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, rss("<ttl>525600</ttl>", item("a")))
		}, func(t *testing.T, p *Poller, f corpus.Feed) {
			if d := f.Next.Sub(p.now()); d > 29*time.Hour {
				t.Errorf("next %s", d)
			}
		}},
		{"moved for good", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/new", http.StatusMovedPermanently) },
			func(t *testing.T, p *Poller, f corpus.Feed) {
				if !strings.HasSuffix(f.URL, "/new") || f.Polled.IsZero() {
					t.Errorf("got %+v", f)
				}
			}},
		{"moved for now", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/new", http.StatusFound) },
			func(t *testing.T, p *Poller, f corpus.Feed) {
				if !strings.HasSuffix(f.URL, "/feed") || f.Polled.IsZero() {
					t.Errorf("got %+v", f)
				}
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := startSite(t)
			p, _, _ := start(t, s, "/feed")
			s.answer("/feed", tt.answer)
			s.says("/new", rss(item("a")))
			once(t, p)
			tt.check(t, p, only(t, p))
		})
	}
}

// TestAdapt: the time between polls follows how often there is something new.
func TestAdapt(t *testing.T) {
	every := time.Duration(0)
	var got []string
	for _, fresh := range []int{20, 0, 0, 1, 1, 3, 30, 30, 30, 0} {
		every = adapt(every, fresh, 10*time.Minute, 24*time.Hour)
		got = append(got, every.String())
	}
	want := "30m0s 45m0s 1h7m30s 1h7m30s 1h7m30s 22m30s 10m0s 10m0s 10m0s 15m0s"
	if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
		t.Error(diff)
	}
	for range 50 {
		every = adapt(every, 0, 10*time.Minute, 24*time.Hour)
	}
	if every != 24*time.Hour {
		t.Errorf("a quiet feed is asked every %s", every)
	}
}

// TestRun: feeds are polled as they become due, also those that come later, and
// all ends with the context.
func TestRun(t *testing.T) {
	s := startSite(t)
	p, _, _ := start(t, s, "/a.xml", "/b.xml", "/c.xml")
	p.AtOnce = 2
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	seen := make(map[string]bool)
	all := make(chan struct{})
	p.Told = func(r Result) {
		mu.Lock()
		defer mu.Unlock()
		if seen[r.Feed.URL] = true; len(seen) == 3 {
			close(all)
		}
	}
	for _, name := range []string{"a", "b", "c"} {
		s.says("/"+name+".xml", rss(item(name)))
	}
	var done sync.WaitGroup
	done.Go(func() { p.Run(ctx) })
	<-all
	cancel()
	done.Wait()
	if got := articles(t, p.Store); len(got) != 3 {
		t.Errorf("got %v", got)
	}
	if s.most > 2 {
		t.Errorf("%d requests at once", s.most)
	}
}

// TestFind finds feeds from where a person begins.
func TestFind(t *testing.T) {
	s := startSite(t)
	p, _, _ := start(t, s)
	s.says("/feeds/main", rss(item("a")))
	s.says("/news", `<html><link rel=alternate type="application/rss+xml" href="/broken"><link rel=alternate type="application/rss+xml" href="feeds/main"></html>`)
	s.says("/broken", "<html>")
	s.says("/", "<html>A site that names none</html>")
	s.says("/rss.xml", rss(item("b")))
	s.says("/text", "words")
	for _, tt := range []struct{ from, want, err string }{
		{"/feeds/main", "/feeds/main", ""},
		{"/news", "/feeds/main", ""},
		{"/", "/rss.xml", ""},
		{"/text", "", "read feed: neither RSS, Atom nor JSON Feed"},
		{"/nowhere", "", "there is no such page: status 404; check the address"},
	} {
		f, err := Find(t.Context(), p.Get, s.URL+tt.from)
		if err != nil && err.Error() != tt.err || err == nil && (tt.err != "" || f.URL != s.URL+tt.want || f.Title != "The Tollness Lantern") {
			t.Errorf("%s: %+v, %v", tt.from, f, err)
		}
	}
	s.answer("/rss.xml", http.NotFound)
	if _, err := Find(t.Context(), p.Get, s.URL); !errors.Is(err, ErrNoFeed) {
		t.Errorf("a site without feeds: %v", err)
	}
}
