package discord_test

import (
	"context"
	"iter"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
)

// toldModel is a model that keeps what it is told, and writes nothing.
type toldModel struct{ prompts chan string }

func (m toldModel) Generate(_ context.Context, p bot.Prompt) iter.Seq2[string, error] {
	m.prompts <- p.System
	return func(yield func(string, error) bool) { yield("NONE\n", nil) }
}

// TestLanguages tells the model to answer in the asker's language, or in one of
// those that the server answers in; the fixed words are in it too.
func TestLanguages(t *testing.T) {
	t.Parallel()
	m := toldModel{make(chan string, 100)}
	s := newStage(t, stageOptions{
		archive: &txtar.Archive{Files: []txtar.File{{Name: "article", Data: []byte(gaugeNews)}}},
		writes:  m,
	})
	s.start()
	s.people["bert"].Locale = "de"
	const english, german = "Since when has the old gauge stood on the north pier?", "Seit wann steht die alte gauge auf dem north pier von Tollness?"
	asks := func(who, question, language, words string) {
		t.Helper()
		s.do(who + " in #news: " + question)
		if strings.HasPrefix(question, "/") {
			s.last.WaitFor(words)
		} else {
			s.places["#news"].WaitFor(words)
		}
		select {
		case told := <-m.prompts:
			if !strings.Contains(told, "plain sentences in "+language) {
				t.Errorf("%s asks %q, and the model is told:\n%s", who, question, told)
			}
		default:
			t.Errorf("%s asks %q, and no model is told of it", who, question)
		}
		for len(m.prompts) > 0 {
			<-m.prompts
		}
	}
	asks("ada", "/ask question:"+english, "English", "[Ask further]")
	asks("ada", "/ask question:"+german, "German", "[Weiterfragen]")
	asks("bert", "/ask question:"+english, "English", "[Ask further]")
	asks("bert", "/ask question:gauge 1953", "German", "[Weiterfragen]")

	s.settles(func(o *ledger.Settings) { o.Languages = []string{"fr", "en"} })
	asks("ada", "/ask question:"+german, "French", "[Continuer]")
	asks("bert", s.Bot.Mention()+" "+german, "French", "[Continuer]")
	asks("bert", "/ask question:"+english, "English", "[Ask further]")
}
