//go:build unix

package main

import (
	"context"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pilcrow/bot"
)

// quick is a model that takes no time: it says the beginning of each of the
// first three paragraphs.
type quick struct{}

func (quick) Generate(_ context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for n, block := range strings.Split(p.User, "\n\n") {
			_, paragraph, _ := strings.Cut(block, "\n")
			sentence, _, _ := strings.Cut(paragraph, ". ")
			if n == 3 || !yield(sentence+" ["+string(rune('1'+n))+"].\n", nil) {
				return
			}
		}
	}
}

// BenchmarkAnswer measures all of an answer but the model: of a question on 609
// articles, in the articles' words and in a model's, the time of the processor
// beside that of the clock.
func BenchmarkAnswer(b *testing.B) {
	drafts, questions, err := multihop(b.Context(), evalDir(b))
	if err != nil {
		b.Fatal(err)
	}
	l, err := (&call{Program: &Program{Getenv: alone}}).configuration()
	if err != nil {
		b.Fatal(err)
	}
	p, err := laboratory(b.Context(), l.Config, drafts)
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	for _, bb := range []struct {
		name  string
		model bot.Generator
	}{{"extractive", nil}, {"model", quick{}}} {
		b.Run(bb.name, func(b *testing.B) {
			answerer := bot.New(bot.Options{Find: p.search, Store: p.store, Model: bb.model, Log: slog.New(slog.DiscardHandler)})
			var took []time.Duration
			before := processor(b)
			for b.Loop() {
				start := time.Now()
				q := questions[len(took)%len(questions)]
				for _, err := range answerer.Handle(b.Context(), bot.Message{Text: q.Text, Collections: []string{"main"}}) {
					if err != nil {
						b.Fatal(err)
					}
				}
				took = append(took, time.Since(start))
			}
			b.ReportMetric((processor(b)-before).Seconds()*1000/float64(len(took)), "cpu-ms/op")
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds()*1000, "ms/p50")
		})
	}
}

// processor returns how long this process has been computing.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
