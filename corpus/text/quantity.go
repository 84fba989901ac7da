package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// measure makes n a Measure in the unit spelled so.
func (n *Number) measure(u unit) {
	n.Kind, n.Unit, n.Dimension = Measure, u.name, u.dimension
	n.SI = n.Value*u.factor + u.offset
}

// pay makes n Money.
func (n *Number) pay(c currency) {
	n.Kind, n.Unit, n.Dimension, n.SI = Money, c.code, "", 0
	n.Value, n.Step = n.Value*c.worth, n.Step*c.worth
}

// prefix takes in the currency, or the "No.", before word i.
func (r *reader) prefix(n *Number, i int) {
	if n.Kind != Plain && n.Kind != Measure {
		return
	}
	if c, start := r.currencyBefore(n.Start); c.code != "" && start >= r.taken {
		n.Start = start
		n.pay(c)
		r.sign(n)
		return
	}
	w, g := r.word(i-1), r.gap(i-1)
	if i > 0 && r.w[i-1].Start < r.taken {
		return
	}
	if g == ". " && (w == "No" || w == "Nr" || w == "Nos") || g == " " && (w == "number" || w == "Number" || w == "n°" || w == "Nr") {
		n.Kind, n.Start = Ordinal, r.w[i-1].Start
	}
}

// sign takes in a minus in front of n.
func (r *reader) sign(n *Number) {
	c, size := r.before(n.Start)
	if c != '-' && c != '−' || n.Start-size < r.taken {
		return
	}
	b, _ := r.before(n.Start - size)
	if n.Start == size || unicode.IsSpace(b) || b == '(' || b == '$' || b == '€' || b == '£' {
		n.Value, n.SI, n.Start = -n.Value, -n.SI, n.Start-size
	}
}

// currencyBefore returns the currency written right before byte at, and where
// it starts: "$", "US$", "USD ", "Rs. ".
func (r *reader) currencyBefore(at int) (currency, int) {
	c, size := r.before(at)
	if c == ' ' || c == '\u00A0' || c == '\u202F' {
		at -= size
		c, size = r.before(at)
	}
	if c == '.' { // Rs.
		at -= size
		c, size = r.before(at)
	}
	if size == 0 {
		return currency{}, 0
	}
	low := at
	if !wordRune(c) {
		if low -= size; currencies()[r.s[low:at]].code == "" {
			return currency{}, 0
		}
	}
	sign := low
	for low > 0 && sign-low < 3 && isASCIILetter(r.s[low-1]) {
		low--
	}
	for _, start := range [...]int{low, sign} {
		b, _ := r.before(start)
		if money := currencies()[r.s[start:at]]; money.before && !isLatin(b) {
			return money, start
		}
	}
	return currency{}, 0
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// scaled multiplies n by the scales behind it: "1.2 billion", "3 hundred
// thousand", "two and a half million".
func (r *reader) scaled(n *Number, next int) int {
	if r.spaced(next-1) && r.lower(next) == "and" && r.spaced(next) && r.lower(next+1) == "a" && r.spaced(next+1) && r.lower(next+2) == "half" {
		n.Value, n.Step, n.End = n.Value+.5, .1, r.w[next+2].End
		next += 3
	}
	for r.joined(next - 1) {
		k := scales()[r.lower(next)]
		if k == 0 || len(r.word(next)) == 1 && r.w[next-1].End == n.End {
			break
		}
		if n.Kind == Year {
			n.Kind = Plain
		}
		n.Value, n.Step, n.End = n.Value*k, n.Step*k, r.w[next].End
		r.scale *= k
		next++
	}
	return next
}

// counted reads what a plain number counts: percent, money, a unit.
func (r *reader) counted(n *Number, next int) int {
	if end := r.signBehind(n); end > 0 {
		n.End = end
		for next < len(r.w) && r.w[next].Start < end {
			next++
		}
		return next
	}
	if !r.joined(next - 1) {
		return next
	}
	words := 0
	if k, unit := r.percent(next); k > 0 {
		words, n.Kind, n.Unit = k, Percent, unit
	} else if k, c := r.money(next); k > 0 && (c.code != "KRW" || n.Value >= 1000) { // "2 won"
		words = k
		n.pay(c)
	} else if k, u := r.unit(next); k > 0 && (n.Kind != Year || u.dimension != "time") {
		words = k
		n.measure(u)
	} else {
		return next
	}
	n.End = r.w[next+words-1].End
	return next + words
}

// signBehind reads a unit written as a sign behind n, "5 %", "3 €", "20 °C",
// and returns where it ends, 0 where there is none.
func (r *reader) signBehind(n *Number) int {
	at := n.End
	c, size := utf8.DecodeRuneInString(r.s[at:])
	if c == ' ' || c == '\u00A0' || c == '\u202F' {
		at += size
		c, size = utf8.DecodeRuneInString(r.s[at:])
	}
	end := at + size
	switch c {
	case '%', '％', '٪':
		n.Kind, n.Unit = Percent, "%"
		return end
	case '°', 'º':
		u := units()["°"]
		rest := strings.TrimPrefix(r.s[end:], " ")
		if rest != "" && (rest[0] == 'C' || rest[0] == 'F') {
			if after, _ := utf8.DecodeRuneInString(rest[1:]); !wordRune(after) {
				u = units()["°"+rest[:1]]
				end = len(r.s) - len(rest) + 1
			}
		}
		n.measure(u)
		return end
	}
	if money := currencies()[r.s[at:end]]; money.code != "" && !wordRune(c) {
		if after, _ := utf8.DecodeRuneInString(r.s[end:]); digit(after) < 0 { // else it belongs to the next figure
			n.pay(money)
			return end
		}
	}
	return 0
}

// percent reads "percent", "per cent", "percentage points", "basis points" at
// word i, and returns how many words that took.
func (r *reader) percent(i int) (words int, unit string) {
	switch w, next := r.lower(i), r.lower(i+1); w {
	case "percent", "pct", "prozent", "procent":
		return 1, "%"
	case "pp", "prozentpunkte", "prozentpunkten":
		return 1, "pp"
	case "per", "pour", "por":
		if next == "cent" || next == "cento" || next == "ciento" {
			return 2, "%"
		}
	case "percentage":
		if next == "point" || next == "points" {
			return 2, "pp"
		}
	case "basis":
		if next == "point" || next == "points" {
			return 2, "bp"
		}
	}
	return 0, ""
}

// money reads the name of a currency at word i: "EUR", "dollars", "Hong Kong
// dollars".
func (r *reader) money(i int) (words int, c currency) {
	name := r.lower(i)
	longest := currency{}
	for k := 1; ; k++ {
		if c := currencies()[name]; c.code != "" {
			words, longest = k, c
		}
		if k == 3 || !r.spaced(i+k-1) {
			break
		}
		name += " " + r.lower(i+k)
	}
	if c := currencies()[r.word(i)]; words == 0 && c.code != "" && len(r.word(i)) > 1 {
		return 1, c // an ISO code, in capitals
	}
	return words, longest
}

// unit reads a unit of measure at word i: "km", "square miles", "km/h",
// "metres per second", "degrees Celsius".
func (r *reader) unit(i int) (words int, u unit) {
	first := r.lower(i)
	if first == "square" || first == "sq" || first == "cubic" {
		if first == "sq" {
			first = "square"
		}
		if base := unitOf(r.word(i + 1)); r.joined(i) && base.name != "" {
			if u := units()[first+" "+base.name]; u.name != "" {
				return 2, u
			}
		}
		return 0, unit{}
	}
	base := unitOf(r.word(i))
	if base.name == "" {
		return 0, base
	}
	words = 1
	over := 0 // the word that a rate is over
	switch g := r.gap(i); {
	case g == "/":
		over = 1
	case g == " " && (r.lower(i+1) == "per" || r.lower(i+1) == "an" || r.lower(i+1) == "a"):
		over = 2
	case g == " " && base.name == "°" && (r.lower(i+1) == "celsius" || r.word(i+1) == "C"):
		return 2, units()["°C"]
	case g == " " && base.name == "°" && (r.lower(i+1) == "fahrenheit" || r.word(i+1) == "F"):
		return 2, units()["°F"]
	}
	if over > 0 {
		if rate := units()[base.name+"/"+unitOf(r.word(i+over)).name]; rate.name != "" {
			return 1 + over, rate
		}
	}
	return words, base
}

// unitOf looks a unit up as written, then in small letters where it is longer
// than one: "MW", "Miles", but not "M".
func unitOf(word string) unit {
	if u := units()[word]; u.name != "" || len(word) < 2 || len(word) > 16 {
		return u
	}
	return units()[strings.ToLower(word)]
}

// bound reads how exactly the number that starts at word i is meant.
func (r *reader) bound(i int, n *Number) Bound {
	k := i - 1
	for k >= 0 && r.w[k].End > n.Start {
		k--
	}
	b := Exactly
	if k >= 0 && strings.Trim(r.s[r.w[k].End:n.Start], " \u00A0") == "" {
		switch w := r.lower(k); w {
		case "about", "around", "roughly", "approximately", "approx", "circa", "estimated", "etwa", "rund", "environ", "unos":
			b = About
		case "some":
			if n.Value >= 10 {
				b = About
			}
		case "over", "above", "exceeding", "uber":
			b = Over
		case "nearly", "almost", "under", "below", "fast", "presque", "casi":
			b = Under
		case "than", "least", "of", "to", "most":
			switch r.lower(k-1) + " " + w {
			case "more than", "greater than", "at least", "upwards of", "north of":
				b = Over
			case "less than", "fewer than", "up to", "at most", "south of":
				b = Under
			case "close to":
				b = About
			}
		}
	} else if c, _ := r.before(n.Start); c == '~' || c == '≈' {
		b = About
	}
	if b == Exactly && strings.HasPrefix(r.s[n.End:], "+") {
		b = Over
	}
	if (n.Kind == Year || n.Kind == Clock || n.Kind == Ordinal) && b != About {
		return Exactly
	}
	return b
}

// share gives each end of a range what was written with the other only: "5 to
// 10 percent", "$3-5 million", "between 2 and 4 km".
func (r *reader) share(a, b *Number, scale, before float64) {
	switch r.s[a.End:b.Start] {
	case "-", "–", "—", "‐", " - ", " – ", " — ", " to ", " or ", " bis ", " à ", " a ":
	case " and ":
		head := strings.TrimRight(r.s[:a.Start], " ")
		if !strings.HasSuffix(head, "between") && !strings.HasSuffix(head, "Between") {
			return
		}
	default:
		return
	}
	if a.Kind == Year && b.Kind == Plain && scale == 1 || a.Kind != Plain && a.Kind != Money && a.Kind != Year {
		return
	}
	if scale > 1 && before == 1 && a.Value < 1000 && (a.Kind == b.Kind || a.Kind == Plain || b.Kind == Plain) {
		a.Value, a.Step = a.Value*scale, a.Step*scale
	}
	if a.Kind == Money && b.Kind == Plain {
		b.Kind, b.Unit = Money, a.Unit
	}
	if a.Unit != "" {
		return
	}
	switch b.Kind {
	case Percent, Money:
		a.Kind, a.Unit = b.Kind, b.Unit
	case Measure:
		if a.Kind == Plain {
			a.measure(unitNamed(b.Unit))
		}
	case Clock:
		if b.Unit != "" && a.Kind == Plain && a.Value >= 1 && a.Value <= 12 {
			a.Value *= 60
			afternoon(a, b.Unit)
			a.Kind = Clock
		}
	}
}
