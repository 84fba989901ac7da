package text

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// WhenHelp says what When reads.
const WhenHelp = `a date, a month, a year, a time in RFC 3339, "7d", "last week"`

// When reads a time as a person writes it alone, and returns the interval that
// it names, in UTC: a day, a month, a year. An instant begins and ends with
// itself. The error says what could be written instead.
func When(s string, now time.Time) (from, to time.Time, err error) {
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
	if ds := Dates(s, "en", now); len(ds) == 1 && ds[0].Start == 0 && ds[0].End == len(s) {
		return ds[0].From, ds[0].To, nil
	}
	return from, to, fmt.Errorf("%q is not a time; write %s", s, WhenHelp)
}

var ago = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d+)([hdw])$`) })
