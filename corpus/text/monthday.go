package text

import (
	"strconv"
	"strings"
	"time"
)

// month returns the month that word i names, 0 for none. English months want
// a capital, or a figure or a word like "in" beside them; "may" and "march"
// in small letters want a figure.
func (d *dater) month(i int) time.Month {
	low := d.lower(i)
	m := d.names[low]
	figure := d.besideFigure(i)
	switch {
	case m == 0:
		if m = d.loose[low]; m != 0 && !figure {
			return 0
		}
	case capital(d.word(i)) || figure:
	case low == "may" || low == "march" || low == "mar" || d.lang != "en" && d.lang != "" && len(low) < 4 || !leading()[d.lower(i-1)]:
		return 0
	}
	return m
}

// besideFigure reports whether a figure stands right before or behind word i.
func (d *dater) besideFigure(i int) bool {
	for _, k := range [...]int{i - 1, i + 1} {
		if w := d.word(k); w != "" && isDigit(rune(w[0])) && len(d.gap(min(i, k))) <= 2 {
			return true
		}
	}
	w := d.lower(i - 1)
	if p := d.word(i - 2); (w == "of" || w == "de" || w == "di") && p != "" && isDigit(rune(p[0])) {
		return true
	}
	return false
}

// ofMonth reads a day of the month at word i: "7", "7th", "1er".
func (d *dater) ofMonth(i int) (int, bool) {
	w := d.word(i)
	n := 0
	k := 0
	for k < len(w) && k < 2 && isDigit(rune(w[k])) {
		n = n*10 + int(w[k]-'0')
		k++
	}
	switch w[k:] {
	case "", "st", "nd", "rd", "th", "er", "º", "°":
		return n, n >= 1 && n <= 31
	}
	return 0, false
}

// yearAt reads a year at word i behind a month or a day: "2023", "'23", "of
// last year", "de 2023".
func (d *dater) yearAt(i int, afterDay bool) (year, next int, ok bool) {
	g := d.gap(i - 1)
	if g != " " && g != ", " && g != ". " && g != "., " && g != "-" && g != "/" && g != "\u00A0" && g != " '" && g != " ’" && g != "." {
		return 0, i, false
	}
	w := d.word(i)
	switch low := d.lower(i); {
	case low == "of" || low == "de" || low == "del":
		if year, next, ok = d.yearAt(i+1, false); ok && d.spaced(i) {
			return year, next, true
		}
		return 0, i, false
	case (low == "last" || low == "this" || low == "next") && d.spaced(i) && d.lower(i+1) == "year":
		return d.now.Year() + map[string]int{"last": -1, "next": 1}[low], i + 2, !d.now.IsZero()
	}
	if strings.HasSuffix(g, "'") || strings.HasSuffix(g, "’") {
		n, err := strconv.Atoi(w)
		return century(n), i + 1, err == nil && n >= 0 && len(w) == 2
	}
	if len(w) != 4 {
		return 0, i, false
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 1000 || n > 2199 || n < 1900 && g == " " && afterDay {
		return 0, i, false
	}
	if afterDay && d.spaced(i) && (plural(d.word(i+1)) || d.lower(i+1) == "people") {
		return 0, i, false // On October 7, 1500 soldiers …
	}
	return n, i + 1, true
}

// century gives a year of two digits its century: 70 to 99 lie in the 1900s.
func century(n int) int {
	if n < 70 {
		return 2000 + n
	}
	return 1900 + n
}

// monthFirst reads "October 7, 2023", "Oct. 7-9", "October 2023", "in October".
func (d *dater) monthFirst(i int, m time.Month) (Date, int, bool) {
	j := i + 1
	if g := d.gap(i); g == " " || g == ". " || g == "-" || g == "\u00A0" {
		k := j
		if d.lower(k) == "the" && d.spaced(k) {
			k++
		}
		if n, ok := d.ofMonth(k); ok && !d.clockAt(k) {
			last, next := d.untilDay(k, n)
			if low := d.word(i); low == "may" || low == "march" || low == "mar" {
				if _, _, ok := d.yearAt(next, true); !ok {
					return Date{}, i, false
				}
			}
			return d.ofDay(i, next, m, n, last)
		}
	}
	if year, next, ok := d.yearAt(j, false); ok {
		from := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)
		return d.span(i, next, from, from.AddDate(0, 1, 0)), next, true
	}
	led := leading()[d.lower(i-1)] && d.joined(i-1)
	if !led && !d.beforeMonth(i) && !(d.lower(i-1) == "and" && d.names[d.lower(i-2)] != 0) {
		return Date{}, i, false
	}
	if next := d.word(i + 1); capital(next) && d.spaced(i) && d.lower(i-1) != "in" {
		return Date{}, i, false // "after April Smith left"
	}
	from := d.recent(time.Date(d.now.Year(), m, 1, 0, 0, 0, 0, time.UTC))
	date := d.span(i, j, from, from.AddDate(0, 1, 0))
	date.Yearless = true
	d.turned(&date, i, 12)
	return date, j, true
}

// beforeMonth reports whether month i begins a range: "July to September".
func (d *dater) beforeMonth(i int) bool {
	switch d.gap(i) {
	case "-", "–", "—", " - ", " – ", "/":
		return d.names[d.lower(i+1)] != 0
	}
	w := d.lower(i + 1)
	return d.spaced(i) && (w == "to" || w == "and" || w == "through" || w == "bis" || w == "a") && d.names[d.lower(i+2)] != 0
}

// turned applies "last", "this" and "next" before word i to a date without a
// year; back and forth are by so many months.
func (d *dater) turned(date *Date, i, months int) {
	if !d.spaced(i - 1) {
		return
	}
	switch d.lower(i - 1) {
	case "next", "coming":
		for !date.From.After(d.now) {
			date.From, date.To = date.From.AddDate(0, months, 0), date.To.AddDate(0, months, 0)
		}
	case "last", "past", "previous":
		if date.To.After(d.now) {
			date.From, date.To = date.From.AddDate(0, -months, 0), date.To.AddDate(0, -months, 0)
		}
	case "this":
		date.From = time.Date(d.now.Year(), date.From.Month(), date.From.Day(), 0, 0, 0, 0, time.UTC)
		date.To = date.From.AddDate(0, 1, 0)
	default:
		return
	}
	date.Start, date.Relative = d.w[i-1].Start, true
}

// clockAt reports whether the figure at word i is a time of day: "May 9:00".
func (d *dater) clockAt(i int) bool {
	return d.gap(i) == ":" || d.lower(i+1) == "am" || d.lower(i+1) == "pm"
}

// untilDay reads the second day of "7-9", "7 and 8", "7 to 9" behind day n at
// word i.
func (d *dater) untilDay(i, n int) (last, next int) {
	k := i + 1
	switch d.gap(i) {
	case "-", "–", "—", " - ", " – ", "/":
	case " ":
		if w := d.lower(k); w != "to" && w != "and" && w != "bis" && w != "und" || !d.spaced(k) {
			return n, i + 1
		}
		k++
	default:
		return n, i + 1
	}
	if m, ok := d.ofMonth(k); ok && m > n && !d.clockAt(k) && (d.gap(i) != " " || !d.counts(k)) {
		return m, k + 1
	}
	return n, i + 1
}

// counts reports whether what follows word i shows that its figure counts
// something: "on May 7 and 8 people died".
func (d *dater) counts(i int) bool {
	w := d.word(i + 1)
	return d.spaced(i) && w != "" && !capital(w) && !Stop("en", w) && !isDigit(rune(w[0]))
}

// ofDay finishes a date of month m and days n to last, whose year may stand at
// word next.
func (d *dater) ofDay(i, next int, m time.Month, n, last int) (Date, int, bool) {
	year, after, ok := d.yearAt(next, true)
	if ok {
		next = after
	} else {
		year = d.now.Year()
	}
	from, valid := day(year, m, n)
	if !ok && !valid && m == time.February { // the 29th, of a year to be found
		for range 8 {
			if year--; valid {
				break
			}
			from, valid = day(year, m, n)
		}
	}
	to, validTo := day(from.Year(), m, last)
	if !valid || !validTo {
		return Date{}, i, false
	}
	if !ok && from.After(d.now) {
		if from, valid = day(from.Year()-1, m, n); !valid {
			return Date{}, i, false
		}
		to, _ = day(from.Year(), m, last)
	}
	date := d.span(i, next, from, to.AddDate(0, 0, 1))
	date.Yearless = !ok
	return date, next, true
}

// dayMonth reads "7 Oct", "7th of October 2023", "7.-9. Oktober", "1 de mayo
// de 2020" behind day n at word i.
func (d *dater) dayMonth(i, n int) (Date, int, bool) {
	last, j := d.untilDay(i, n)
	if g := d.gap(i); g == ".-" || g == ". - " || g == ".–" || g == ". – " || g == ". bis " {
		if m, ok := d.ofMonth(i + 1); ok && m > n {
			last, j = m, i+2
		}
	}
	switch d.gap(j - 1) {
	case " ", "\u00A0", ". ", "-", ".":
	default:
		return Date{}, i, false
	}
	if w := d.lower(j); (w == "of" || w == "de" || w == "di") && d.spaced(j) {
		j++
	}
	m := d.month(j)
	if m == 0 {
		return Date{}, i, false
	}
	if w := d.lower(j); (w == "may" || w == "march" || w == "mar") && !capital(d.word(j)) {
		if _, _, ok := d.yearAt(j+1, true); !ok {
			return Date{}, i, false // "only 7 may enter"
		}
	}
	if capital(d.word(j)) && d.names[d.lower(j)] != 0 {
		if k, ok := d.ofMonth(j + 1); ok && d.spaced(j) && k > 0 && d.gap(j+1) == ", " {
			return Date{}, i, false // "at 7 October 8, 2023": the month goes with the next
		}
	}
	return d.ofDay(i, j+1, m, n, last)
}
