package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// Outlets knows the outlets of an archive by the names that people give them.
// It is made from the sources that the articles name, and from nothing else.
// It is safe for concurrent use.
type Outlets struct {
	byFirst map[string][]outletName // by the first word, folded; longest first
	all     []string
}

// outletName is one way to name outlets.
type outletName struct {
	words   []string // folded
	own     string   // of a single word: the case it is written in
	common  bool     // of a single word: it is one of the language too
	short   bool     // it is the last word of a longer name, and needs an article: "the Lantern"
	sources []string
}

// Mention is a place in a question where outlets are named: several where
// sources share a name ("Herald - Sport", "Herald - Travel").
type Mention struct {
	text.Span
	Sources []string // as articles name them, sorted
}

// NewOutlets returns the outlets among sources. common reports whether a
// single word is one that many articles use, whoever publishes them; such a
// word names an outlet only where it is the outlet's full name, in its own
// case, and not where every word has a capital. nil means that none is.
func NewOutlets(sources []string, common func(word, source string) bool) *Outlets {
	o := &Outlets{byFirst: make(map[string][]outletName), all: sources}
	names := make(map[string]*outletName) // by folded words, joined
	for _, source := range sources {
		for i, n := range outletNames(source) {
			words := foldedWords(n)
			if len(words) == 0 {
				continue
			}
			name := outletName{words: words}
			if len(words) == 1 {
				name.own = trimPossessive(n)
				name.common = common != nil && common(n, source)
				if name.common && i > 0 || utf8.RuneCountInString(n) < 2 {
					continue
				}
			}
			key := strings.Join(words, " ")
			if names[key] == nil {
				names[key] = &name
			}
			if k := names[key]; !slices.Contains(k.sources, source) {
				k.sources = append(k.sources, source)
			}
		}
	}
	o.shorten(names, common)
	for _, n := range names {
		slices.Sort(n.sources)
		o.byFirst[n.words[0]] = append(o.byFirst[n.words[0]], *n)
	}
	for _, ns := range o.byFirst {
		slices.SortFunc(ns, func(a, b outletName) int {
			return cmp.Or(cmp.Compare(len(b.words), len(a.words)), slices.Compare(a.words, b.words))
		})
	}
	return o
}

// shorten adds to names the last words of longer ones, where only one name ends
// so: "the Lantern" for "Tollness Lantern".
func (o *Outlets) shorten(names map[string]*outletName, common func(word, source string) bool) {
	ends := make(map[string][]*outletName) // by the last word, folded
	for _, n := range names {
		section := false // "Daily Lantern | World News"
		for k := range n.words {
			section = section || k > 0 && names[strings.Join(n.words[:k], " ")] != nil
		}
		if len(n.words) > 1 && n.words[0] != "the" && !section {
			last := n.words[len(n.words)-1]
			ends[last] = append(ends[last], n)
		}
	}
	for last, longer := range ends {
		if len(longer) > 1 || names[last] != nil {
			continue
		}
		source := longer[0].sources[0]
		for _, w := range text.Words(source) {
			own := trimPossessive(w.Of(source))
			if text.Fold(own) == last && (common == nil || !common(own, source)) {
				names[last] = &outletName{words: []string{last}, own: own, short: true, sources: longer[0].sources}
				break
			}
		}
	}
}

// articles are the words, folded, before the short name of an outlet.
var articles = strings.Fields("the der die das dem den el la le il het o")

// outletNames returns what a source may be called, its full name first: also
// the part before " | ", " - " or ": ", each also without a leading "The" and
// without ".com".
func outletNames(source string) []string {
	names := []string{source}
	add := func(s string, ok bool) {
		if s = strings.TrimSpace(s); ok && s != "" && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	for _, sep := range []string{" | ", " - ", " – ", " — ", ": "} {
		add(cutBefore(source, sep))
	}
	for _, n := range slices.Clone(names) {
		if len(n) > 4 && strings.EqualFold(n[:4], "the ") {
			add(n[4:], true)
		}
	}
	for _, n := range slices.Clone(names) {
		if i := len(n) - len(".com"); i > 0 && strings.EqualFold(n[i:], ".com") {
			add(n[:i], true)
		}
	}
	return names
}

func cutBefore(s, sep string) (string, bool) {
	before, _, ok := strings.Cut(s, sep)
	return before, ok
}

func foldedWords(s string) []string {
	var out []string
	for _, w := range text.Words(s) {
		out = append(out, text.Fold(trimPossessive(w.Of(s))))
	}
	return out
}

// Named returns where s names outlets, in order and without overlap, the
// longest name first. Names of several words are known in any case, a single
// word only in its own.
func (o *Outlets) Named(s string) []Mention {
	words, folded := text.Words(s), foldedWords(s)
	var out []Mention
	for i := 0; i < len(words); i++ {
		for _, n := range o.byFirst[folded[i]] {
			end := i + len(n.words)
			if end > len(words) || !slices.Equal(folded[i:end], n.words) {
				continue
			}
			last := words[end-1]
			span := text.Span{Start: words[i].Start, End: last.Start + len(trimPossessive(last.Of(s)))}
			if n.own != "" && (span.Of(s) != n.own || n.common && opens(s, span)) {
				continue
			}
			if n.short && !alone(s, words, folded, i) {
				continue
			}
			out = append(out, Mention{span, n.sources})
			i = end - 1
			break
		}
	}
	return out
}

// alone reports whether word i of s stands behind an article, and before no word
// that it would make a longer name with: "the Lantern", and no "Lantern Street".
func alone(s string, words []text.Span, folded []string, i int) bool {
	if i == 0 || !slices.Contains(articles, folded[i-1]) || s[words[i-1].End:words[i].Start] != " " {
		return false
	}
	if i+1 == len(words) || s[words[i].End:words[i+1].Start] != " " {
		return true
	}
	next, _ := utf8.DecodeRuneInString(words[i+1].Of(s))
	return !unicode.IsUpper(next)
}

// trimPossessive returns word without "'s" at its end.
func trimPossessive(word string) string {
	for _, tail := range []string{"'s", "’s"} {
		if w, ok := strings.CutSuffix(word, tail); ok {
			return w
		}
	}
	return word
}

// opens reports whether span stands where a sentence begins, so that its
// capital says nothing.
func opens(s string, span text.Span) bool {
	before := strings.TrimRightFunc(s[:span.Start], func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".!?:", r)
	})
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:")
}

// Match returns the sources that name may stand for, written as loosely as
// people do: in any case, with or without "The", ".com" and what follows
// " | ". An exact name stands only for itself.
func (o *Outlets) Match(name string) []string {
	var out []string
	for _, asked := range outletNames(strings.TrimSpace(name)) {
		words := foldedWords(asked)
		if len(words) == 0 {
			continue
		}
		for _, source := range o.all {
			if slices.ContainsFunc(outletNames(source), func(n string) bool { return slices.Equal(foldedWords(n), words) }) {
				out = append(out, source)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	if slices.Contains(out, name) {
		return []string{name}
	}
	return out
}
