package ledger_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// TestDigest gathers and posts at its hour, in its zone, and is quiet where
// nothing came.
func TestDigest(t *testing.T) {
	c := newClock("2026-05-01T06:30:00Z")
	tn := newTown(t, ledger.Options{Public: []string{"main"}, Now: c.now})
	at := func(when string) { c.set(when) }
	tn.follow("1", ledger.Follow{Every: ledger.Daily, Hour: 8, Zone: "Europe/Lisbon"}) // 07:00 UTC
	tn.follow("1", ledger.Follow{Every: ledger.Immediate})
	tn.follow("2", ledger.Follow{Every: ledger.Weekly, Hour: 9, Weekday: time.Sunday, Zone: "America/New_York"}) // 13:00 UTC

	tn.add("main", "Ferry", "The ferry is late.")
	tn.want("by itself at once; the digest does not hold it up", "1 post: Ferry")
	at("2026-05-01T06:59:59Z")
	oysters := tn.add("main", "Oysters", "The oysters are back.")
	tn.want("a moment before", "1 post: Oysters")
	at("2026-05-01T07:00:00Z")
	tn.want("at its hour", "1 digest of 2026-05-01: Ferry, Oysters")
	tn.want("once")
	at("2026-05-02T07:00:00Z")
	tn.want("a day when nothing came")
	at("2026-05-03T12:59:00Z")
	tn.want("a Sunday morning in Tollness, not yet in New York")
	at("2026-05-03T13:00:00Z")
	check(t, tn.store.Remove(t.Context(), "main", oysters.ID))
	tn.want("the week, without what was withdrawn", "1 edit m2: ", "2 digest of 2026-W18: Ferry")

	bell := tn.add("main", "Bell", "The bell is cast.")
	tn.want("by itself", "1 post: Bell")
	check(t, tn.store.Remove(t.Context(), "main", bell.ID))
	at("2026-05-04T07:00:00Z")
	tn.want("a digest of which nothing is left", "1 edit m6: ")
}

// TestDigestOnce lets a daily digest pass through all that clocks do: a zone
// that skips its hour and has it twice, a program that is away or starts at its
// minute, a clock set back. Each article is in one digest, each day has one.
func TestDigestOnce(t *testing.T) {
	for _, tt := range []struct {
		zone   string
		hour   int
		around string // a time in UTC
	}{
		{"Europe/Lisbon", 1, "2026-03-29T00:00:00Z"}, // skipped
		{"Europe/Lisbon", 1, "2026-10-25T00:00:00Z"}, // twice
		{"America/Havana", 0, "2026-11-01T04:00:00Z"},
	} {
		t.Run(fmt.Sprint(tt.zone, " ", tt.around), func(t *testing.T) { digestsAround(t, tt.zone, tt.hour, tt.around) })
	}
}

func digestsAround(t *testing.T, zone string, hour int, around string) {
	t.Helper()
	c := newClock(around)
	c.pass(-36 * time.Hour)
	path := filepath.Join(t.TempDir(), "s.db")
	store, err := corpus.Open(t.Context(), path)
	check(t, err)
	tn := &town{t: t, store: store}
	restart := func() {
		if tn.Ledger != nil {
			check(t, tn.Ledger.Close())
		}
		l, err := ledger.Open(t.Context(), path, ledger.Options{Public: []string{"main"}, Now: c.now})
		check(t, err)
		tn.Ledger, tn.Announcer = l, l.Announcer(store, nil)
		check(t, l.Recover(t.Context()))
	}
	restart()
	tn.follow("1", ledger.Follow{Every: ledger.Daily, Hour: hour, Zone: zone})
	digests := map[string]int{}
	step := func() {
		tn.fill()
		for _, line := range tn.post() {
			day, _, _ := strings.Cut(line, ": ")
			digests[day]++
		}
	}
	added := 0
	for i := range 3 * 24 {
		if i%6 == 0 {
			tn.add("main", fmt.Sprint("Article ", i), fmt.Sprint("What happened in hour ", i, "."))
			added++
		}
		step()
		switch i {
		case 20, 44, 60: // away for some hours
			c.pass(5 * time.Hour)
			restart()
		case 26, 32, 50: // set back, over the hour of a digest or not
			c.pass(-7 * time.Hour)
		}
		if i%5 == 0 {
			restart() // on the hour
			step()
		}
		c.pass(time.Hour)
	}
	c.pass(48 * time.Hour)
	step()
	for day, n := range digests {
		if n != 1 {
			t.Errorf("around %s: %d digests %q", around, n, day)
		}
	}
	if tn.articles != added || len(digests) < 3 {
		t.Errorf("around %s: %d articles in %d digests, want %d", around, tn.articles, len(digests), added)
	}
	check(t, errors.Join(tn.Ledger.Close(), store.Close()))
}
