package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"pilcrow/bot"
	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// Answerer answers as a bot.Bot does.
type Answerer interface {
	Handle(ctx context.Context, m bot.Message) iter.Seq2[bot.Event, error]
}

// Archive makes an Answerer that reads these articles, in the collection
// "main", and frees it again.
type Archive func(ctx context.Context, drafts []corpus.Draft) (a Answerer, free func() error, err error)

// collection is where an Archive keeps its articles.
const collection = "main"

// reply is what a reader of an answer gets.
type reply struct {
	reason    bot.Reason // empty where there is an answer
	text      string     // the sentences shown, a line each
	words     int
	citations []bot.Citation
}

// ask puts a question as of now.
func ask(ctx context.Context, a Answerer, question string, now time.Time) (reply, error) {
	var out reply
	for event, err := range a.Handle(ctx, bot.Message{Text: question, Collections: []string{collection}, Now: now}) {
		if err != nil {
			return reply{}, err
		}
		switch e := event.(type) {
		case bot.Sentence:
			out.text += e.Text + "\n"
			out.words += len(strings.Fields(e.Text))
			out.citations = append(out.citations, e.Citations...)
		case bot.Refused:
			out.reason = e.Reason
		}
	}
	return out, nil
}

// Plain says how extractive answers do on questions that are answered by a few
// words.
type Plain struct {
	Cases []PlainCase
	Words float64 // shown, on average over all questions
}

// PlainCase is one question.
type PlainCase struct {
	N       int // its line, from 1
	Parts   int // of its answer
	Told    int // how many of them
	Refused bool
	Words   int
}

// Right reports whether all of the answer was told.
func (c *PlainCase) Right() bool { return c.Told == c.Parts && c.Parts > 0 }

// Right is the share of questions whose answer stands in the sentences shown.
func (p *Plain) Right() Figure {
	var xs []float64
	for _, c := range p.Cases {
		xs = append(xs, indicator(c.Right()))
	}
	return figure(xs)
}

// Parts is the share of the parts of an answer that stand in the sentences
// shown, on average over the questions.
func (p *Plain) Parts() Figure {
	var xs []float64
	for _, c := range p.Cases {
		xs = append(xs, float64(c.Told)/float64(max(c.Parts, 1)))
	}
	return figure(xs)
}

// plainLine is one question of a file in the form of RGB.
type plainLine struct {
	Query    string            `json:"query"`
	Answer   []json.RawMessage `json:"answer"`
	Positive []string          `json:"positive"` // documents that tell the answer
	Negative []string          `json:"negative"` // documents that do not
	Docs     []struct {
		Text string `json:"text"`
	} `json:"docs"` // both, mixed
}

// documents returns all documents of a question.
func (l *plainLine) documents() []string {
	out := append(l.Positive, l.Negative...)
	for _, d := range l.Docs {
		out = append(out, d.Text)
	}
	return out
}

// PlainQuestions asks the questions of a file in the form of RGB (Chen et al.,
// 2024): {query, answer, positive, negative} or {query, answer, docs}, of an
// archive of all its documents. A part of an answer is told where it stands in
// the sentences shown in one of its spellings, whatever the case.
func PlainQuestions(ctx context.Context, path string, archive Archive, now time.Time) (_ *Plain, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("score plain questions: %w", err)
		}
	}()
	lines, err := jsonLines[plainLine](path)
	if err != nil {
		return nil, err
	}
	var drafts []corpus.Draft
	for _, l := range lines {
		for _, d := range l.documents() {
			drafts = append(drafts, corpus.Draft{Paragraphs: strings.Split(d, "\n\n")})
		}
	}
	a, free, err := archive(ctx, drafts)
	if err != nil {
		return nil, err
	}
	defer free()
	out := new(Plain)
	for i, l := range lines {
		r, err := ask(ctx, a, l.Query, now)
		if err != nil {
			return nil, fmt.Errorf("question %d: %w", i+1, err)
		}
		told, err := told(r.text, l.Answer)
		if err != nil {
			return nil, fmt.Errorf("question %d: %w", i+1, err)
		}
		out.Cases = append(out.Cases, PlainCase{N: i + 1, Parts: len(l.Answer), Told: told, Refused: r.reason != "", Words: r.words})
		out.Words += float64(r.words) / float64(len(lines))
	}
	return out, nil
}

// told counts the parts of an answer, each a string or a list of spellings, that
// stand in shown.
func told(shown string, answer []json.RawMessage) (n int, err error) {
	shown = strings.ToLower(text.Clean(shown))
	for _, part := range answer {
		spellings := make([]string, 1)
		if json.Unmarshal(part, &spellings[0]) != nil {
			if err := json.Unmarshal(part, &spellings); err != nil {
				return 0, fmt.Errorf("read the answer: %w", err)
			}
		}
		if slices.ContainsFunc(spellings, func(s string) bool { return strings.Contains(shown, strings.ToLower(text.Clean(s))) }) {
			n++
		}
	}
	return n, nil
}

// jsonLines reads a file of one JSON value a line.
func jsonLines[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("read %s: line %d: %w", path, len(out)+1, err)
		}
		out = append(out, v)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return out, nil
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
