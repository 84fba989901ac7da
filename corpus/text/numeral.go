package text

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number reads the number that starts at word i and returns it with the index
// of the word behind it, or i where no number starts.
func (r *reader) number(i int) (Number, int) {
	first, _ := utf8.DecodeRuneInString(r.word(i))
	var n Number
	next := i
	switch {
	case digit(first) >= 0 || vulgar(first) != 0:
		n, next = r.figures(i)
	case unicode.IsLetter(first):
		n, next = r.spelled(i)
	}
	if next == i || n.Kind == Label {
		return n, next
	}
	switch n.Kind {
	case Plain, Year:
		next = r.scaled(&n, next)
		next = r.counted(&n, next)
	case Money:
		next = r.scaled(&n, next)
	}
	n.Bound = r.bound(i, &n)
	return n, next
}

// figures reads a number that starts with digits.
func (r *reader) figures(i int) (Number, int) {
	word := r.word(i)
	n := Number{Span: r.w[i], Step: 1, Kind: Plain}
	value, step, used, ok := r.figure(word)
	if !ok || r.label(i) {
		n.Kind, n.Value = Label, value
		return n, i + 1
	}
	n.Value, n.Step = value, step
	suffix := word[used:]
	next := i + 1
	r.pointed(&n, used)
	if suffix == "" {
		next = r.groups(&n, next)
	}
	r.sign(&n)
	switch {
	case suffix != "":
		r.suffix(&n, suffix, next)
	case r.clock(&n, &next):
	case r.ratio(&n, &next):
	}
	r.prefix(&n, i)
	if n.Kind == Plain && used == 4 && next == i+1 && step == 1 && len(word) == 4 && n.Value >= 1500 && n.Value < 2100 && r.year(i) {
		n.Kind = Year
	}
	return n, next
}

// exact is the Step of a fraction: it was not rounded.
const exact = 1e-6

// figure parses the digits that start word: their value, the place of the
// last one, and how many bytes they take.
func (r *reader) figure(word string) (value, step float64, used int, ok bool) {
	var ascii [32]byte
	buf := ascii[:0]
	fraction := 0.
	for used < len(word) {
		c, n := utf8.DecodeRuneInString(word[used:])
		switch d := digit(c); {
		case d >= 0:
			buf = append(buf, byte('0'+d))
		case (c == '.' || c == ',') && used+1 < len(word):
			buf = append(buf, byte(c))
		case vulgar(c) != 0:
			fraction = vulgar(c)
			used += n
			fallthrough
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		used += n
	}
	if len(buf) == 0 {
		return fraction, exact, used, fraction != 0
	}
	digits := string(buf)
	if strings.Count(digits, ".")+strings.Count(digits, ",") > 1 && !wellGrouped(digits) {
		return 0, 1, used, false
	}
	dots := false
	if j := strings.IndexByte(digits, '.'); j >= 0 && grouped(digits, j) && strings.Count(digits, ".") == 1 {
		dots = r.dotGroups()
	}
	digits = figure(digits, dots)
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(value, 0) {
		return 0, 1, used, false
	}
	step = 1
	if j := strings.IndexByte(digits, '.'); j >= 0 {
		step = math.Pow10(-(len(digits) - j - 1))
	}
	if fraction != 0 {
		step = exact
	}
	return value + fraction, step, used, true
}

// wellGrouped reports whether a figure with several separators is one number:
// groups of three, or of two as in India, before the last.
func wellGrouped(s string) bool {
	last := strings.LastIndexAny(s, ".,")
	sep := s[strings.IndexAny(s, ".,")]
	head := s
	if s[last] != sep { // a decimal point of the other sort
		head = s[:last]
		if strings.IndexByte(head, s[last]) >= 0 {
			return false
		}
	}
	parts := strings.Split(head, string(sep))
	for k, p := range parts {
		switch {
		case strings.ContainsAny(p, ".,"):
			return false
		case k == 0:
			if len(p) == 0 || len(p) > 3 {
				return false
			}
		case k == len(parts)-1:
			if len(p) != 3 {
				return false
			}
		case len(p) != 3 && !(sep == ',' && len(p) == 2):
			return false
		}
	}
	return true
}

// groups joins groups of three digits parted by spaces or apostrophes:
// "10 000", "1'000'000".
func (r *reader) groups(n *Number, next int) int {
	if n.Value >= 1000 || n.Value < 1 || n.Step != 1 || months().has(r.word(next-2)) {
		return next
	}
	for next < len(r.w) {
		g := r.gap(next - 1)
		word := r.word(next)
		if !(r.spaced(next-1) || g == "'" || g == "’") || len(word) < 3 || !threeDigits(word) {
			break
		}
		v, step, _, ok := r.figure(word)
		if !ok {
			break
		}
		n.Value, n.Step, n.End = n.Value*1000+v, step, r.w[next].End
		next++
	}
	return next
}

// threeDigits reports whether word is three digits, perhaps with decimals.
func threeDigits(word string) bool {
	for k := range len(word) {
		switch c := word[k]; {
		case k < 3 && !isDigit(rune(c)), k == 3 && c != '.' && c != ',', k > 3 && !isDigit(rune(c)):
			return false
		}
	}
	return len(word) == 3 || len(word) > 4 && len(word) < 7
}

// label reports whether the digits of word i count nothing: they hang on a
// name by a hyphen, or number an item of a list.
func (r *reader) label(i int) bool {
	start := r.w[i].Start
	if i > 0 && r.hyphened(i-1) {
		prev := r.word(i - 1)
		return capital(prev) && !months().has(prev) && unitOf(prev).name == ""
	}
	head := strings.TrimRight(r.s[max(0, start-3):start], " *_(")
	if last, _ := utf8.DecodeLastRuneInString(head); start > 0 && head != "" && !strings.ContainsRune(".!?:;\n", last) {
		return false
	}
	g := r.gap(i)
	return (strings.HasPrefix(g, ". ") || strings.HasPrefix(g, ") ")) && len(r.word(i)) <= 2 && i+1 < len(r.w)
}

// pointed reads ".260", whose digits take so many bytes.
func (r *reader) pointed(n *Number, used int) {
	c, size := r.before(n.Start)
	at := n.Start - size
	b, _ := r.before(at)
	if c != '.' || at < r.taken || at > 0 && !unicode.IsSpace(b) && !strings.ContainsRune("$€£(/+-−", b) || n.Step != 1 {
		return
	}
	n.Step = math.Pow10(-used)
	n.Value, n.Start = n.Value*n.Step, at
}

// year reports whether the four digits of word i read as a year, not as a
// count.
func (r *reader) year(i int) bool {
	switch r.lower(i - 1) {
	case "in", "since", "by", "from", "of", "until", "till", "during", "year", "to", "and", "before", "after", "im", "seit", "en", "depuis", "nel", "desde", "around", "circa", "between", "late", "early", "mid":
		return true
	}
	next := r.word(i + 1)
	return !(r.spaced(i) && (plural(next) || next == "people" || next == "million"))
}

// plural reports whether word looks like a noun in the plural.
func plural(word string) bool {
	if len(word) < 4 || capital(word) || !strings.HasSuffix(word, "s") {
		return false
	}
	return !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us") && !strings.HasSuffix(word, "'s") && !Stop("en", word)
}

// suffix reads the letters that stand glued behind the digits.
func (r *reader) suffix(n *Number, suffix string, next int) {
	low := strings.ToLower(suffix)
	switch low {
	case "%":
		n.Kind, n.Unit = Percent, "%"
		return
	case "st", "nd", "rd", "th", "er", "re", "ère", "e", "ème", "º", "ª", "ste", "de":
		n.Kind = Ordinal
		return
	case "s", "'s", "’s":
		n.Step = 10
		if n.Value >= 1000 && n.Value < 2100 {
			n.Kind = Year
		} else if c, size := r.before(n.Start); n.Value < 100 && isApostrophe(c) {
			n.Kind, n.Start = Year, n.Start-size
			n.Value += 1900
			if n.Value < 1930 {
				n.Value += 100
			}
		}
		return
	case "am", "pm", "a.m", "p.m", "a.m.", "p.m.":
		if meridiem(n, low) {
			return
		}
	case "m":
		paid, _ := r.currencyBefore(n.Start)
		if paid.code == "" && !plural(r.word(next)) && r.lower(next) != "people" {
			n.measure(units()["m"])
			return
		}
	case "x":
		return
	}
	paid, _ := r.currencyBefore(n.Start)
	if k := scales()[low]; k != 0 && (low != "t" || paid.code != "") {
		n.Value, n.Step = n.Value*k, n.Step*k
		r.scale = k
	} else if u := unitOf(suffix); u.name != "" {
		n.measure(u)
	} else if c := currencies()[low]; c.code != "" {
		n.pay(c)
	} else {
		n.Kind = Label
	}
}

// meridiem makes n a time of day of twelve hours, "9" or "9.30".
func meridiem(n *Number, half string) bool {
	h, m := math.Modf(n.Value)
	m = math.Round(m * 100)
	if h < 0 || h > 12 || m > 59 {
		return false
	}
	n.Kind, n.Unit, n.Step = Clock, half[:1]+"m", 1
	n.Value = math.Mod(h, 12)*60 + m
	if n.Unit == "pm" {
		n.Value += 12 * 60
	}
	return true
}

// clock reads "9:00", "21:30:05", "9:00 p.m." and "9 p.m.".
func (r *reader) clock(n *Number, next *int) bool {
	read := false
	i := *next
	if n.Step == .01 && (r.spaced(i-1) || r.gap(i-1) == "") { // 9.30 am
		if half := r.lower(i); half == "am" || half == "pm" || half == "a.m." || half == "p.m." {
			if meridiem(n, half) {
				n.End = r.w[i].End
				*next = i + 1
				return true
			}
		}
	}
	if n.Step != 1 || n.Value < 0 || n.Value > 24 {
		return false
	}
	for part := 0; part < 2 && r.gap(i-1) == ":" && i < len(r.w); part++ {
		word := r.word(i)
		if len(word) < 2 || !isDigit(rune(word[0])) || !isDigit(rune(word[1])) || len(word) > 2 && isDigit(rune(word[2])) {
			break
		}
		v := float64(word[0]-'0')*10 + float64(word[1]-'0')
		if v > 59 {
			break
		}
		if part == 0 {
			n.Value = n.Value*60 + v
		} else {
			n.Value += v / 60
			n.Step = 1. / 60
		}
		n.End = r.w[i].Start + 2
		read = true
		i++
		if len(word) > 2 {
			half := strings.ToLower(word[2:])
			if half[0] == 'a' || half[0] == 'p' {
				n.End = r.w[i-1].End
				afternoon(n, half[:1]+"m")
			}
			break
		}
	}
	if r.spaced(i-1) || r.gap(i-1) == "" {
		switch half := r.lower(i); half {
		case "am", "pm", "a.m.", "p.m.", "a.m", "p.m":
			if !read {
				n.Value *= 60
			}
			afternoon(n, half[:1]+"m")
			n.End = r.w[i].End
			read = true
			i++
		}
	}
	if read {
		n.Kind = Clock
		*next = i
	}
	return read
}

// afternoon sets the half of the day of a time in minutes.
func afternoon(n *Number, half string) {
	if n.Unit = half; n.Value > 13*60 {
		return // "21:00 p.m."
	}
	if n.Value >= 12*60 {
		n.Value -= 12 * 60
	}
	if half == "pm" {
		n.Value += 12 * 60
	}
}

// ratio reads "1/2" and "2 1/2".
func (r *reader) ratio(n *Number, next *int) bool {
	i := *next
	whole := 0.
	num := n.Value
	if r.spaced(i-1) && r.gap(i) == "/" {
		v, _, used, ok := r.figure(r.word(i))
		if !ok || used != len(r.word(i)) {
			return false
		}
		whole, num = n.Value, v
		i++
	}
	if r.gap(i-1) != "/" || r.gap(i) == "/" || i >= len(r.w) {
		return false
	}
	den, _, used, ok := r.figure(r.word(i))
	if !ok || used != len(r.word(i)) || num >= den || num < 1 || num != math.Trunc(num) {
		return false
	}
	switch den {
	case 2, 3, 4, 5, 6, 8, 10, 12, 16:
		n.Value, n.Step, n.End = whole+num/den, exact, r.w[i].End
		*next = i + 1
		return true
	}
	return false
}
