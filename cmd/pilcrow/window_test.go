package main

import (
	"testing"
	"time"
)

// TestWindow shows what since and until mean, on a Monday.
func TestWindow(t *testing.T) {
	now := time.Date(2026, 5, 18, 9, 30, 0, 0, time.UTC)
	const none = "0001-01-01T00:00:00Z"
	for _, tt := range []struct{ since, until, from, to string }{
		{"", "", none, none},
		{"2026-03-05", "", "2026-03-05T00:00:00Z", none},
		{"", "2026-03-05", none, "2026-03-06T00:00:00Z"}, // a bare date includes that day
		{"2026-03", "2026-03", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"},
		{"2025", "2025", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"},
		{"2026-03-05T12:00:00+02:00", "2026-03-05T12:00:00.5Z", "2026-03-05T10:00:00Z", "2026-03-05T12:00:00.5Z"},
		{"7d", "", "2026-05-11T09:30:00Z", none},
		{"2w", "36h", "2026-05-04T09:30:00Z", "2026-05-16T21:30:00Z"},
		{"March 2026", "March 2026", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"},
		{" Oct 7, 2025 ", "", "2025-10-07T00:00:00Z", none},
		{"last week", "last week", "2026-05-11T00:00:00Z", "2026-05-18T00:00:00Z"},
		{"yesterday", "yesterday", "2026-05-17T00:00:00Z", "2026-05-18T00:00:00Z"},
	} {
		w := window{tt.since, tt.until}
		from, to, err := w.resolve(now)
		if err != nil {
			t.Errorf("%+v: %v", w, err)
			continue
		}
		if got := [2]string{from.Format(time.RFC3339Nano), to.Format(time.RFC3339Nano)}; got != [2]string{tt.from, tt.to} {
			t.Errorf("%+v is %v, want %v", w, got, [2]string{tt.from, tt.to})
		}
	}
	for _, w := range []window{
		{since: "someday"},
		{until: "2026-13-01"},
		{since: "2026-03-05 or so"},
		{since: "99999999999999999999d"},
		{since: "2026-03-05", until: "2026-03-04"},
		{since: "2026-03-05T00:00:00Z", until: "2026-03-05T00:00:00Z"},
	} {
		if from, to, err := w.resolve(now); err == nil {
			t.Errorf("%+v is %v to %v, want an error", w, from, to)
		}
	}
}
