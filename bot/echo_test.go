package bot_test

import (
	"context"
	"testing"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// TestEchoes: a summary on a topic tells what several articles say, and cites
// each of them; an article with another figure is not one of them.
func TestEchoes(t *testing.T) {
	b, _ := newBot(t, nil,
		corpus.Draft{Title: "A", Source: "Courier", Paragraphs: []string{"The new reservoir above Brackwater will hold nine million litres of water from the spring onwards."}},
		corpus.Draft{Title: "B", Source: "Radio", Paragraphs: []string{"From the spring onwards the reservoir above Brackwater will hold nine million litres of water, engineers said."}},
		corpus.Draft{Title: "C", Source: "Post", Paragraphs: []string{"The new reservoir above Brackwater will hold seven million litres of water from the spring onwards."}},
	)
	cited := map[string]bool{}
	for event, err := range b.Summarise(context.Background(), bot.Brief{Topic: "reservoir above Brackwater", Collections: []string{"main"}, Length: bot.Short, Now: now}) {
		if err != nil {
			t.Fatal(err)
		}
		s, ok := event.(bot.Sentence)
		if !ok || s.Citations[0].Article.Source == "Post" {
			continue
		}
		for _, c := range s.Citations {
			cited[c.Article.Source] = true
		}
		if len(s.Citations) < 2 {
			t.Errorf("%q cites %d articles, want 2", s.Text, len(s.Citations))
		}
	}
	if !cited["Courier"] || !cited["Radio"] || cited["Post"] {
		t.Errorf("cited %v, want Courier and Radio alone", cited)
	}
}
