package discord_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
)

// TestDeletedRole goes on without a role that the settings name, with fewer
// rights rather than more, and tells who chose it, once.
func TestDeletedRole(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{archive: &txtar.Archive{Files: []txtar.File{{Name: "article", Data: []byte(gaugeNews)}}}})
	readers, other := s.guild.Role("readers", 0), s.guild.Role("other", 0)
	s.guild.Join(s.people["ada"], readers)
	s.settles(func(o *ledger.Settings) { o.AskRoles = []string{readers.ID} })
	s.start()
	s.WaitReady()
	const ask = "/ask question:Since when has the old gauge stood on the north pier?"
	s.do("ada in #news: " + ask)
	s.last.WaitFor("1953")
	s.guild.Drop(other)
	s.guild.Drop(readers)
	s.people["mia"].DM().WaitFor("a role was deleted")
	s.do("ada in #news: " + ask)
	s.last.WaitFor("may not ask")
	s.end()
	s.start()
	s.Settle()
	if n := strings.Count(s.Transcript(), "a role was deleted"); n != 1 {
		t.Errorf("told %d times:\n%s", n, s.Transcript())
	}
}

// TestDeletedWhileAway notices at the start that a role is gone.
func TestDeletedWhileAway(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{archive: new(txtar.Archive)})
	adders := s.guild.Role("adders", 0)
	s.settles(func(o *ledger.Settings) { o.AddRoles = []string{adders.ID} })
	s.guild.Drop(adders)
	s.start()
	s.people["mia"].DM().WaitFor("a role was deleted")
}

// TestDeletedChannel goes on without channels that settings and announcements
// name, and tells of each once.
func TestDeletedChannel(t *testing.T) {
	t.Parallel()
	s := newsroom(t)
	s.settles(func(o *ledger.Settings) {
		o.Channels = map[string]ledger.Channel{s.places["#harbour"].ID: {Silent: true}}
	})
	s.announces("#harbour", discordtest.Opt("channel", s.places["#news"]))
	s.places["#harbour"].Delete()
	s.people["mia"].DM().WaitFor("a channel was deleted")
	s.places["#news"].Delete()
	s.people["mia"].DM().WaitFor("nothing is announced there")
	s.comes(gaugeNews)
	s.Settle()
	if n := strings.Count(s.Transcript(), "nothing is announced there"); n != 1 {
		t.Errorf("told %d times:\n%s", n, s.Transcript())
	}
}

// TestGuildBack goes on with what a server decided before it removed the bot;
// what came meanwhile is not announced.
func TestGuildBack(t *testing.T) {
	t.Parallel()
	s := newsroom(t)
	s.announces("#news")
	s.guild.Leave()
	s.Settle()
	s.comes(gaugeNews)
	s.Settle()
	s.guild.Back()
	s.Settle()
	s.comes(strings.ReplaceAll(gaugeNews, "gauge", "lamp"))
	s.places["#news"].WaitFor("harbour lamp")
	if s.shows("harbour gauge") != 0 {
		t.Errorf("announced what came while the bot was away:\n%s", s.Transcript())
	}
}

// TestZalgo answers a member whose name is 32 letters under towers of marks.
func TestZalgo(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{archive: &txtar.Archive{Files: []txtar.File{{Name: "article", Data: []byte(gaugeNews)}}}})
	s.people["zalgo"] = s.guild.Member(strings.Repeat("Z\u0310\u0353\u0489\u035b", 8))
	s.start()
	s.do("zalgo in #news: /ask question:Since when has the old gauge stood on the north pier?")
	s.last.WaitFor("1953")
	said := s.places["#news"].Post(s.people["zalgo"], "The old gauge has stood there since 1953.")
	s.MessageCommand(s.people["ada"], "Find sources", said).WaitFor("1953")
	s.do("zalgo in #news: " + s.Bot.Mention() + " Since when has the old gauge stood on the north pier?")
	s.Settle()
	if n := s.shows("since 1953"); n < 3 {
		t.Errorf("answered %d times:\n%s", n, s.Transcript())
	}
}

// TestBurst lets a feed bring more at once than a channel can take: some posts,
// and one that leads to the rest.
func TestBurst(t *testing.T) {
	t.Parallel()
	s := newsroomOf(t, stageOptions{burst: 3, server: discordtest.Options{Unlimited: true}})
	s.announces("#news")
	s.end()
	for n := range 30 {
		s.comes(numberedNews(n))
	}
	s.start()
	more := s.places["#news"].WaitFor("[Articles]")
	s.Settle()
	posts := 0
	for _, m := range s.places["#news"].Messages() {
		if m.Author() == s.Bot && m.To() == nil {
			posts++
		}
	}
	if posts != 4 {
		t.Errorf("%d posts, want 3 and one for all others:\n%s", posts, s.Transcript())
	}
	s.Click(s.people["ada"], more, "Articles").WaitFor("Buoy 4 ")
}

func numberedNews(n int) string {
	return fmt.Sprintf("title: Buoy %d is moored\nsource: Tollness Courier\nurl: https://courier.example/buoy-%d\n\nBuoy %d was moored off Tollness on Monday, the harbour board said.\n", n, n, n)
}

// TestManyAnnouncements brings each of many articles to each of many channels
// once, in order, with a restart in the middle. With PILCROW_LOAD=full there are
// 500 articles and 100 channels.
func TestManyAnnouncements(t *testing.T) {
	t.Parallel()
	articles, channels := 20, 8
	server := discordtest.Options{Unlimited: true}
	if os.Getenv("PILCROW_LOAD") == "full" {
		articles, channels, server.Patience = 500, 100, 5*time.Minute
	}
	s := newsroomOf(t, stageOptions{server: server})
	var places []*discordtest.Channel
	for n := range channels {
		c := s.guild.Channel(fmt.Sprintf("news-%d", n))
		places = append(places, c)
		if _, err := s.options.Announcer.Add(t.Context(), ledger.Follow{
			Place: ledger.Place{Guild: s.guild.ID, Channel: c.ID, Member: true}, Every: ledger.Immediate, Person: s.people["mia"].ID,
		}); err != nil {
			t.Fatal(err)
		}
	}
	for n := range articles {
		s.comes(numberedNews(n))
		if n == articles/2 {
			s.Wait("the first posts", func() bool { return len(places[0].Messages()) > 0 })
			s.end()
			s.start()
		}
	}
	for last := places[channels-1]; len(last.Messages()) < articles; { // as long as it takes, while more comes
		before := len(last.Messages())
		s.Wait("more", func() bool { return len(last.Messages()) > before })
	}
	for _, c := range places {
		s.Wait("all posts", func() bool { return len(c.Messages()) >= articles })
	}
	s.Settle()
	for _, c := range places {
		messages := c.Messages()
		if len(messages) != articles {
			t.Fatalf("%d posts in #%s, want %d", len(messages), c.Name, articles)
		}
		for n, m := range messages {
			if !m.Has(fmt.Sprintf("Buoy %d is moored", n)) {
				t.Fatalf("post %d in #%s is %q", n, c.Name, m.Text())
			}
		}
	}
}

// settles decides what holds in the server, in mia's name.
func (s *stage) settles(change func(*ledger.Settings)) {
	s.t.Helper()
	if _, err := s.options.Ledger.Change(s.t.Context(), s.guild.ID, s.people["mia"].ID, func(o *ledger.Settings) error {
		change(o)
		return nil
	}); err != nil {
		s.t.Fatal(err)
	}
}
