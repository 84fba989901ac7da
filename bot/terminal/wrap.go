package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrap breaks text into lines of at most width columns, at spaces and between
// characters of scripts that are written without them. A no-break space holds
// together and is shown as a space. A word longer than a line is cut. The
// result has at least one line.
func wrap(text string, width int) []string {
	width = max(width, 1)
	var lines []string
	var line strings.Builder
	used, space := 0, false
	for _, p := range pieces(text) {
		if p == " " {
			space = line.Len() > 0
			continue
		}
		for {
			w := columns(p)
			gap := 0
			if space {
				gap = 1
			}
			if used+gap+w <= width {
				if space {
					line.WriteByte(' ')
				}
				line.WriteString(p)
				used, space = used+gap+w, false
				break
			}
			if line.Len() == 0 { // too long for any line
				head, tail := cut(p, width)
				lines = append(lines, head)
				p = tail
				if p == "" {
					break
				}
				continue
			}
			lines = append(lines, line.String())
			line.Reset()
			used, space = 0, false
		}
	}
	if line.Len() > 0 || len(lines) == 0 {
		lines = append(lines, line.String())
	}
	for i, l := range lines {
		lines[i] = strings.ReplaceAll(l, "\u00a0", " ")
	}
	return lines
}

// pieces cuts text into what a line may not break: words, single wide
// characters with the marks that follow them, and one " " for a run of spaces.
func pieces(text string) []string {
	var list []string
	start, wide := 0, false
	flush := func(end int) {
		if end > start {
			list = append(list, text[start:end])
		}
		start = end
	}
	for i := 0; i < len(text); {
		if n := escape(text[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == ' ':
			flush(i)
			if len(list) == 0 || list[len(list)-1] != " " {
				list = append(list, " ")
			}
			start = i + n
			wide = false
		case isWide(r) && !unicode.IsPunct(r):
			flush(i)
			wide = true
		case wide && unicode.IsLetter(r):
			flush(i)
			wide = false
		}
		i += n
	}
	flush(len(text))
	return list
}

// cut splits a piece after as many characters as fit, at least one.
func cut(p string, width int) (head, tail string) {
	used, i := 0, 0
	for i < len(p) {
		n, w := escape(p[i:]), 0
		if n == 0 {
			var r rune
			r, n = utf8.DecodeRuneInString(p[i:])
			w = runeColumns(r)
		}
		if used+w > width && used > 0 {
			break
		}
		used, i = used+w, i+n
	}
	return p[:i], p[i:]
}

// columns counts the columns that s takes, escape sequences of our own
// (colour, hyperlinks) not counted.
func columns(s string) int {
	total := 0
	for i := 0; i < len(s); {
		if n := escape(s[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		total += runeColumns(r)
		i += n
	}
	return total
}

// escape returns the length of the escape sequence that s begins with, or 0.
func escape(s string) int {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		if end := strings.IndexByte(s, 'm'); end >= 0 {
			return end + 1
		}
	case strings.HasPrefix(s, "\x1b]"):
		if end := strings.Index(s, "\x1b\\"); end >= 0 {
			return end + 2
		}
	}
	return 0
}

func runeColumns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case isWide(r):
		return 2
	}
	return 1
}

// isWide reports whether r takes two columns: the W and F classes of Unicode
// Standard Annex 11, by block.
func isWide(r rune) bool {
	return 0x1100 <= r && r <= 0x115f || // Hangul Jamo
		0x2e80 <= r && r <= 0xa4cf && r != 0x303f || // CJK, kana, Yi
		0xac00 <= r && r <= 0xd7a3 || // Hangul
		0xf900 <= r && r <= 0xfaff || // CJK compatibility
		0xfe30 <= r && r <= 0xfe6f ||
		0xff00 <= r && r <= 0xff60 || 0xffe0 <= r && r <= 0xffe6 || // full-width forms
		0x1f300 <= r && r <= 0x1faff || // emoji
		0x20000 <= r && r <= 0x3fffd
}
