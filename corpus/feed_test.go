package corpus

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFeeds(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	now := time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return now }

	if next, err := s.NextFeed(ctx); err != nil || !next.IsZero() {
		t.Fatalf("no feeds: next %s, %v", next, err)
	}
	lantern := Feed{Collection: "main", URL: "HTTPS://Lantern.example:443/feed#x", Title: "  The\nLantern ", Site: "https://lantern.example"}
	added, err := s.AddFeeds(ctx, lantern, Feed{Collection: "work", URL: "https://lantern.example/feed"}, Feed{Collection: "main", URL: "https://bells.example/rss", Title: "Bells"})
	if err != nil || added != 3 {
		t.Fatalf("added %d, %v", added, err)
	}
	if added, err := s.AddFeeds(ctx, lantern); err != nil || added != 0 {
		t.Errorf("again: added %d, %v", added, err)
	}
	if _, err := s.AddFeeds(ctx, Feed{Collection: "main", URL: "https://new.example/"}, Feed{Collection: "main", URL: "gopher://x"}); !errors.Is(err, ErrFeedURL) {
		t.Errorf("an address that is none: %v", err)
	}
	list, err := s.Feeds(ctx, "main")
	if err != nil {
		t.Fatal(err)
	}
	want := []Feed{
		{N: 3, Collection: "main", URL: "https://bells.example/rss", Title: "Bells", Added: now, Next: now},
		{N: 1, Collection: "main", URL: "https://lantern.example/feed", Title: "The Lantern", Site: "https://lantern.example/", Added: now, Next: now},
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if all, err := s.Feeds(ctx); err != nil || len(all) != 3 {
		t.Errorf("of all collections: %v, %v", all, err)
	}

	// What a poll found out is there at the next, whole.
	f := list[1]
	f.ETag, f.LastModified, f.Title, f.URL = `"a"`, "Wed, 20 May 2026 09:00:00 GMT", "Lantern", "https://lantern.example/news.xml"
	f.Next, f.Every, f.Polled = now.Add(time.Hour), 30*time.Minute, now
	f.Failures, f.Failing, f.Reason, f.Reported = 2, now.Add(-time.Hour), "nothing listens there", true
	if err := s.Polled(ctx, f, nil, nil); err != nil {
		t.Fatal(err)
	}
	if list, err = s.Feeds(ctx, "main"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, list[1]); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	// An address that the collection follows already is not taken twice.
	taken := list[0]
	taken.URL, taken.Title = f.URL, "Bells of Tollness"
	if err := s.Polled(ctx, taken, nil, nil); err != nil {
		t.Fatal(err)
	}
	if list, _ = s.Feeds(ctx, "main"); list[0].URL != "https://bells.example/rss" || list[0].Title != taken.Title {
		t.Errorf("got %+v", list[0])
	}

	due, err := s.DueFeeds(ctx, now, 10)
	if err != nil || len(due) != 2 || due[0].N != 2 {
		t.Errorf("due: %v, %v", due, err)
	}
	f.Paused = true
	if err := s.Polled(ctx, f, nil, nil); err != nil {
		t.Fatal(err)
	}
	if due, _ := s.DueFeeds(ctx, now.Add(24*time.Hour), 10); len(due) != 2 {
		t.Errorf("a paused feed is due: %v", due)
	}
	if err := s.ResumeFeed(ctx, "main", f.URL); err != nil {
		t.Fatal(err)
	}
	if due, _ := s.DueFeeds(ctx, now, 10); len(due) != 3 || due[0].Failures != 0 || due[0].Reported || !due[0].Failing.IsZero() {
		t.Errorf("resumed: %+v", due)
	}
	for _, err := range []error{s.ResumeFeed(ctx, "work", "https://bells.example/rss"), s.RemoveFeed(ctx, "main", "https://no.example/")} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("a feed that is not followed: %v", err)
		}
	}
	if err := s.RemoveFeed(ctx, "main", f.URL); err != nil {
		t.Fatal(err)
	}
	if err := s.Polled(ctx, f, []Sight{{Entry: "a"}}, []string{"a"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a poll of a removed feed: %v", err)
	}
}

func TestSights(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	now := time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)
	s.now = func() time.Time { now = now.Add(time.Second); return now }
	if _, err := s.AddFeeds(ctx, Feed{Collection: "main", URL: "https://lantern.example/feed"}); err != nil {
		t.Fatal(err)
	}
	f := Feed{N: 1, URL: "https://lantern.example/feed", Next: now}
	if err := s.Saw(ctx, 1, []Sight{{"a", "1", "x", 0}, {"b", "1", "", 2}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Polled(ctx, f, []Sight{{"b", "2", "y", 0}}, []string{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Sights(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]Sight{"a": {"a", "1", "x", 0}, "b": {"b", "2", "y", 0}}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	// What the feed has is remembered, however much, and beside that MaxSights.
	var many []Sight
	var names []string
	for i := range MaxSights + 50 {
		many = append(many, Sight{Entry: fmt.Sprint(i)})
		names = append(names, fmt.Sprint(i))
	}
	if err := s.Polled(ctx, f, many, names); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Sights(ctx, 1); len(got) != MaxSights+52 {
		t.Errorf("%d remembered, of %d listed and 2 that were", len(got), len(names))
	}
	if err := s.Polled(ctx, f, nil, []string{"1"}); err != nil {
		t.Fatal(err)
	}
	got, _ = s.Sights(ctx, 1)
	if _, ok := got["a"]; ok || len(got) != MaxSights+1 {
		t.Errorf("%d remembered, the oldest is: %v", len(got), ok)
	}
	if err := s.RemoveFeed(ctx, "main", f.URL); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Sights(ctx, 1); len(got) != 0 {
		t.Errorf("%d remembered of a removed feed", len(got))
	}
	if err := s.Saw(ctx, 1, []Sight{{Entry: "a"}}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an entry of a removed feed: %v", err)
	}
}
