package bot

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// Finder finds the evidence for a question.
type Finder interface {
	Find(ctx context.Context, q retrieval.Query) (retrieval.Evidence, error)
}

// Options are the parts of a Bot and what it may do. Find and Store are
// required.
type Options struct {
	Find  Finder
	Store *corpus.Store

	Model         Generator // nil quotes instead
	SecondLook    bool      // ask the model again about sentences that the gate doubts
	ContextTokens int       // how much evidence a model is given; 0 means 3,000

	Log *slog.Logger // nil discards
}

// Bot answers. It is safe for concurrent use.
type Bot struct {
	find       Finder
	store      *corpus.Store
	model      Generator
	secondLook bool
	context    int
	log        *slog.Logger
	talks      talks
	paragraphs paragraphs

	forgetting sync.Mutex
	forgotten  corpus.Cursor // of what was purged up to here nothing is remembered
}

// New returns a Bot of these parts.
func New(o Options) *Bot {
	return &Bot{
		find: o.Find, store: o.Store, model: o.Model, secondLook: o.SecondLook,
		context: cmp.Or(o.ContextTokens, 3000), log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
}

// Forget lets go of the words of articles that were purged, by whatever process,
// since the last call. It costs nothing where nothing changed.
func (b *Bot) Forget(ctx context.Context) error {
	b.forgetting.Lock()
	defer b.forgetting.Unlock()
	purged, through, err := b.store.Purged(ctx, b.forgotten)
	if err != nil {
		return err
	}
	b.paragraphs.forget(purged)
	b.forgotten = through
	return nil
}

const (
	// evidenceHits is how many passages an answer is chosen from. Twenty hold
	// more than four in five of the facts that multi-part questions need.
	evidenceHits = 20
	// nearestShown is how many paragraphs a refusal shows.
	nearestShown = 3
)

// The texts of every Notice. A front end that speaks another language knows
// them by these.
const (
	NoModel     = "The language model gave no answer; these are the articles' own words."
	ModelBroke  = "The language model stopped early; what is shown was checked."
	CutQuestion = "The question is very long; only its beginning was read."
	Unsaid      = "The articles here don't say: " // followed by a part of the question
)

// maxQuestion bounds a question, in bytes.
const maxQuestion = 8 << 10

// Handle answers m. The events come in the order in which they may be shown;
// the stream ends with Done, or with an error after which nothing follows.
// Breaking off the iteration stops the work, and a model's too.
func (b *Bot) Handle(ctx context.Context, m Message) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		if m.Now.IsZero() {
			m.Now = time.Now()
		}
		question := text.Clean(m.Text)
		if len(question) > maxQuestion {
			question = beginning(question, maxQuestion)
			if !yield(Notice{CutQuestion}, nil) {
				return
			}
		}
		alone := b.talks.understand(ctx, b, m, question)
		if alone != question && !yield(Understood{alone}, nil) {
			return
		}
		ev, err := b.find.Find(ctx, retrieval.Query{
			Text: alone, Collections: m.Collections, Since: m.Since, Until: m.Until,
			Source: m.Source, Article: m.Article, Limit: evidenceHits, Now: m.Now,
		})
		if err != nil {
			yield(nil, fmt.Errorf("find evidence: %w", err))
			return
		}
		if brief, ok := anything(&m, &ev); ok {
			switch some, err := b.some(ctx, brief); {
			case err != nil:
				yield(nil, err)
				return
			case some:
				b.Summarise(ctx, brief)(yield)
				return
			}
			if len(ev.Plan.Periods) > 0 {
				ev.Asked = dateOf(&ev)
			}
		}
		switch brief, ok, err := b.tidings(ctx, &m, &ev); {
		case err != nil:
			yield(nil, err)
			return
		case ok:
			b.Summarise(ctx, brief)(yield)
			return
		}
		missing := settle(&ev)
		why, ok := refusal(&ev)
		b.log.DebugContext(ctx, "evidence", "hits", len(ev.Hits), "clauses", len(ev.Asked), "confidence", confidence(&ev), "refused", !ok)
		quotes := sync.OnceValue(func() []pick { return b.paragraphs.extract(alone, question, &ev, m.Now) })
		if ok && timed(&ev) && !(b.writes(m.Extractive) && outThen(&ev)) && untimely(quotes()) {
			why, ok = Refused{Reason: NoEvidence}, false
		}
		switch {
		case !ok:
			refuse(why, quotes(), &ev, yield)
		case !b.writes(m.Extractive):
			b.quote(quotes(), missing, &ev, yield)
		default:
			b.answer(ctx, alone, &m, quotes, missing, &ev, yield)
		}
	}
}

// writes reports whether a model may write what is asked for, extractive or not.
func (b *Bot) writes(extractive bool) bool { return b.model != nil && !extractive }

// refuse ends an answer with the reason and what comes closest.
func refuse(why Refused, quotes []pick, ev *retrieval.Evidence, yield func(Event, error) bool) {
	why.Nearest = nearest(quotes, ev)
	if yield(why, nil) {
		yield(Done{Mode: Extractive}, nil)
	}
}

// quote answers in the articles' own words, and says which parts of the question
// they leave open.
func (b *Bot) quote(quotes []pick, missing []retrieval.Clause, ev *retrieval.Evidence, yield func(Event, error) bool) {
	if len(quotes) == 0 {
		refuse(Refused{Reason: NoEvidence}, nil, ev, yield)
		return
	}
	var cited numbering
	for _, p := range quotes {
		if p.beside {
			break
		}
		c := cited.number(cite(&p.candidate, ev))
		c.Also = p.tellers(ev)
		if !yield(Sentence{Text: c.Quote(), Citations: []Citation{c}}, nil) {
			return
		}
	}
	for _, c := range missing {
		if !yield(Notice{Unsaid + c.Asks + "?"}, nil) {
			return
		}
	}
	for _, d := range disagreements(cited) {
		if !yield(d, nil) {
			return
		}
	}
	yield(Done{Mode: Extractive}, nil)
}

// answer lets the model write. Where it writes nothing, for whatever reason,
// the articles' words stand in; where nothing that it writes passes, or it says
// that there is no answer, that is a refusal.
func (b *Bot) answer(ctx context.Context, question string, asked *Message, quotes func() []pick, missing []retrieval.Clause, ev *retrieval.Evidence, yield func(Event, error) bool) {
	m, err := b.gather(ctx, ev, b.context)
	if err != nil {
		yield(nil, fmt.Errorf("read the evidence: %w", err))
		return
	}
	language := cmp.Or(tongues[asked.Language], tongue(question))
	w := &writer{b: b, material: m, question: question, yield: yield}
	err = w.write(ctx, prompt("answer", request{
		Language: language, Question: question, Sentences: answerSentences, Passages: m.numbered(),
	}, answerTokens))
	switch {
	case w.stopped:
		return
	case ctx.Err() != nil:
		yield(nil, ctx.Err())
		return
	case err != nil && len(w.shown) == 0, w.silent():
		if err != nil {
			b.warn(ctx, asked.Told, "no model", err)
		}
		if yield(Notice{NoModel}, nil) {
			b.quote(quotes(), missing, ev, yield)
		}
		return
	case err != nil:
		b.warn(ctx, asked.Told, "model broke off", err)
		if !yield(Notice{ModelBroke}, nil) {
			return
		}
	default:
		w.repair(ctx, language)
	}
	w.end(func() []Citation { return nearest(quotes(), ev) })
}

// end closes what a model wrote: with the disagreements among what was shown,
// or with why nothing was, and what comes nearest.
func (w *writer) end(nearest func() []Citation) {
	if w.stopped {
		return
	}
	if len(w.shown) == 0 {
		why := Refused{Reason: NoEvidence, Nearest: nearest()}
		if len(w.failed) > 0 {
			why.Reason = Gate
		}
		if !w.yield(why, nil) {
			return
		}
	}
	for _, d := range disagreements(w.cited) {
		if !w.yield(d, nil) {
			return
		}
	}
	w.yield(Done{Mode: Model, Dropped: w.failed}, nil)
}

// beginning returns the first n bytes of s, or a little less, without cutting
// a word.
func beginning(s string, n int) string {
	words := text.Words(s[:n])
	if len(words) < 2 {
		return text.Clean(s[:n])
	}
	return s[:words[len(words)-2].End]
}

// warn logs why there is a Notice: as a detail, at info level, where its reader
// sees the log as well.
func (b *Bot) warn(ctx context.Context, told bool, msg string, err error) {
	level := slog.LevelWarn
	if told {
		level = slog.LevelInfo
	}
	b.log.Log(ctx, level, msg, "error", err)
}
