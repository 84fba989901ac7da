package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// add adds the name of words i to before j, less what does not belong to it.
func (n *namer) add(i, j int) {
	for i < j && n.edge(j-1, i) {
		j--
	}
	for i < j && n.article(i, j) {
		i++
	}
	full := i
	for i < j && n.title(i, j) {
		if n.lower(i) == "secretary" && n.word(i+1) == "of" && n.word(i+2) == "State" {
			i += 2
		}
		i++
	}
	if i >= j || j-i > 4 && n.titled[i] {
		return
	}
	word := n.word(i)
	name := Name{Span: Span{n.w[i].Start, n.w[j-1].End}, Full: Span{n.w[full].Start, n.w[j-1].End}}
	if last := n.word(j - 1); possessed(last) != last {
		cut := len(last) - len(possessed(last))
		name.End -= cut
		name.Full.End -= cut
	}
	name.Acronym = acronym(name.Of(n.s))
	if j-i == 1 && !n.alone(i, possessed(word), full < i, name.Acronym) {
		return
	}
	n.out = append(n.out, name)
}

// edge reports whether word k cannot end the name that starts at i: a month, a
// day, a stop word, a common word that opens a sentence.
func (n *namer) edge(k, i int) bool {
	low := possessed(n.lower(k))
	if calendars()["en"].names[low] != 0 || weekdays()[low] != 0 && k == i {
		return true
	}
	word := n.word(k)
	return k > i && (n.stop(k) && !inCapitals(word) || particle(word) || nameless()[low] && !companies()[low])
}

// article reports whether word i, which opens the run up to j, is an article
// or another word that belongs to the sentence.
func (n *namer) article(i, j int) bool {
	low := possessed(n.lower(i))
	if calendars()["en"].names[low] != 0 && j-i > 1 || weekdays()[low] != 0 {
		return true
	}
	if n.stop(i) && !inCapitals(n.word(i)) || nameless()[low] && !honorifics()[low] && j-i > 1 {
		return true
	}
	return j-i > 1 && n.initial[i] && n.opener(i)
}

// title reports whether word i, which opens the run up to j, is a title of
// what follows.
func (n *namer) title(i, j int) bool {
	low := n.lower(i)
	if offices()[low] && i+1 < j && (honorifics()[n.lower(i+1)] || offices()[n.lower(i+1)]) {
		return true
	}
	if !honorifics()[low] {
		return false
	}
	return i+1 >= j || !societies()[n.lower(i+1)] && !afterRank()[n.lower(i+1)]
}

// alone decides whether a single word is a name.
func (n *namer) alone(i int, word string, entitled, initials bool) bool {
	low := strings.ToLower(word)
	switch {
	case utf8.RuneCountInString(word) < 2 || nameless()[low] || clockFollows(word) && n.hour(i-1):
		return false
	case entitled:
		return true
	case initials:
		return !roman(word)
	case n.lang == "de" && n.noun(i, low):
		return false
	case !n.initial[i]:
		return !(n.titled[i] && (openers()[low] || starts(word)))
	case n.within[word] || places()[low] != "":
		return true
	case n.small[low] || openers()[low] || starts(word) || imperatives()[low] || n.commands(i):
		return false
	}
	return !n.formed(low)
}

// hour reports whether word i ends a time of day.
func (n *namer) hour(i int) bool {
	low := n.lower(i)
	return low != "" && (isDigit(rune(low[0])) || low == "am" || low == "pm" || low == "a.m." || low == "p.m.")
}

// commands reports whether word i, which opens a sentence, has the object of a
// verb behind it: "Soak the cloth".
func (n *namer) commands(i int) bool {
	if !n.spaced(i) {
		return false
	}
	switch n.word(i + 1) {
	case "the", "a", "an", "your", "my", "our", "their", "its", "any", "all", "each", "every", "some", "it", "them", "this", "these", "those",
		"up", "off", "out", "down":
		return true
	}
	return false
}

// formed reports whether a word that opens a sentence has the ending of an
// adverb or a participle, or stands in the text in another form.
func (n *namer) formed(low string) bool {
	if surnames()[low] {
		return false
	}
	for _, end := range [...]string{"ing", "ly", "ers", "ists", "ed", "ions", "ment", "ness"} {
		if len(low) > len(end)+3 && strings.HasSuffix(low, end) {
			return true
		}
	}
	if n.stems == nil {
		n.stems = make(map[string]bool, len(n.small))
		for w := range n.small {
			n.stems[Stem("en", w)] = true
		}
	}
	return n.stems[Stem("en", low)]
}

// noun reports whether a German word looks like an ordinary noun.
func (n *namer) noun(i int, low string) bool {
	if n.initial[i] && !n.within[n.word(i)] {
		return true
	}
	switch n.lower(i - 1) {
	case "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "im", "am", "zum", "zur",
		"vom", "beim", "ins", "ans", "kein", "keine", "keinen", "mehr", "viele", "alle", "sein", "seine", "ihr", "ihre", "seiner", "ihrer", "dieser", "diese", "dieses":
		return true
	}
	for _, end := range [...]string{"ung", "ungen", "heit", "keit", "keiten", "schaft", "tion", "tionen", "ment", "nis", "tum", "lich", "ig", "ige", "igen", "ismus", "ität", "chen", "lein"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	prev := n.word(i - 1)
	return prev != "" && n.spaced(i-1) && !capital(prev) && !Stop("de", prev) && strings.HasSuffix(prev, "e") || strings.HasSuffix(prev, "en") && n.spaced(i-1) && !Stop("de", prev)
}

// acronym reports whether a name is initials: capitals, with dots, hyphens and
// digits.
func acronym(name string) bool {
	letters := 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r == '.' || r == '-' || r == '&' || isDigit(r):
		default:
			return false
		}
	}
	return letters >= 2
}

// roman reports whether word is a small Roman number.
func roman(word string) bool { return strings.Trim(word, "IVX") == "" }

// particle reports whether word is a small word inside of names.
func particle(word string) bool {
	switch word {
	case "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "van", "von", "der", "den", "ten", "ter", "zu", "la", "le", "las", "los",
		"al", "el", "bin", "ibn", "bint", "abu", "ben", "y", "ul", "ur", "af", "av", "til":
		return true
	}
	return false
}
