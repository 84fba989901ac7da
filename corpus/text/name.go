package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a run of capitalised words: a person, a place, an outlet, an
// organisation, a product.
type Name struct {
	Span         // without title, article and possessive: "Smith", "Guardian"
	Full    Span // with the title before it: "Gen. Smith"
	Acronym bool // initials alone: "NASA", "U.S.", "IS-K"
}

// Names returns the names of s in order, without overlap. It goes by capitals:
// of scripts that have none, and of sentences all in capitals, it returns
// nothing; of sentences in title case only runs of four words at most.
//
// Words of a name stand side by side or are tied by initials ("J. K. Brandt"),
// hyphens, "&", and particles ("de", "von", "al-"); "of", "for" and "and" tie
// only what is known for it ("Bank of Norland"). The first word of a sentence or
// quotation is a name where a capital follows, where it is one elsewhere in s,
// or where it is neither a common word nor met in s in small letters. Months,
// days of the week and titles by themselves are no names. In German, whose
// nouns have capitals all, a single word is a name only where neither its
// ending nor an article before it tells a noun.
func Names(lang, s string) []Name {
	n := namer{reader: reader{s: s, w: Words(s)}, lang: Analyser(lang)}
	n.survey()
	for i := 0; i < len(n.w); {
		i = n.read(i)
	}
	return n.out
}

// namer reads names word by word.
type namer struct {
	reader
	lang string // the name of its analyser
	out  []Name

	initial []bool          // the word opens a sentence or quotation
	mute    []bool          // its capitals say nothing
	titled  []bool          // its sentence is in title case
	within  map[string]bool // words seen with a capital inside a sentence
	small   map[string]bool // words seen in small letters
	stems   map[string]bool // their stems, once asked for
}

// survey notes where sentences begin and how words are written in the text.
func (n *namer) survey() {
	n.initial, n.mute, n.titled = make([]bool, len(n.w)), make([]bool, len(n.w)), make([]bool, len(n.w))
	n.within, n.small = make(map[string]bool), make(map[string]bool)
	i := 0
	for _, sentence := range Sentences(n.s) {
		for i < len(n.w) && n.w[i].Start < sentence.Start {
			i++
		}
		first, long, caps, letters, shouted := i, 0, 0, 0, 0
		for ; i < len(n.w) && n.w[i].Start < sentence.End; i++ {
			word := n.word(i)
			n.initial[i] = i == first || n.opens(i) || i == first+1 && n.label(first)
			if len(word) >= 4 && !isDigit(rune(word[0])) {
				long++
				if capital(word) {
					caps++
				}
			}
			if len(word) >= 2 && !isDigit(rune(word[0])) {
				letters++
				if inCapitals(word) {
					shouted++
				}
			}
		}
		for k := first; k < i; k++ {
			n.mute[k] = letters >= 3 && shouted*10 >= letters*6
			n.titled[k] = long >= 4 && caps*10 >= long*8
			if n.mute[k] || n.titled[k] {
				continue
			}
			word := n.word(k)
			if !capital(word) {
				n.small[word] = true
			} else if !n.initial[k] {
				n.within[possessed(word)] = true
			}
		}
	}
}

// opens reports whether word i opens a quotation or a bracket, or follows a
// colon.
func (n *namer) opens(i int) bool {
	if end, _ := utf8.DecodeRuneInString(n.gap(i)); i+1 < len(n.w) && strings.ContainsRune("\"'”’»", end) {
		return false // a word in quotes of its own
	}
	g := n.gap(i - 1)
	r, _ := utf8.DecodeLastRuneInString(g)
	switch r {
	case '“', '„', '«', '‘', '(':
		return true
	case '"', '\'':
		return strings.HasPrefix(g, " ") || strings.HasPrefix(g, ",") || strings.HasPrefix(g, ":")
	}
	return g == ": "
}

// possessed returns word without a possessive.
func possessed(word string) string {
	r, size := utf8.DecodeLastRuneInString(word)
	if r != 's' && r != 'S' {
		return word
	}
	q, m := utf8.DecodeLastRuneInString(word[:len(word)-size])
	if !isApostrophe(q) {
		return word
	}
	return word[:len(word)-size-m]
}

// named reports whether word is written as part of a name: "Ann", "iPhone",
// "d'Estaing", "3M".
func named(word string) bool {
	if capital(word) {
		return true
	}
	for k := 1; k < len(word); k++ {
		if 'A' <= word[k] && word[k] <= 'Z' {
			return true
		}
	}
	return false
}

// read reads on from word i: past it, or past the name that starts there.
func (n *namer) read(i int) int {
	word := n.word(i)
	if n.mute[i] || !named(word) {
		if !particle(word) || !n.hyphened(i) || !capital(n.word(i+1)) || n.mute[i] {
			return i + 1
		}
	}
	if n.initial[i] && n.opener(i) || n.stop(i) && !inCapitals(word) || n.address(i) {
		return i + 1
	}
	end := n.run(i)
	n.add(i, end)
	return end
}

// stop reports whether word i, or what it contracts, is a stop word: "It'd".
func (n *namer) stop(i int) bool {
	low := n.lower(i)
	if Stop("en", low) || low == "i" {
		return true
	}
	head, tail, found := strings.Cut(low, "'")
	return found && Stop("en", head) && (tail == "d" || tail == "ll" || tail == "ve" || tail == "re" || tail == "m" || tail == "s")
}

// opener reports whether word i is an ordinary word with which a sentence
// opens.
func (n *namer) opener(i int) bool {
	low := n.lower(i)
	_, number := cardinals()[low]
	return n.stop(i) || Stop(n.lang, low) || connective(n.lang, low) || n.elided(i) || number || ordinals()[low] != 0 || (openers()[low] || imperatives()[low]) && !n.within[possessed(n.word(i))] || starts(n.word(i))
}

// elided reports whether word i begins with what French and its relatives write
// together with the next: "L'équipe", "Qu'est-ce".
func (n *namer) elided(i int) bool {
	if n.lang != "fr" && n.lang != "it" && n.lang != "ca" {
		return false
	}
	word := n.word(i)
	at := strings.IndexFunc(word, isApostrophe)
	if at < 0 {
		return false
	}
	_, size := utf8.DecodeRuneInString(word[at:])
	next, _ := utf8.DecodeRuneInString(word[at+size:])
	return unicode.IsLower(next)
}

// address reports whether word i is part of a web address or a handle.
func (n *namer) address(i int) bool {
	at := n.w[i].Start
	if r, _ := n.before(at); r == '@' || r == '#' {
		return true
	}
	low := max(0, at-60)
	run := n.s[low:at]
	run = run[strings.LastIndexAny(run, " \n\t(")+1:]
	dot := strings.IndexByte(run, '.')
	return dot > 0 && strings.IndexByte(run[dot:], '/') > 0
}

// run returns the end of the run of words tied together that starts at i.
func (n *namer) run(i int) int {
	j := i + 1
	for j < len(n.w) && possessed(n.word(j-1)) == n.word(j-1) {
		k := n.tie(i, j)
		if k == 0 || n.initial[j] && !n.hyphened(j-1) {
			break
		}
		j = k
	}
	return j
}

// tie returns the end of the run from i when what follows word j-1 belongs to
// it, else 0.
func (n *namer) tie(i, j int) int {
	word := n.word(j)
	if low := n.lower(j); ranks()[low] && n.spaced(j) && capital(n.word(j+1)) && !honorifics()[n.lower(j-1)] && !offices()[n.lower(j-1)] {
		return 0
	}
	switch g := n.gap(j - 1); g {
	case " ", "\u00A0", "-", "‑", "&", " & ", "–":
		if g == "–" && !capital(word) {
			return 0
		}
	case ". ", ".":
		if prev := n.word(j - 1); !initial(prev) && abbreviation(prev)&(title|known) == 0 || abbreviation(prev)&endsToo != 0 {
			return 0
		}
	default:
		return 0
	}
	if named(word) {
		return j + 1
	}
	hyphen := n.hyphened(j - 1)
	switch {
	case hyphen && isDigit(rune(word[0])): // F-16
		return j + 1
	case hyphen:
		if (particle(word) || len(word) == 1) && n.hyphened(j) && capital(n.word(j+1)) { // Ain-el-Hilweh, Dar-e-Lund
			return j + 2
		}
		return 0
	case isDigit(rune(word[0])): // San Marco 49ers
		if last := word[len(word)-1]; isASCIILetter(last) && len(word) > 2 && strings.HasSuffix(word, "ers") {
			return j + 1
		}
		return 0
	}
	k := j
	for k < len(n.w) && k < j+2 && particle(n.word(k)) && n.joined(k) { // van der
		k++
	}
	if k > j && capital(n.word(k)) && !n.initial[k] && !(n.lang == "de" && j == i+1 && n.noun(i, n.lower(i))) { // der Bürgermeister von Köln
		return k + 1
	}
	return n.of(i, j)
}

// of returns the end of the run from i when word j ties it to what follows:
// "Bank of Norland", "Centre for Public Health", "Food and Drug Agency".
func (n *namer) of(i, j int) int {
	if !n.spaced(j-1) || !n.spaced(j) {
		return 0
	}
	k := j + 1
	switch n.word(j) {
	case "of", "for", "on":
		head := n.lower(j - 1)
		if !heads()[head] && !heads()[strings.TrimSuffix(head, "s")] || n.word(j) != "of" && !societies()[head] && !societies()[strings.TrimSuffix(head, "s")] {
			return 0
		}
		if n.word(k) == "the" && n.spaced(k) {
			k++
		}
	case "and":
		tied := false
		for m := i + 1; m < j-1; m++ {
			w := n.word(m)
			tied = tied || w == "of" || w == "for"
		}
		if !tied {
			m := k
			for m < len(n.w) && m < k+4 && capital(n.word(m)) && (m == k || n.spaced(m-1)) {
				m++
			}
			head := i
			for head < j-1 && places()[n.lower(head)] != "" {
				head++
			}
			if j-head != 1 || m < k+2 || !societies()[n.lower(m-1)] || places()[n.lower(head)] != "" {
				return 0
			}
		}
	default:
		return 0
	}
	if !capital(n.word(k)) {
		return 0
	}
	return k + 1
}
