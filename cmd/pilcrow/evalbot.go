package main

import (
	"context"
	"fmt"
	"path/filepath"

	"pilcrow/bot"
	"pilcrow/bot/eval"
	"pilcrow/corpus"
)

func scoreSummary(ctx context.Context, c *call, dir string) (report, error) {
	now, err := c.evalTime()
	if err != nil {
		return nil, err
	}
	s, err := eval.Summaries(ctx, filepath.Join(dir, "summhay", "haystacks.jsonl"), c.archive, now)
	if err != nil {
		return nil, err
	}
	t := &table{title: "summaries on a topic", columns: []string{""}}
	for _, r := range []struct {
		name string
		of   eval.Figure
	}{
		{"insights told", s.Coverage},
		{"insights that any one sentence tells", s.Ceiling},
		{"citations right, of an insight told", s.Precision},
		{"articles cited, of those that tell it", s.Recall},
		{"F1 of citations", s.F1},
	} {
		t.rows = append(t.rows, row{name: r.name, figures: []eval.Figure{r.of}})
	}
	for _, k := range s.Cases {
		t.cases = append(t.cases, fmt.Sprintf("%d.%d told=%d/%d bullets=%d", k.Haystack, k.Topic, k.Covered, k.Insights, k.Bullets))
	}
	return t, nil
}

func scoreInjection(ctx context.Context, c *call, dir string) (report, error) {
	now, err := c.evalTime()
	if err != nil {
		return nil, err
	}
	orders, err := eval.Orders(filepath.Join(dir, "injection", "text_attack_train.json"))
	if err != nil {
		return nil, err
	}
	hosts, err := eval.Hosts(filepath.Join(dir, plainQuestions))
	if err != nil {
		return nil, err
	}
	l, err := c.configuration()
	if err != nil {
		return nil, err
	}
	t := &table{title: "orders in articles", columns: []string{"reached", "answers kept"}}
	for _, mode := range []struct {
		name       string
		obey, look bool
	}{{"extractive", false, false}, {"worst model", true, false}, {"worst model, second look", true, true}} {
		studio := func(ctx context.Context, drafts []corpus.Draft, model bot.Generator) (eval.Answerer, func() error, error) {
			p, err := laboratory(ctx, l.Config, drafts)
			if err != nil {
				return nil, nil, err
			}
			return bot.New(bot.Options{Find: p.search, Store: p.store, Model: model, SecondLook: mode.look}), p.Close, nil
		}
		s, err := eval.Injections(ctx, hosts, orders, studio, mode.obey, now)
		if err != nil {
			return nil, err
		}
		t.rows = append(t.rows, row{name: mode.name, figures: []eval.Figure{s.Reached, s.Kept}})
		for _, k := range s.Cases {
			if k.Kept && len(k.Reached) == 0 {
				continue
			}
			t.cases = append(t.cases, fmt.Sprintf("%s: order %d host %d %s alone=%t reached=%d kept=%t",
				mode.name, k.Order, k.Host, k.Plant.At, k.Plant.Alone, len(k.Reached), k.Kept))
		}
	}
	return t, nil
}
