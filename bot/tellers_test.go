package bot_test

import (
	"slices"
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

// TestDigestTellers tells a story once in a digest, and names who told it again
// where they say the same.
func TestDigestTellers(t *testing.T) {
	own := map[string]string{
		"Lantern": "Its reporter has seen letters in which the diver asks for a second look before winter.",
		"Courier": "Insurers could not be reached for this edition, nor would the harbour master say a word.",
		"Herald":  "A committee of five will hear witnesses on Thursday in the chapel hall behind the school.",
	}
	tell := func(outlet string) corpus.Draft {
		return corpus.Draft{
			Title: "Breakwater", Source: outlet, URL: "https://" + strings.ToLower(outlet) + ".example/breakwater", Lang: "en",
			Paragraphs: []string{
				"The breakwater of Gull Island lost nine of its forty caissons in the gale of Sunday night, the island council said.",
				"Engineers blamed a crack that a diver had reported in the spring, and which the council had put down to barnacles.",
				own[outlet],
			},
		}
	}
	oysters := corpus.Draft{Title: "Oysters", Source: "Gull", Lang: "en", Paragraphs: []string{"The oyster beds off Sandholm are healthy again after six years, the fisheries office said on Monday."}}
	b, store := newBot(t, nil, tell("Lantern"), tell("Courier"), oysters)
	if _, _, err := store.Add(t.Context(), "private", tell("Herald")); err != nil {
		t.Fatal(err)
	}
	if err := store.LinkStories(t.Context()); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for a, err := range store.Articles(t.Context(), corpus.Filter{Collections: []string{"main"}}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	for name, brief := range map[string]bot.Brief{
		"of all":  {Collections: []string{"main"}, Length: bot.Long},
		"of some": {Articles: ids, Collections: []string{"main"}, Length: bot.Long},
	} {
		said := map[string]int{}
		for event, err := range b.Summarise(t.Context(), brief) {
			if err != nil {
				t.Fatal(err)
			}
			s, ok := event.(bot.Sentence)
			if !ok {
				continue
			}
			said[s.Text]++
			c := s.Citations[0]
			outlets := append(slices.Clone(c.Also), c.Article.Source)
			slices.Sort(outlets)
			want := "Courier, Lantern"
			switch {
			case strings.Contains(s.Text, "oyster"):
				want = "Gull"
			case strings.Contains(s.Text, "Its reporter"), strings.Contains(s.Text, "Insurers"): // which nobody else says
				want = c.Article.Source
			}
			if got := strings.Join(outlets, ", "); got != want || said[s.Text] > 1 {
				t.Errorf("%s: %q is said %d times, by %s; want once by %s", name, s.Text, said[s.Text], got, want)
			}
		}
		if len(said) < 3 {
			t.Errorf("%s: says %d things", name, len(said))
		}
	}
}
