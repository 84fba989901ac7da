package discord_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
)

// TestForum answers each new post of a chosen forum once, in the post, and
// nobody else's posts, nor what is said in them later.
func TestForum(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{
		archive: &txtar.Archive{Files: []txtar.File{{Name: "article", Data: []byte(gaugeNews)}}},
		change:  func(o *discord.Options) { o.Content = true },
		server:  discordtest.Options{Privileged: 1 << 15},
	})
	questions, workshop := s.guild.Forum("questions"), s.guild.Forum("workshop")
	if _, err := s.options.Ledger.Change(t.Context(), s.guild.ID, s.people["mia"].ID, func(o *ledger.Settings) error {
		o.Forums = []string{questions.ID}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.WaitReady()
	said := func(m *discordtest.Message) (n int) {
		s.Settle()
		for _, m := range m.Channel().Messages() {
			if m.Author() == s.Bot {
				n++
			}
		}
		return n
	}

	s.Gateway().Duplicate(3)
	first := questions.Ask(s.people["ada"], "The tide gauge", "Since when has the old gauge stood on the north pier?")
	first.Channel().WaitFor("1953")
	if n := said(first); n != 1 {
		t.Errorf("answered %d times:\n%s", n, s.Transcript())
	}
	first.Channel().Post(s.people["bert"], "Since when has the old gauge stood there?")
	if n := said(first); n != 1 {
		t.Errorf("what people say later is answered as well:\n%s", s.Transcript())
	}
	first.Channel().Post(s.people["bert"], s.Bot.Mention()+" How often is the water read by hand?")
	first.Channel().WaitFor("every hour")

	// A picture under a title, a title that the words go on with, another bot's
	// post, and one in a forum that nobody chose.
	questions.Ask(s.people["ada"], "Since when has the old gauge stood on the north pier?", "").Channel().WaitFor("1953")
	questions.Ask(s.people["bert"], "The old tide gauge", "Since when has it stood there?").Channel().WaitFor("1953")
	robot := s.Robot("gull")
	s.guild.Join(robot)
	if n := said(questions.Ask(robot, "Gauge", "Since when has the old gauge stood on the north pier?")); n != 0 {
		t.Errorf("a bot is answered:\n%s", s.Transcript())
	}
	if n := said(workshop.Ask(s.people["ada"], "Gauge", "Since when has the old gauge stood on the north pier?")); n != 0 {
		t.Errorf("answered where nobody chose that:\n%s", s.Transcript())
	}

	if _, err := s.options.Ledger.Change(t.Context(), s.guild.ID, s.people["mia"].ID, func(o *ledger.Settings) error {
		o.AskRoles = []string{s.guild.Role("reader", 0).ID}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n := said(questions.Ask(s.people["ada"], "Gauge", "Since when has the old gauge stood on the north pier?")); n != 0 || strings.Contains(s.Transcript(), "may not ask") {
		t.Errorf("who may not ask is answered, or told so unasked:\n%s", s.Transcript())
	}
}
