package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// glued decides about a stop with no space behind it: "…list.The next".
func (c *cutter) glued(at, end int, mark rune) bool {
	next, n := utf8.DecodeRuneInString(c.s[end:])
	if strings.ContainsRune("\"“‘«¿¡(", next) {
		end += n
		next, n = utf8.DecodeRuneInString(c.s[end:])
	}
	if !unicode.IsUpper(next) {
		return false
	}
	token := c.token(at)
	if strings.ContainsAny(token, "/@\\=&#") || strings.HasPrefix(token, "www.") {
		return false
	}
	second, _ := utf8.DecodeRuneInString(c.s[end+n:])
	if mark != '.' {
		return unicode.IsLower(second) || second == ' '
	}
	before, _ := utf8.DecodeLastRuneInString(token)
	word := c.s[end:min(len(c.s), end+24)]
	word = word[:wordEnd(word, 0)]
	switch {
	case isDigit(before):
		return unicode.IsLower(second) && !c.enumerator(at)
	case !unicode.IsLower(before) && before != ')' && before != '%':
		return false
	case utf8.RuneCountInString(token) < 2 || abbreviation(token) != 0 || strings.ContainsRune(token, '.'):
		return false
	case second == ' ': // "…end.A new", "…end.I said"
		return word == "A" || word == "I"
	}
	return unicode.IsLower(second) && !domains()[strings.ToLower(word)]
}

// ends decides about a stop with a space behind it.
func (c *cutter) ends(at, end int, mark rune, ellipsis, closed bool) bool {
	rest := c.s[end:min(len(c.s), end+96)]
	opened := strings.TrimLeftFunc(rest, unicode.IsSpace)
	after := strings.TrimLeftFunc(opened, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\"'“‘„«‹¿¡([{—–-*_「『", r)
	})
	if after == "" {
		return opened == ""
	}
	next, n := utf8.DecodeRuneInString(after)
	second, _ := utf8.DecodeRuneInString(after[n:])
	word := after
	if wordRune(next) {
		word = after[:wordEnd(after, 0)]
	}
	lower := unicode.IsLower(next) && !unicode.IsUpper(second) // not iPhone
	switch {
	case mark == '!' || mark == '?':
		if lower || closed && attributed(after) {
			return false
		}
		return abbreviation(c.token(at)+"!") == 0
	case ellipsis:
		return !lower && word != "I"
	}
	token := c.token(at)
	kind := abbreviation(token)
	switch {
	case token == "" || at == c.start:
		return !lower
	case c.enumerator(at):
		return false
	case lower:
		return kind == 0 && !closed && plainWord(token)
	case unicode.IsDigit(next):
		return kind&counts == 0 && (kind == 0 || kind&endsToo != 0) && !initial(token)
	case kind&title != 0:
		return false
	case kind != 0:
		return kind&endsToo != 0 || starts(word)
	case strings.ContainsRune(token, '.'): // dotted: U.S., a.m., Ph.D
		return c.dotted(token, word)
	case initial(token):
		return starts(word)
	case isDigit(rune(token[len(token)-1])) && len(token) <= 2 && unicode.IsUpper(next):
		return !months().has(word) && (!c.ordinalDots() || starts(word))
	}
	return true
}

// token returns the run of characters before the stop at byte at, without
// brackets and quotes in front; no more than its last 40 bytes.
func (c *cutter) token(at int) string {
	low := max(c.start, at-40)
	i := at
	for i > low {
		r, n := utf8.DecodeLastRuneInString(c.s[low:i])
		if unicode.IsSpace(r) || strings.ContainsRune("\"“”‘«»([{—–|…", r) {
			break
		}
		i -= n
	}
	return c.s[i:at]
}

// enumerator reports whether nothing but a list number stands between the
// start of the sentence and the stop at byte at.
func (c *cutter) enumerator(at int) bool {
	if at-c.start > 16 {
		return false
	}
	t := strings.TrimLeft(c.s[c.start:at], " \n\t(*_•-")
	if len(t) == 0 || len(t) > 4 {
		return false
	}
	return strings.Trim(t, "0123456789") == "" && len(t) <= 3 || strings.Trim(t, "ivxIVX") == "" || len(t) == 1 && 'a' <= t[0] && t[0] <= 'z'
}

// dotted decides about an abbreviation with inner stops and a capital behind.
func (c *cutter) dotted(token, next string) bool {
	if t := strings.ToLower(token); t == "a.m" || t == "p.m" {
		return !clockFollows(next)
	}
	for part := range strings.SplitSeq(token, ".") {
		if len(part) > 4 || utf8.RuneCountInString(part) > 2 || strings.ContainsAny(part, "0123456789") {
			return true // example.com, 3.5
		}
	}
	r, _ := utf8.DecodeRuneInString(token)
	return !unicode.IsLower(r) && starts(next) // never after e.g., i.e., z.B.
}

// initial reports whether token is one letter, alone or behind a hyphen:
// "J.", "J.-C.", "z. B.".
func initial(token string) bool {
	r, n := utf8.DecodeRuneInString(token)
	if i := strings.LastIndexByte(token, '-'); i >= 0 { // J.-C.
		r, n = utf8.DecodeRuneInString(token[i+1:])
		n += i + 1
	}
	return n == len(token) && unicode.IsLetter(r)
}

// plainWord reports whether token is written as an ordinary small word, so
// that a small letter behind its stop still starts a sentence, as in chat.
func plainWord(token string) bool {
	vowel := false
	for _, r := range token {
		if !unicode.IsLower(r) && !isApostrophe(r) {
			return false
		}
		vowel = vowel || strings.ContainsRune("aeiouyäöüéèáíóúàаеёиоуыэюя", r)
	}
	return vowel && utf8.RuneCountInString(token) >= 3
}

// attributed reports whether s starts as 'Smith said' and its like do.
func attributed(s string) bool {
	for range 4 {
		r, _ := utf8.DecodeRuneInString(s)
		if !wordRune(r) {
			return false
		}
		end := wordEnd(s, 0)
		if speech()[strings.ToLower(s[:end])] {
			return true
		}
		if !unicode.IsUpper(r) {
			return false
		}
		s = strings.TrimLeft(s[end:], " .")
	}
	return false
}

// ordinalDots reports whether the text is in a language that writes ordinals
// with a stop: "der 2. Weltkrieg". It is worked out once, when first asked.
func (c *cutter) ordinalDots() bool {
	if c.dots == nil {
		n := 0
		for w := range words(c.s[:min(len(c.s), 2000)]) {
			if word := w.Of(c.s); !Stop("en", word) && (Stop("de", word) || Stop("da", word)) {
				n++
			} else if Stop("en", word) && !Stop("de", word) {
				n--
			}
		}
		dots := n > 0
		c.dots = &dots
	}
	return *c.dots
}
