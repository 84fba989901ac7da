package bot_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
)

var update = flag.Bool("update", false, "rewrite the golden transcripts")

// now is the clock of the tests.
var now = time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)

// TestAnswers runs questions against a small archive. Each "ask" of a file is
// followed by what a reader sees.
func TestAnswers(t *testing.T) {
	for _, file := range []string{"testdata/answers.txtar", "testdata/reasons.txtar", "testdata/times.txtar", "testdata/scripts.txtar"} {
		t.Run(file, func(t *testing.T) { answers(t, file) })
	}
}

func answers(t *testing.T, file string) {
	t.Helper()
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := newBot(t, nil, archiveOf(t, file)...)
	out := &txtar.Archive{Comment: ar.Comment}
	for i, f := range ar.Files {
		if f.Name == "want" {
			continue
		}
		out.Files = append(out.Files, f)
		if f.Name != "ask" {
			continue
		}
		got := transcript(t, b, bot.Message{Text: string(f.Data), Collections: []string{"main"}, Now: now})
		out.Files = append(out.Files, txtar.File{Name: "want", Data: []byte(got)})
		if *update {
			continue
		}
		want := ""
		if i+1 < len(ar.Files) && ar.Files[i+1].Name == "want" {
			want = string(ar.Files[i+1].Data)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", f.Data, diff)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// draft reads an article: lines of "key: value", a blank line, the body.
func draft(t *testing.T, s string) corpus.Draft {
	t.Helper()
	head, body, _ := strings.Cut(s, "\n\n")
	d := corpus.Draft{Paragraphs: strings.Split(body, "\n\n")}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "title":
			d.Title = value
		case "source":
			d.Source = value
		case "url":
			d.URL = value
		case "lang":
			d.Lang = value
		case "published":
			at, err := time.Parse(time.DateOnly, value)
			if err != nil {
				t.Fatal(err)
			}
			d.Published = at
		default:
			t.Fatalf("an article has no %q", key)
		}
	}
	return d
}

// newBot returns a bot that reads drafts from the collection main and lets model
// write, or quotes where that is nil.
func newBot(t *testing.T, model bot.Generator, drafts ...corpus.Draft) (*bot.Bot, *corpus.Store) {
	t.Helper()
	ctx := context.Background()
	store, err := corpus.Open(ctx, ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	for _, d := range drafts {
		if _, _, err := store.Add(ctx, "main", d); err != nil {
			t.Fatal(err)
		}
	}
	lexical := bm25.New()
	if err := retrieval.Sync(ctx, store, lexical); err != nil {
		t.Fatal(err)
	}
	engine := retrieval.New(retrieval.Options{Store: store, Lexical: lexical})
	return bot.New(bot.Options{Find: engine, Store: store, Model: model}), store
}

// transcript shows an answer as text, each quote with its address.
func transcript(t *testing.T, b *bot.Bot, m bot.Message) string {
	t.Helper()
	return seen(t, b.Handle(context.Background(), m))
}

// seen shows events as text.
func seen(t *testing.T, events iter.Seq2[bot.Event, error]) string {
	t.Helper()
	var w bytes.Buffer
	cite := func(c bot.Citation) {
		fmt.Fprintf(&w, "  [%d] %s · %s · ¶%d", c.N, c.Article.Title, c.Article.Source, c.Paragraph)
		if len(c.Also) > 0 {
			fmt.Fprintf(&w, " · also %s", strings.Join(c.Also, ", "))
		}
		fmt.Fprintln(&w)
	}
	for event, err := range events {
		if err != nil {
			t.Fatal(err)
		}
		switch e := event.(type) {
		case bot.Notice:
			fmt.Fprintf(&w, "notice: %s\n", e.Text)
		case bot.Disagreement:
			fmt.Fprintf(&w, "disagreement: [%d] and [%d]\n", e.First.N, e.Second.N)
		case bot.Understood:
			fmt.Fprintf(&w, "understood: %s\n", e.Question)
		case bot.Sentence:
			fmt.Fprintln(&w, e.Text)
			for _, c := range e.Citations {
				if !strings.Contains(c.Text, c.Quote()) || c.Quote() == "" {
					t.Errorf("%q is no quote of %q", c.Quote(), c.Text)
				}
				cite(c)
			}
		case bot.Refused:
			fmt.Fprintf(&w, "refused: %s %s\n", e.Reason, e.Detail)
			for _, c := range e.Nearest {
				cite(c)
			}
		case bot.Done:
			fmt.Fprintf(&w, "done: %s\n", e.Mode)
			for _, d := range e.Dropped {
				fmt.Fprintf(&w, "  dropped: %s (%s)\n", d.Text, strings.Join(d.Reasons, "; "))
			}
		}
	}
	return w.String()
}
