package text

import "strings"

// figure returns a run of digits, points and commas in the form that
// strconv.ParseFloat reads. A comma before exactly three digits, or one of
// several, parts thousands, any other is a decimal comma; dotGroups says that
// a single dot before three digits parts thousands too, as several always do.
func figure(s string, dotGroups bool) string {
	dots, commas := strings.Count(s, "."), strings.Count(s, ",")
	if dots+commas == 0 {
		return s
	}
	lastDot, lastComma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	point := byte(0) // what parts the decimals
	switch {
	case dots > 0 && commas > 0:
		point = s[max(lastDot, lastComma)]
		if point == '.' && dots > 1 || point == ',' && commas > 1 {
			point = 0
		}
	case dots == 1 && !(dotGroups && grouped(s, lastDot)):
		point = '.'
	case commas == 1 && !grouped(s, lastComma):
		point = ','
	}
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c == point && point != 0:
			out = append(out, '.')
		case c == '.' || c == ',':
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// grouped reports whether exactly three digits follow the separator at i and
// one to three, not led by a zero, stand before it.
func grouped(s string, i int) bool {
	n := 0
	for n < len(s)-i-1 && isDigit(rune(s[i+1+n])) {
		n++
	}
	return n == 3 && i >= 1 && i <= 3 && s[0] != '0'
}
