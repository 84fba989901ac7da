package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts s into sentences: spans in order, never empty, that together
// cover everything but the white space between them.
//
// A sentence keeps the quotes and brackets that close after its stop and the
// citation markers behind them ("… said.” [4]"); quoted speech keeps its
// attribution ('"Go!" he said.'). Abbreviations, initials, decimals and list
// numbers end nothing. Blank lines, list items and short lines do; a long line
// is taken as wrapped and runs on. A stop without a space behind it ends a
// sentence where a capital follows and the two do not look like a domain or a
// file name. When in doubt the text is left whole. The language is not asked
// for: the rules are those of news English, German, French, Spanish, Russian,
// Hindi, Chinese, Japanese and their neighbours together.
func Sentences(s string) []Span {
	c := cutter{s: s, out: make([]Span, 0, len(s)/100+1)}
	for c.pos < len(s) {
		r, n := utf8.DecodeRuneInString(s[c.pos:])
		at := c.pos
		c.pos += n
		switch {
		case r == '"':
			c.quoted = !c.quoted
		case r == '\n' || r == '\u2028' || r == '\u2029':
			c.line(at)
		case r == '.' || r == '!' || r == '?' || r == '…' || r > 0x500 && isStop(r):
			c.stop(at, r)
		case r > 0x2000 && isBullet(r) && c.spaceBefore(at):
			c.cut(at)
			c.quoted = false
		}
	}
	c.cut(len(s))
	return c.out
}

// cutter walks over a string once, looking ahead and back by bounded steps.
type cutter struct {
	s      string
	out    []Span
	start  int  // of the sentence at work
	pos    int  // the next rune
	bol    int  // where the line at work begins
	quoted bool // an odd number of straight quotes went before
	dots   *bool
}

// cut ends the sentence at work before byte end. A piece without a letter or
// digit is no sentence and joins the one before.
func (c *cutter) cut(end int) {
	p := trim(c.s, Span{c.start, end})
	c.start = end
	if p.Start == p.End {
		return
	}
	if len(c.out) > 0 && strings.IndexFunc(p.Of(c.s), wordRune) < 0 {
		c.out[len(c.out)-1].End = p.End
		return
	}
	c.out = append(c.out, p)
}

// trim returns p without the white space at its ends.
func trim(s string, p Span) Span {
	t := strings.TrimLeftFunc(p.Of(s), unicode.IsSpace)
	p.Start = p.End - len(t)
	p.End = p.Start + len(strings.TrimRightFunc(t, unicode.IsSpace))
	return p
}

// wrapped is the length from which a line counts as broken by its width, not
// by its writer.
const wrapped = 60

// line decides whether the line break at byte at ends a sentence.
func (c *cutter) line(at int) {
	width := at - c.bol
	c.bol = c.pos
	if c.start == at {
		c.start = c.pos
		return
	}
	next := strings.TrimLeft(c.s[c.pos:], " \t\r")
	r, _ := utf8.DecodeRuneInString(next)
	blank := next == "" || r == '\n' || r == '\u2028' || r == '\u2029'
	if !blank && !listItem(next) {
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(c.s[c.start:at], " \t\r"))
		if last != ':' && (unicode.IsLower(r) || width >= wrapped) {
			return
		}
	}
	c.cut(c.pos)
	c.quoted = false
}

// listItem reports whether a line starts as an item or a heading does: "- x",
// "* x", "# x", "12. x", "a) x".
func listItem(line string) bool {
	r, n := utf8.DecodeRuneInString(line)
	if isBullet(r) {
		return true
	}
	if strings.ContainsRune("-*+#>–—", r) {
		after := strings.TrimLeft(line[n:], "#>")
		return strings.HasPrefix(after, " ")
	}
	i := 0
	for i < len(line) && i < 3 && isDigit(rune(line[i])) {
		i++
	}
	if i == 0 && unicode.IsLetter(r) {
		return strings.HasPrefix(line[n:], ") ")
	}
	return i > 0 && (strings.HasPrefix(line[i:], ". ") || strings.HasPrefix(line[i:], ") "))
}

// isBullet reports whether r marks list items wherever it stands.
func isBullet(r rune) bool {
	switch r {
	case '•', '‣', '◦', '▪', '■', '●', '○', '➤', '►', '▶', '✓', '✔', '⁃':
		return true
	}
	return false
}

// isStop reports whether r ends sentences outside of ASCII.
func isStop(r rune) bool {
	switch r {
	case '…', '。', '．', '｡', '！', '？', '‼', '⁇', '⁈', '⁉', // general, Han
		'।', '॥', '؟', '۔', '։', '።', '፧', '။', '។', '᙮', '꓿':
		return true
	}
	return false
}

// wideStop reports whether r ends a sentence without a space behind it.
func wideStop(r rune) bool { return r > 0x500 && r != '…' && r != '؟' && r != '۔' && isStop(r) }

func (c *cutter) spaceBefore(at int) bool {
	if at == c.start {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(c.s[:at])
	return unicode.IsSpace(r)
}

// stop decides whether the stop r at byte at ends the sentence.
func (c *cutter) stop(at int, r rune) {
	mark := r // the strongest of "?!", "..."
	wide := wideStop(r)
	ellipsis := r == '…'
	for c.pos < len(c.s) {
		q, n := utf8.DecodeRuneInString(c.s[c.pos:])
		switch {
		case q == '.' || q == '!' || q == '?' || q == '…' || q > 0x500 && isStop(q):
			ellipsis = ellipsis || q == '.' || q == '…'
			if q != '.' {
				mark = q
			}
			wide = wide || wideStop(q)
		case q == ' ' && r == '.' && strings.HasPrefix(c.s[c.pos:], " ."): // ". . ."
			ellipsis = true
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		c.pos += n
	}
	end := c.pos
	end, closed := c.closers(end)
	end = c.markers(end)
	c.pos = end
	if end == len(c.s) {
		return
	}
	next, _ := utf8.DecodeRuneInString(c.s[end:])
	switch {
	case wide:
		if closed && (next == '、' || next == '，' || next == ',' || unicode.Is(unicode.Hiragana, next)) {
			return // 「…。」と言った
		}
		c.cut(end)
	case !unicode.IsSpace(next):
		if c.glued(at, end, mark) {
			c.cut(end)
		}
	case c.ends(at, end, mark, ellipsis && mark != '!' && mark != '?', closed):
		c.cut(end)
	}
}

// closers skips quotes and brackets that close at i, and reports whether
// there was a closing quote.
func (c *cutter) closers(i int) (end int, quote bool) {
	for i < len(c.s) {
		r, n := utf8.DecodeRuneInString(c.s[i:])
		switch r {
		case '”', '’', '»', '›', '」', '』', '\'':
			quote = true
		case '"':
			if !c.quoted && i+1 < len(c.s) && !unicode.IsSpace(rune(c.s[i+1])) {
				return i, quote // it opens the next
			}
			c.quoted = false
			quote = true
		case ')', ']', '}', '）', '】', '》', '〉', '*', '_':
		case ' ', '\u00A0', '\u202F': // « Va ! »
			q, m := utf8.DecodeRuneInString(c.s[i+n:])
			if q != '»' {
				return i, quote
			}
			quote = true
			n += m
		default:
			return i, quote
		}
		i += n
	}
	return i, quote
}

// markers skips citation markers at i: "[4]", " [4][5]", "[note 2]", "¹²".
func (c *cutter) markers(i int) int {
	for i < len(c.s) {
		j := i
		if c.s[j] == ' ' {
			j++
		}
		if strings.HasPrefix(c.s[j:], "[") {
			k := strings.IndexByte(c.s[j:min(len(c.s), j+24)], ']')
			if k < 2 || !citation(c.s[j+1:j+k]) {
				return i
			}
			i = j + k + 1
			continue
		}
		r, n := utf8.DecodeRuneInString(c.s[i:])
		if !strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) {
			return i
		}
		i += n
	}
	return i
}

// citation reports whether the inside of brackets reads as a reference.
func citation(in string) bool {
	if isDigit(rune(in[0])) {
		return strings.Trim(in, "0123456789,;-– ") == ""
	}
	in = strings.ToLower(in)
	return len(in) == 1 || in == "citation needed" ||
		strings.HasPrefix(in, "note ") || strings.HasPrefix(in, "ref ") || in[0] == '^' || in[0] == '#'
}

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
