package text

import (
	"strings"
	"sync"
	"time"
)

// monthNames maps the folded names of months to the months.
type monthNames map[string]time.Month

func (m monthNames) has(word string) bool { return m[strings.TrimSuffix(Fold(word), ".")] != 0 }

// monthTables: the names and abbreviations that each language uses, folded, a
// year a line.
var monthTables = map[string][]string{
	"en": {
		"january february march april may june july august september october november december",
		"jan feb mar apr - jun jul aug sep oct nov dec",
		"- - - - - - - - sept - - -",
	},
	"de": {
		"januar februar marz april mai juni juli august september oktober november dezember",
		"janner feber maerz apr - jun jul aug sept okt nov dez",
		"jan feb mrz - - - - - sep - - -",
	},
	"fr": {
		"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
		"janv fevr - avr - - juil - sept oct nov dec",
	},
	"es": {
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"ene feb mar abr - jun jul ago setiembre oct nov dic",
	},
	"it": {
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"gen feb mar apr mag giu lug ago set ott nov dic",
	},
	"pt": {
		"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
		"jan fev mar abr mai jun jul ago set out nov dez",
	},
	"nl": {
		"januari februari maart april mei juni juli augustus september oktober november december",
		"jan feb mrt apr - jun jul aug sep okt nov dec",
	},
}

// add puts the months of a language into m.
func (m monthNames) add(lang string) {
	for _, table := range monthTables[lang] {
		for i, name := range strings.Fields(table) {
			if name != "-" {
				m[name] = time.Month(i + 1)
			}
		}
	}
}

// months holds the names of all languages together.
var months = sync.OnceValue(func() monthNames {
	m := make(monthNames, 256)
	for lang := range monthTables {
		m.add(lang)
	}
	return m
})

// calendar is how one language writes dates.
type calendar struct {
	lang     string     // base tag
	names    monthNames // months that need no figure beside them
	loose    monthNames // months of other languages, where the language is unknown
	dayFirst bool       // 10/07 is the tenth of July
}

var calendars = sync.OnceValue(func() map[string]calendar {
	m := make(map[string]calendar, 16)
	for lang := range monthTables {
		names := make(monthNames, 64)
		names.add(lang)
		names.add("en")
		m[lang] = calendar{lang: lang, names: names, dayFirst: lang != "en"}
	}
	return m
})

// calendarOf returns the calendar of a BCP 47 tag.
func calendarOf(tag string) calendar {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	base, region, _ := strings.Cut(tag, "-")
	c, ok := calendars()[base]
	if !ok {
		c = calendars()["en"]
		c.lang, c.dayFirst = base, base != ""
		if base == "" {
			c.loose = months()
		}
		return c
	}
	if base == "en" && region != "" && region != "us" && region != "ph" {
		c.dayFirst = true
	}
	return c
}

// weekdays maps the folded name of a day to its number from Monday, 1.
var weekdays = sync.OnceValue(func() map[string]int {
	m := make(map[string]int, 64)
	for _, table := range [...]string{
		"monday tuesday wednesday thursday friday saturday sunday",
		"mon tue wed thu fri sat sun",
		"- tues - thurs - - -",
		"montag dienstag mittwoch donnerstag freitag samstag sonntag",
		"- - - - - sonnabend -",
		"lundi mardi mercredi jeudi vendredi samedi dimanche",
		"lunes martes miercoles jueves viernes sabado domingo",
		"lunedi martedi mercoledi giovedi venerdi sabato domenica",
		"segunda-feira terca-feira quarta-feira quinta-feira sexta-feira - -",
		"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
	} {
		for i, name := range strings.Fields(table) {
			if name != "-" {
				m[name] = i + 1
			}
		}
	}
	return m
})

// seasons maps a season to its first month in the north.
var seasons = map[string]time.Month{
	"spring": time.March, "summer": time.June, "autumn": time.September, "fall": time.September, "winter": time.December,
}

// leading holds the words before which a month or a day of the week that
// stands alone is one, and not a name or a verb: "in May".
var leading = sync.OnceValue(func() map[string]bool {
	return set(`in since until till by last next this early late mid of during before after from through to every on
		past previous between around following coming im seit bis letzten nachsten diesen am en depuis desde hasta
		le el dal nel vom zum ab`)
})
