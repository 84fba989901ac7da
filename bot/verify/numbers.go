package verify

import (
	"math"
	"slices"
	"strconv"

	"pilcrow/corpus/text"
)

// figures holds when each figure of the claim stands in the source, in another
// notation, unit or rounding perhaps, and in the evidence for the claim.
func figures(e *evidence, c *claim) []finding {
	var out []finding
	for i, n := range c.numbers {
		if i == maxFigures {
			return append(out, finding{Reason: TooLong})
		}
		if n.weak() || c.asked[c.words[n.first].stem] {
			continue
		}
		switch here, known := e.figure(n); {
		case here, e.converted(c, n), e.reckoned(c, n), e.shortYear(c, n):
		case known:
			out = append(out, finding{Reason: NumberElsewhere, about: n.Of(c.text)})
		default:
			out = append(out, finding{Reason: NumberAbsent, about: n.Of(c.text)})
		}
	}
	return out
}

// maxFigures bounds the figures that are looked up for one sentence. What has
// more is a table.
const maxFigures = 40

// figure reports whether n stands in the evidence, and whether it stands
// anywhere in the source.
func (e *evidence) figure(n number) (here, known bool) {
	for _, m := range e.figures {
		if !agree(n.Number, m.Number) {
			continue
		}
		known = true
		if slices.ContainsFunc(e.held, func(at int) bool { _, ok := slices.BinarySearch(m.lines, at); return ok }) {
			return true, true
		}
	}
	return false, known
}

// agree reports whether two figures say the same, or might if one of them were
// written with its unit.
func agree(a, b text.Number) bool {
	return text.SameNumber(a, b) || a.Value == b.Value && !strange(a, b)
}

// strange reports whether figures of the two kinds, in the two currencies or of
// the two units of time never stand for each other.
func strange(a, b text.Number) bool {
	unit := func(k text.Kind) bool { return k == text.Percent || k == text.Money || k == text.Clock }
	switch {
	case a.Kind != b.Kind:
		return (unit(a.Kind) || unit(b.Kind)) && a.Kind != text.Plain && b.Kind != text.Plain
	case a.Kind == text.Money, a.Kind == text.Measure && a.Dimension == "time" && b.Dimension == "time":
		return a.Unit != b.Unit
	}
	return false
}

// weak reports whether n is more a turn of phrase than a figure: "first",
// "one", "the two".
func (n number) weak() bool {
	return n.Value <= 3 && n.spelled && (n.Kind == text.Ordinal || n.Value <= 2)
}

// converted reports whether n says again, in another unit, what a figure of
// the claim says that the evidence has: "58 °F (14 °C)".
func (e *evidence) converted(c *claim, n number) bool {
	for _, m := range c.numbers {
		if m.first != n.first && n.Kind == text.Measure && m.Dimension == n.Dimension && m.Unit != n.Unit && text.SameNumber(n.Number, m.Number) {
			here, _ := e.figure(m)
			return here
		}
	}
	return false
}

// reckoned reports whether the claim says that n is a sum or difference, and n
// is that of two figures of the evidence.
func (e *evidence) reckoned(c *claim, n number) bool {
	if !c.reckons() {
		return false
	}
	var values []float64
	for _, at := range e.held {
		for _, m := range e.lines[at].numbers {
			if len(values) < maxSummands && !strange(n.Number, m.Number) {
				values = append(values, m.Value)
			}
		}
	}
	for i, a := range values {
		for _, b := range values[i+1:] {
			if a+b == n.Value || a-b == n.Value || b-a == n.Value {
				return true
			}
		}
	}
	return false
}

// maxSummands bounds the figures that are added up pair by pair.
const maxSummands = 24

// reckons reports whether the claim speaks of a sum or difference.
func (c *claim) reckons() bool {
	for _, w := range c.words {
		switch w.fold {
		case "total", "totalling", "totaling", "altogether", "combined", "together", "sum", "difference", "remaining", "left", "age", "aged", "later", "earlier", "gap":
			return true
		}
	}
	return false
}

// shortYear reports whether n is the end of a span of years, "2018–19", that
// the source writes out.
func (e *evidence) shortYear(c *claim, n number) bool {
	year, ok := c.longYear(n)
	return ok && e.posts["#"+strconv.FormatFloat(year, 'g', 12, 64)] != nil
}

// longYear returns the year that n, the end of a span of years, stands for.
func (c *claim) longYear(n number) (year float64, ok bool) {
	if n.first == 0 || n.Value < 0 || n.Value > 99 {
		return 0, false
	}
	k := c.words[n.first-1].number
	if k < 0 || c.numbers[k].Kind != text.Year || n.Start-c.numbers[k].End > len("–") {
		return 0, false
	}
	return 100*math.Floor(c.numbers[k].Value/100) + n.Value, true
}
