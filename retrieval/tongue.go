package retrieval

import (
	"slices"
	"strings"

	"pilcrow/corpus/text"
)

// tongue holds the words, in lower case, by which a language puts a question
// together. An asterisk ends a word of which only the beginning is given.
type tongue struct {
	ask     []string // question words
	degree  []string // those that ask how much of something: no verb follows them
	reason  []string // those that ask for no single value
	carry   []string // verbs that carry a question
	and     []string
	article []string
	at      []string // prepositions
	refer   []string // pronouns for what was named before
	between []string // of two things that are asked about together
}

var tongues = map[string]*tongue{
	"en": newTongue("who whom whose when where what which how why", "how", "why",
		"is are was were do does did has have had can could will would should 's",
		"and", "the a an", "of in at on for from to by with under during after before as about into since until", "it its it's they them their he him his she her hers", "between"),
	"de": newTongue("wer wen wem wessen wann wo woher wohin was welch* wie wieviel warum weshalb wieso womit wofür", "wie", "warum weshalb wieso",
		"ist sind war waren hat haben hatte hatten wird werden wurde wurden kann können soll muss",
		"und", "der die das den dem des ein eine einen einem einer eines", "von vom in im am an auf aus bei beim für mit nach zu zum zur unter seit über um ab bis seit", "er sie es ihn ihm ihr ihre ihrer ihren ihnen sein seine seinen seiner", "zwischen"),
	"fr": newTongue("qui quand où que quoi quel* combien comment pourquoi qu'est", "combien", "pourquoi",
		"est sont était étaient a ont avait sera seront peut fut",
		"et", "le la les un une des", "de du d' des à au aux en dans pour par avec sur sous chez", "il ils elle elles lui leur leurs son sa ses", "entre"),
	"es": newTongue("quién* quien* cuándo cuando dónde donde qué cuál* cuánt* cuant* cómo", "cuánt* cuant*", "por",
		"es son era eran fue fueron ha han había será está están puede",
		"y e", "el la los las un una unos unas", "de del en a al para por con sobre desde hasta bajo", "él ella ellos ellas lo le les su sus", "entre"),
}

func newTongue(ask, degree, reason, carry, and, article, at, refer, between string) *tongue {
	return &tongue{
		ask: strings.Fields(ask), degree: strings.Fields(degree), reason: strings.Fields(reason), carry: strings.Fields(carry), and: strings.Fields(and),
		article: strings.Fields(article), at: strings.Fields(at), refer: strings.Fields(refer), between: strings.Fields(between),
	}
}

// among reports whether a word is one of a list.
func among(list []string, word string) bool {
	for _, l := range list {
		if begin, open := strings.CutSuffix(l, "*"); l == word || open && strings.HasPrefix(word, begin) {
			return true
		}
	}
	return false
}

// run is words [start, end) of a question.
type run struct{ start, end int }

// asker reads the words of a short question.
type asker struct {
	*tongue
	plan    *Plan
	wholes  []text.Span // never cut: quotations, outlets, dates
	names   []text.Name
	units   []text.Span // the names and the wholes
	content []text.Span
	words   []text.Span
	low     []string
}

func (a *asker) is(list []string, i int) bool {
	return i >= 0 && i < len(a.low) && among(list, a.low[i])
}

// has reports whether one of the words of a run is in a list.
func (a *asker) has(list []string, r run) bool {
	for i := r.start; i < r.end; i++ {
		if a.is(list, i) {
			return true
		}
	}
	return false
}

// span returns a run as a stretch of the question.
func (a *asker) span(r run) text.Span {
	if r.start >= r.end {
		return text.Span{}
	}
	return text.Span{Start: a.words[r.start].Start, End: a.words[r.end-1].End}
}

// says counts the content words of a run, but for "many" and "much".
func (a *asker) says(r run) (n int) {
	for i := r.start; i < r.end; i++ {
		if slices.ContainsFunc(a.content, a.words[i].Overlaps) && (i == 0 || !a.is(a.degree, i-1)) {
			n++
		}
	}
	return n
}

// named reports whether a run has a name, and not only of what somebody may be:
// an MVP, a CEO.
func (a *asker) named(r run) bool {
	for _, n := range a.names {
		if !n.Acronym && r.start < r.end && a.span(r).Overlaps(n.Span) {
			return true
		}
	}
	return false
}

// comma reports whether a comma or the end of a sentence stands before word i.
func (a *asker) comma(i int) bool {
	return i > 0 && strings.ContainsAny(a.plan.Text[a.words[i-1].End:a.words[i].Start], ",;:?!")
}

// bound reports whether the words before and at i belong to one whole or name.
func (a *asker) bound(i int) bool {
	at := a.words[i].Start
	return slices.ContainsFunc(a.units, func(u text.Span) bool { return u.Start < at && at < u.End })
}
