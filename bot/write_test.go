package bot_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// script is a model that gives its replies in order, in pieces of seven bytes.
// ERROR in a reply is where the connection breaks.
type script struct {
	replies []string
	prompts []bot.Prompt
}

func (s *script) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		s.prompts = append(s.prompts, p)
		if len(s.replies) == 0 {
			yield("", errors.New("the script has no further reply"))
			return
		}
		reply := s.replies[0]
		s.replies = s.replies[1:]
		said, _, broken := strings.Cut(reply, "ERROR")
		for len(said) > 0 {
			n := min(7, len(said))
			if ctx.Err() != nil || !yield(said[:n], nil) {
				return
			}
			said = said[n:]
		}
		if broken {
			yield("", errors.New("connection reset"))
		}
	}
}

func TestWritten(t *testing.T) {
	drafts := archiveOf(t, "testdata/answers.txtar")
	const file = "testdata/written.txtar"
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := &txtar.Archive{Comment: ar.Comment}
	for i := 0; i < len(ar.Files); {
		ask := ar.Files[i]
		out.Files = append(out.Files, ask)
		model := new(script)
		for i++; i < len(ar.Files) && ar.Files[i].Name == "model"; i++ {
			model.replies = append(model.replies, strings.TrimSuffix(string(ar.Files[i].Data), "\n"))
			out.Files = append(out.Files, ar.Files[i])
		}
		want := ""
		if i < len(ar.Files) && ar.Files[i].Name == "want" {
			want = string(ar.Files[i].Data)
			i++
		}
		b, _ := newBot(t, model, drafts...)
		got := transcript(t, b, bot.Message{Text: string(ask.Data), Collections: []string{"main"}, Now: now})
		out.Files = append(out.Files, txtar.File{Name: "want", Data: []byte(got)})
		if len(model.replies) > 0 {
			t.Errorf("%s: the model was not asked for %q", ask.Name, model.replies)
		}
		if diff := cmp.Diff(want, got); diff != "" && !*update {
			t.Errorf("%s (-want +got):\n%s", ask.Name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFence: nothing in an article can close the fence, because no two prompts
// have the same one.
func TestFence(t *testing.T) {
	fence := func() string {
		model := &script{replies: []string{"NONE"}}
		b, _ := newBot(t, model, archiveOf(t, "testdata/answers.txtar")...)
		transcript(t, b, bot.Message{Text: "When will the Alder Bridge close?", Collections: []string{"main"}, Now: now})
		line, _, _ := strings.Cut(model.prompts[0].User, "\n")
		if n := strings.Count(model.prompts[0].User, line); n != 2 {
			t.Errorf("the fence stands %d times around the evidence, want 2", n)
		}
		if !strings.Contains(model.prompts[0].System, line) {
			t.Error("the rules do not name the fence")
		}
		return line
	}
	if a, b := fence(), fence(); a == b {
		t.Errorf("two prompts have the fence %q", a)
	}
}

// TestStop: a reader who goes away stops the model.
func TestStop(t *testing.T) {
	model := &script{replies: []string{strings.Repeat("The repairs are expected to cost $2.4 million [1]. They are expected to take eleven weeks [1]. ", 50)}}
	stopped := false
	b, _ := newBot(t, watched{model, &stopped}, archiveOf(t, "testdata/answers.txtar")...)
	for event := range b.Handle(context.Background(), bot.Message{Text: "How much will the bridge repairs cost?", Collections: []string{"main"}, Now: now}) {
		if _, ok := event.(bot.Sentence); ok {
			break
		}
	}
	if !stopped {
		t.Error("the model wrote on")
	}
}

// watched notes that a generation was broken off.
type watched struct {
	bot.Generator
	stopped *bool
}

func (w watched) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for piece, err := range w.Generator.Generate(ctx, p) {
			if !yield(piece, err) {
				*w.stopped = true
				return
			}
		}
	}
}

// archiveOf returns the articles of a txtar file.
func archiveOf(t *testing.T, file string) []corpus.Draft {
	t.Helper()
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []corpus.Draft
	for _, f := range ar.Files {
		if f.Name == "article" {
			out = append(out, draft(t, string(f.Data)))
		}
	}
	return out
}
