package discord_test

import (
	"context"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

const gaugeNews = `title: The harbour gauge is being replaced
source: Tollness Courier
published: 2026-05-18

The harbour board replaces the tide gauge on the north pier next week. The old gauge has stood there since 1953.

While the work lasts, the water is read by hand every hour.
`

// newsroom is a stage whose bot announces.
func newsroom(t *testing.T) *stage { return newsroomOf(t, stageOptions{}) }

func newsroomOf(t *testing.T, o stageOptions) *stage {
	s := newStage(t, stageOptions{
		archive: new(txtar.Archive), burst: o.burst, server: o.server, stock: o.stock, writes: o.writes, clock: o.clock,
		change: func(o *discord.Options) {
			o.Announcer = o.Ledger.Announcer(o.Store, func(_ context.Context, topic string, a corpus.Article) (bool, error) {
				return strings.Contains(strings.ToLower(a.Title), topic), nil
			})
		},
	})
	s.start()
	return s
}

// comes adds an article to the guild's collection.
func (s *stage) comes(article string) {
	s.t.Helper()
	if _, _, err := s.store.Add(s.t.Context(), ledger.GuildCollection(s.guild.ID), draft(s.t, article)); err != nil {
		s.t.Fatal(err)
	}
}

// announces uses /announce add in a channel.
func (s *stage) announces(where string, options ...discordtest.Option) {
	s.t.Helper()
	s.last = s.Slash(s.people["mia"], s.places[where], "/announce add", options...)
	s.last.WaitFor("From now on")
}

func (s *stage) shows(text string) int {
	n := 0
	for _, c := range s.places {
		for _, m := range c.Messages() {
			if m.Has(text) && !m.Deleted() {
				n++
			}
		}
	}
	return n
}

// TestAnnounce sets up an announcement, posts what comes, once also across a
// restart, brings the post up to date as the article is, and lets people read
// and talk on.
func TestAnnounce(t *testing.T) {
	t.Parallel()
	s := newsroom(t)
	s.do("ada in #news: /announce add")
	s.last.WaitFor("Only those who manage")
	s.announces("#harbour", discordtest.Opt("channel", s.places["#news"]))
	s.announces("#harbour", discordtest.Opt("topic", "ferry"))
	s.comes(gaugeNews)
	s.places["#news"].WaitFor("tide gauge")
	if n := s.shows("tide gauge"); n != 1 {
		t.Errorf("announced %d times, want once, and not in #harbour:\n%s", n, s.Transcript())
	}
	s.do("bert clicks Show paragraphs")
	s.do("bert clicks Discuss")

	s.end()
	s.start()
	s.comes(strings.Replace(gaugeNews, "gauge is being", "lamp is being", 1) + "\nA lamp like it stands in Grauwiek.\n")
	s.places["#news"].WaitFor("harbour lamp")
	if n := s.shows("**The harbour gauge is being replaced**"); n != 1 {
		t.Errorf("after the restart the first stands there %d times:\n%s", n, s.Transcript())
	}
	s.do("mia in #news: /announce list")
	s.do("mia in #harbour types announcement in /announce remove: ferry")
	s.announces("#news", discordtest.Opt("collection", ledger.GuildCollection(s.guild.ID)))
	s.last.WaitFor("This server's own articles")
	s.do("mia in #harbour types collection in /announce add: own")
	if want, got := "ferry", s.Transcript(); strings.Count(got, want) < 3 || strings.Count(got, "own articles") < 2 {
		t.Errorf("the announcement is neither listed nor offered:\n%s", got)
	}
}

// TestAnnounceRevision changes an article, and its post changes.
func TestAnnounceRevision(t *testing.T) {
	t.Parallel()
	s := newsroom(t)
	s.announces("#news")
	withURL := "url: https://courier.example/gauge\n" + gaugeNews
	s.comes(withURL)
	s.places["#news"].WaitFor("since 1953")
	s.comes(strings.Replace(withURL, "1953", "1954", 1))
	s.places["#news"].WaitFor("since 1954")
	if n := s.shows("since 195"); n != 1 {
		t.Errorf("%d posts, want the one edited:\n%s", n, s.Transcript())
	}
}

// TestAnnounceStory posts a story once: who tells it again is named in the post,
// at no further cost, and read with it.
func TestAnnounceStory(t *testing.T) {
	t.Parallel()
	model := &summariser{says: "The board of the harbour wants to close the swing bridge for eleven weeks. [1]\n"}
	s := newsroomOf(t, stageOptions{writes: model})
	s.announces("#news")
	const report = `The board of the harbour wants to close the old swing bridge for eleven weeks while its bearings are replaced.

Lorries bound for the fish market will be sent round by the mill road, which adds nine miles, and the county is to send marshals to the level crossing.`
	tells := func(outlet, beginning string) {
		s.comes("title: " + outlet + " on the bridge\nsource: " + outlet + "\nurl: https://" + strings.ToLower(outlet) + ".example/bridge\n\n" + report + "\n\n" + beginning + "\n")
	}
	tells("Courier", "More tomorrow.")
	s.places["#news"].WaitFor("for eleven weeks")
	tells("Lantern", "The board meets again in June.")
	s.places["#news"].WaitFor("also in\\: Lantern")
	tells("Gull", "Nobody was asked.")
	s.places["#news"].WaitFor("also in\\: Lantern, Gull")
	if n := s.shows("for eleven weeks"); n != 1 {
		t.Errorf("posted %d times, want once:\n%s", n, s.Transcript())
	}
	if in := model.languages(); in != "English" {
		t.Errorf("the model wrote in %q, want once in English", in)
	}
	s.do("bert clicks Articles")
	s.places["#news"].WaitFor("Articles 1 to 3 of 3")
	s.do("bert clicks Show paragraphs")
	s.places["#news"].WaitFor("bearings are replaced")

	// The bot starts again, and the first is corrected: the words stay.
	s.end()
	s.start()
	s.comes("title: The bridge closes\nsource: Courier\nurl: https://courier.example/bridge\n\n" + report + "\n\nMore tomorrow.\n")
	s.places["#news"].WaitFor("**The bridge closes**")
	if in := model.languages(); in != "" || s.shows("close the swing bridge") != 1 || s.shows("also in\\: Lantern, Gull") != 1 {
		t.Errorf("the model wrote in %q after a correction of the title:\n%s", in, s.Transcript())
	}
}

// TestAnnounceRevised writes an announcement anew where the article's text is
// another, once: who tells it again after that costs nothing.
func TestAnnounceRevised(t *testing.T) {
	t.Parallel()
	model := &summariser{says: "The harbour board replaces the tide gauge on the north pier. [1]\n"}
	s := newsroomOf(t, stageOptions{writes: model})
	s.announces("#news")
	const more = "\nThe new gauge is read by a computer in the harbour office, which the board bought second hand from Sandholm.\n"
	withURL := "url: https://courier.example/gauge\n" + gaugeNews + more
	s.comes(withURL)
	s.places["#news"].WaitFor("[Discuss]")
	s.comes(strings.Replace(withURL, "every hour", "every half hour", 1))
	s.Wait("a second summary", func() bool { return model.count() == 2 })
	s.comes("url: https://lantern.example/gauge\n" + strings.Replace(gaugeNews, "Tollness Courier", "The Lantern", 1) + more)
	s.places["#news"].WaitFor("The Lantern")
	if n := model.count(); n != 2 || s.shows("tide gauge on the north pier") != 1 {
		t.Errorf("the model wrote %d times, want twice:\n%s", n, s.Transcript())
	}
}

// TestAnnounceClosed takes the channel away: who set it up is told once, and
// nothing is sent there again.
func TestAnnounceClosed(t *testing.T) {
	t.Parallel()
	s := newsroom(t)
	s.announces("#harbour", discordtest.Opt("channel", s.places["#news"]))
	s.Expect(50013, 50001)
	s.places["#news"].Deny(s.guild.ID, discordtest.SendMessages)
	s.comes(gaugeNews)
	s.people["mia"].DM().WaitFor("may not write in")
	s.comes(strings.ReplaceAll(gaugeNews, "gauge", "lamp"))
	s.Settle()
	if n := strings.Count(s.Transcript(), "may not write in"); n != 1 {
		t.Errorf("mia is told %d times:\n%s", n, s.Transcript())
	}
}

// TestAnnounceForum posts what comes in a forum, with a tag, once also where the
// answer to a post is lost; and ends it with /announce remove.
func TestAnnounceForum(t *testing.T) {
	t.Parallel()
	s := newsroom(t)
	forum := s.guild.Forum("town news")
	forum.Tag("harbour")
	s.Slash(s.people["mia"], s.places["#harbour"], "/announce add", discordtest.Opt("channel", forum), discordtest.Opt("tags", "none of them")).WaitFor("none of them")
	s.announces("#harbour", discordtest.Opt("channel", forum), discordtest.Opt("tags", "Harbour"))
	s.Inject(discordtest.Fault{Method: "POST", Route: "/channels/{channel_id}/threads", Status: 502, After: true})
	s.comes(gaugeNews)
	s.Wait("a post", func() bool { return len(forum.Threads()) > 0 })
	post := forum.Threads()[0]
	post.WaitFor("since 1953")
	s.Settle()
	if n := len(forum.Threads()); n != 1 || post.Name != "The harbour gauge is being replaced" {
		t.Errorf("%d posts, the first is called %q:\n%s", n, post.Name, s.Transcript())
	}

	choices := s.Autocomplete(s.people["mia"], s.places["#harbour"], "/announce remove", "announcement", "")
	s.Slash(s.people["mia"], s.places["#harbour"], "/announce remove", discordtest.Opt("announcement", "nosuch")).WaitFor("no such announcement")
	s.Slash(s.people["mia"], s.places["#harbour"], "/announce remove", discordtest.Opt("announcement", choices[0].Value)).WaitFor("no longer announced")
	s.comes(strings.ReplaceAll(gaugeNews, "gauge", "lamp"))
	s.Settle()
	if n := len(forum.Threads()); n != 1 {
		t.Errorf("%d posts after the announcement was ended", n)
	}
}
