package text

import "time"

// relative reads what is reckoned from now and starts at word i, low in small
// letters.
func (d *dater) relative(i int, low string) (Date, int, bool) {
	reckoned := func(next int, from, to time.Time) (Date, int, bool) {
		date := d.span(i, next, from, to)
		date.Relative = true
		return date, next, true
	}
	days := func(next, offset int) (Date, int, bool) {
		from := d.today.AddDate(0, 0, offset)
		return reckoned(next, from, from.AddDate(0, 0, 1))
	}
	if capital(d.word(i)) && d.spaced(i-1) && capital(d.word(i-1)) && !inCapitals(d.word(i)) {
		return Date{}, i, false // USA Today
	}
	switch low {
	case "today", "tonight", "heute", "aujourd'hui", "hoy", "oggi", "hoje", "vandaag":
		if d.lang == "en" && low != "today" && low != "tonight" {
			break
		}
		return days(i+1, 0)
	case "yesterday", "gestern", "ayer", "ieri", "ontem", "gisteren":
		if d.lower(i-1) == "before" && d.lower(i-2) == "day" {
			date, next, ok := days(i+1, -2)
			date.Start = d.w[i-2].Start
			return date, next, ok
		}
		return days(i+1, -1)
	case "hier":
		if d.lang == "fr" {
			return days(i+1, -1)
		}
	case "tomorrow", "demain", "domani", "amanha":
		return days(i+1, 1)
	case "this", "last", "next", "past", "previous", "coming":
		return d.turn(i, low)
	case "diese", "dieser", "dieses", "diesem", "diesen", "letzte", "letzter", "letztes", "letztem", "letzten",
		"vergangene", "vergangener", "vergangenes", "vergangenem", "vergangenen", "nachste", "nachster", "nachstes", "nachstem", "nachsten":
		turn := map[byte]string{'d': "this", 'l': "last", 'v': "last", 'n': "next"}[low[0]]
		return d.turn(i, turn)
	case "semaine", "mois", "annee", "semana", "mes", "ano": // la semaine dernière
		switch d.lower(i - 1) {
		case "cette", "ce", "esta", "este":
			from, to := d.period(unitOf(low).name, 0)
			date, next, ok := reckoned(i+1, from, to)
			date.Start = d.w[i-1].Start
			return date, next, ok
		}
		if !d.spaced(i) {
			break
		}
		n := 0
		switch d.lower(i + 1) {
		case "derniere", "dernier", "passee", "passe", "pasada", "pasado", "passada", "passado":
			n = -1
		case "prochaine", "prochain", "proxima", "proximo":
			n = 1
		default:
			return Date{}, i, false
		}
		from, to := d.period(unitOf(low).name, n)
		return reckoned(i+2, from, to)
	case "weekend":
		if w := d.lower(i - 1); w == "the" && (d.lower(i-2) == "over" || d.lower(i-2) == "at" || d.lower(i-2) == "on") {
			from := d.weekend(0)
			if from.After(d.today) {
				from = d.weekend(-1)
			}
			return reckoned(i+1, from, from.AddDate(0, 0, 2))
		}
	case "a", "an":
		return d.ago(i)
	case "vor": // vor drei Tagen
		if n, next := d.number(i + 1); next > i+1 && n.Kind == Measure && n.Dimension == "time" {
			from, to, ok := d.before(n)
			if ok {
				return reckoned(next, from, to)
			}
		}
	default:
		if cardinals()[low] != 0 {
			return d.ago(i)
		}
	}
	return Date{}, i, false
}

// turn reads "last week", "this month", "next year", "past three days", "this
// morning" at word i.
func (d *dater) turn(i int, low string) (Date, int, bool) {
	if !d.spaced(i) {
		return Date{}, i, false
	}
	n := map[string]int{"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}[low]
	j := i + 1
	unit := d.lower(j)
	var from, to time.Time
	switch unit {
	case "morning", "afternoon", "evening", "night":
		if low != "this" && !(low == "last" && unit == "night") {
			return Date{}, i, false
		}
		from = d.today.AddDate(0, 0, n)
		to = from.AddDate(0, 0, 1)
	case "week", "month", "year", "decade", "century", "day", "woche", "monat", "jahr":
		if low == "previous" {
			return Date{}, i, false // than the one spoken of
		}
		name := unitOf(unit).name
		if low == "past" || low == "last" && name == "day" {
			from, to = d.stretch(name, 1)
		} else {
			from, to = d.period(name, n)
		}
	case "quarter":
		from, to = d.period("quarter", n)
	case "weekend":
		from = d.weekend(n)
		to = from.AddDate(0, 0, 2)
	case "few", "couple", "several":
		k := j + 1
		if unit == "couple" && d.lower(k) == "of" {
			k++
		}
		u := unitOf(d.lower(k))
		if u.dimension != "time" || n >= 0 {
			return Date{}, i, false
		}
		from, to = d.stretch(u.name, map[string]int{"few": 3, "couple": 2, "several": 5}[unit])
		j = k
	default:
		num, next := d.number(j)
		if next == j || num.Kind != Measure || num.Dimension != "time" || n >= 0 || num.Value > 1000 {
			return Date{}, i, false
		}
		from, to = d.stretch(num.Unit, int(num.Value))
		j = next - 1
	}
	if from.Equal(to) {
		return Date{}, i, false
	}
	date := d.span(i, j+1, from, to)
	date.Relative = true
	return date, j + 1, true
}

// ago reads "three days ago", "a week ago" at word i.
func (d *dater) ago(i int) (Date, int, bool) {
	n, next := d.number(i)
	if low := d.lower(i); low == "a" || low == "an" {
		u := unitOf(d.lower(i + 1))
		if !d.spaced(i) || u.dimension != "time" {
			return Date{}, i, false
		}
		n = Number{Value: 1}
		n.measure(u)
		next = i + 2
	}
	if next == i || next >= len(d.w) || n.Kind != Measure || n.Dimension != "time" || !d.spaced(next-1) || d.lower(next) != "ago" {
		return Date{}, i, false
	}
	from, to, ok := d.before(n)
	if !ok {
		return Date{}, i, false
	}
	date := d.span(i, next+1, from, to)
	date.Relative = true
	return date, next + 1, true
}

// before returns the period that lies n before now, as fine as its unit.
func (d *dater) before(n Number) (from, to time.Time, ok bool) {
	if n.Value < 0 || n.Value > 5000 {
		return from, to, false
	}
	switch n.Unit {
	case "s", "min", "h":
		from = d.now.Add(-time.Duration(n.SI) * time.Second).Truncate(time.Hour)
		return from, from.Add(time.Hour), true
	case "day", "week", "month", "year", "decade":
		from, to = d.period(n.Unit, -int(n.Value))
		return from, to, true
	}
	return from, to, false
}

// period returns the calendar period of a unit that lies n such periods after
// the present one.
func (d *dater) period(unit string, n int) (from, to time.Time) {
	y, m, _ := d.today.Date()
	switch unit {
	case "day":
		from = d.today.AddDate(0, 0, n)
		return from, from.AddDate(0, 0, 1)
	case "week":
		monday := d.today.AddDate(0, 0, -(int(d.today.Weekday())+6)%7)
		from = monday.AddDate(0, 0, 7*n)
		return from, from.AddDate(0, 0, 7)
	case "month":
		from = time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(0, 1, 0)
	case "quarter":
		from = time.Date(y, (m-1)/3*3+1+time.Month(3*n), 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(0, 3, 0)
	case "year":
		from = time.Date(y+n, 1, 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(1, 0, 0)
	case "decade":
		from = time.Date(y/10*10+10*n, 1, 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(10, 0, 0)
	case "century":
		from = time.Date((y-1)/100*100+1+100*n, 1, 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(100, 0, 0)
	}
	return from, to
}

// stretch returns the time from n units ago up to and with today: "the past
// three days".
func (d *dater) stretch(unit string, n int) (from, to time.Time) {
	to = d.today.AddDate(0, 0, 1)
	switch unit {
	case "h", "min", "s":
		return d.now.Add(-time.Duration(n) * time.Duration(unitNamed(unit).factor) * time.Second), to
	case "day":
		from = d.today.AddDate(0, 0, -n)
	case "week":
		from = d.today.AddDate(0, 0, -7*n)
	case "fortnight":
		from = d.today.AddDate(0, 0, -14*n)
	case "month":
		from = d.today.AddDate(0, -n, 0)
	case "year":
		from = d.today.AddDate(-n, 0, 0)
	case "decade":
		from = d.today.AddDate(-10*n, 0, 0)
	case "century":
		from = d.today.AddDate(-100*n, 0, 0)
	default:
		return to, to
	}
	return from, to
}

// weekend returns the Saturday of the week that lies n weeks after this one.
func (d *dater) weekend(n int) time.Time {
	monday, _ := d.period("week", n)
	return monday.AddDate(0, 0, 5)
}
