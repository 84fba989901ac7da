package text

import (
	"time"
	"unicode"
)

// weekday reads "Tuesday", "on Tuesday", "last Tuesday" and the day before a
// date, "Monday, Oct. 16".
func (d *dater) weekday(i, number int) (Date, int, bool) {
	if g := d.gap(i); g == ", " || g == " " || g == "., " || g == ". " {
		k := i + 1
		if d.lower(k) == "the" || d.lower(k) == "den" || d.lower(k) == "le" {
			k++
		}
		if w := d.word(k); w != "" && (isDigit(rune(w[0])) || d.month(k) != 0) {
			var date Date
			var next int
			var ok bool
			if isDigit(rune(w[0])) {
				date, next, ok = d.figured(k)
			} else {
				date, next, ok = d.monthFirst(k, d.month(k))
			}
			if ok && date.To.Sub(date.From) <= 24*time.Hour && !date.Relative {
				date.Start = d.w[i].Start
				return date, next, true
			}
		}
	}
	led := leading()[d.lower(i-1)] && d.spaced(i-1)
	word := d.word(i)
	switch {
	case !led && (!capital(word) || len(word) <= 5 && d.lower(i) != "lundi"):
		return Date{}, i, false // "sat", "sun"; the Sun
	case led && len(word) <= 3 && (!capital(word) || d.lower(i-1) != "on"):
		return Date{}, i, false
	case !led && (d.spaced(i) && capital(d.word(i+1)) || d.spaced(i-1) && capital(d.word(i-1)) && !Stop("en", d.lower(i-1))):
		return Date{}, i, false // Black Friday, Sunday Times
	}
	back := (int(d.today.Weekday()) + 7 - number) % 7
	from := d.today.AddDate(0, 0, -back)
	start := i
	if led {
		switch d.lower(i - 1) {
		case "last", "letzten", "past", "previous":
			if back == 0 {
				from = from.AddDate(0, 0, -7)
			}
			start--
		case "next", "coming", "nachsten":
			from = from.AddDate(0, 0, 7)
			start--
		case "this", "diesen":
			if back > 0 && number > int(d.today.Weekday()+6)%7+1 {
				from = from.AddDate(0, 0, 7)
			}
			start--
		}
	}
	date := d.span(start, i+1, from, from.AddDate(0, 0, 1))
	date.Relative = true
	return date, i + 1, true
}

// quarter reads "Q3 2023", "third quarter of 2023", "first half", "summer of
// 2019", "19th century" at word i.
func (d *dater) quarter(i int, low string) (Date, int, bool) {
	if len(low) == 2 && (low[0] == 'q' || low[0] == 'h') && low[1] >= '1' && low[1] <= '4' && unicode.IsUpper(rune(d.word(i)[0])) {
		if low[0] == 'q' {
			return d.part(i, i+1, 3, int(low[1]-'1'))
		}
		if year, _, ok := d.yearAt(i+1, false); ok && year > 0 && low[1] <= '2' {
			return d.part(i, i+1, 6, int(low[1]-'1'))
		}
	}
	if first := seasons[low]; first != 0 {
		return d.season(i, first)
	}
	return d.ordinal(i, low)
}

// ordinal reads what starts with an ordinal: a quarter, a half, a century.
func (d *dater) ordinal(i int, low string) (Date, int, bool) {
	n := ordinals()[low]
	if n == 0 {
		if num, next := d.number(i); next == i+1 && num.Kind == Ordinal {
			n = num.Value
		}
	}
	if n < 1 || n > 21 || !d.joined(i) {
		return Date{}, i, false
	}
	switch d.lower(i + 1) {
	case "quarter":
		_, _, dated := d.yearAt(i+2, false)
		if n <= 4 && (dated || fiscal(d.lower(i+2)) || d.lower(i-1) == "fiscal") {
			return d.part(i, i+2, 3, int(n)-1)
		}
	case "half":
		if _, _, ok := d.yearAt(i+2, false); ok && n <= 2 {
			return d.part(i, i+2, 6, int(n)-1)
		}
	case "century":
		if n >= 10 {
			from := time.Date(int(n)*100-99, 1, 1, 0, 0, 0, 0, time.UTC)
			return d.span(i, i+2, from, from.AddDate(100, 0, 0)), i + 2, true
		}
	}
	return Date{}, i, false
}

// fiscal reports whether a quarter before word is one of a year, and not of a
// match.
func fiscal(word string) bool {
	switch word {
	case "revenue", "revenues", "profit", "profits", "earnings", "results", "sales", "gdp", "growth", "loss", "losses", "income":
		return true
	}
	return false
}

// part finishes part k of a year cut into parts of so many months, whose year
// may stand at word next.
func (d *dater) part(i, next, months, k int) (Date, int, bool) {
	year, after, ok := d.yearAt(next, false)
	if ok {
		next = after
	} else {
		year = d.now.Year()
	}
	from := time.Date(year, time.Month(k*months+1), 1, 0, 0, 0, 0, time.UTC)
	if !ok {
		from = d.recent(from)
	}
	date := d.span(i, next, from, from.AddDate(0, months, 0))
	date.Yearless = !ok
	return date, next, true
}

// season reads "summer 2019", "the winter of 2020", "last summer".
func (d *dater) season(i int, first time.Month) (Date, int, bool) {
	year, next, ok := d.yearAt(i+1, false)
	if ok {
		from := time.Date(year, first, 1, 0, 0, 0, 0, time.UTC)
		return d.span(i, next, from, from.AddDate(0, 3, 0)), next, true
	}
	from := d.recent(time.Date(d.now.Year(), first, 1, 0, 0, 0, 0, time.UTC))
	date := d.span(i, i+1, from, from.AddDate(0, 3, 0))
	date.Yearless = true
	switch d.lower(i - 1) {
	case "last", "next", "this":
		d.turned(&date, i, 12)
		date.To = date.From.AddDate(0, 3, 0)
		return date, i + 1, date.Relative
	}
	return Date{}, i, false
}
