package poll

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/ingest"
)

// TestMain becomes the process that TestKill kills, where asked to.
func TestMain(m *testing.M) {
	if path := os.Getenv("PILCROW_TEST_POLLER"); path != "" {
		if err := pollOnce(path, os.Getenv("PILCROW_TEST_ALLOW")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// pollOnce polls what is due in the store at path.
func pollOnce(path, allow string) (err error) {
	ctx := context.Background()
	store, err := corpus.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	p, end, err := poller(store, allow)
	if err != nil {
		return err
	}
	return errors.Join(p.Once(ctx), end())
}

func poller(store *corpus.Store, allow string) (p *Poller, end func() error, err error) {
	open, err := fetch.ParseAllow(allow)
	if err != nil {
		return nil, nil, err
	}
	client := fetch.New(fetch.Options{Allow: open, Pause: -1})
	linker := ingest.NewLinker(client, store, corpus.Keeping{Bytes: 64 << 20, For: time.Hour})
	p = New(Options{Store: store, Get: client, Add: linker, AtOnce: atOnce, Log: slog.New(slog.DiscardHandler)})
	return p, func() error { client.Close(); return linker.Close() }, nil
}

const atOnce = 8

// size returns how many feeds of how many entries TestKill has: few, or as
// PILCROW_FEEDS says, such as 1000x20.
func size(t *testing.T) (feeds, entries int) {
	s := os.Getenv("PILCROW_FEEDS")
	if s == "" {
		return 60, 5
	}
	if _, err := fmt.Sscanf(s, "%dx%d", &feeds, &entries); err != nil {
		t.Fatal(err)
	}
	return feeds, entries
}

// crowd answers for many feeds, of which one in ten never works, in one way or
// another. Of the others one in ten fails the first time. One entry in four has
// a page.
func crowd(t *testing.T, s *site, entries int) {
	var failedOnce [100_000]atomic.Bool
	s.Config.Handler = counted(s, func(w http.ResponseWriter, r *http.Request) {
		var f, e int
		switch {
		case scan(r.URL.Path, "/%d/feed", &f):
			if f%10 == 7 {
				broken(w, r, f)
				return
			}
			if f%10 == 3 && !failedOnce[f].Swap(true) {
				http.Error(w, "busy", http.StatusInternalServerError)
				return
			}
			var items []string
			for e := range entries {
				items = append(items, fmt.Sprintf("<item><guid>%d-%d</guid><title>%s</title><link>/%[1]d/%[2]d</link><description>%[4]s</description></item>",
					f, e, name(f, e), "What the feed says of "+name(f, e)+"."))
			}
			fmt.Fprint(w, rss(items...))
		case scan(r.URL.Path, "/%d/%d", &f, &e) && e%4 == 0:
			fmt.Fprint(w, page(name(f, e), "The page says more of "+name(f, e)+"."))
		default:
			http.NotFound(w, r)
		}
	})
}

func name(f, e int) string { return fmt.Sprintf("story %d of feed %d", e, f) }

func scan(path, format string, numbers ...any) bool {
	var rest string
	n, err := fmt.Sscanf(path+" end", format+" %s", append(numbers, &rest)...)
	return err == nil && n == len(numbers)+1
}

// broken fails in the way of feed f.
func broken(w http.ResponseWriter, r *http.Request, f int) {
	switch f / 10 % 5 {
	case 0:
		http.Error(w, "down", http.StatusInternalServerError)
	case 1:
		fmt.Fprint(w, "<html><body>Moved.</body></html>")
	case 2:
		w.Header().Set("Content-Length", "1000000") // and breaks off
		fmt.Fprint(w, "<rss>")
	case 3:
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	default:
		w.WriteHeader(http.StatusGone)
	}
}

// counted counts the requests that h has open at once.
func counted(s *site, h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.open++
		s.most = max(s.most, s.open)
		s.mu.Unlock()
		defer func() {
			s.mu.Lock()
			s.open--
			s.mu.Unlock()
		}()
		h(w, r)
	})
}

// TestKill has many feeds polled by a process that is killed at random moments,
// three times or as often as PILCROW_KILLS says. In the end all entries of the
// feeds that work are in, each once.
func TestKill(t *testing.T) {
	feeds, entries := size(t)
	kills := 3
	if s := os.Getenv("PILCROW_KILLS"); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	s := startSite(t)
	crowd(t, s, entries)
	allow := strings.TrimPrefix(s.URL, "http://")
	path := filepath.Join(t.TempDir(), "pilcrow.db")
	store, err := corpus.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var list []corpus.Feed
	for f := range feeds {
		list = append(list, corpus.Feed{Collection: "main", URL: fmt.Sprintf("%s/%d/feed", s.URL, f)})
	}
	if _, err := store.AddFeeds(t.Context(), list...); err != nil {
		t.Fatal(err)
	}

	began := time.Now()
	killed := 0
	for killed < kills {
		before := changes(t, store)
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), "PILCROW_TEST_POLLER="+path, "PILCROW_TEST_ALLOW="+allow)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		more := before + 1 + rand.IntN(feeds*entries/(2*kills))
		for done := false; !done; {
			select {
			case err := <-ended:
				if err != nil {
					t.Fatal("the poller gave up before it was killed: ", err)
				}
				done, killed = true, kills // there was nothing left to kill it at
			case <-time.After(5 * time.Millisecond):
				if changes(t, store) >= more {
					cmd.Process.Kill()
					<-ended
					done = true
					killed++
				}
			}
		}
	}

	p, end, err := poller(store, allow)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	var later time.Duration
	p.now = func() time.Time { return time.Now().Add(later) }
	read := 0
	p.Told = func(r Result) {
		if r.Err == nil {
			read++
		}
	}
	for range 2 { // what failed once is due again a day later
		once(t, p)
		later += 2 * p.Max
	}
	t.Logf("%d feeds of %d entries, %d kills: %d changes in %s, at most %d requests at once",
		feeds, entries, killed, changes(t, store), time.Since(began).Round(time.Millisecond), s.most)

	if s.most > atOnce {
		t.Errorf("%d requests at once", s.most)
	}
	want := make(map[string]string)
	for f := range feeds {
		for e := range entries {
			if f%10 != 7 {
				want[name(f, e)] = "What the feed says of "
				if e%4 == 0 {
					want[name(f, e)] = "The page says more of "
				}
			}
		}
	}
	for a, err := range store.Articles(t.Context(), corpus.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		ps, err := store.Paragraphs(t.Context(), a.ID, 0, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		if want[a.Title] == "" || !strings.HasPrefix(ps[0].Text, want[a.Title]) || a.Revision != 1 {
			t.Errorf("%q is there twice, or not as it should be: revision %d, %.60q", a.Title, a.Revision, ps[0].Text)
		}
		delete(want, a.Title)
	}
	if len(want) > 0 {
		t.Errorf("%d entries are missing", len(want))
	}
	all, err := store.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	failing := 0
	for _, f := range all {
		if !f.Failing.IsZero() {
			failing++
		}
	}
	if failing != (feeds+2)/10 {
		t.Errorf("%d feeds fail", failing)
	}
}

// changes returns how many changes there were.
func changes(t *testing.T, store *corpus.Store) int {
	t.Helper()
	head, err := store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return int(head)
}
