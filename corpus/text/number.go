package text

import "math"

// Kind says what a number stands for.
type Kind uint8

const (
	Plain   Kind = iota // a count or a bare figure: "35", "three million", "two-thirds"
	Percent             // "5 %", "five percent" (Unit "%"), "2 percentage points" ("pp"), "25 basis points" ("bp")
	Money               // Unit is the ISO 4217 code; "$" alone is taken as USD
	Ordinal             // "third", "3rd", "No. 3"
	Year                // a bare four-digit figure that reads as a year, or "1990s" with Step 10
	Measure             // Unit is canonical ("km"), Dimension and SI are set
	Clock               // a time of day: Value is minutes after midnight, Unit "am", "pm" or ""
	Label               // digits that count nothing: "F-16", "5G", "1.2.3", the "2." of a list
)

var kindNames = [...]string{"plain", "percent", "money", "ordinal", "year", "measure", "clock", "label"}

func (k Kind) String() string { return kindNames[min(int(k), len(kindNames)-1)] }

// Bound says how exactly a number was meant.
type Bound uint8

const (
	Exactly Bound = iota
	About         // "about", "roughly", "some"
	Over          // "more than", "at least", "100+"
	Under         // "nearly", "almost", "less than", "up to"
)

var boundNames = [...]string{"", "about", "over", "under"}

func (b Bound) String() string { return boundNames[min(int(b), len(boundNames)-1)] }

// Number is a figure found in a text, however it was written.
type Number struct {
	Span              // with sign, currency and unit
	Value     float64 // in Unit: "$1.2bn" is 1.2e9, "5%" is 5, "half a million" is 5e5
	Step      float64 // the place of the last digit written: 1e8 for 1.2bn, 1 for 35
	Kind      Kind
	Bound     Bound
	Unit      string  // see Kind; "" for a plain number
	Dimension string  // of a Measure: "length", "mass", …
	SI        float64 // of a Measure: Value in the SI unit of its Dimension, kelvin for temperatures
}

// Numbers returns the figures of s in order, without overlap: digits with
// separators of thousands and decimals, English number words (and the plainest
// of German, French, Spanish, Italian, Portuguese and Dutch), percentages,
// money, ordinals, fractions, measures, times of day. Both ends of a range are
// numbers, the first with the unit of the second; so are both sides of a
// score. The figures of a date are numbers too: whoever compares dates leaves
// out what Dates covers.
//
// "1.000" is one thousand where the text is written in a language that groups
// by dots, else one. "one" counts only before a noun, and "m" behind a figure
// without currency is a metre unless a plural follows.
func Numbers(s string) []Number {
	r := reader{s: s, w: Words(s)}
	var out []Number
	before := 1. // the scale of the number before
	for i := 0; i < len(r.w); {
		r.scale = 1
		n, next := r.number(i)
		if next == i {
			i++
			continue
		}
		if len(out) > 0 {
			r.share(&out[len(out)-1], &n, r.scale, before)
		}
		before, r.taken = r.scale, n.End
		out = append(out, n)
		i = next
	}
	return out
}

// SameNumber reports whether a and b can stand for the same figure: of one
// kind and unit, and equal when the one that is written more finely is rounded
// to the last place of the other ("1.2bn" and 1,234,567,890), by a tenth at
// most. A Bound widens
// that: About by a tenth, Over upwards by a quarter, Under downwards by a fifth.
// Measures of one dimension are compared converted, to 2 %; a year equals the
// plain number; pounds may be weight or money; a fraction equals its
// percentage; a time without a.m. or p.m. equals both.
func SameNumber(a, b Number) bool {
	if a.Step > b.Step {
		a, b = b, a // b is the coarser
	}
	switch {
	case a.Kind == Clock || b.Kind == Clock:
		return a.Kind == b.Kind && sameClock(a, b)
	case a.Kind == Ordinal || b.Kind == Ordinal, a.Kind == Label || b.Kind == Label:
		return a.Kind == b.Kind && a.Value == b.Value
	case a.Kind == Percent && b.Kind == Plain && isFraction(b):
		b.Value, b.Step = b.Value*100, b.Step*100
	case b.Kind == Percent && a.Kind == Plain && isFraction(a):
		a.Value, a.Step = a.Value*100, a.Step*100
		if a.Step > b.Step {
			a, b = b, a
		}
	case a.Kind == Measure && b.Kind == Measure && a.Dimension == b.Dimension && a.Unit != b.Unit:
		slack := max(math.Abs(a.SI)*.02, max(a.siStep(), b.siStep())/2)
		return math.Abs(a.SI-b.SI) <= slack || inBound(a, a.SI, b.SI) || inBound(b, b.SI, a.SI)
	case !sameUnit(a, b):
		return false
	}
	if a.Value == b.Value || inBound(a, a.Value, b.Value) || inBound(b, b.Value, a.Value) {
		return true
	}
	if b.Step <= a.Step || b.Step <= 0 {
		return math.Abs(a.Value-b.Value) <= 1e-9*math.Abs(b.Value)
	}
	return math.Abs(math.Round(a.Value/b.Step)-b.Value/b.Step) < 1e-6 && math.Abs(a.Value-b.Value) <= math.Abs(b.Value)*.1
}

// siStep returns the Step in the SI unit.
func (n *Number) siStep() float64 { return n.Step * unitNamed(n.Unit).factor }

// isFraction reports whether n is a share of one.
func isFraction(n Number) bool { return n.Value > 0 && n.Value < 1 && n.Unit == "" }

// inBound reports whether v is what n, written as value, leaves open.
func inBound(n Number, value, v float64) bool {
	abs := math.Abs(value)
	switch n.Bound {
	case About:
		return math.Abs(v-value) <= abs*.1
	case Over:
		return v >= value && v <= value+abs*.25
	case Under:
		return v <= value && v >= value-abs*.2
	}
	return false
}

func sameUnit(a, b Number) bool {
	if a.Unit == b.Unit {
		return a.Kind == b.Kind || a.Kind <= Year && b.Kind <= Year && a.Unit == ""
	}
	pound := func(x, y string) bool { return x == "pound" && (y == "lb" || y == "GBP") }
	return pound(a.Unit, b.Unit) || pound(b.Unit, a.Unit)
}

func sameClock(a, b Number) bool {
	if a.Value == b.Value {
		return true
	}
	return (a.Unit == "") != (b.Unit == "") && math.Abs(a.Value-b.Value) == 12*60
}
