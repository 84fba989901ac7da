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
