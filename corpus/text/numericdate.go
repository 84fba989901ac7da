package text

import (
	"strconv"
	"strings"
	"time"
)

// figured reads a date that starts with a figure: ISO, "10/07/2023",
// "7. Oktober 2023", "1990s", "2023".
func (d *dater) figured(i int) (Date, int, bool) {
	if date, next, ok := d.iso(i); ok {
		return date, next, true
	}
	if date, next, ok := d.slashed(i); ok {
		return date, next, true
	}
	if n, ok := d.ofMonth(i); ok {
		if date, next, ok := d.dayMonth(i, n); ok {
			return date, next, true
		}
	}
	if date, next, ok := d.ordinal(i, d.lower(i)); ok {
		return date, next, true
	}
	if date, next, ok := d.ago(i); ok {
		return date, next, true
	}
	return d.year(i)
}

// slashed reads figures parted by "/", "-" or ".": 10/07/2023, 7.10.2023.
func (d *dater) slashed(i int) (Date, int, bool) {
	var parts [3]int
	next := i + 1
	sep := byte('.')
	if w := d.word(i); strings.Count(w, ".") == 2 {
		for k, p := range strings.Split(w, ".") {
			n, err := strconv.Atoi(p)
			if err != nil || len(p) > 4 || len(p) == 3 {
				return Date{}, i, false
			}
			parts[k] = n
		}
	} else {
		g := d.gap(i)
		if g != "/" && g != "-" || d.gap(i+1) != g {
			return Date{}, i, false
		}
		sep = g[0]
		for k := range parts {
			n, err := strconv.Atoi(d.word(i + k))
			if err != nil || n < 0 || len(d.word(i+k)) > 4 || k < 2 && len(d.word(i+k)) > 2 {
				return Date{}, i, false
			}
			parts[k] = n
		}
		if d.gap(i+2) == g && i+3 < len(d.w) {
			return Date{}, i, false
		}
		next = i + 3
	}
	year := parts[2]
	if year < 100 {
		if sep == '-' {
			return Date{}, i, false // 7-10-12 may be anything
		}
		year = century(year)
	}
	if year < 1000 || year > 2199 {
		return Date{}, i, false
	}
	a, aok := day(year, time.Month(parts[0]), parts[1]) // month first
	b, bok := day(year, time.Month(parts[1]), parts[0])
	aok, bok = aok && parts[0] <= 12 && sep != '.', bok && parts[1] <= 12
	if d.dayFirst {
		a, aok, b, bok = b, bok, a, aok
	}
	if !aok {
		a, aok, bok = b, bok, false
	}
	if !aok {
		return Date{}, i, false
	}
	date := d.span(i, next, a, a.AddDate(0, 0, 1))
	if bok && !b.Equal(a) {
		date.Swapped = b
	}
	return date, next, true
}

// iso reads 2023-10-16, 2023/10/16, 2023-10 and 2023-10-16T13:41:30Z.
func (d *dater) iso(i int) (Date, int, bool) {
	s := d.s[d.w[i].Start:min(len(d.s), d.w[i].Start+40)]
	if len(s) < 7 || s[4] != '-' && s[4] != '/' || !allDigits(s[:4]) || !allDigits(s[5:7]) {
		return Date{}, i, false
	}
	sep := s[4]
	year, _ := strconv.Atoi(s[:4])
	month, _ := strconv.Atoi(s[5:7])
	if year < 1000 || year > 2199 || month < 1 || month > 12 {
		return Date{}, i, false
	}
	if len(s) < 10 || s[7] != sep || !allDigits(s[8:10]) || len(s) > 10 && isDigit(rune(s[10])) {
		if len(s) > 7 && (isDigit(rune(s[7])) || s[7] == sep) || sep == '/' {
			return Date{}, i, false
		}
		if len(s) > 8 && s[7] == '.' && isDigit(rune(s[8])) || year%100+1 == month || month < 1 {
			return Date{}, i, false // 2011-12 is a season
		}
		from := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		return d.isoSpan(i, 7, from, from.AddDate(0, 1, 0))
	}
	n, _ := strconv.Atoi(s[8:10])
	from, ok := day(year, time.Month(month), n)
	if !ok {
		return Date{}, i, false
	}
	for _, layout := range [...]struct {
		form string
		size int
		to   time.Duration
	}{
		{time.RFC3339, 25, time.Second}, {time.RFC3339, 20, time.Second},
		{"2006-01-02T15:04:05.999Z07:00", 24, time.Millisecond},
		{"2006-01-02T15:04:05", 19, time.Second}, {"2006-01-02 15:04:05", 19, time.Second},
		{"2006-01-02T15:04Z07:00", 17, time.Minute},
		{"2006-01-02T15:04", 16, time.Minute}, {"2006-01-02 15:04", 16, time.Minute},
	} {
		if len(s) < layout.size {
			continue
		}
		if t, err := time.Parse(layout.form, s[:layout.size]); err == nil {
			t = t.UTC()
			return d.isoSpan(i, layout.size, t, t.Add(layout.to))
		}
	}
	return d.isoSpan(i, 10, from, from.AddDate(0, 0, 1))
}

// isoSpan makes a date of the size bytes from word i on.
func (d *dater) isoSpan(i, size int, from, to time.Time) (Date, int, bool) {
	date := Date{Span: Span{d.w[i].Start, d.w[i].Start + size}, From: from, To: to}
	for i < len(d.w) && d.w[i].Start < date.End {
		i++
	}
	return date, i, true
}

func allDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !isDigit(r) }) < 0
}

// year reads "2023", "2022-23", "1990s".
func (d *dater) year(i int) (Date, int, bool) {
	n, next := d.number(i)
	if n.Kind != Year || next != i+1 {
		return Date{}, i, false
	}
	year := int(n.Value)
	from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	years := 1
	if n.Step == 10 {
		years = 10
	} else if g := d.gap(i); g == "-" || g == "–" || g == "/" {
		if w := d.word(i + 1); len(w) == 2 && allDigits(w) {
			if k, _ := strconv.Atoi(w); k == (year+1)%100 {
				years, next = 2, i+2
			}
		}
	}
	date := d.span(i, next, from, from.AddDate(years, 0, 0))
	date.Start = min(date.Start, n.Start)
	return date, next, true
}
