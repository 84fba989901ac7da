package bot

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"time"

	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// Finder finds the evidence for a question.
type Finder interface {
	Find(ctx context.Context, q retrieval.Query) (retrieval.Evidence, error)
}

// Bot answers. It is safe for concurrent use; each Handle stands alone.
type Bot struct {
	find Finder
	log  *slog.Logger
}

// New returns a Bot that answers from what find finds.
func New(find Finder, log *slog.Logger) *Bot { return &Bot{find: find, log: log} }

const (
	// evidenceHits is how many passages an answer is chosen from. Twenty hold
	// more than four in five of the facts that multi-part questions need.
	evidenceHits = 20
	// nearestShown is how many paragraphs a refusal shows.
	nearestShown = 3
)

// Handle answers m. The events come in the order in which they may be shown;
// the stream ends with Done, or with an error after which nothing follows.
// Breaking off the iteration stops the work.
func (b *Bot) Handle(ctx context.Context, m Message) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		if m.Now.IsZero() {
			m.Now = time.Now()
		}
		ev, err := b.find.Find(ctx, retrieval.Query{
			Text: m.Text, Collections: m.Collections, Since: m.Since, Until: m.Until,
			Source: m.Source, Article: m.Article, Limit: evidenceHits, Now: m.Now,
		})
		if err != nil {
			yield(nil, fmt.Errorf("find evidence: %w", err))
			return
		}
		question := text.Clean(m.Text)
		answer := extract(question, &ev, m.Now)
		why, ok := refusal(&ev)
		if len(answer) == 0 && ok {
			why, ok = Refused{Reason: NoEvidence}, false
		}
		b.log.DebugContext(ctx, "answer", "hits", len(ev.Hits), "clauses", len(ev.Asked), "confidence", confidence(&ev), "refused", !ok)
		if !ok {
			why.Nearest = nearest(answer, &ev)
			if yield(why, nil) {
				yield(Done{Mode: Extractive}, nil)
			}
			return
		}
		var cited numbering
		for _, p := range answer {
			c := cited.number(cite(&p.candidate, &ev))
			c.Also = outlets(p.also, &ev, c.Article.Source)
			if !yield(Sentence{Text: c.Quote(), Citations: []Citation{c}}, nil) {
				return
			}
		}
		yield(Done{Mode: Extractive}, nil)
	}
}
