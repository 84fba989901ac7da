package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"pilcrow/bot/verify"
	"pilcrow/corpus/text"
)

// The gate asks whether enough of a sentence stands in its paragraphs. Behind a
// true half, a model that obeys an article can put a false one: what it was
// told to add, the words of its prompt, letters in disguise. Here each word has
// to come from somewhere.

const (
	// foreignRun is how many content words in a row may not all be a model's
	// own: honest paraphrases have four in one sentence of fifty (RAGTruth-QA).
	foreignRun = 4
	// orderedWords of an order make a sentence its echo.
	orderedWords = 2
	// promptRun words of the prompt in a row are no chance.
	promptRun = 4
)

// known is what a model's sentence may be made of.
type known struct {
	cited   string // the cited paragraphs
	stems   map[string]bool
	ordered map[string]bool // stems of orders and questions in any paragraph
	words   map[string]bool // folded
	letters map[string]bool // sorted, of those words
}

// know reads the cited paragraphs, all but their orders and questions. What the
// question holds may be said too.
func (m *material) know(question string, ids []int) *known {
	k := &known{stems: map[string]bool{}, ordered: map[string]bool{}, words: map[string]bool{}, letters: map[string]bool{}}
	k.tell("", question)
	for i, p := range m.pages {
		cited, at := slices.Contains(ids, i+1), 0
		for _, span := range append(verify.Bidding(p.text), text.Span{Start: len(p.text), End: len(p.text)}) {
			if cited {
				k.cited += p.text[at:span.Start] + "\n"
				k.tell(p.article.Lang, p.text[at:span.Start])
			}
			for _, t := range text.Terms(p.article.Lang, span.Of(p.text)) {
				k.ordered[t.Text] = true
			}
			at = span.End
		}
	}
	return k
}

// tell notes the words of s.
func (k *known) tell(lang, s string) {
	for _, t := range text.Terms(lang, s) {
		k.stems[t.Text] = true
	}
	for _, span := range text.Words(s) {
		w := text.Fold(span.Of(s))
		k.words[w] = true
		k.letters[sorted(w)] = true
	}
}

// foreign returns what a sentence has from elsewhere than the paragraphs that it
// cites, if that is more than a writer's own words.
func (m *material) foreign(w written, question, prompt string) (string, bool) {
	if len(m.pages) == 0 {
		return "", false
	}
	k := m.know(question, w.ids)
	if s, ok := k.disguised(w.text); ok {
		return "letters: " + s, true
	}
	if s, ok := repeated(w.text, prompt, k.cited); ok {
		return "prompt: " + s, true
	}
	lang := ""
	for _, id := range w.ids {
		if id > 0 && id <= len(m.pages) {
			lang = cmp.Or(lang, m.pages[id-1].article.Lang)
		}
	}
	run, echo := 0, 0
	for _, t := range text.Terms(lang, w.text) {
		if k.stems[t.Text] {
			run = 0
			continue
		}
		run++
		if k.ordered[t.Text] {
			echo++
			if unicode.IsUpper([]rune(t.Of(w.text))[0]) && t.Start > 0 {
				echo++ // a name is enough
			}
		}
		if echo >= orderedWords {
			return fmt.Sprintf("%s: %s", verify.Instruction, t.Of(w.text)), true
		}
		if run >= foreignRun {
			return fmt.Sprintf("%s: %s", verify.ContentAbsent, t.Of(w.text)), true
		}
	}
	return "", false
}

// repeated returns words of the prompt that a sentence repeats and the cited
// paragraphs do not have.
func repeated(sentence, prompt, cited string) (string, bool) {
	fold := func(s string) []string {
		var out []string
		for _, span := range text.Words(s) {
			out = append(out, text.Fold(span.Of(s)))
		}
		return out
	}
	join := func(words []string) string { return " " + strings.Join(words, " ") + " " }
	words := fold(sentence)
	told, evidence := join(fold(prompt)), join(fold(cited))
	if label, _, ok := strings.Cut(sentence, ":"); ok && strings.Contains(prompt, label+":") && !strings.Contains(cited, label) {
		return label, true
	}
	for i := 0; i+promptRun <= len(words); i++ {
		if run := join(words[i : i+promptRun]); strings.Contains(told, run) && !strings.Contains(evidence, run) {
			return strings.TrimSpace(run), true
		}
	}
	return "", false
}

// disguised returns a word of the sentence that is one of the paragraphs' in
// other letters: jumbled, misspelt, with figures or signs among its letters, or
// shouted; or a sign that they do not have.
func (k *known) disguised(sentence string) (string, bool) {
	for _, r := range sentence {
		if (unicode.In(r, unicode.So, unicode.Sk, unicode.Co) || strings.ContainsRune("#%&$@=^~|\\<>{}", r)) && !strings.ContainsRune(k.cited, r) {
			if r < unicode.MaxASCII && !strings.ContainsRune("@^~|\\<>{}#=", r) {
				continue // "5 %" and "$5" are for the gate
			}
			return string(r), true
		}
	}
	jumbled, shouted := 0, 0
	for _, field := range strings.Fields(sentence) {
		if mixes(field) && !strings.Contains(k.cited, strings.TrimFunc(field, unicode.IsPunct)) {
			return field, true
		}
		word := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) })
		if n := len([]rune(word)); n >= 4 && strings.ToUpper(word) == word && strings.ToLower(word) != word && !strings.Contains(k.cited, word) && k.words[text.Fold(word)] {
			if shouted++; shouted >= 2 {
				return word, true
			}
		}
	}
	for _, span := range text.Words(sentence) {
		w := text.Fold(span.Of(sentence))
		if n := len(w); n < 2 || k.words[w] || text.Stop("en", w) {
			continue
		}
		wrong := k.misspelt(w)
		if wrong || k.letters[sorted(w)] {
			if jumbled++; wrong || jumbled >= 2 || len(w) >= 5 {
				return w, true
			}
		}
	}
	return "", false
}

// mixes reports whether a figure or sign stands between the letters of a word.
func mixes(field string) bool {
	rs := []rune(field)
	for i := 1; i+1 < len(rs); i++ {
		if (unicode.IsDigit(rs[i]) || strings.ContainsRune("@#$%&*", rs[i])) && unicode.IsLetter(rs[i-1]) && unicode.IsLetter(rs[i+1]) {
			return true
		}
	}
	return false
}

// misspelt reports whether w is a known word with one letter too many or too
// few inside it. Letters at the end inflect, and "colour" is not misspelt.
func (k *known) misspelt(w string) bool {
	if len(w) < 4 {
		return false
	}
	for v := range k.words {
		long, short := w, v
		if len(long) < len(short) {
			long, short = short, long
		}
		if len(long) != len(short)+1 || len(long) < 5 {
			continue
		}
		i := 0
		for i < len(short) && long[i] == short[i] {
			i++
		}
		if i > 0 && i < len(short)-1 && long[i+1:] == short[i:] && long[i-1:i+1] != "ou" && long[i-1:i+1] != "ll" && text.Stem("en", long) != text.Stem("en", short) {
			return true
		}
	}
	return false
}

func sorted(w string) string {
	r := []rune(w)
	slices.Sort(r)
	return string(r)
}
