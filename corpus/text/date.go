package text

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Date is a stretch of time that a text names.
type Date struct {
	Span
	From, To time.Time // half-open, UTC
	Yearless bool      // the year was not written but reckoned from now
	Relative bool      // the whole was reckoned from now: "last week"
}

// Dates returns the dates of s in order, without overlap. What does not name
// its year is taken as the most recent one not after now.
func Dates(s, lang string, now time.Time) []Date {
	var out []Date
	now = now.UTC()
	for _, m := range monthDay().FindAllStringSubmatchIndex(s, -1) {
		mon := time.Month(strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(s[m[2]:m[2]+3]))/3 + 1)
		d := Date{Span: Span{m[0], m[1]}, Yearless: m[6] < 0}
		day := 0
		if m[4] >= 0 {
			day, _ = strconv.Atoi(s[m[4]:m[5]])
		}
		year := now.Year()
		if m[6] >= 0 {
			year, _ = strconv.Atoi(s[m[6]:m[7]])
		}
		if day > 0 {
			d.From = time.Date(year, mon, day, 0, 0, 0, 0, time.UTC)
			if d.Yearless && d.From.After(now) {
				d.From = d.From.AddDate(-1, 0, 0)
			}
			d.To = d.From.AddDate(0, 0, 1)
		} else {
			d.From = time.Date(year, mon, 1, 0, 0, 0, 0, time.UTC)
			if d.Yearless && d.From.After(now) {
				d.From = d.From.AddDate(-1, 0, 0)
			}
			d.To = d.From.AddDate(0, 1, 0)
		}
		out = append(out, d)
	}
	return out
}

var monthDay = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: (\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? (\d{4})\b)?`)
})

// SameDate reports whether one of a and b lies within the other.
func SameDate(a, b Date) bool {
	within := func(a, b Date) bool { return !a.From.Before(b.From) && !a.To.After(b.To) }
	return within(a, b) || within(b, a)
}
