package verify

import (
	"slices"
	"strings"
)

// Kind says what sort of sentence was judged.
type Kind int

const (
	Claim    Kind = iota // says something about the world
	Meta                 // speaks of the passages, the answer or the reader alone
	Question             // asks
	Absence              // says that the passages do not tell something
)

// sort says what kind of sentence c is.
func (c *claim) sort() Kind {
	said := strings.TrimRight(c.Of(c.text), " \"”’)*_")
	switch {
	case strings.HasSuffix(said, "?") || strings.HasSuffix(said, "？"):
		return Question
	case c.saysAbsent():
		return Absence
	case chatter(c.words):
		return Meta
	case strings.HasSuffix(said, ":"), c.weight == 0:
		return Meta
	case len(c.refs) > 0 && c.answers() && c.weight < 1:
		return Meta
	}
	return Claim
}

// answers reports whether c has nothing but words of the question and light
// words.
func (c *claim) answers() bool {
	return !slices.ContainsFunc(c.words, func(w word) bool { return w.content() && !c.asked[w.stem] })
}

// chatter reports whether words speak to the reader and not of the world.
func chatter(words []word) bool {
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range words {
		if !w.skipped {
			b.WriteString(w.fold)
			b.WriteByte(' ')
		}
	}
	s := b.String()
	return slices.ContainsFunc(chatterLeads, func(p string) bool { return strings.HasPrefix(s, p) }) ||
		slices.ContainsFunc(chatterPhrases, func(p string) bool { return strings.Contains(s, p) })
}

// What models say to be polite, to open and to close. None of it is ever said
// of the world in the words of an article.
var (
	chatterLeads = []string{
		" sure ", " of course ", " certainly ", " i hope ", " i can ", " i am ", " i'm ", " i would ", " i'd ", " i will ",
		" i'll ", " i must ", " i cannot ", " feel free ", " here is ", " here are ", " here's ", " let me ", " thank you ",
	}
	chatterPhrases = []string{
		" let me know ", " further questions ", " unable to answer ", " able to answer ", " answer the question ",
		" answer to the question ", " answer your question ", " answer to your question ", " answers to the question ",
		" based on the passages ", " more detailed instructions ",
	}
)
