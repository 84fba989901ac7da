package text

import (
	"time"
)

// Date is a stretch of time that a text names.
type Date struct {
	Span
	From, To time.Time // half-open, UTC
	Yearless bool      // the year was not written but reckoned from now
	Relative bool      // the whole was reckoned from now: "last week"
	Swapped  time.Time // From with day and month changed round, where "10/07/2023" can be read so; else zero
}

// Dates returns the dates of s in order, without overlap: days, months, years,
// decades, quarters, seasons (northern), ISO dates with or without time, and
// what English (in part German, French and Spanish) reckons from now: "last
// week", "on Tuesday", "three days ago", "this morning".
//
// lang is the BCP 47 tag of the text: month names are those of English and of
// lang; where lang is empty, those of German, French, Spanish, Italian,
// Portuguese and Dutch too if a figure stands beside them. Words like "since",
// "before" and "until" are left to the caller.
//
// What does not name its year is the most recent such date not after now.
// Weeks begin on Monday. Of 10/07/2023 the first reading is month first in
// English (but not en-GB and its like) and day first elsewhere; Swapped has the
// other. A zero now gives only dates that stand on their own.
func Dates(s, lang string, now time.Time) []Date {
	d := dater{reader: reader{s: s, w: Words(s)}, calendar: calendarOf(lang), now: now.UTC()}
	d.today = time.Date(d.now.Year(), d.now.Month(), d.now.Day(), 0, 0, 0, 0, time.UTC)
	var out []Date
	for i := 0; i < len(d.w); {
		date, next, ok := d.date(i)
		if !ok || date.From.Year() < 1 || date.To.Year() > 9999 {
			i++
			continue
		}
		if n := len(out) - 1; n >= 0 {
			if out[n].End > date.Start {
				date.Start = out[n].End
			}
			d.share(&out[n], date)
		}
		if !now.IsZero() || !date.Yearless && !date.Relative {
			out = append(out, date)
		}
		i = max(next, i+1)
	}
	return out
}

// SameDate reports whether a and b can be the same: one lies within the other
// ("October 2023" holds "Oct. 7, 2023"), in either reading of 10/07/2023. Where
// one has no year, years are not compared.
func SameDate(a, b Date) bool {
	for _, x := range a.readings() {
		for _, y := range b.readings() {
			if within(x, y) || within(y, x) {
				return true
			}
			if a.Yearless || b.Yearless {
				if a.Yearless {
					x = x.inYear(y.From.Year())
				} else {
					y = y.inYear(x.From.Year())
				}
				if within(x, y) || within(y, x) {
					return true
				}
			}
		}
	}
	return false
}

// readings returns d, and d with day and month swapped where that is open.
func (d Date) readings() []Date {
	if d.Swapped.IsZero() {
		return []Date{d}
	}
	other := d
	other.From, other.To = d.Swapped, d.Swapped.AddDate(0, 0, 1)
	return []Date{d, other}
}

// inYear moves d to another year.
func (d Date) inYear(year int) Date {
	n := year - d.From.Year()
	d.From, d.To = d.From.AddDate(n, 0, 0), d.To.AddDate(n, 0, 0)
	return d
}

func within(a, b Date) bool { return !a.From.Before(b.From) && !a.To.After(b.To) }

// dater reads dates word by word.
type dater struct {
	reader
	calendar
	now, today time.Time
}

// date reads the date that starts at word i, and returns the index of the word
// behind it.
func (d *dater) date(i int) (Date, int, bool) {
	word := d.word(i)
	if digit(rune(word[0])) >= 0 {
		return d.figured(i)
	}
	if len(word) > 24 {
		return Date{}, i, false
	}
	low := d.lower(i)
	if m := d.month(i); m != 0 {
		return d.monthFirst(i, m)
	}
	if day := weekdays()[low]; day != 0 {
		return d.weekday(i, day)
	}
	if date, next, ok := d.quarter(i, low); ok {
		return date, next, true
	}
	return d.relative(i, low)
}

// span makes a date of the words from i to before next.
func (d *dater) span(i, next int, from, to time.Time) Date {
	return Date{Span: Span{d.w[i].Start, d.w[next-1].End}, From: from, To: to}
}

// day returns the start of a day, or false where the calendar has none such.
func day(year int, month time.Month, n int) (time.Time, bool) {
	t := time.Date(year, month, n, 0, 0, 0, 0, time.UTC)
	return t, n >= 1 && t.Month() == month && year >= 1
}

// recent takes t, of this year, a year back where it has not come yet.
func (d *dater) recent(t time.Time) time.Time {
	if t.After(d.now) {
		return t.AddDate(-1, 0, 0)
	}
	return t
}

// share gives the first date of a range the year of the second: "July to
// September 2021", "Oct. 7 and Nov. 3, 2019".
func (d *dater) share(a *Date, b Date) {
	const month = 31 * 24 * time.Hour
	if !a.Yearless || a.Relative || b.Yearless || b.Relative || a.To.Sub(a.From) > month || b.To.Sub(b.From) > month {
		return
	}
	switch d.s[a.End:b.Start] {
	case "-", "–", "—", " - ", " – ", " — ", " to ", " and ", " through ", " until ", " bis ", " und ", " au ", " et ", " a ", " al ", " y ":
	default:
		return
	}
	year := b.From.Year()
	if a.From.Month() > b.From.Month() {
		year-- // December to February 2020
	}
	*a = a.inYear(year)
	a.Yearless = false
}
