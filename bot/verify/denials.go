package verify

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// denials holds when the claim denies no more and no less than the source.
//
// What a denial is about is taken to be the content next after it, or, at the
// end of a sentence, next before it.
func denials(e *evidence, c *claim) []finding {
	if len(e.twins) > 0 {
		return nil // conflicts compares them word by word
	}
	var out []finding
	if e.outright(c) {
		out = append(out, finding{Reason: Negated, risk: reversed})
	}
	for i, w := range c.words {
		if !w.denies || mild(c.words, i) || i > 0 && twice(c.words, i-1) {
			continue
		}
		about := scope(c.words, i)
		if e.denied(c, about) == twice(c.words, i) {
			out = append(out, finding{Reason: Negated, about: phrase(c, i, about)})
		}
	}
	if len(e.anchors) > 0 {
		l := &e.lines[e.anchors[0]]
		for i, w := range l.words {
			if !w.denies || mild(l.words, i) {
				continue
			}
			if j, ok := e.affirmed(c, l, i, scope(l.words, i)); ok {
				out = append(out, finding{Reason: Negated, about: c.words[j].fold})
			}
		}
	}
	return out
}

// outright reports whether one line has all that the claim speaks of and little
// more, and only one of the two a "not": no other word says it in another way,
// as "prevent" does.
func (e *evidence) outright(c *claim) bool {
	if len(e.anchors) == 0 {
		return false
	}
	l := &e.lines[e.anchors[0]]
	ours, plain := plainDenials(c.words)
	theirs, alike := plainDenials(l.words)
	if !plain || !alike || ours+theirs != 1 {
		return false
	}
	content := 0
	for _, w := range c.words {
		if w.stem == "" || w.denies {
			continue
		}
		stem, _ := e.words.find(w.stem)
		if !slices.ContainsFunc(l.words, func(v word) bool { return v.stem == stem }) {
			return false
		}
		content++
	}
	all := 0
	for _, w := range l.words {
		if w.stem != "" && !w.denies {
			all++
		}
	}
	return content >= outrightWords && 2*content >= all
}

// outrightWords is how many words of content make two sentences speak of one
// thing.
const outrightWords = 3

// plainDenials counts the words that deny; plain is false where others may do so
// by what they mean.
func plainDenials(words []word) (denials int, plain bool) {
	for i, w := range words {
		switch {
		case refuses(w.fold), strings.HasPrefix(w.fold, "keep"):
			return denials, false
		case w.denies && !mild(words, i):
			denials++
		}
	}
	return denials, true
}

// affirmed returns where c says, without a denial, what l denies at i: the word
// right behind the denial, or both of the words that it is about.
func (e *evidence) affirmed(c *claim, l *line, i int, about []int) (at int, ok bool) {
	if len(about) == 0 || about[0] < i || l.words[about[0]].name >= 0 {
		return 0, false
	}
	next := about[0] == i+1
	if !next && len(about) < 2 {
		return 0, false
	}
	for j, v := range c.words {
		if v.stem == "" {
			continue
		}
		if stem, _ := e.words.find(v.stem); stem != l.words[about[0]].stem || deniedNear(c.words, j) {
			continue
		}
		if next {
			return j, true
		}
		for k := max(0, j-reach); k <= min(len(c.words)-1, j+reach); k++ {
			if stem, _ := e.words.find(c.words[k].stem); k != j && stem == l.words[about[1]].stem {
				return j, true
			}
		}
	}
	return 0, false
}

// denied reports whether the evidence denies what c denies in about: the first
// of its lines that speaks of that, the best ones before those beside them. Where
// none does, it is enough that the best line denies anything.
func (e *evidence) denied(c *claim, about []int) bool {
	if len(e.anchors) == 0 {
		return false
	}
	for _, at := range slices.Concat(e.anchors, e.held) {
		words := e.lines[at].words
		spoken := false
		for _, k := range about {
			stem, _ := e.words.find(c.words[k].stem)
			for j, w := range words {
				switch {
				case w.stem == stem:
					spoken = true
					if deniedNear(words, j) {
						return true
					}
				case e.undone(w.fold, stem):
					return true
				}
			}
		}
		if spoken {
			return false
		}
	}
	return slices.ContainsFunc(e.lines[e.anchors[0]].words, func(w word) bool { return w.denies || refuses(w.fold) })
}

// undone reports whether fold is a word of that stem made negative by its prefix:
// "unhappy".
func (e *evidence) undone(fold, stem string) bool {
	for _, prefix := range []string{"un", "dis", "non", "in", "im", "ir", "il"} {
		if rest, ok := strings.CutPrefix(fold, prefix); ok && len(rest) > 3 && text.Stem(e.lang, rest) == stem {
			return true
		}
	}
	return false
}

// reach is how far before a word its denial may stand: "did not want to go".
const reach = 5

// deniedNear reports whether words[j] is denied: whether something before it,
// within reach, turns it round.
func deniedNear(words []word, j int) bool {
	for i := max(0, j-reach); i < min(len(words), j+2); i++ {
		switch {
		case twice(words, i):
			i++
		case words[i].denies, refuses(words[i].fold):
			return true
		}
	}
	return false
}

// twice reports whether the denial at i denies the next one, so that the two
// affirm: "not never".
func twice(words []word, i int) bool {
	return i+1 < len(words) && words[i].denies && words[i+1].denies
}

// scope returns the words that words[i] denies: up to two of content after it,
// else one before.
func scope(words []word, i int) []int {
	var out []int
	for j := i + 1; j < len(words) && j <= i+reach && len(out) < 2; j++ {
		if words[j].content() {
			out = append(out, j)
		}
	}
	for j := i - 1; len(out) == 0 && j >= 0 && j >= i-reach; j-- {
		if words[j].content() {
			out = append(out, j)
		}
	}
	return out
}

// mild reports whether the "not" at i denies nothing: "not only", "no longer"…
func mild(words []word, i int) bool {
	if i+1 >= len(words) {
		return false
	}
	switch words[i].fold {
	case "not":
		return slices.Contains([]string{"only", "just", "merely", "simply", "necessarily", "least"}, words[i+1].fold)
	case "no":
		return words[i+1].fold == "doubt" || words[i+1].fold == "matter"
	case "nothing":
		return words[i+1].fold == "but"
	}
	return false
}

// denies reports whether fold, a word of lang, turns what is said round.
func denies(lang, fold string) bool {
	if words, ok := denying[lang]; ok {
		return slices.Contains(words, fold)
	}
	if fold != "" && fold[0] >= utf8.RuneSelf { // a sentence too short to tell its language, in a script of few
		return slices.ContainsFunc([]string{"ru", "bg", "hi", "ar", "zh"}, func(l string) bool { return slices.Contains(denying[l], fold) })
	}
	switch fold {
	case "not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "nowhere", "without", "cannot", "hardly", "barely", "scarcely":
		return true
	}
	return strings.HasSuffix(fold, "n't")
}

// denying are the words that deny, by language, but for English.
var denying = map[string][]string{
	"de": strings.Fields("nicht kein keine keinen keinem keiner nie niemals ohne weder"),
	"fr": strings.Fields("pas jamais aucun aucune sans ni"),
	"es": strings.Fields("no nunca jamas jamás sin ningún ningun ninguna ni"),
	"pt": strings.Fields("não nao nunca sem nenhum nenhuma nem"),
	"it": strings.Fields("non mai senza nessun nessuna né"),
	"nl": strings.Fields("niet geen nooit zonder noch"),
	"sv": strings.Fields("inte ingen inget aldrig utan"),
	"da": strings.Fields("ikke ingen intet aldrig uden"),
	"no": strings.Fields("ikke ingen intet aldri uten"),
	"pl": strings.Fields("nie nigdy bez żaden zaden"),
	"ru": strings.Fields("не ни нет никогда без"),
	"bg": strings.Fields("не ни няма никога без"),
	"hi": strings.Fields("नहीं नही न मत बिना"),
	"ar": strings.Fields("لا لم لن ليس ليست بدون"),
	"zh": strings.Fields("不 没 沒 未 无 無"),
}

// refuses reports whether fold carries a denial inside its meaning: to refuse
// is not to accept.
func refuses(fold string) bool {
	switch fold {
	case "fail", "fails", "failed", "failing", "failure", "refuse", "refuses", "refused", "refusing", "refusal",
		"decline", "declines", "declined", "declining", "deny", "denies", "denied", "denying", "denial",
		"reject", "rejects", "rejected", "rejecting", "rejection", "lack", "lacks", "lacked", "lacking",
		"avoid", "avoids", "avoided", "avoiding", "prevent", "prevents", "prevented", "preventing",
		"unable", "impossible", "absent", "absence", "instead", "rather", "unless", "except", "few", "little", "stop", "stopped",
		"prohibited", "banned", "forbidden", "abandoned", "cancelled", "canceled", "missed", "unlikely", "against":
		return true
	}
	return false
}

func phrase(c *claim, i int, about []int) string {
	if len(about) > 0 && about[0] > i {
		return c.text[c.words[i].Start:c.words[about[0]].End]
	}
	return c.words[i].Of(c.text)
}
