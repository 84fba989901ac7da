package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// TestSummaries runs the briefs of a file: lines of "key: value", an article
// by its title.
func TestSummaries(t *testing.T) {
	sessions(t, "testdata/summaries.txtar", "session", func(b *bot.Bot, _ int, f txtar.File, _ time.Time) string {
		return seen(t, b.Summarise(context.Background(), brief(t, b, string(f.Data))))
	})
}

func brief(t *testing.T, b *bot.Bot, s string) bot.Brief {
	t.Helper()
	out := bot.Brief{Collections: []string{"main"}, Now: now}
	for line := range strings.Lines(s) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "article":
			out.Article = articleTitled(t, b, value)
		case "topic":
			out.Topic = value
		case "source":
			out.Source = value
		case "length":
			out.Length = bot.Length(value)
		case "since":
			at, err := time.Parse(time.DateOnly, value)
			if err != nil {
				t.Fatal(err)
			}
			out.Since = at
		default:
			t.Fatalf("a brief has no %q", key)
		}
	}
	return out
}

// articleTitled returns the ID of the article with a title, as an answer about
// it cites it.
func articleTitled(t *testing.T, b *bot.Bot, title string) string {
	t.Helper()
	claims, err := b.FindSources(context.Background(), title, []string{"main"}, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range claims {
		for _, c := range k.Citations {
			if c.Article.Title == title {
				return c.Article.ID
			}
		}
	}
	t.Fatalf("no article %q", title)
	return ""
}

func TestSummariseWrong(t *testing.T) {
	b, store := newBot(t, nil, archiveOf(t, "testdata/answers.txtar")...)
	var id string
	for a, err := range store.Articles(t.Context(), corpus.Filter{Collections: []string{"main"}, Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		id = a.ID
	}
	first := func(brief bot.Brief) error {
		for _, err := range b.Summarise(t.Context(), brief) {
			return err
		}
		return nil
	}
	if err := first(bot.Brief{Article: "nobody", Collections: []string{"main"}}); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("an article that is not there: %v", err)
	}
	if err := first(bot.Brief{Article: id, Collections: []string{"elsewhere"}}); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("an article of another collection: %v", err)
	}
	if err := first(bot.Brief{Article: id, Collections: []string{"main"}, Length: "huge"}); err == nil || !strings.Contains(err.Error(), "short, medium or long") {
		t.Errorf("a length that is not known: %v", err)
	}
}

// TestSummariseParts: a long article is read whole, part by part, whatever the
// length of the summary; no bullet is asked for twice.
func TestSummariseParts(t *testing.T) {
	d := corpus.Draft{Title: "The long minutes", Source: "Town Hall"}
	const paragraphs = 600
	for i := range paragraphs {
		d.Paragraphs = append(d.Paragraphs, fmt.Sprintf("Item %d of the minutes grants plot %d to the tenant for another %d years. %s",
			i+1, i+1001, i+10, strings.Repeat("The council heard the neighbours and took note of what they had to say. ", 4)))
	}
	for length, want := range map[bot.Length]int{bot.Short: 3, bot.Medium: 6, bot.Long: 12} {
		model := &script{replies: slices.Repeat([]string{"Plot 1001 is granted [1]."}, 2*want)} // each part is repaired as well
		b, store := newBot(t, model, d)
		var id string
		for a, err := range store.Articles(t.Context(), corpus.Filter{Collections: []string{"main"}}) {
			if err != nil {
				t.Fatal(err)
			}
			id = a.ID
		}
		for _, err := range b.Summarise(t.Context(), bot.Brief{Article: id, Collections: []string{"main"}, Length: length, Now: now}) {
			if err != nil {
				t.Fatal(err)
			}
		}
		var all strings.Builder
		for _, p := range model.prompts {
			all.WriteString(p.User)
		}
		for i := range paragraphs {
			if !strings.Contains(all.String(), fmt.Sprintf("Item %d of the minutes", i+1)) {
				t.Fatalf("%s: the model never saw paragraph %d", length, i+1)
			}
		}
	}
}
