// Package stamp reads the times that files and feeds put into their metadata:
// what a machine wrote, what a person typed into front matter.
//
// Dates within prose are corpus/text's; Parse asks it last.
package stamp

import (
	"strconv"
	"strings"
	"time"

	"pilcrow/corpus/text"
)

// layouts are tried in order. A stamp without a zone is taken as UTC.
var layouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05 -07:00",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04",
	"2006-1-2",
	"2006/1/2",
	"2006.1.2",
	"20060102",
	"2006-01",
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	"Mon, 2 Jan 2006 15:04 -0700",
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST",
	"Mon Jan _2 15:04:05 2006",
	"Mon Jan _2 15:04:05 MST 2006",
	"Mon Jan 2 2006 15:04:05 GMT-0700",
	"Monday, 02-Jan-06 15:04:05 MST",
}

// zones are the abbreviations of RFC 822 and of the feeds that ignore it, in
// hours east of UTC. time.Parse takes an abbreviation that it does not know as
// UTC.
var zones = map[string]float64{
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "PKT": 5, "IST": 5.5, "JST": 9, "AEST": 10, "AEDT": 11,
}

// The years between which an article can have appeared. The first newspapers
// are of 1605; the rest is room for what is older than it looks.
const (
	firstYear = 1400
	lastYear  = 2200
)

// Parse reads a whole stamp: RFC 3339 and its relatives, RFC 1123, dates, Unix
// seconds or milliseconds, and dates as written ("August 17th, 2025"). The
// result is in UTC; a date stands for its first moment there. What cannot be
// read, or cannot be when an article appeared, is the zero time: unknown.
func Parse(s string) time.Time {
	s = strings.TrimSpace(s)
	if len(s) > 80 { // longer than any stamp
		return time.Time{}
	}
	if t := unix(s); !t.IsZero() {
		return sane(t)
	}
	for _, layout := range layouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if name, offset := t.Zone(); offset == 0 && zones[name] != 0 {
			t = t.Add(-time.Duration(zones[name] * float64(time.Hour)))
		}
		return sane(t.UTC())
	}
	return sane(written(s))
}

// unix reads ten digits as seconds and thirteen as milliseconds since 1970.
func unix(s string) time.Time {
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	switch {
	case err != nil || n <= 0:
		return time.Time{}
	case len(whole) == 9, len(whole) == 10:
		return time.Unix(n, 0).UTC()
	case len(whole) == 13:
		return time.UnixMilli(n).UTC()
	}
	return time.Time{}
}

// written reads a date as people write it, with its year. Further dates behind
// the first ("updated …") are not when the article appeared.
func written(s string) time.Time {
	for _, d := range text.Dates(s, text.Lang(s), time.Unix(0, 0)) {
		if !d.Yearless && !d.Relative && d.To.Sub(d.From) <= 31*24*time.Hour {
			return d.From
		}
	}
	return time.Time{}
}

func sane(t time.Time) time.Time {
	if y := t.Year(); y < firstYear || y > lastYear {
		return time.Time{}
	}
	return t
}
