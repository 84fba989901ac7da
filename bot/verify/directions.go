package verify

import (
	"strings"
	"sync"

	"pilcrow/corpus/text"
)

// directions holds when no word of the claim has its opposite, and only that,
// in the evidence: "rose" for "fell", "before" for "after".
func directions(e *evidence, c *claim) []finding {
	if len(e.anchors) == 0 {
		return nil
	}
	var out []finding
	for i, w := range c.words {
		others := opposites()[w.fold]
		if len(others) == 0 || w.skipped || e.folds(w.fold) {
			continue
		}
		l := &e.Source.lines[e.anchors[0]]
		for j, v := range l.words {
			if others[v.fold] && e.beside(c.words, i, l.words, j) {
				out = append(out, finding{Reason: Opposite, about: w.fold + ", source has " + v.fold})
				break
			}
		}
	}
	return out
}

// folds reports whether a line of the evidence holds the word fold, or another
// form of it.
func (e *evidence) folds(fold string) bool {
	stem := text.Stem(e.lang, fold)
	for _, at := range e.lines {
		for _, w := range e.Source.lines[at].words {
			if w.fold == fold || w.stem != "" && w.stem == stem {
				return true
			}
		}
	}
	return false
}

// beside reports whether a[i] and b[j] have a word of content in common within
// reach.
func (e *evidence) beside(a []word, i int, b []word, j int) bool {
	for k := max(0, i-reach); k <= min(len(a)-1, i+reach); k++ {
		if k == i || a[k].weight < 1 {
			continue
		}
		stem, _ := e.words.find(a[k].stem)
		for m := max(0, j-reach); m <= min(len(b)-1, j+reach); m++ {
			if m != j && b[m].stem == stem {
				return true
			}
		}
	}
	return false
}

// opposites maps each word to its opposites.
var opposites = sync.OnceValue(func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	add := func(a, b string) {
		if m[a] == nil {
			m[a] = map[string]bool{}
		}
		m[a][b] = true
	}
	for l := range strings.Lines(oppositeList) {
		left, right, _ := strings.Cut(l, "|")
		for _, a := range strings.Fields(left) {
			for _, b := range strings.Fields(right) {
				add(a, b)
				add(b, a)
			}
		}
	}
	return m
})

const oppositeList = `rise rises rose risen rising increase increases increased increasing grow grew grown climbed gained jumped soared up|fall falls fell fallen falling decrease decreases decreased decreasing decline declined declining drop dropped dropping shrank plunged down
more higher greater above over larger bigger longer faster stronger|less fewer lower below under smaller shorter slower weaker
most highest largest biggest maximum best longest oldest|least lowest smallest minimum worst shortest youngest
before prior earlier|after later following
first|last
win wins won winning victory beat defeated|lose loses lost losing defeat
accept accepted accepts approve approved approves agreed|reject rejected rejects refused declined
support supported supports backed|oppose opposed opposes
buy bought buys purchased|sell sold sells
include included includes including|exclude excluded excludes excluding
allow allowed allows permitted legal|ban banned bans prohibited forbidden illegal
success succeed succeeded successful|failure fail failed unsuccessful
profit profits|loss losses
arrived arrive joined entered|left departed leave
start started begin began opened|end ended finished closed
hot warm warmer hotter|cold cool cooler colder
early|late
north northern|south southern
east eastern|west western
son brother father husband man men boy|daughter sister mother wife woman women girl
born birth|died death
guilty convicted|innocent acquitted
positive|negative
safe|dangerous unsafe
always|never
public|private
majority|minority
import imports imported|export exports exported
`
