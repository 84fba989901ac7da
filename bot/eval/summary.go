package eval

import (
	"context"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"

	"pilcrow/bot"
	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// Summariser is an Answerer that summarises as well, as a bot.Bot does.
type Summariser interface {
	Answerer
	Summarise(ctx context.Context, b bot.Brief) iter.Seq2[bot.Event, error]
}

// Summary says how summaries on a topic do that many articles tell of.
type Summary struct {
	Coverage  Figure // share of the insights of a topic that its summary tells
	Ceiling   Figure // share that any one sentence of the articles tells, by the same rule
	Precision Figure // of the articles cited for an insight told, those that have it
	Recall    Figure // of the articles that have it, those cited
	F1        Figure // of the two
	Cases     []SummaryCase
}

// SummaryCase is the summary of one topic.
type SummaryCase struct {
	Haystack, Topic int // counted from 1
	Insights        int
	Covered         int
	Bullets         int
}

// haystack is a line of a file in the form of SummHay (Laban et al., 2024).
type haystack struct {
	Documents []struct {
		Text     string   `json:"text"`
		Insights []string `json:"insights"`
	} `json:"documents"`
	Subtopics []struct {
		Query    string `json:"query"`
		Insights []struct {
			ID   string `json:"insight_id"`
			Text string `json:"insight"`
		} `json:"insights"`
	} `json:"subtopics"`
}

// Summaries asks an archive of each haystack of a file for a long summary on
// each of its topics. Where the paper asks a model whether a bullet tells an
// insight, here told does.
func Summaries(ctx context.Context, path string, archive Archive, now time.Time) (_ *Summary, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("score summaries: %w", err)
		}
	}()
	stacks, err := jsonLines[haystack](path)
	if err != nil {
		return nil, err
	}
	out := new(Summary)
	var coverage, ceiling, precision, recall, f1 []float64
	for h, stack := range stacks {
		var drafts []corpus.Draft
		has := map[string]map[int]bool{} // the documents of each insight
		var sentences []string
		for i, d := range stack.Documents {
			drafts = append(drafts, corpus.Draft{URL: address(i), Paragraphs: strings.Split(d.Text, "\n\n")})
			for _, id := range d.Insights {
				if has[id] == nil {
					has[id] = map[int]bool{}
				}
				has[id][i] = true
			}
			for _, s := range text.Sentences(d.Text) {
				sentences = append(sentences, s.Of(d.Text))
			}
		}
		a, free, err := archive(ctx, drafts)
		if err != nil {
			return nil, err
		}
		s, ok := a.(Summariser)
		if !ok {
			return nil, fmt.Errorf("%T does not summarise", a)
		}
		weight := rarity(sentences)
		var lines []bullet
		for _, said := range sentences {
			lines = append(lines, newBullet(said))
		}
		for t, topic := range stack.Subtopics {
			bullets, err := summarise(ctx, s, topic.Query, now)
			if err != nil {
				return nil, fmt.Errorf("haystack %d: topic %d: %w", h+1, t+1, err)
			}
			c := SummaryCase{Haystack: h + 1, Topic: t + 1, Insights: len(topic.Insights), Bullets: len(bullets)}
			for _, insight := range topic.Insights {
				want := newBullet(insight.Text)
				cited, covered := map[int]bool{}, false
				for _, b := range bullets {
					if b.tells(want, weight) {
						covered = true
						for i := range b.cited {
							cited[i] = true
						}
					}
				}
				any := false
				for _, l := range lines {
					any = any || l.tells(want, weight)
				}
				coverage = append(coverage, indicator(covered))
				ceiling = append(ceiling, indicator(any))
				if !covered {
					continue
				}
				c.Covered++
				right := 0
				for i := range cited {
					if has[insight.ID][i] {
						right++
					}
				}
				p := float64(right) / float64(max(1, len(cited)))
				r := float64(right) / float64(max(1, len(has[insight.ID])))
				precision, recall = append(precision, p), append(recall, r)
				f1 = append(f1, 2*p*r/max(p+r, 1e-9))
			}
			out.Cases = append(out.Cases, c)
		}
		if err := free(); err != nil {
			return nil, err
		}
	}
	out.Coverage, out.Ceiling = figure(coverage), figure(ceiling)
	out.Precision, out.Recall, out.F1 = figure(precision), figure(recall), figure(f1)
	return out, nil
}

// address and documentAt name a document of a haystack by its place.
func address(i int) string { return "https://haystack.example/" + strconv.Itoa(i) }

func documentAt(url string) (int, error) {
	return strconv.Atoi(url[strings.LastIndexByte(url, '/')+1:])
}

// bullet is a sentence of a summary.
type bullet struct {
	terms   map[string]bool
	numbers map[float64]bool
	cited   map[int]bool
}

func newBullet(s string) bullet {
	b := bullet{terms: map[string]bool{}, numbers: map[float64]bool{}, cited: map[int]bool{}}
	for _, t := range text.Terms("en", s) {
		b.terms[t.Text] = true
	}
	for _, n := range text.Numbers(s) {
		b.numbers[n.Value] = true
	}
	return b
}

// toldShare is the share of an insight's terms, weighed by their rarity, that a
// bullet has to hold to tell it.
const toldShare = .5

// tells reports whether b tells an insight: half of its terms, each weighed by
// its rarity among the sentences of the articles, and all of its numbers.
func (b bullet) tells(insight bullet, weight func(string) float64) bool {
	for n := range insight.numbers {
		if !b.numbers[n] {
			return false
		}
	}
	have, all := 0., 0.
	for t := range insight.terms {
		all += weight(t)
		if b.terms[t] {
			have += weight(t)
		}
	}
	return all > 0 && have >= toldShare*all
}

// rarity weighs a term by the share of sentences that hold it.
func rarity(sentences []string) func(term string) float64 {
	held := map[string]float64{}
	for _, s := range sentences {
		for t := range newBullet(s).terms {
			held[t]++
		}
	}
	return func(term string) float64 { return math.Log(1 + float64(len(sentences))/(1+held[term])) }
}

// summarise asks for a long summary.
func summarise(ctx context.Context, s Summariser, topic string, now time.Time) ([]bullet, error) {
	var out []bullet
	brief := bot.Brief{Topic: topic, Collections: []string{collection}, Length: bot.Long, Now: now}
	for event, err := range s.Summarise(ctx, brief) {
		if err != nil {
			return nil, err
		}
		said, ok := event.(bot.Sentence)
		if !ok {
			continue
		}
		b := newBullet(said.Text)
		for _, c := range said.Citations {
			i, err := documentAt(c.Article.URL)
			if err != nil {
				return nil, fmt.Errorf("article at %q: %w", c.Article.URL, err)
			}
			b.cited[i] = true
		}
		out = append(out, b)
	}
	return out, nil
}
