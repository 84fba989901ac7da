package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"pilcrow/corpus/text"
)

// window is a stretch of time as a person writes it.
type window struct{ since, until string }

const whenHelp = `a date, a month, a year, a time in RFC 3339, "7d", "last week"`

func (w *window) flags(f *pflag.FlagSet) {
	f.StringVar(&w.since, "since", "", "published at or after this `time`: "+whenHelp)
	f.StringVar(&w.until, "until", "", "published before the end of this `time`")
}

// resolve returns the half-open interval in UTC; a limit that is not set is
// zero. What names a day, a month or a year begins with it as since, and takes
// it in whole as until.
func (w *window) resolve(now time.Time) (since, until time.Time, err error) {
	if w.since != "" {
		if since, _, err = when(w.since, now); err != nil {
			return since, until, usagef("since %w", err)
		}
	}
	if w.until != "" {
		if _, until, err = when(w.until, now); err != nil {
			return since, until, usagef("until %w", err)
		}
	}
	if !since.IsZero() && !until.IsZero() && !since.Before(until) {
		return since, until, usagef("since %q is not before until %q", w.since, w.until)
	}
	return since, until, nil
}

// when reads the interval that s names. An instant begins and ends with
// itself.
func when(s string, now time.Time) (from, to time.Time, err error) {
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), t.UTC(), nil
	}
	for _, f := range []struct {
		layout              string
		years, months, days int
	}{
		{"2006-01-02", 0, 0, 1},
		{"2006-01", 0, 1, 0},
		{"2006", 1, 0, 0},
	} {
		if t, err := time.Parse(f.layout, s); err == nil {
			return t, t.AddDate(f.years, f.months, f.days), nil
		}
	}
	if m := ago().FindStringSubmatch(s); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil || n > 100_000 {
			return from, to, fmt.Errorf("%q is too long ago", s)
		}
		switch m[2] {
		case "h":
			from = now.Add(-time.Duration(n) * time.Hour)
		case "d":
			from = now.AddDate(0, 0, -n)
		case "w":
			from = now.AddDate(0, 0, -7*n)
		}
		return from, from, nil
	}
	if ds := text.Dates(s, "en", now); len(ds) == 1 && ds[0].Start == 0 && ds[0].End == len(s) {
		return ds[0].From, ds[0].To, nil
	}
	return from, to, fmt.Errorf("%q is not a time; write %s", s, whenHelp)
}

var ago = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d+)([hdw])$`) })
