package ledger

import (
	"fmt"
	"testing"
	"time"
)

// TestNext goes through a year in zones with unlike clocks: each date, and each
// week, has one digest, at its hour where the zone has that, and from any
// moment the next is the next.
func TestNext(t *testing.T) {
	for _, zone := range []string{
		"", "Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati",
		"Australia/Lord_Howe", // moves by half an hour
		"America/Havana",      // moves at midnight
		"Africa/Cairo",        // and so does this
	} {
		for _, hour := range []int{0, 1, 2, 3, 12, 23} {
			testYear(t, Follow{Every: Daily, Hour: hour, Zone: zone}, 365, 24*time.Hour)
			testYear(t, Follow{Every: Weekly, Hour: hour, Weekday: time.Sunday, Zone: zone}, 52, 7*24*time.Hour)
		}
	}
}

func testYear(t *testing.T, f Follow, n int, apart time.Duration) {
	t.Helper()
	name := fmt.Sprint(f.Every, " at ", f.Hour, " in ", f.Zone)
	zone, err := time.LoadLocation(f.Zone)
	if err != nil {
		t.Fatal(err)
	}
	at, keys, odd := time.Date(2026, 1, 1, 0, 0, 0, 0, zone), map[string]bool{}, 0
	for at.In(zone).Year() == 2026 {
		due, key, err := f.next(at)
		if err != nil {
			t.Fatal(err)
		}
		if keys[key] {
			t.Fatalf("%s: %s twice", name, key)
		}
		keys[key] = true
		if len(keys) > 1 && (due.Sub(at)-apart).Abs() > 2*time.Hour {
			t.Fatalf("%s: %s after %s", name, due.In(zone), at.In(zone))
		}
		if due.In(zone).Hour() != f.Hour {
			odd++
		}
		if again, _, err := f.next(due.Add(-time.Millisecond)); err != nil || !again.Equal(due) {
			t.Fatalf("%s: a moment before %s, the next is %s", name, due, again)
		}
		at = due
	}
	if len(keys) < n || len(keys) > n+2 || odd > 1 {
		t.Errorf("%s: %d digests, %d not at their hour", name, len(keys), odd)
	}
}

// TestNextKey names days and weeks, across the turn of a year and the date that
// Samoa skipped.
func TestNextKey(t *testing.T) {
	for _, tt := range []struct {
		follow   Follow
		after    string
		due, key string
	}{
		{Follow{Every: Daily, Hour: 8, Zone: "Europe/Lisbon"}, "2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-29"},
		{Follow{Every: Daily, Hour: 8, Zone: "Europe/Lisbon"}, "2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z", "2026-10-25"},
		{Follow{Every: Daily}, "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z", "2027-01-01"},
		{Follow{Every: Weekly, Weekday: time.Thursday}, "2026-12-31T00:00:00Z", "2027-01-07T00:00:00Z", "2027-W01"},
		{Follow{Every: Weekly, Weekday: time.Sunday}, "2026-12-31T00:00:00Z", "2027-01-03T00:00:00Z", "2026-W53"},
		{Follow{Every: Daily, Hour: 8, Zone: "Pacific/Apia"}, "2011-12-29T18:00:00Z", "2011-12-30T18:00:00Z", "2011-12-31"},
	} {
		after, err := time.Parse(time.RFC3339, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		due, key, err := tt.follow.next(after)
		if got := due.Format(time.RFC3339); err != nil || got != tt.due || key != tt.key {
			t.Errorf("%s after %s: %s for %s, %v; want %s for %s", tt.follow.Every, tt.after, got, key, err, tt.due, tt.key)
		}
	}
}
