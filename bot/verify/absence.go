package verify

import (
	"slices"
	"strings"
)

// saysAbsent reports whether c says that the passages do not tell something:
// "the passages do not mention the price", "the price is not specified".
func (c *claim) saysAbsent() bool {
	_, ok := c.absent()
	return ok
}

// absent finds the words by which c says that something is not told, and
// returns where they begin.
func (c *claim) absent() (at int, ok bool) {
	doc := len(c.refs) > 0 || slices.ContainsFunc(c.words, func(w word) bool { return w.skipped && document(w.fold) })
	for i, w := range c.words {
		next := func(n int) string {
			if i+n < len(c.words) {
				return c.words[i+n].fold
			}
			return ""
		}
		switch {
		case doc && (w.fold == "unspecified" || w.fold == "unclear"):
			return i, true
		case w.fold == "difficult" && next(1) == "to" && doc, w.fold == "unable" && next(1) == "to" && doc:
			return i, tells(next(2)) || tells(next(3))
		case !w.denies:
			continue
		case next(1) == "information" || next(1) == "mention" || next(2) == "information" || next(2) == "mention":
			return i, true
		case !tells(next(1)) && !tells(next(2)):
			continue
		case doc:
			return i, true
		case strings.HasSuffix(next(1), "ed") || strings.HasSuffix(next(2), "ed"):
			// "the price is not specified"; but "the app is not mentioned by
			// the critics" does speak of the world.
			return i, !c.aside(i) && (i+3 >= len(c.words) || c.words[i+3].skipped)
		case next(1) == "be" && (next(2) == "determined" || next(2) == "answered"):
			return i, true
		}
	}
	return 0, false
}

// tells reports whether fold is a verb for what a text does.
func tells(fold string) bool {
	switch fold {
	case "mention", "mentioned", "provide", "provided", "specify", "specified", "state", "stated", "contain", "include",
		"give", "given", "describe", "described", "address", "addressed", "discuss", "discussed", "explain", "explained",
		"define", "defined", "say", "tell", "cover", "offer", "indicate", "indicated", "determine", "determined", "answer",
		"answered", "clarify", "list", "present":
		return true
	}
	return false
}

// aside reports whether the words from at stand in brackets, as a remark on
// what the rest of the sentence says: "Preheat the oven (not in the passages)".
func (c *claim) aside(at int) bool {
	open := strings.LastIndexByte(c.text[c.Start:c.words[at].Start], '(')
	return open > 0 && !strings.Contains(c.text[c.Start+open:c.words[at].Start], ")")
}

// told holds when what a claim says is absent is: when no stretch of the
// passages meant speaks of all of it.
func told(s *Source, c *claim) []finding {
	at, ok := c.absent()
	if !ok {
		return nil
	}
	if c.words[0].fold == "if" {
		return nil
	}
	if c.aside(at) {
		if c.words[at].fold == "unable" {
			return nil
		}
		return []finding{{Reason: AdmitsAbsence}}
	}
	var what []string
	for _, w := range c.words[c.but(at):] {
		switch {
		case narrows(w.fold):
			return nil // "no specific price": that there is one may well be told
		case w.stem == "" || !w.content() || tells(w.fold):
		default:
			stem, _ := s.words.find(w.stem)
			what = append(what, stem)
		}
	}
	if len(what) == 0 {
		return nil
	}
	for i := range s.lines {
		if len(c.refs) > 0 && !slices.Contains(c.refs, s.of[i]) {
			continue
		}
		have := 0
		for _, stem := range what {
			if slices.ContainsFunc(s.lines[i:min(i+windowLines, len(s.lines))], func(l line) bool { return l.has(stem) }) {
				have++
			}
		}
		if have*4 >= len(what)*3 {
			return []finding{{Reason: IsTold, about: strings.Join(what, " ")}}
		}
	}
	return nil
}

// but returns where the clause begins that denies at word at: behind the "but"
// before it, or at the beginning.
func (c *claim) but(at int) int {
	for i := at - 1; i >= 0; i-- {
		if c.words[i].fold == "but" {
			return i + 1
		}
	}
	return 0
}

// narrows reports whether fold limits what is said to be absent.
func narrows(fold string) bool {
	switch fold {
	case "specific", "specifically", "other", "additional", "further", "directly", "explicit", "exact", "detailed", "enough", "sufficient", "itself", "direct", "clear":
		return true
	}
	return false
}

// has reports whether l holds stem.
func (l *line) has(stem string) bool {
	return slices.ContainsFunc(l.words, func(w word) bool { return w.stem == stem })
}
