package text_test

import (
	"testing"
	"time"

	"pilcrow/corpus/text"
)

// TestWhen reads times as people write them where a time is asked for.
func TestWhen(t *testing.T) {
	now := time.Date(2026, 5, 18, 9, 30, 0, 0, time.UTC) // a Monday
	for want, written := range map[string][]string{
		"2026-05-11T09:30 2026-05-11T09:30": {"7d", "7 d", "7 days", "7 Tage", "il y a 7 jours", "hace 7 días", "1 week", "1w", "7 दिन"},
		"2026-05-17T09:30 2026-05-17T09:30": {"24h", "24 hours", "24 Stunden", "hace 24 horas"},
		"2026-03-18T09:30 2026-03-18T09:30": {"2 months", "2mo", "2 Monate", "2 mois", "2 meses"},
		"2026-05-11T00:00 2026-05-18T00:00": {"last week", "Last week", "since last week", "letzte Woche", "seit letzter Woche", "la semaine dernière", "depuis la semaine dernière", "la semana pasada", "पिछले हफ़्ते", "पिछले सप्ताह से"},
		"2026-05-17T00:00 2026-05-18T00:00": {"yesterday", "since yesterday", "gestern", "seit gestern", "hier", "depuis hier", "ayer", "desde ayer", "कल", "कल से", "Sunday", "sunday", "dimanche", "el domingo", "रविवार"},
		"2026-05-18T00:00 2026-05-19T00:00": {"today", "Today", "heute", "aujourd'hui", "hoy", "आज", "monday", "on Monday", "since Monday", "am Montag", "lundi", "el lunes", "सोमवार"},
		"2026-05-16T00:00 2026-05-17T00:00": {"2 days ago", "two days ago", "vor zwei Tagen", "vorgestern", "avant-hier", "anteayer", "परसों"},
		"2026-05-01T00:00 2026-05-02T00:00": {"2026-05-01", "2026-5-1", "2026/05/01", "1.5.2026", "1 May", "May 1", "may 1 2026", "on 1 May 2026", "1. Mai", "am 1. Mai 2026", "1er mai", "le 1er mai 2026", "1 de mayo", "el 1 de mayo de 2026", "1 मई 2026", "1 मई"},
		"2026-05-01T00:00 2026-06-01T00:00": {"2026-05", "May 2026", "May", "may", "in May", "this month", "Mai", "im Mai 2026", "mayo", "मई", "मई 2026"},
		"2026-04-01T00:00 2026-05-01T00:00": {"last month", "letzten Monat", "le mois dernier", "el mes pasado", "पिछले महीने"},
		"2025-01-01T00:00 2026-01-01T00:00": {"2025", "last year"},
	} {
		for _, s := range written {
			from, to, err := text.When(s, "en", now)
			const layout = "2006-01-02T15:04"
			if got := from.Format(layout) + " " + to.Format(layout); err != nil || got != want {
				t.Errorf("%q is %s, %v, want %s", s, got, err, want)
			}
		}
	}
	for lang, want := range map[string]string{"en-US": "2026-05-01", "en-GB": "2026-01-05", "de": "2026-01-05", "fr": "2026-01-05", "es-419": "2026-01-05", "hi": "2026-01-05"} {
		if from, _, err := text.When("5/1/2026", lang, now); err != nil || from.Format(time.DateOnly) != want {
			t.Errorf("%s: %v, %v", lang, from, err)
		}
		if from, _, err := text.When("last week", lang, now); err != nil || from.Format(time.DateOnly) != "2026-05-11" {
			t.Errorf("%s: last week is %v, %v", lang, from, err)
		}
	}
	for _, s := range []string{"", "nie", "the day before the flood", "7 herrings", "since", "in", "999999999999d", "100001 days", "9999 years", "-3d", "last", "the", "\u202e", "से"} {
		if from, to, err := text.When(s, "en", now); err == nil {
			t.Errorf("%q is %v to %v", s, from, to)
		}
	}
}

// FuzzWhen shows that no text for a time is taken for a stretch that ends
// before it begins.
func FuzzWhen(f *testing.F) {
	now := time.Date(2026, 5, 18, 9, 30, 0, 0, time.UTC)
	f.Add("last week")
	f.Add("2026-02-29")
	f.Add("seit 3 Tagen")
	f.Add("कल से")
	f.Fuzz(func(t *testing.T, s string) {
		if from, to, err := text.When(s, "en", now); err == nil && to.Before(from) {
			t.Errorf("When(%q) = %v to %v", s, from, to)
		}
	})
}
