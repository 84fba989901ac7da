package text

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Kind says what a number counts.
type Kind int

const (
	Plain   Kind = iota // a count or a bare figure
	Percent             // "5 %", "five percent"
	Money               // Unit is the ISO 4217 code
	Ordinal             // "third", "3rd"
	Year                // a bare four-digit figure that reads as a year
	Measure             // Unit is canonical ("km"), Dimension and SI are set
	Clock               // a time of day; Value is minutes after midnight
)

// Number is a figure found in a text, however it was written.
type Number struct {
	Span
	Value     float64 // in Unit: "$1.2bn" is 1.2e9, "5%" is 5
	Kind      Kind
	Unit      string  // "" for a plain number
	Dimension string  // of a Measure: "length", "mass", …
	SI        float64 // Value in the SI unit of Dimension
	Step      float64 // the place of the last digit written: 1.2bn has 1e8, 35 has 1
}

// Numbers returns the figures of s in order, without overlap.
func Numbers(s string) []Number {
	var out []Number
	for _, m := range digits().FindAllStringSubmatchIndex(s, -1) {
		v, err := strconv.ParseFloat(strings.ReplaceAll(s[m[4]:m[5]], ",", ""), 64)
		if err != nil {
			continue
		}
		n := Number{Span: Span{m[0], m[1]}, Value: v, Step: 1}
		if m[2] >= 0 {
			n.Kind, n.Unit = Money, "USD"
		}
		if m[6] >= 0 {
			switch strings.TrimSpace(s[m[6]:m[7]]) {
			case "million":
				n.Value *= 1e6
			case "billion", "bn":
				n.Value *= 1e9
			default:
				n.Kind, n.Unit = Percent, "%"
			}
		}
		if n.Kind == Plain && m[1]-m[0] == 4 && v >= 1000 && v < 2100 {
			n.Kind = Year
		}
		out = append(out, n)
	}
	return out
}

var digits = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(\$)?(\d+(?:,\d{3})*(?:\.\d+)?)(%| percent| per cent| million| billion|bn)?`)
})

// SameNumber reports whether a and b say the same, one of them perhaps rounded.
func SameNumber(a, b Number) bool {
	return a.Unit == b.Unit && math.Abs(a.Value-b.Value) <= max(a.Step, b.Step)/2
}
