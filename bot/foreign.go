package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	ordered map[string]int    // stems of orders and questions in any paragraph, and what each weighs
	words   map[string]bool   // folded
	letters map[string]string // those words by their letters, sorted
}

// know reads the cited paragraphs, all but their orders and questions. What the
// question holds may be said too.
func (m *material) know(question string, ids []int) *known {
	k := &known{stems: map[string]bool{}, ordered: map[string]int{}, words: map[string]bool{}, letters: map[string]string{}}
	k.tell("", question)
	for i, p := range m.pages {
		cited, at := slices.Contains(ids, i+1), 0
		for _, span := range append(slices.Clip(m.bidding[i]), text.Span{Start: len(p.text), End: len(p.text)}) {
			if cited {
				k.cited += p.text[at:span.Start] + "\n"
				k.tell(p.article.Lang, p.text[at:span.Start])
			}
			for _, t := range text.Terms(p.article.Lang, span.Of(p.text)) {
				weight := 1
				if r, _ := utf8.DecodeRuneInString(t.Of(span.Of(p.text))); t.Start > 0 && unicode.IsUpper(r) {
					weight = orderedWords // a name is enough
				}
				k.ordered[t.Text] = max(k.ordered[t.Text], weight)
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
		k.letters[sorted(w)] = w
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
	if verify.Answering(lang, w.text) && !verify.Answering(lang, k.cited) {
		return string(verify.Instruction), true
	}
	run, echo, own, all := 0, 0, 0, 0
	for _, t := range text.Terms(lang, w.text) {
		if r, _ := utf8.DecodeRuneInString(t.Text); unicode.IsDigit(r) {
			continue // the gate knows figures
		}
		all++
		if k.stems[t.Text] {
			run = 0
			continue
		}
		run++
		own++
		echo += k.ordered[t.Text]
		if echo >= orderedWords {
			return fmt.Sprintf("%s: %s", verify.Instruction, t.Of(w.text)), true
		}
		if run >= foreignRun {
			return fmt.Sprintf("%s: %s", verify.ContentAbsent, t.Of(w.text)), true
		}
	}
	if own*2 > all {
		return string(verify.ContentAbsent), true
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
