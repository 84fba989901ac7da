package text

import "strings"

// SameName reports whether a and b can name the same, folded and without
// titles, articles, possessives and forms of company: they are equal; one is
// the end of the other ("Keller", "Ana Keller"); they differ in initials and
// middle names ("A. Keller", "Ana M. Keller"); one is the other's initials
// ("WHO", "World Health Organization"); or they are a country and its people or
// abbreviation ("France", "French"; "U.S.", "United States").
func SameName(a, b string) bool {
	x, y := nameParts(a), nameParts(b)
	if len(x) == 0 || len(y) == 0 {
		return Fold(a) == Fold(b)
	}
	if strings.Join(x, "") == strings.Join(y, "") {
		return true
	}
	p, q := places()[strings.Join(x, " ")], places()[strings.Join(y, " ")]
	if p != "" && q != "" {
		return p == q
	}
	if len(x) > len(y) {
		x, y, a, b = y, x, b, a
	}
	switch {
	case endsWith(y, x):
		return true
	case initials(strings.Join(x, ""), b):
		return true
	}
	return person(x, y)
}

// nameParts returns the words of a name that count, folded.
func nameParts(name string) []string {
	var out []string
	for w := range words(name) {
		part := possessed(strings.ReplaceAll(Fold(w.Of(name)), ".", ""))
		if honorifics()[part] && len(out) == 0 && w.End < len(name) || part == "the" {
			continue
		}
		if len(out) > 0 && companies()[part] {
			continue
		}
		out = append(out, part)
	}
	return out
}

// endsWith reports whether the long name ends in all words of the short one.
func endsWith(long, short []string) bool {
	for i := range short {
		if long[len(long)-len(short)+i] != short[i] {
			return false
		}
	}
	return len(short[len(short)-1]) > 1
}

// person reports whether two names agree in the first and the last word, the
// first perhaps an initial in one of them.
func person(short, long []string) bool {
	if len(short) < 2 || short[len(short)-1] != long[len(long)-1] {
		return false
	}
	a, b := short[0], long[0]
	if a == b {
		return len(short) == 2 || len(long)-len(short) == 1
	}
	return (len(a) == 1 || len(b) == 1) && a[0] == b[0]
}

// initials reports whether short, without dots, is made of the first letters
// of the words of name, small words counted or not.
func initials(short, name string) bool {
	if len(short) < 2 || len(short) > 10 {
		return false
	}
	var all, main strings.Builder
	for w := range words(name) {
		word := Fold(w.Of(name))
		all.WriteByte(word[0])
		if !Stop("en", word) && !particle(word) {
			main.WriteByte(word[0])
		}
	}
	return main.Len() > 1 && (short == main.String() || short == all.String())
}
