package bot_test

import (
	"strings"
	"testing"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// TestTellers names who else told what is shown, whoever chose the words, and
// nobody who told it with another figure.
func TestTellers(t *testing.T) {
	tell := func(outlet, lost string) corpus.Draft {
		return corpus.Draft{
			Title: "Breakwater", Source: outlet, URL: "https://" + strings.ToLower(outlet) + ".example/breakwater", Lang: "en",
			Paragraphs: []string{
				"The breakwater of Gull Island lost " + lost + " of its forty caissons in the gale of Sunday night, the island council said.",
				"Engineers blamed a crack that a diver had reported in the spring, and which the council had put down to barnacles.",
			},
		}
	}
	for name, model := range map[string]bot.Generator{
		"quoted":  nil,
		"written": &script{replies: []string{"The breakwater of Gull Island lost nine of its forty caissons in the gale. [1]"}},
	} {
		t.Run(name, func(t *testing.T) {
			b, store := newBot(t, model, tell("Lantern", "nine"), tell("Courier", "nine"), tell("Herald", "eleven"))
			if err := store.LinkStories(t.Context()); err != nil {
				t.Fatal(err)
			}
			m := bot.Message{Text: "How many caissons did the breakwater of Gull Island lose in the gale?", Collections: []string{"main"}}
			shown := 0
			for event, err := range b.Handle(t.Context(), m) {
				if err != nil {
					t.Fatal(err)
				}
				s, ok := event.(bot.Sentence)
				if !ok || !strings.Contains(s.Text, "nine") {
					continue
				}
				shown++
				c := s.Citations[0]
				if also := strings.Join(c.Also, ", "); c.Article.Source+", "+also != "Lantern, Courier" && c.Article.Source+", "+also != "Courier, Lantern" {
					t.Errorf("%q of the %s is told by %q as well", s.Text, c.Article.Source, also)
				}
			}
			if shown != 1 {
				t.Errorf("%d sentences tell the number, want 1", shown)
			}
		})
	}
}
