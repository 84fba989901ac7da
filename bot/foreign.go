package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
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
	// foreignRun content words in a row, and this share of all, may not be a
	// model's own. With the bounds of a tally, that holds back 4 in 100 good
	// sentences of models, and names from nowhere 2 more (RAGTruth-QA).
	foreignRun = 4
	ownShare   = .4
	// shortest is how many words a sentence has that is no scrap.
	shortest = 3
	// orderedWords of an order make a sentence its echo.
	orderedWords = 2
	// promptRun words of the prompt in a row are no chance.
	promptRun = 4
)

// known is what a model's sentence may be made of.
type known struct {
	question string
	cited    string // the cited paragraphs
	folded   string // their words as compared, a space before and after each
	stems    map[string]bool
	ordered  map[string]int    // stems of orders and questions in any paragraph, and what each weighs
	words    map[string]bool   // folded
	forms    map[string]bool   // the same as they are written
	around   map[string]bool   // words of all paragraphs, cited or not, folded
	letters  map[string]string // those by their letters, sorted

	sentences [][]string // of all paragraphs, orders and questions too, in folded words
	bidding   []string   // orders and questions of all paragraphs, in folded words, a space before and after each
}

// know reads the cited paragraphs, all but their orders and questions. What the
// question holds may be said too. It remembers what it read last: sentences on
// one paragraph come in runs.
func (m *material) know(question string, ids []int) *known {
	if key := fmt.Sprint(question, ids); m.last == nil || m.lastKey != key {
		m.last, m.lastKey = m.learn(question, ids), key
	}
	return m.last
}

func (m *material) learn(question string, ids []int) *known {
	if m.all == nil {
		m.all = m.survey()
	}
	k := new(known)
	*k = *m.all
	k.question, k.stems, k.words, k.forms = question, map[string]bool{}, map[string]bool{}, map[string]bool{}
	k.tell("", question)
	for i, p := range m.pages {
		if !slices.Contains(ids, i+1) {
			continue
		}
		k.tell(p.article.Lang, p.article.Source)
		at := 0
		for _, span := range append(slices.Clip(m.bidding[i]), text.Span{Start: len(p.text), End: len(p.text)}) {
			k.cited += p.text[at:span.Start] + "\n"
			k.tell(p.article.Lang, p.text[at:span.Start])
			at = span.End
		}
	}
	return k
}

// survey reads what is the same whichever paragraphs are cited.
func (m *material) survey() *known {
	k := &known{ordered: map[string]int{}, around: map[string]bool{}, letters: map[string]string{}}
	for i, p := range m.pages {
		for _, span := range text.Sentences(p.text) {
			k.sentences = append(k.sentences, folded(span.Of(p.text)))
		}
		at := 0
		for _, span := range append(slices.Clip(m.bidding[i]), text.Span{Start: len(p.text), End: len(p.text)}) {
			for _, w := range folded(p.text[at:span.Start]) {
				k.around[w] = true
				k.letters[sorted(w)] = w
			}
			at = span.End
			said := span.Of(p.text)
			if said == "" {
				continue
			}
			k.bidding = append(k.bidding, " "+strings.Join(folded(said), " ")+" ")
			for _, t := range text.Terms(p.article.Lang, said) {
				weight := 1
				if r, _ := utf8.DecodeRuneInString(t.Of(said)); t.Start > 0 && unicode.IsUpper(r) {
					weight = orderedWords // a name is enough
				}
				k.ordered[t.Text] = max(k.ordered[t.Text], weight)
			}
		}
	}
	return k
}

// tell notes the words of s.
func (k *known) tell(lang, s string) {
	for _, t := range text.Terms(lang, s) {
		k.stems[t.Text] = true
	}
	for _, sentence := range text.Sentences(s) {
		for i, span := range text.Words(sentence.Of(s)) {
			word := span.Of(sentence.Of(s))
			w := text.Fold(word)
			k.words[w] = true
			if i > 0 || !text.Stop("en", w) {
				k.forms[word] = true
			}
			if i == 0 { // its capital may be that of the sentence
				k.forms[strings.ToLower(word)] = true
			}
		}
	}
	k.folded += " " + strings.Join(folded(s), " ") + " "
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
	words := folded(w.text)
	said := " " + strings.Join(words, " ") + " "
	if len(words) < shortest && !slices.ContainsFunc(k.sentences, func(s []string) bool { return slices.Equal(s, words) }) {
		return string(verify.ContentAbsent), true // two words are a scrap of something
	}
	if !strings.Contains(k.folded, said) && slices.ContainsFunc(k.bidding, func(b string) bool { return strings.Contains(b, said) }) {
		return string(verify.Instruction), true
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
	var part tally
	at := 0
	for _, t := range text.Terms(lang, w.text) {
		if divides(w.text[at:t.Start]) {
			if part.foreign() {
				return string(verify.ContentAbsent), true
			}
			part = tally{}
		}
		at = t.End
		word := t.Of(w.text)
		if r, _ := utf8.DecodeRuneInString(t.Text); unicode.IsDigit(r) {
			continue // the gate knows figures
		}
		if !k.stems[t.Text] {
			if echo += k.ordered[t.Text]; echo >= orderedWords {
				return fmt.Sprintf("%s: %s", verify.Instruction, word), true
			}
		}
		if verify.Light(text.Fold(word)) {
			continue
		}
		all++
		if k.stems[t.Text] {
			run = 0
			part.told++
			continue
		}
		run++
		own++
		part.own++
		if r, _ := utf8.DecodeRuneInString(word); t.Start > 0 && unicode.IsUpper(r) && text.Analyser(lang) != text.Analyser("de") && len(text.Dates(word, lang, time.Time{})) == 0 {
			return fmt.Sprintf("%s: %s", verify.NameAbsent, word), true
		}
		if run >= foreignRun {
			return fmt.Sprintf("%s: %s", verify.ContentAbsent, t.Of(w.text)), true
		}
	}
	if part.foreign() || float64(own) > ownShare*float64(all) {
		return string(verify.ContentAbsent), true
	}
	return "", false
}

// tally counts the content of a part of a sentence: what the paragraphs tell, and
// what is the writer's own.
type tally struct{ told, own int }

// foreign reports whether a part is more the writer's than the paragraphs': two
// words of its own may be another way to say it, but not most of it.
func (t tally) foreign() bool { return t.own >= 2 && t.own > t.told }

// divides reports whether what stands between two words of content parts a
// sentence: punctuation, or a word that a clause begins with.
func divides(gap string) bool {
	if strings.ContainsAny(gap, ",;:()—–") {
		return true
	}
	for word := range strings.FieldsSeq(gap) {
		switch strings.ToLower(word) {
		case "and", "but", "while", "which", "who", "because", "although", "so", "or", "und", "aber", "et", "mais", "y", "pero":
			return true
		}
	}
	return false
}

// repeated returns words of the prompt that a sentence repeats and the cited
// paragraphs do not have.
func repeated(sentence, prompt, cited string) (string, bool) {
	join := func(words []string) string { return " " + strings.Join(words, " ") + " " }
	words := folded(sentence)
	told, evidence := join(folded(prompt)), join(folded(cited))
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
