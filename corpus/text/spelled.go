package text

import (
	"math"
	"strings"
	"sync"
)

// spelled reads a number that starts at word i and is written in words.
func (r *reader) spelled(i int) (Number, int) {
	w := r.word(i)
	if len(w) > 14 {
		return Number{}, i
	}
	n := Number{Span: r.w[i], Step: 1}
	low := r.lower(i)
	switch low {
	case "a", "an":
		return r.article(i)
	case "half": // half a million, a half-million
		j := i + 1
		if a := r.lower(j); r.spaced(i) && a == "a" && r.spaced(j) {
			j++
		}
		if k := scales()[r.lower(j)]; r.joined(j-1) && k >= 12 {
			n.Value, n.Step, n.End = k/2, k/10, r.w[j].End
			return n, j + 1
		}
		return n, i
	}
	if v, ok := ordinals()[low]; ok {
		n.Kind, n.Value = Ordinal, v
		return n, i + 1
	}
	first, ok := cardinals()[low]
	if !ok {
		return n, i
	}
	if low == "one" && !r.counts(i) {
		return n, i
	}
	return r.cardinal(n, i, first)
}

// article reads "a million" and "a third of" at word i.
func (r *reader) article(i int) (Number, int) {
	n := Number{Span: r.w[i], Step: 1}
	if !r.spaced(i) {
		return n, i
	}
	next := r.lower(i + 1)
	if k := scales()[next]; k >= 12 && len(next) > 2 {
		n.Value, n.Step, n.End = k, max(1, k/10), r.w[i+1].End
		r.scale = k
		return n, i + 2
	}
	if part := fractions()[next]; part > 0 && r.lower(i+2) == "of" {
		n.Value, n.Step, n.End = 1/part, exact, r.w[i+1].End
		return n, i + 2
	}
	return n, i
}

// cardinal reads on from the first word of a spelled number.
func (r *reader) cardinal(n Number, i int, first float64) (Number, int) {
	total, group, top := 0., first, math.Inf(1)
	j := i + 1
	for ; r.joined(j - 1); j++ {
		w := r.lower(j)
		if w == "and" {
			v, ok := cardinals()[r.lower(j+1)]
			if !ok || !r.joined(j) || v >= 100 || (group == 0 || math.Mod(group, 100) != 0) && !(group == 0 && total > 0) {
				break
			}
			continue
		}
		if v, ok := cardinals()[w]; ok {
			low := math.Mod(group, 100)
			switch {
			case j == i+1 && group >= 13 && group <= 20 && v >= 10 && total == 0: // nineteen ninety-five
				group, n.Kind = group*100+v, Year
			case low == 0 && (group > 0 || total > 0) && v > 0:
				group += v
			case low >= 20 && math.Mod(low, 10) == 0 && v > 0 && v < 10:
				group += v
			default:
				ok = false
			}
			if !ok {
				break
			}
			n.Step, n.End = 1, r.w[j].End
			continue
		}
		if v := ordinals()[w]; v > 0 && v < 10 && math.Mod(group, 100) >= 20 && math.Mod(group, 10) == 0 { // twenty-first
			n.Kind, n.Value, n.End = Ordinal, total+group+v, r.w[j].End
			return n, j + 1
		}
		k := scales()[w]
		if len(w) < 3 || k == 0 {
			break
		}
		switch {
		case k == 100 && group > 0 && group < 100:
			group *= 100
		case k >= 1000 && k < top && group > 0:
			total, group, top = total+group*k, 0, k
			n.Step = k
		case k == 12 && group > 0:
			group *= 12
		default:
			k = 0
		}
		if k == 0 {
			break
		}
		n.End = r.w[j].End
	}
	n.Value = total + group
	if n.Step > 1 {
		r.scale = n.Step
	}
	if r.spaced(j-1) && r.lower(j) == "point" {
		if d, ok := cardinals()[r.lower(j+1)]; ok && d < 10 && r.spaced(j) {
			n.Value, n.Step, n.End = n.Value+d/10, .1, r.w[j+1].End
			j += 2
		}
	}
	if part := fractions()[r.lower(j)]; part > 0 && r.joined(j-1) && n.Value > 0 && n.Value < part && n.Kind == Plain {
		if one := n.Value == 1; one != strings.HasSuffix(r.lower(j), "s") {
			n.Value, n.Step, n.End = n.Value/part, exact, r.w[j].End
			j++
		}
	}
	return n, j
}

// counts reports whether the "one" at word i counts something and is no
// pronoun: "one man", "one percent", not "no one", "the one who", "one of".
func (r *reader) counts(i int) bool {
	switch r.lower(i - 1) {
	case "no", "the", "any", "every", "each", "another", "which", "other", "some":
		if i > 0 && r.joined(i-1) {
			return false
		}
	}
	if !r.joined(i) {
		return false
	}
	next := r.lower(i + 1)
	switch next {
	case "another", "day", "thing", "way", "hand", "point", "such", "time", "can", "could", "might", "must", "would", "should", "day's", "last":
		return false
	}
	return !capital(r.word(i+1)) && !Stop("en", next)
}

var cardinals = sync.OnceValue(func() map[string]float64 {
	m := make(map[string]float64, 128)
	for _, table := range [...]string{
		"zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
		"- - zwei drei vier funf sechs sieben acht neun zehn - zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
		"- - deux trois quatre cinq - - huit neuf - onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
		"- - dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce - dieciseis diecisiete dieciocho diecinueve",
		"- - - - quattro cinque - sette otto - dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
		"- - dois - quatro - - sete oito - dez - doze treze - - dezesseis - dezoito dezenove",
		"- - twee drie - vijf - zeven - negen tien - twaalf dertien veertien vijftien zestien zeventien achttien negentien",
	} {
		for v, w := range strings.Fields(table) {
			if w != "-" {
				m[w] = float64(v)
			}
		}
	}
	for _, table := range [...]string{
		"twenty thirty forty fifty sixty seventy eighty ninety",
		"zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
		"vingt trente quarante cinquante soixante - - -",
		"veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
	} {
		for v, w := range strings.Fields(table) {
			if w != "-" {
				m[w] = float64(v+2) * 10
			}
		}
	}
	return m
})

var ordinals = sync.OnceValue(func() map[string]float64 {
	m := make(map[string]float64, 64)
	for v, w := range strings.Fields("- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth") {
		m[w] = float64(v)
	}
	for v, w := range strings.Fields("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth") {
		m[w] = float64(v+3) * 10
	}
	delete(m, "-")
	return m
})

// fractions maps the names of parts to how many make a whole.
var fractions = sync.OnceValue(func() map[string]float64 {
	m := make(map[string]float64, 32)
	for v, w := range strings.Fields("half third quarter fifth sixth seventh eighth ninth tenth") {
		m[w], m[w+"s"] = float64(v+2), float64(v+2)
	}
	m["halves"] = 2
	return m
})
