package retrieval

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// cutWords begin a clause of their own, folded, by the language of the
// question. Several words in a row are written as one.
var cutWords = map[string][]string{
	"en": {"and", "but", "while", "whereas", "compared to", "compared with", "as opposed to", "before", "after", "than"},
	"de": {"und", "aber", "wahrend", "wohingegen", "verglichen mit", "im vergleich zu", "bevor", "nachdem"},
	"fr": {"et", "mais", "tandis que", "alors que", "compare a", "par rapport a", "avant que", "apres que"},
	"es": {"y", "pero", "mientras", "comparado con", "en comparacion con", "antes de", "despues de"},
	"it": {"e", "ma", "mentre", "rispetto a", "prima di", "dopo"},
	"pt": {"e", "mas", "enquanto", "comparado com", "antes de", "depois de"},
	"nl": {"maar", "terwijl", "vergeleken met", "voordat", "nadat"},
}

// stops end a clause. Those of Latin scripts need a space, or the end, behind
// them: "2,000" and "10:30" are one word.
const (
	stops     = ",;:?!"
	wideStops = "，、；：？！。"
)

// clauses cuts s at its punctuation and before the words that begin a clause,
// but never inside a whole (an outlet, a date, a quotation), and joins those
// with fewer than enough content words to their neighbour. The spans cover s
// and are in order; there are at most most of them.
func clauses(s, lang string, wholes []text.Span, content []text.Span, enough, most int) []text.Span {
	inside := func(at int) bool {
		return slices.ContainsFunc(wholes, func(w text.Span) bool { return w.Start < at && at < w.End })
	}
	var cuts []int
	cut := func(at int) {
		if at > 0 && at < len(s) && !inside(at) {
			cuts = append(cuts, at)
		}
	}
	for i, r := range s {
		end := i + utf8.RuneLen(r)
		switch {
		case strings.ContainsRune(stops, r):
			if end >= len(s) || s[end] == ' ' {
				cut(end)
			}
		case r >= utf8.RuneSelf && strings.ContainsRune(wideStops, r):
			cut(end)
		}
	}
	for _, sentence := range text.Sentences(s) {
		cut(sentence.Start)
	}
	for _, at := range wordCuts(s, lang) {
		cut(at)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)

	out := make([]text.Span, 0, len(cuts)+1)
	start := 0
	for _, at := range append(cuts, len(s)) {
		out = append(out, text.Span{Start: start, End: at})
		start = at
	}
	return join(out, content, enough, most)
}

// wordCuts returns where the words of lang stand that begin a clause; those of
// English, where lang has none.
func wordCuts(s, lang string) []int {
	heads, ok := cutWords[lang]
	if !ok {
		heads = cutWords["en"]
	}
	words := text.Words(s)
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = text.Fold(w.Of(s))
	}
	var out []int
	for i := range words {
		for _, h := range heads {
			parts := strings.Fields(h)
			if i+len(parts) <= len(folded) && slices.Equal(folded[i:i+len(parts)], parts) {
				out = append(out, words[i].Start)
				break
			}
		}
	}
	return out
}

// join makes clauses long enough, from left to right: a short one takes in the
// next, the last is taken in by the one before. Of too many, the shortest
// neighbours become one.
func join(parts []text.Span, content []text.Span, enough, most int) []text.Span {
	size := func(p text.Span) int {
		n := 0
		for _, c := range content {
			if p.Contains(c) {
				n++
			}
		}
		return n
	}
	var out []text.Span
	open := false // the last of out is still too short
	for _, p := range parts {
		if open {
			out[len(out)-1].End = p.End
		} else {
			out = append(out, p)
		}
		open = size(out[len(out)-1]) < enough
	}
	if open && len(out) > 1 {
		out[len(out)-2].End = out[len(out)-1].End
		out = out[:len(out)-1]
	}
	for len(out) > most {
		least := 0
		for i := range len(out) - 1 {
			if out[i+1].End-out[i].Start < out[least+1].End-out[least].Start {
				least = i
			}
		}
		out[least].End = out[least+1].End
		out = slices.Delete(out, least+1, least+2)
	}
	return out
}
