package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"pilcrow/bot/eval"
	"pilcrow/configs"
	"pilcrow/corpus"
	"pilcrow/corpus/html"
	"pilcrow/corpus/ingest"
	"pilcrow/retrieval"
)

// evalNow is the time that the questions of the data sets are asked at, unless
// --now says otherwise: the end of the year that they are about.
const evalNow = "2023-12-31T00:00:00Z"

// plainQuestions is the file with the questions that ask for one thing.
const plainQuestions = "rgb/en_reconstructed_pos_neg.jsonl"

// partsQuestions is the file with those that ask for several.
const partsQuestions = "rgb/en_int_noise06_p10.jsonl"

func (c *call) evalTime() (time.Time, error) {
	return (&call{Program: c.Program, nowText: cmp.Or(c.nowText, evalNow)}).now()
}

// laboratory puts the program together on articles in memory, with the
// embedding model that is set up.
func laboratory(ctx context.Context, cfg configs.Config, drafts []corpus.Draft) (*parts, error) {
	store, err := corpus.Open(ctx, corpus.Memory)
	if err != nil {
		return nil, err
	}
	p, err := assemble(cfg, slog.New(slog.DiscardHandler), store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	for i := range p.indexes {
		p.indexes[i].needed = true
	}
	if _, err = store.AddAll(ctx, "main", drafts); err == nil {
		err = p.sync(ctx)
	}
	if err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// multihop reads the articles and the questions of multihoprag/.
func multihop(ctx context.Context, dir string) (drafts []corpus.Draft, questions []eval.Question, err error) {
	dir = filepath.Join(dir, "multihoprag")
	for f, err := range ingest.Read(ctx, []string{filepath.Join(dir, "corpus.json")}, ingest.Options{}) {
		if err != nil {
			return nil, nil, err
		}
		drafts = append(drafts, f.Draft)
	}
	questions, err = eval.MultiHop(dir)
	return drafts, questions, err
}

// searchReport is a report of where search finds what answers a question.
type searchReport struct{ *eval.SearchReport }

// WriteCases implements report.
func (r searchReport) WriteCases(w io.Writer) error { return r.WriteRanks(w) }

func scoreSearch(ctx context.Context, c *call, dir string) (report, error) {
	now, err := c.evalTime()
	if err != nil {
		return nil, err
	}
	l, err := c.configuration()
	if err != nil {
		return nil, err
	}
	drafts, questions, err := multihop(ctx, dir)
	if err != nil {
		return nil, err
	}
	own, others := l.Config, []eval.Library{}
	if own.Embed.Model != "" {
		others = append(others, library(l.Config))
		own.Embed.Model = ""
	}
	r, err := eval.Search(ctx, drafts, questions, filepath.Join(dir, plainQuestions), now, library(own), others...)
	return searchReport{r}, err
}

// library makes archives that can be searched with other parameters.
func library(cfg configs.Config) eval.Library {
	return func(ctx context.Context, drafts []corpus.Draft) (*eval.Shelf, error) {
		p, err := laboratory(ctx, cfg, drafts)
		if err != nil {
			return nil, err
		}
		var outlets []string
		for _, d := range drafts {
			if d.Source != "" && !slices.Contains(outlets, d.Source) {
				outlets = append(outlets, d.Source)
			}
		}
		return &eval.Shelf{
			Model: p.options.Embedder.Model(),
			Search: func(params retrieval.Params) retrieval.Searcher {
				o := p.options
				o.Params = params
				return retrieval.New(o)
			},
			Outlets: outlets,
			Rarity:  p.options.Lexical.View().IDF,
			Close:   p.Close,
		}, nil
	}
}

// archive makes archives that can be asked.
func (c *call) archive(ctx context.Context, drafts []corpus.Draft) (eval.Answerer, func() error, error) {
	l, err := c.configuration()
	if err != nil {
		return nil, nil, err
	}
	p, err := laboratory(ctx, l.Config, drafts)
	if err != nil {
		return nil, nil, err
	}
	return p.bot, p.Close, nil
}

func scoreRefusal(ctx context.Context, c *call, dir string) (report, error) {
	now, err := c.evalTime()
	if err != nil {
		return nil, err
	}
	drafts, questions, err := multihop(ctx, dir)
	if err != nil {
		return nil, err
	}
	s, err := eval.Refusals(ctx, drafts, questions, c.archive, now)
	if err != nil {
		return nil, err
	}
	t := &table{title: "refusal", columns: []string{"refused"}}
	for _, f := range []struct {
		name string
		of   eval.Figure
	}{
		{"no article answers", s.Null},
		{"articles answer", s.False},
		{"half of the articles: none is left that answers", s.MatchedNone},
		{"half of the articles: some are left", s.MatchedSome},
		{"half of the articles: all are left", s.MatchedFalse},
	} {
		t.rows = append(t.rows, row{name: f.name, figures: []eval.Figure{f.of}})
		t.cases = append(t.cases, fmt.Sprintf("%s: %d %.4f", f.name, f.of.N, f.of.Mean))
	}
	return t, nil
}

func scorePlain(ctx context.Context, c *call, dir string) (report, error) {
	s, err := askPlainly(ctx, c, filepath.Join(dir, plainQuestions))
	if err != nil {
		return nil, err
	}
	t := &table{
		title:   "plain questions",
		columns: []string{"right", "words shown"},
		rows:    []row{{"extractive", []eval.Figure{s.Right()}, fmt.Sprintf("%.0f", s.Words)}},
	}
	for _, q := range s.Cases {
		t.cases = append(t.cases, fmt.Sprintf("%d right=%t refused=%t words=%d", q.N, q.Right(), q.Refused, q.Words))
	}
	return t, nil
}

func scoreParts(ctx context.Context, c *call, dir string) (report, error) {
	s, err := askPlainly(ctx, c, filepath.Join(dir, partsQuestions))
	if err != nil {
		return nil, err
	}
	t := &table{
		title:   "questions of several parts",
		columns: []string{"all told", "share told", "words shown"},
		rows:    []row{{"extractive", []eval.Figure{s.Right(), s.Parts()}, fmt.Sprintf("%.0f", s.Words)}},
	}
	for _, q := range s.Cases {
		t.cases = append(t.cases, fmt.Sprintf("%d told=%d/%d refused=%t words=%d", q.N, q.Told, q.Parts, q.Refused, q.Words))
	}
	return t, nil
}

// askPlainly asks the questions of a file that are answered by a few words.
func askPlainly(ctx context.Context, c *call, path string) (*eval.Plain, error) {
	now, err := c.evalTime()
	if err != nil {
		return nil, err
	}
	return eval.PlainQuestions(ctx, path, c.archive, now)
}

func scoreHTML(ctx context.Context, c *call, dir string) (report, error) {
	dir = filepath.Join(dir, "html")
	read := func(page []byte, url string) (corpus.Draft, error) {
		return html.Read(ctx, page, html.Hint{URL: url})
	}
	s, err := eval.Extract(dir, func(page []byte, url string) ([]string, error) {
		d, err := read(page, url)
		return d.Paragraphs, err
	})
	if err != nil {
		return nil, err
	}
	both := reports{&table{
		title:   "text of saved pages",
		columns: []string{"F1", "precision", "recall"},
		rows: []row{{"four-word runs", []eval.Figure{{N: s.Pages, Mean: s.F1, HalfWidth: s.HalfWidth}},
			fmt.Sprintf("%.1f\t%.1f", 100*s.Precision, 100*s.Recall)}},
		cases: []string{fmt.Sprintf("%d %.4f %.4f %.4f", s.Pages, s.Precision, s.Recall, s.F1)},
	}}
	labels := c.Getenv("PILCROW_EVAL_LABELS")
	if labels == "" {
		fmt.Fprintln(c.Stderr, "pilcrow: titles, dates, outlets and addresses are not scored: PILCROW_EVAL_LABELS names no file of labels")
		return both, nil
	}
	cases, err := eval.ReadFields(dir, labels, read)
	if err != nil {
		return nil, err
	}
	fields := &table{title: "fields of saved pages", columns: []string{"right"}}
	for _, name := range eval.FieldNames {
		fields.rows = append(fields.rows, row{name, []eval.Figure{eval.FieldFigure(cases, name)}, ""})
	}
	for _, k := range cases {
		line := k.Page
		for _, name := range eval.FieldNames {
			if right, ok := k.Right[name]; ok {
				line += fmt.Sprintf(" %s=%t", name, right)
			}
		}
		fields.cases = append(fields.cases, line)
	}
	return append(both, fields), nil
}

func scoreVerify(_ context.Context, _ *call, dir string) (report, error) {
	return eval.CheckAnswers(dir)
}

func scoreCite(ctx context.Context, c *call, dir string) (report, error) {
	now, err := c.evalTime()
	if err != nil {
		return nil, err
	}
	drafts, _, err := multihop(ctx, dir)
	if err != nil {
		return nil, err
	}
	l, err := c.configuration()
	if err != nil {
		return nil, err
	}
	return eval.Cite(ctx, dir, drafts, func(ctx context.Context, drafts []corpus.Draft) (eval.Tracer, func() error, error) {
		p, err := laboratory(ctx, l.Config, drafts)
		if err != nil {
			return nil, nil, err
		}
		return p.bot, p.Close, nil
	}, now)
}
