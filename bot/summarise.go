package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// Length says how much a summary tells.
type Length string

const (
	Short  Length = "short"
	Medium Length = "medium" // where none is given
	Long   Length = "long"
)

// bullets is how many sentences a summary of each length has.
var bullets = map[Length]int{Short: 3, Medium: 6, Long: 12}

// Known reports whether l is one of these, or empty.
func (l Length) Known() bool { return l == "" || bullets[l] > 0 }

// Brief says what is to be summarised: one article, or several, or what the
// articles say on a topic, or everything that came in since a time.
type Brief struct {
	Article     string   // an ID; what follows picks articles where it is empty
	Articles    []string // IDs, of which those in no collection are passed over; what follows picks where it is empty
	Topic       string
	Since       time.Time
	Until       time.Time
	Source      string
	Collections []string
	Length      Length
	Language    string // that a model writes in, a BCP 47 base tag; empty means the articles' own
	Extractive  bool   // do without the model: its use was spent
	Told        bool   // as of a Message
	Now         time.Time
}

const (
	summaryHits  = 40   // passages that a topic is summarised from
	partTokens   = 6000 // that a model reads at once, unless that makes too many parts
	parts        = 12   // at most
	bulletTokens = 120  // that a model may write for one sentence
)

// Summarise tells what b asks for in a few sentences, each with its paragraph.
// The events are those of Handle. ErrNotFound says that there is no such
// article in the collections.
func (b *Bot) Summarise(ctx context.Context, brief Brief) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		if brief.Now.IsZero() {
			brief.Now = time.Now()
		}
		n, ok := bullets[cmp.Or(brief.Length, Medium)]
		if !ok {
			yield(nil, fmt.Errorf("length %q: say short, medium or long", brief.Length))
			return
		}
		material, err := b.material(ctx, brief)
		if err != nil {
			yield(nil, fmt.Errorf("summarise: %w", err))
			return
		}
		if len(material.pages) == 0 {
			if yield(Refused{Reason: NoEvidence}, nil) {
				yield(Done{Mode: Extractive}, nil)
			}
			return
		}
		if b.writes(brief.Extractive) && b.condense(ctx, brief, material, n, yield) {
			return
		}
		b.gist(brief, material, n, yield)
	}
}

// filter picks up to most articles of a digest.
func (brief *Brief) filter(most int) corpus.Filter {
	return corpus.Filter{Collections: brief.Collections, Source: brief.Source, Since: brief.Since, Until: brief.Until, Limit: most}
}

// some reports whether a digest has any article.
func (b *Bot) some(ctx context.Context, brief Brief) (bool, error) {
	for _, err := range b.store.Articles(ctx, brief.filter(1)) {
		if err != nil {
			return false, fmt.Errorf("look for articles: %w", err)
		}
		return true, nil
	}
	return false, nil
}

// reads reports whether the brief may read an article.
func (brief *Brief) reads(a *corpus.Article) bool {
	return slices.ContainsFunc(a.Collections, func(c string) bool { return slices.Contains(brief.Collections, c) })
}

// material reads what is to be summarised.
func (b *Bot) material(ctx context.Context, brief Brief) (*material, error) {
	switch {
	case brief.Article != "":
		a, err := b.store.Article(ctx, brief.Article)
		if err != nil {
			return nil, err
		}
		if !brief.reads(&a) {
			return nil, fmt.Errorf("article %s: %w", brief.Article, corpus.ErrNotFound)
		}
		m := new(material)
		return m, b.take(ctx, m, a, 0, nil)
	case len(brief.Articles) > 0:
		var list []corpus.Article
		for _, id := range brief.Articles[:min(len(brief.Articles), digestMost)] {
			a, err := b.store.Article(ctx, id)
			if errors.Is(err, corpus.ErrNotFound) || err == nil && !brief.reads(&a) {
				continue
			}
			if err != nil {
				return nil, err
			}
			list = append(list, a)
		}
		return b.beginnings(ctx, list, brief.Collections)
	case strings.TrimSpace(brief.Topic) != "":
		ev, err := b.find.Find(ctx, retrieval.Query{
			Text: brief.Topic, Collections: brief.Collections, Since: brief.Since, Until: brief.Until,
			Source: brief.Source, Limit: summaryHits, Now: brief.Now,
		})
		if err != nil {
			return nil, err
		}
		m := new(material)
		for _, h := range ev.Hits {
			for i, t := range h.Text {
				m.pages = append(m.pages, page{h.Article, h.Revision, h.First + i, t, h.Also})
			}
		}
		return m, nil
	}
	var list []corpus.Article
	for a, err := range b.store.Articles(ctx, brief.filter(digestMost)) {
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return b.beginnings(ctx, list, brief.Collections)
}

// condense lets the model summarise, a long article part by part. It reports
// whether the summary is done; false says that the articles' words must do.
func (b *Bot) condense(ctx context.Context, brief Brief, m *material, n int, yield func(Event, error) bool) bool {
	sections := m.cut(partTokens, min(parts, n)) // each gives a sentence at least
	language := cmp.Or(tongues[brief.Language], tongues[text.Lang(m.pages[0].text)])
	all := &writer{b: b, yield: yield}
	for i, section := range sections {
		section.read()
		w := &writer{b: b, material: section, question: brief.Topic, yield: yield, cited: all.cited, shown: all.shown}
		share := (n*(i+1))/len(sections) - (n*i)/len(sections)
		err := w.write(ctx, prompt("summary", request{
			Language: language, Question: brief.Topic, Sentences: share, Passages: section.numbered(),
		}, bulletTokens*share))
		if err == nil {
			w.repair(ctx, language)
		}
		all.cited, all.shown, all.failed = w.cited, w.shown, append(all.failed, w.failed...)
		all.stopped, all.declined = w.stopped, all.declined || w.declined
		switch {
		case all.stopped:
			return true
		case ctx.Err() != nil:
			yield(nil, ctx.Err())
			return true
		case err != nil && len(all.shown) == 0:
			b.warn(ctx, brief.Told, "no model", err)
			return !yield(Notice{NoModel}, nil)
		case err != nil:
			b.warn(ctx, brief.Told, "model broke off", err)
			if !yield(Notice{ModelBroke}, nil) {
				return true
			}
			all.end(func() []Citation { return nil })
			return true
		}
	}
	if all.silent() || len(all.shown)+len(all.failed) == 0 && brief.Topic == "" { // there is always something to summarise
		return !yield(Notice{NoModel}, nil)
	}
	all.end(func() []Citation { return nil })
	return true
}

// cut divides the pages into at most most sections of about size tokens each;
// more text than that makes them larger.
func (m *material) cut(size, most int) []*material {
	whole := 0
	for _, p := range m.pages {
		whole += tokens(p.text) + perPage
	}
	size = max(size, whole/most+1)
	var out []*material
	left := 0
	for _, p := range m.pages {
		cost := tokens(p.text) + perPage
		if len(out) == 0 || cost > left && len(out) < most {
			out = append(out, new(material))
			left = size
		}
		left -= cost
		out[len(out)-1].pages = append(out[len(out)-1].pages, p)
	}
	return out
}
