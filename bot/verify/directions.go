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
		l := &e.lines[e.anchors[0]]
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
	for _, at := range e.held {
		for _, w := range e.lines[at].words {
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
		if k == i || !a[k].content() {
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

// opposites maps each word to those that deny it wherever they stand.
var opposites = sync.OnceValue(func() map[string]map[string]bool { return pairs(oppositeList) })

// converses maps each word to those that deny it in the same sentence only:
// who is before one is behind the other.
var converses = sync.OnceValue(func() map[string]map[string]bool { return pairs(oppositeList + converseList) })

// pairs reads a list of lines: words, a bar, words that say the opposite.
func pairs(list string) map[string]map[string]bool {
	m := map[string]map[string]bool{}
	add := func(a, b string) {
		if m[a] == nil {
			m[a] = map[string]bool{}
		}
		m[a][b] = true
	}
	for l := range strings.Lines(list) {
		left, right, _ := strings.Cut(l, "|")
		for _, a := range strings.Fields(left) {
			for _, b := range strings.Fields(right) {
				add(a, b)
				add(b, a)
			}
		}
	}
	return m
}

const oppositeList = `rise rises rose risen rising increase increases increased increasing grow grew grown climbed gained jumped soared|fall falls fell fallen falling decrease decreases decreased decreasing decline declined declining drop dropped dropping shrank plunged
accept accepted accepts approve approved approves|reject rejected rejects refused
support supported supports backed backs|oppose opposed opposes
include included includes|exclude excluded excludes
allow allowed allows permitted|ban banned bans prohibited prohibits forbidden
legal|illegal
success succeeded successful|failure failed unsuccessful
profit profits|loss losses
convicted guilty|acquitted innocent
positive|negative
safe|dangerous unsafe
possible|impossible
confirmed|denied
majority|minority
`

const converseList = `more|less fewer
most|least
higher above|lower below
highest maximum|lowest minimum
over|under
up|down
larger bigger greater|smaller
largest biggest greatest|smallest
longer|shorter
faster|slower
stronger|weaker
best better|worst worse
before earlier prior|after later following
first|last
early|late
win wins won winning|lose loses lost losing
buy bought buys|sell sold sells
arrived joined entered|left
start started starts began begin begins opened opens|end ended ends finished closed closes
hot warm warmer|cold cool cooler
north northern|south southern
east eastern|west western
son father brother husband|daughter mother sister wife
man men boy boys male|woman women girl girls female
born birth|died death
always|never
public|private
import imports imported|export exports exported
lend lent|borrow borrowed
with|without
`
