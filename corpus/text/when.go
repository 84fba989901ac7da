package text

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// WhenHelp says what When reads.
const WhenHelp = `a date, a month, a year, a time in RFC 3339, "7d", "last week"`

// When reads a time as a person writes it alone, in English, German, French,
// Spanish or Hindi, and returns the interval that it names, in UTC: a day, a
// month, a year. An instant begins and ends with itself; "7d" and "7 days" are
// the instant as long ago. The writer's language, a BCP 47 tag, tells whether
// 10/07/2023 is in October or in July. The error says what could be written
// instead.
func When(s, lang string, now time.Time) (from, to time.Time, err error) {
	written := strings.TrimSpace(s)
	s = written
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), t.UTC(), nil
	}
	for _, f := range []struct {
		layout              string
		years, months, days int
	}{
		{"2006-1-2", 0, 0, 1},
		{"2006-1", 0, 1, 0},
		{"2006", 1, 0, 0},
	} {
		if t, err := time.Parse(f.layout, s); err == nil {
			return t, t.AddDate(f.years, f.months, f.days), nil
		}
	}
	s = translated(withoutLead(Clean(s)))
	if m := ago().FindStringSubmatch(s); m != nil && agoUnits[strings.ToLower(m[2])] != 0 {
		n, err := strconv.Atoi(m[1])
		if err != nil || n > 100_000 {
			return from, to, fmt.Errorf("%q is too long ago", written)
		}
		switch agoUnits[strings.ToLower(m[2])] {
		case 'h':
			from = now.Add(-time.Duration(n) * time.Hour)
		case 'd':
			from = now.AddDate(0, 0, -n)
		case 'w':
			from = now.AddDate(0, 0, -7*n)
		case 'm':
			from = now.AddDate(0, -n, 0)
		case 'y':
			from = now.AddDate(-n, 0, 0)
		}
		if from.Year() < 1 {
			return from, to, fmt.Errorf("%q is too long ago", written)
		}
		return from, from, nil
	}
	for _, as := range []string{s, capitalised(s)} { // "monday", and a month that is a verb as well
		for _, lead := range []string{"", "in "} {
			for _, in := range []string{lang, "en", "de", "fr", "es"} {
				ds := Dates(lead+as, in, now)
				if len(ds) == 1 && ds[0].Start == len(lead) && ds[0].End == len(lead)+len(as) {
					return ds[0].From, ds[0].To, nil
				}
			}
		}
	}
	return from, to, fmt.Errorf("%q is not a time; write %s", written, WhenHelp)
}

// leads are what people write before a time, where it is asked for alone.
var leads = []string{
	"since ", "from ", "until ", "till ", "on ", "in ", "the ", "of ",
	"seit ", "ab ", "bis ", "am ", "im ", "dem ", "der ", "den ", "zum ",
	"depuis ", "jusqu'à ", "jusqu'au ", "il y a ", "le ", "la ", "les ", "en ",
	"desde ", "hasta ", "hace ", "el ", "las ", "los ",
}

// withoutLead cuts those off.
func withoutLead(s string) string {
	for again := true; again; {
		again = false
		for _, lead := range leads {
			if len(s) > len(lead) && strings.EqualFold(s[:len(lead)], lead) {
				s, again = strings.TrimSpace(s[len(lead):]), true
			}
		}
	}
	return s
}

func capitalised(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}

var ago = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d+)\s*(\pL[\pL\pM]*)$`) })

// agoUnits are the units of a time that is so long ago.
var agoUnits = map[string]byte{
	"h": 'h', "hr": 'h', "hrs": 'h', "hour": 'h', "hours": 'h', "std": 'h', "stunde": 'h', "stunden": 'h', "heure": 'h', "heures": 'h', "hora": 'h', "horas": 'h',
	"d": 'd', "day": 'd', "days": 'd', "t": 'd', "tag": 'd', "tage": 'd', "tagen": 'd', "j": 'd', "jour": 'd', "jours": 'd', "día": 'd', "días": 'd', "dia": 'd', "dias": 'd',
	"w": 'w', "week": 'w', "weeks": 'w', "woche": 'w', "wochen": 'w', "semaine": 'w', "semaines": 'w', "semana": 'w', "semanas": 'w',
	"mo": 'm', "month": 'm', "months": 'm', "monat": 'm', "monate": 'm', "monaten": 'm', "mois": 'm', "mes": 'm', "meses": 'm',
	"y": 'y', "year": 'y', "years": 'y', "jahr": 'y', "jahre": 'y', "jahren": 'y', "an": 'y', "ans": 'y', "año": 'y', "años": 'y',
}
