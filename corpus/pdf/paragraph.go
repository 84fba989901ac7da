package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// run is a stretch of lines one below the other in one column of one page.
type run struct {
	lines       []line
	left, right float64
	leading     float64 // from baseline to baseline, as most lines have it
}

// paragraphs joins lines into paragraphs, also across columns and pages.
func paragraphs(lines []line) []string {
	runs := columns(lines)
	indents := indentsParagraphs(runs)
	j := joiner{words: vocabulary(lines)}
	var last *line
	for _, r := range runs {
		for i := range r.lines {
			l := &r.lines[i]
			switch {
			case last == nil:
			case i > 0 && r.breaks(i), i == 0 && !continues(*last, *l, indents):
				j.end()
			}
			j.add(*l)
			last = l
		}
	}
	j.end()
	return j.paragraphs
}

// columns cuts lines into runs: where one stands higher than the one before it,
// or beside it, another column or page begins.
func columns(lines []line) []run {
	var runs []run
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && below(lines[j-1], lines[j]) {
			j++
		}
		r := run{lines: lines[i:j], left: math.Inf(1)}
		var steps []float64
		for k, l := range r.lines {
			r.left, r.right = min(r.left, l.left), max(r.right, l.right)
			if k > 0 && alike(r.lines[k-1], l) {
				steps = append(steps, r.lines[k-1].bottom-l.bottom)
			}
		}
		if slices.Sort(steps); len(steps) > 0 {
			r.leading = steps[len(steps)/2]
			if len(steps) < 3 { // the gap between paragraphs is not the leading
				r.leading = steps[0]
			}
		}
		runs = append(runs, r)
		i = j
	}
	return runs
}

// below reports whether b follows a in its column.
func below(a, b line) bool {
	return a.page == b.page && b.bottom < a.bottom && b.left < a.right && a.left < b.right
}

// alike reports whether two lines are set in type of one size.
func alike(a, b line) bool {
	return math.Abs(a.size-b.size) <= .12*max(a.size, b.size)
}

// breaks reports whether a paragraph begins with the line i > 0 of the run.
func (r *run) breaks(i int) bool {
	a, b := r.lines[i-1], r.lines[i]
	width := r.right - r.left
	room := r.right - a.right // that a leaves
	switch {
	case a.hyphen:
		return false
	case !alike(a, b), listed(b.text):
		return true
	case r.leading > 0 && a.bottom-b.bottom > 1.3*r.leading:
		return true
	case r.indented(i) && !r.indented(i-1) && !listed(a.text) && (i+1 == len(r.lines) || !r.indented(i+1)):
		return true
	case room > .1*width && stops(a.text):
		return true
	}
	return room > .4*width
}

// indented reports whether the line i begins to the right of its column.
func (r *run) indented(i int) bool {
	l := r.lines[i]
	indent := l.left - r.left
	return indent > .6*l.size && indent < .3*(r.right-r.left)
}

// indentsParagraphs reports whether paragraphs of the document begin with an
// indent, so that a line without one begins none.
func indentsParagraphs(runs []run) bool {
	indented, lines := 0, 0
	for _, r := range runs {
		for i := range r.lines {
			if i > 0 && r.indented(i) && !r.indented(i-1) {
				indented++
			}
			lines++
		}
	}
	return indented >= 2 && 30*indented >= lines
}

// continues reports whether b, which begins a column or page, goes on with the
// paragraph that a ends the one before with.
func continues(a, b line, indents bool) bool {
	switch {
	case a.hyphen:
		return true
	case !alike(a, b), listed(b.text):
		return false
	case !stops(a.text):
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(b.text, "\"'“‘«„("))
		return !unicode.IsUpper(r) || len(b.text) > 20 // a short capitalised line is a heading
	}
	return indents && b.left-a.left < .6*b.size
}

// stops reports whether a line ends as sentences do.
func stops(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]0123456789")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:…。！？।۔؟", r)
}

// listed reports whether a line begins with the mark of a list's item.
func listed(s string) bool {
	mark, rest, ok := strings.Cut(s, " ")
	if !ok || rest == "" {
		return false
	}
	switch mark {
	case "•", "◦", "▪", "■", "●", "‣", "·", "*", "–", "—", "-", "\uf0b7":
		return true
	}
	digits := strings.TrimRight(mark, ".)")
	return digits != mark && len(digits) > 0 && len(digits) < 3 && strings.Trim(digits, "0123456789") == ""
}

// joiner makes paragraphs of lines.
type joiner struct {
	words      map[string]bool // that stand in the document unbroken
	paragraphs []string
	current    strings.Builder
	tail       string // the last word so far
	hyphen     bool
}

func (j *joiner) end() {
	if s := text.Clean(j.current.String()); s != "" {
		j.paragraphs = append(j.paragraphs, s)
	}
	j.current.Reset()
	j.tail, j.hyphen = "", false
}

func (j *joiner) add(l line) {
	s := l.text
	if j.current.Len() > 0 {
		j.current.WriteString(j.glue(s))
	}
	hyphen := l.hyphen
	if !hyphen { // PDFium leaves some in place
		for _, mark := range []string{"-", "\u2010"} {
			if cut, ok := strings.CutSuffix(s, mark); ok && endsInLetter(cut) {
				s, hyphen = cut, true
			}
		}
	}
	j.current.WriteString(s)
	j.tail, j.hyphen = s[strings.LastIndexByte(s, ' ')+1:], hyphen
}

// glue returns what stands between the text so far and the next line: a space,
// nothing, or the hyphen that was there to stay.
func (j *joiner) glue(next string) string {
	first, _ := utf8.DecodeRuneInString(next)
	last, _ := utf8.DecodeLastRuneInString(j.tail)
	if !j.hyphen {
		if spaceless(last) && spaceless(first) {
			return ""
		}
		return " "
	}
	head, _, _ := strings.Cut(next, " ")
	whole, halves := wordKey(j.tail+head), wordKey(j.tail+"-"+head)
	if unicode.IsUpper(first) || unicode.IsDigit(first) || j.words[halves] && !j.words[whole] {
		return "-"
	}
	return ""
}

// vocabulary returns the words of a document that no line breaks.
func vocabulary(lines []line) map[string]bool {
	words := make(map[string]bool)
	for _, l := range lines {
		fields := strings.Fields(l.text)
		if len(fields) < 2 {
			continue
		}
		for _, w := range fields[1 : len(fields)-1] { // the first and the last may be halves
			words[wordKey(w)] = true
		}
	}
	return words
}

// wordKey is a word in lower case without the punctuation around it.
func wordKey(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

func endsInLetter(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r)
}

// spaceless reports whether r is of a script that sets no spaces between words.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60
}
