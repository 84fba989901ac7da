package bot_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
)

// TestConversations runs the conversations of a file. "talk" begins one; "ask
// 3h" asks three hours later; "model" is what a model replies to one prompt,
// and where none follows there is no model.
func TestConversations(t *testing.T) {
	sessions(t, "testdata/talk.txtar", "talk", func(b *bot.Bot, n int, f txtar.File, at time.Time) string {
		return transcript(t, b, bot.Message{
			Conversation: strings.Repeat("x", n), Text: string(f.Data), Collections: []string{"main"}, Now: at,
		})
	})
}

// sessions runs a golden file over the archive of answers.txtar and the file's
// own articles. Each file of it that is named start begins a session; do
// answers each file that is neither that nor "article", "model" or "want", and
// what it returns is what the file called want behind it has to say.
func sessions(t *testing.T, file, start string, do func(b *bot.Bot, session int, f txtar.File, at time.Time) string) {
	t.Helper()
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	drafts := append(archiveOf(t, "testdata/answers.txtar"), archiveOf(t, file)...)
	plain, _ := newBot(t, nil, drafts...)
	model := new(script)
	written, _ := newBot(t, model, drafts...)
	out := &txtar.Archive{Comment: ar.Comment}
	session, at := 0, now
	for i := 0; i < len(ar.Files); {
		f := ar.Files[i]
		i++
		out.Files = append(out.Files, f)
		if f.Name == "article" {
			continue
		}
		if name, _, _ := strings.Cut(f.Name, " "); name == start {
			session, at = session+1, now
			continue
		}
		b := plain
		for ; i < len(ar.Files) && ar.Files[i].Name == "model"; i++ {
			b = written
			model.replies = append(model.replies, strings.TrimSuffix(string(ar.Files[i].Data), "\n"))
			out.Files = append(out.Files, ar.Files[i])
		}
		_, later, _ := strings.Cut(f.Name, " ")
		if d, err := time.ParseDuration(later); err == nil {
			at = at.Add(d)
		}
		want := ""
		if i < len(ar.Files) && ar.Files[i].Name == "want" {
			want = string(ar.Files[i].Data)
			i++
		}
		got := do(b, session, f, at)
		out.Files = append(out.Files, txtar.File{Name: "want", Data: []byte(got)})
		if len(model.replies) > 0 {
			t.Errorf("%s: the model was not asked for %q", f.Data, model.replies)
			model.replies = nil
		}
		if diff := cmp.Diff(want, got); diff != "" && !*update {
			t.Errorf("%s: %s (-want +got):\n%s", f.Name, f.Data, diff)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAlone: without a conversation nothing is remembered.
func TestAlone(t *testing.T) {
	b, _ := newBot(t, nil, archiveOf(t, "testdata/answers.txtar")...)
	for _, q := range []string{"When will the Alder Bridge close?", "and why?"} {
		for event, err := range b.Handle(context.Background(), bot.Message{Text: q, Collections: []string{"main"}, Now: now}) {
			if err != nil {
				t.Fatal(err)
			}
			if u, ok := event.(bot.Understood); ok {
				t.Errorf("%q understood as %q", q, u.Question)
			}
		}
	}
}
