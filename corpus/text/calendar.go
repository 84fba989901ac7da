package text

import (
	"strings"
	"sync"
	"time"
)

// monthNames maps the folded name of a month, in the languages that Dates
// reads, to the month.
type monthNames map[string]time.Month

// month returns the month that word names, with or without a stop; 0 is none.
func (m monthNames) month(word string) time.Month {
	return m[strings.TrimSuffix(Fold(word), ".")]
}

func (m monthNames) has(word string) bool { return m.month(word) != 0 }

// months holds the names of all languages together.
var months = sync.OnceValue(func() monthNames {
	m := make(monthNames, 128)
	for _, table := range [...]string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec",
		"- - - - - - - - sept - - -",
		"januar februar marz april mai juni juli august september oktober november dezember",
		"janner feber maerz - - - - - - okt - dez",
		"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
		"janv fevr - avr - - juil - - - - -",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"ene - - abr - - - ago setiembre - - dic",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"genn - - - magg giu lug - sett ott - -",
		"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
		"- fev - - - - - - - out - -",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"- - mrt - - - - - - - - -",
	} {
		for i, name := range strings.Fields(table) {
			if name != "-" {
				m[name] = time.Month(i + 1)
			}
		}
	}
	return m
})

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
		"segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo",
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
