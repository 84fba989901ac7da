package retrieval

import (
	"slices"
	"strings"

	"pilcrow/corpus/text"
)

// Words, folded, that ask what happened, and, where nothing stands beside them
// or the question is one for tidings, what is new.
var (
	happening = strings.Fields("happen happens happened happening occur occurs occurred passiert passierte passieren geschieht geschah geschehen ereignete arrive passe paso pasa pasado ocurrio sucedio")
	novelty   = strings.Fields("new news latest neu neue neues neuigkeiten nachrichten neuf nouveau nouvelles actualites nuevo novedades noticias miss missed verpasst manque perdido")
	// asking are the words that may stand before those: "what has happened", "is
	// there anything new", "was gibt es Neues", "qu'est-ce qui s'est passé".
	asking = strings.Fields("what whats what's is has have had did do does i i've we we've was there any anything else the in gibt es hat habe haben wir ich ist sich etwas denn que qu'est-ce qui s'est il quoi de y a-t-il quelles sont les hay ha lo se algo j'ai he")
	// further are words that begin a second question, or say of which thing.
	further = strings.Fields("what who whom whose when where why how which was wer wen wem wann wo warum wie welche welcher welches qui quand comment combien pourquoi quel quelle quien cuando donde cuanto cual")
	// occasion are the words that make one event of it: "what happened when …".
	occasion = strings.Fields("while after before as if because during als wenn nachdem bevor wahrend apres avant pendant despues antes durante")
)

// tidings reports whether the question asks for all that happened, or is new, to
// what its other words name: "what happened in Tollness in May", "any news on
// the strike this week".
func (p *Plan) tidings() bool {
	for _, t := range text.Terms(p.Lang, p.Text) {
		word := text.Fold(t.Of(p.Text))
		event := slices.Contains(happening, word)
		if !event && !slices.Contains(novelty, word) || t.Of(p.Text) == "Miss" { // Miss Harper
			continue
		}
		behind := p.Text[t.End:]
		if whole := strings.Fields(text.Fold(p.Text)); event && strings.Trim(behind, " ?.!") == "" && whole[0] == "was" && slices.Contains(asking, whole[1]) {
			return true // "Was ist in Lindal passiert?"
		}
		if slices.ContainsFunc(text.Words(behind), func(w text.Span) bool { return slices.Contains(further, text.Fold(w.Of(behind))) }) {
			return false
		}
		if next := nextWord(p.Text, t.End); slices.Contains(occasion, text.Fold(next.Of(p.Text))) && !p.steers(next) {
			return false
		}
		before := p.opening(t.Start)
		return (len(before) > 0 || !event) && !slices.ContainsFunc(before, func(w string) bool { return !slices.Contains(asking, w) })
	}
	return false
}

// opening returns the words before a place, folded, without a time in front of
// them: "In May, what happened …".
func (p *Plan) opening(at int) []string {
	begun := 0
	for _, d := range p.Periods {
		if d.End <= at {
			begun = max(begun, d.End)
		}
	}
	return strings.FieldsFunc(text.Fold(p.Text[begun:at]), func(r rune) bool { return r == ' ' || r == ',' || r == '¿' })
}

// nextWord returns where the word after a place in s stands.
func nextWord(s string, at int) text.Span {
	start := at + len(s[at:]) - len(strings.TrimLeft(s[at:], " ,"))
	end := len(s)
	if n := strings.IndexAny(s[start:], " ,?"); n >= 0 {
		end = start + n
	}
	return text.Span{Start: start, End: end}
}
