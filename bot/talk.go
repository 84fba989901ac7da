package bot

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"pilcrow/corpus/text"
)

const (
	turnsKept   = 6             // questions of one conversation
	talksKept   = 10_000        // conversations
	talkExpires = 2 * time.Hour // after the last question
	rewriteMost = 120           // tokens of a rewritten question
	shortAsk    = 2             // content words below which a question may go on with another
)

// talks remembers the last questions of each conversation, in memory and not
// for long. The zero talks is ready and safe for concurrent use.
type talks struct {
	mu sync.Mutex
	by map[string]*talk
}

type talk struct {
	turns []string // as understood, oldest first
	topic string   // the last question that stands without those before it
	last  time.Time
}

// understand makes a question of m that can be read alone, and remembers it.
func (t *talks) understand(ctx context.Context, b *Bot, m Message, question string) string {
	if m.Conversation == "" || question == "" {
		return question
	}
	turns, topic := t.turns(m.Conversation, m.Now)
	alone := question
	if len(turns) > 0 && goesOn(question) {
		alone = ""
		if b.writes(m.Extractive) {
			alone = b.rewrite(ctx, turns, question)
		}
		if alone == "" {
			alone, topic = carryOver(topic, question, m.Now)
		} else {
			topic = alone
		}
	} else {
		topic = unopened(question)
	}
	t.remember(m.Conversation, alone, topic, m.Now)
	return alone
}

// Recall tells of a conversation what was asked in it before, oldest first,
// where it was begun in another process or is about to be gone on with under
// another key. It does nothing where the conversation is known.
func (b *Bot) Recall(conversation string, questions []string, now time.Time) {
	if known, _ := b.talks.turns(conversation, now); conversation == "" || len(known) > 0 {
		return
	}
	topic := ""
	for _, q := range questions {
		q = text.Clean(q)
		alone := q
		if topic != "" && goesOn(q) {
			alone, topic = carryOver(topic, q, now)
		} else {
			topic = unopened(q)
		}
		b.talks.remember(conversation, alone, topic, now)
	}
}

// turns returns the questions of a conversation and its topic; none where it
// has expired.
func (t *talks) turns(key string, now time.Time) (turns []string, topic string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k := t.by[key]
	if k == nil || now.Sub(k.last) > talkExpires {
		return nil, ""
	}
	return slices.Clone(k.turns), k.topic
}

func (t *talks) remember(key, question, topic string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.by == nil {
		t.by = make(map[string]*talk)
	}
	k := t.by[key]
	if k == nil || now.Sub(k.last) > talkExpires {
		if len(t.by) >= talksKept {
			t.forget(now)
		}
		k = new(talk)
		t.by[key] = k
	}
	k.turns = append(k.turns, question)
	k.turns = k.turns[max(0, len(k.turns)-turnsKept):]
	k.topic, k.last = topic, now
}

// forget drops what has expired, or else what is oldest.
func (t *talks) forget(now time.Time) {
	oldest := ""
	for key, k := range t.by {
		if now.Sub(k.last) > talkExpires {
			delete(t.by, key)
		} else if oldest == "" || k.last.Before(t.by[oldest].last) {
			oldest = key
		}
	}
	if len(t.by) >= talksKept {
		delete(t.by, oldest)
	}
}

// openings begin a question that goes on with the one before.
var openings = []string{
	"and ", "what about ", "how about ", "or ", "but ", "so ", "then ",
	"und ", "oder ", "aber ", "et ", "mais ", "y ", "¿y ", "pero ",
}

// pronouns stand for something said before. Left out are those that are other
// words as well: the German es of "es gibt", which is the Spanish is, and the
// French il, which is the Italian the.
var pronouns = []string{
	"he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their",
	"er", "sie", "ihn", "ihm", "ihr", "elle", "ils", "elles", "él", "ella", "ellos", "ellas",
}

// pointers do so at the end of a question. Elsewhere they say "is there a
// ferry", "who said that" or "this week".
var pointers = []string{"this", "that", "those", "these", "there", "then", "das", "dort", "ça", "eso", "allí"}

// goesOn reports whether a question needs the one before it: it opens like a
// continuation, or has a pronoun and no name, or hardly any words.
func goesOn(question string) bool {
	if rest := unopened(question); rest != question {
		return !isWhole(strings.ToLower(rest)) || goesOn(rest)
	}
	low := strings.ToLower(question)
	lang := text.Lang(question)
	if len(text.Names(lang, question)) > 0 {
		return false
	}
	if len(text.Terms(cmpLang(lang), question)) < shortAsk {
		return true
	}
	words := text.Words(low)
	if n := len(words); n > 0 && slices.Contains(pointers, words[n-1].Of(low)) {
		return true
	}
	return slices.ContainsFunc(words, func(w text.Span) bool { return slices.Contains(pronouns, w.Of(low)) })
}

// carriers are the verbs that make a question of a question word and a thing:
// "how tall is the lighthouse" is whole, "how many boats" is not.
var carriers = []string{
	"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "should", "must",
	"ist", "sind", "war", "waren", "hat", "haben", "hatte", "wird", "werden", "wurde", "kann", "soll", "muss",
	"est", "sont", "était", "a", "ont", "sera", "peut", "es", "son", "era", "fue", "ha", "han", "será", "puede",
}

// isWhole reports whether what follows an opening is a question by itself: it
// has a question word, a verb and something that is asked about.
func isWhole(rest string) bool {
	word, rest, _ := strings.Cut(rest, " ")
	return interrogative(word) && slices.ContainsFunc(text.Words(rest), func(w text.Span) bool { return slices.Contains(carriers, w.Of(rest)) })
}

// cmpLang takes English for what is too short to tell.
func cmpLang(lang string) string {
	if lang == "" {
		return "en"
	}
	return lang
}

// rewrite lets the model make the question whole. What brings in a name or a
// figure that nobody mentioned is not taken; then it returns "".
func (b *Bot) rewrite(ctx context.Context, turns []string, question string) string {
	var said strings.Builder
	for piece, err := range b.model.Generate(ctx, prompt("rewrite", request{Turns: turns, Question: question}, rewriteMost)) {
		if err != nil {
			return ""
		}
		said.WriteString(piece)
	}
	var cut splitter
	whole := append(cut.add(said.String()), cut.end()...)
	if len(whole) != 1 {
		return ""
	}
	alone := whole[0].text
	known := text.Fold(strings.Join(append(turns, question), " \n "))
	for _, n := range text.Names(text.Lang(alone), alone) {
		if !strings.Contains(known, text.Fold(n.Of(alone))) {
			return ""
		}
	}
	for _, n := range text.Numbers(alone) {
		if !strings.Contains(known, text.Fold(n.Of(alone))) {
			return ""
		}
	}
	return alone
}

// unopened returns a question without what opens it like a continuation.
func unopened(question string) string {
	low := strings.ToLower(question)
	for _, o := range openings {
		if strings.HasPrefix(low, o) {
			return question[len(o):]
		}
	}
	return question
}

// carryOver makes a follow-up whole without a model: the topic, with its time
// replaced where the follow-up names another, and the follow-up's words behind
// it. It returns the topic of what comes next as well, which has the new time
// but not the words, so that a long talk does not pile them up.
func carryOver(before, question string, now time.Time) (alone, topic string) {
	rest := strings.TrimRight(unopened(question), "?？ ")
	if rest == "" {
		return before, before
	}
	lang := text.Lang(before)
	old, young := text.Dates(before, lang, now), text.Dates(rest, lang, now)
	whole := strings.TrimRight(before, "?？ ")
	if len(young) > 0 && len(old) > 0 {
		d := old[len(old)-1]
		whole = whole[:d.Start] + young[0].Of(rest) + whole[min(d.End, len(whole)):]
		rest = strings.TrimSpace(rest[:young[0].Start] + rest[young[0].End:])
		if len(text.Terms(cmpLang(lang), rest)) == 0 {
			return whole + "?", whole + "?"
		}
	}
	return whole + ", " + rest + "?", whole + "?"
}
