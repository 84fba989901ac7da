package text

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC) // a Friday

// period writes a stretch of time as the golden file does.
func period(d Date) string {
	f, day := d.From, "2006-01-02"
	switch {
	case !f.Equal(f.Truncate(24 * time.Hour)):
		return f.Format("2006-01-02T15:04:05") + "/" + d.To.Sub(f).String()
	case d.To.Equal(f.AddDate(0, 0, 1)):
		return f.Format(day)
	case d.To.Equal(f.AddDate(0, 1, 0)) && f.Day() == 1:
		return f.Format("2006-01")
	case d.To.Equal(f.AddDate(1, 0, 0)) && f.YearDay() == 1:
		return f.Format("2006")
	}
	return f.Format(day) + "/" + d.To.Format(day)
}

func TestDates(t *testing.T) {
	cases(t, "dates.txtar", func(t *testing.T, in string, want []string) {
		_, section, _ := strings.Cut(t.Name(), "/")
		lang, _, _ := strings.Cut(section, "_")
		if lang == "any" {
			lang = ""
		}
		var got []string
		for _, d := range Dates(in, lang, noon) {
			line := d.Of(in) + " = " + period(d)
			if d.Yearless {
				line += " yearless"
			}
			if d.Relative {
				line += " relative"
			}
			if !d.Swapped.IsZero() {
				line += " or " + d.Swapped.Format("2006-01-02")
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n-want +got\n%s", in, diff)
		}
	})
}

func TestDatesWithoutNow(t *testing.T) {
	got := Dates("Yesterday, on 7 October, in May and in 2023", "en", time.Time{})
	if len(got) != 1 || got[0].From.Year() != 2023 {
		t.Errorf("Dates = %v, want 2023 alone", got)
	}
}

func TestSameDate(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"Oct. 7, 2023", "7 October 2023", true},
		{"Oct. 7, 2023", "2023-10-07", true},
		{"Oct. 7, 2023", "October 2023", true},
		{"Oct. 7, 2023", "8 October 2023", false},
		{"Oct. 7, 2019", "7 October", true},
		{"10/07/2023", "July 10, 2023", true},
		{"10/07/2023", "July 11, 2023", false},
		{"the 1990s", "in 1994", true},
		{"in 2022", "in 2023", false},
		{"last Friday", "Feb. 23", true},
	}
	for _, tt := range tests {
		a, b := Dates(tt.a, "en", noon), Dates(tt.b, "en", noon)
		if len(a) != 1 || len(b) != 1 {
			t.Errorf("%q has %d dates, %q %d", tt.a, len(a), tt.b, len(b))
			continue
		}
		if SameDate(a[0], b[0]) != tt.want || SameDate(b[0], a[0]) != tt.want {
			t.Errorf("SameDate(%q, %q) = %v", tt.a, tt.b, !tt.want)
		}
	}
}

func FuzzDates(f *testing.F) {
	f.Add("Oct. 7-9, 2023 or 7. Mai, 10/07/2023, 2023-10-16T13:41:30Z, last week, 3 days ago, Q3 2022-23", "de")
	f.Fuzz(func(t *testing.T, s, lang string) {
		end := 0
		all := Dates(s, lang, noon)
		for i, d := range all {
			checkSpan(t, s, d.Span)
			if d.Start < end {
				t.Fatalf("%+v overlaps the one before in %q", d, s)
			}
			if !d.From.Before(d.To) {
				t.Fatalf("%+v in %q is empty", d, s)
			}
			end = d.End
			if i > 0 && i < 20 {
				SameDate(all[i-1], d)
			}
		}
	})
}
