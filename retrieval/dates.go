package retrieval

import (
	"slices"
	"strings"
	"time"

	"pilcrow/corpus/text"
)

// Period is a stretch of time that a question names. It steers towards what
// was published then; only the limits of a Query exclude anything.
type Period struct {
	text.Span
	From, To time.Time // half-open, UTC; a zero time is an open end
	Annual   bool      // the year was not written: the same days of any year will do
	// Keeps says that the question keeps to this time ("since August", "last
	// week", "before October 2023"). Otherwise it dates what it asks about
	// ("the report of October 7"), which may be published a day earlier or
	// later.
	Keeps bool
}

// A question keeps to what was a month ago at most; a summer or a year is when
// something happened, whenever it was told.
const month = 31 * 24 * time.Hour

// bounds maps the folded word before a date to what it makes of it. After and
// before a single day order events rather than bound the search.
var bounds = map[string]struct{ since, until, coarse bool }{
	"since": {since: true}, "seit": {since: true}, "depuis": {since: true}, "desde": {since: true}, "dal": {since: true}, "sinds": {since: true},
	"until": {until: true}, "till": {until: true}, "bis": {until: true}, "hasta": {until: true}, "fino": {until: true}, "tot": {until: true},
	"after": {since: true, coarse: true}, "nach": {since: true, coarse: true}, "apres": {since: true, coarse: true}, "despues": {since: true, coarse: true}, "dopo": {since: true, coarse: true},
	"before": {until: true, coarse: true}, "vor": {until: true, coarse: true}, "avant": {until: true, coarse: true}, "antes": {until: true, coarse: true}, "prima": {until: true, coarse: true},
}

// joints are the words, folded, that make one stretch of the dates on both
// sides.
var joints = []string{"and", "to", "until", "till", "through", "und", "bis", "et", "au", "y", "al", "hasta", "e", "en", "tot", "a"}

// openers begin such a stretch.
var openers = []string{"between", "from", "zwischen", "von", "vom", "entre", "du", "desde", "del", "tra", "dal", "tussen", "van"}

// periods returns the times that s names, in order and without overlap.
func periods(s, lang string, now time.Time) []Period {
	dates := text.Dates(s, lang, now)
	var out []Period
	for i := 0; i < len(dates); i++ {
		d := dates[i]
		p := Period{Span: d.Span, From: d.From, To: d.To, Annual: d.Yearless && !d.Relative, Keeps: d.Relative && d.To.Sub(d.From) <= month}
		word, start := wordBefore(s, d.Start)
		if i+1 < len(dates) && slices.Contains(openers, word) && joined(s[d.End:dates[i+1].Start]) {
			next := dates[i+1]
			if from, to := stretch(d, next); from.Before(to) {
				out = append(out, Period{Span: text.Span{Start: start, End: next.End}, From: from, To: to, Keeps: true})
				i++
				continue
			}
		}
		if b, ok := bounds[word]; ok && (!b.coarse || d.To.Sub(d.From) > 24*time.Hour) {
			p.Start, p.Keeps, p.Annual = start, true, false
			switch {
			case b.since && b.coarse: // after August: from its end on
				p.From, p.To = d.To, time.Time{}
			case b.since:
				p.To = time.Time{}
			case b.coarse: // before August: up to its beginning
				p.From, p.To = time.Time{}, d.From
			default:
				p.From = time.Time{}
			}
		}
		out = append(out, p)
	}
	return out
}

// stretch returns the time from the first date to the end of the second. A
// year that only one of them names holds for both.
func stretch(a, b text.Date) (from, to time.Time) {
	from, to = a.From, b.To
	if a.Yearless && !b.Yearless {
		from = from.AddDate(b.From.Year()-from.Year(), 0, 0)
		if !from.Before(to) {
			from = from.AddDate(-1, 0, 0)
		}
	}
	return from, to
}

// wordBefore returns the word that ends before at with nothing but space
// between, folded, and where it starts. An article between them is passed
// over ("since the 7th", "seit dem 7.").
func wordBefore(s string, at int) (word string, start int) {
	for range 2 {
		before := strings.TrimRight(s[:at], " ")
		start = strings.LastIndexByte(before, ' ') + 1
		word = text.Fold(strings.Trim(before[start:], "\"'“”‘’(,"))
		switch word {
		case "the", "dem", "den", "der", "le", "la", "el", "il", "o", "de", "di", "du":
			at = start
			continue
		}
		break
	}
	return word, start
}

// joined reports whether between holds only a word that joins two dates, or a
// dash.
func joined(between string) bool {
	between = text.Fold(strings.TrimSpace(between))
	return slices.Contains(joints, between) || between == "-" || between == "–" || between == "—"
}

// Holds reports whether t lies in the period, give or take slack.
func (p Period) Holds(t time.Time, slack time.Duration) bool {
	if t.IsZero() {
		return false
	}
	if p.Annual {
		for year := t.Year() - 1; year <= t.Year()+1; year++ {
			shift := year - p.From.Year()
			if within(t, p.From.AddDate(shift, 0, 0), p.To.AddDate(shift, 0, 0), slack) {
				return true
			}
		}
		return false
	}
	return within(t, p.From, p.To, slack)
}

func within(t, from, to time.Time, slack time.Duration) bool {
	return (from.IsZero() || !t.Before(from.Add(-slack))) && (to.IsZero() || t.Before(to.Add(slack)))
}

// Meets says how a stretch of time lies to the period: whether they have a
// moment in common, and whether the stretch lies wholly in it.
func (p Period) Meets(from, to time.Time) (overlaps, inside bool) {
	years := []int{0}
	if p.Annual {
		years = nil
		for year := from.Year() - 1; year <= to.Year(); year++ {
			years = append(years, year-p.From.Year())
		}
	}
	for _, shift := range years {
		start, end := p.From, p.To
		if !start.IsZero() {
			start = start.AddDate(shift, 0, 0)
		}
		if !end.IsZero() {
			end = end.AddDate(shift, 0, 0)
		}
		overlaps = overlaps || (start.IsZero() || start.Before(to)) && (end.IsZero() || from.Before(end))
		inside = inside || (start.IsZero() || !from.Before(start)) && (end.IsZero() || !to.After(end))
	}
	return overlaps, inside
}
