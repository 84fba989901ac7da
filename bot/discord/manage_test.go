package discord_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// TestManage takes an article in, corrects it, takes it out and brings it back,
// follows a feed, and shows that who may not do so is told so.
func TestManage(t *testing.T) {
	s := newStage(t, stageOptions{
		archive: new(txtar.Archive),
		change: func(o *discord.Options) {
			o.Files = []string{strings.TrimSuffix(o.API, "/api/v10")}
			o.Fetch = func(ctx context.Context, collection, address string) (corpus.Article, error) {
				if !strings.Contains(address, "courier.example") {
					return corpus.Article{}, errors.New("fetch " + address + ": no such host")
				}
				a, _, err := o.Store.Add(ctx, collection, draft(t, "url: "+address+"\n"+gaugeNews))
				return a, err
			}
			o.FindFeed = func(_ context.Context, address string) (corpus.Feed, error) {
				return corpus.Feed{URL: "https://" + address + "/feed.xml", Title: "Tollness Courier"}, nil
			}
		},
	})
	s.start()
	tell := func(line, want string) {
		t.Helper()
		s.do(line)
		s.last.WaitFor(want)
	}
	for _, line := range []string{"/add link:https://courier.example/gauge", "/remove article:gauge", "/edit article:gauge title:x", "/feed list"} {
		tell("ada in #news: "+line, "You may not add or remove articles here")
	}
	tell("mia in #news: /add", "either a link or a file")
	tell("mia in #news: /add link:https://nowhere.example/", "no such host")
	tell("mia in #news: /add link:https://courier.example/gauge", "The harbour gauge is being replaced")
	s.last = s.Slash(s.people["mia"], s.places["#news"], "/add", discordtest.Opt("file", &discordtest.File{Name: "note.txt", Data: []byte("The lamp on the pier burns all night.\n")}))
	s.last.WaitFor("Added")

	tell("mia in #news: /edit article:gauge source:The Lantern date:2026-05-17", "The Lantern · 2026-05-17")
	tell("mia in #news: /edit article:gauge", "Say what to correct")
	tell("mia in #news: /remove article:gauge", "The harbour gauge")
	s.do("ada in #news: /articles")
	s.do("mia clicks Bring it back")
	tell("mia in #news: /articles search:gauge", "The harbour gauge is being replaced")

	tell("mia in #news: /feed list", "No feed is followed")
	tell("mia in #news: /feed add address:courier.example", "From now on I follow")
	tell("mia in #news: /feed list", "feed.xml")
	s.do("mia in #news types feed in /feed remove: courier")
	tell("mia in #news: /feed remove feed:https://courier.example/feed.xml", "No longer followed")

	log, err := s.options.Ledger.Log(t.Context(), s.guild.ID, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	var done []string
	for _, e := range log {
		done = append(done, e.What)
	}
	if got, want := strings.Join(done, ", "), "feed remove, feed add, restore, remove, edit, add, add"; got != want {
		t.Errorf("the audit log has %s, want %s", got, want)
	}
}

// TestEditShared leaves an article alone that another server reads as well: a
// text without an address is one article wherever it was added.
func TestEditShared(t *testing.T) {
	s := newStage(t, stageOptions{archive: new(txtar.Archive)})
	s.start()
	s.comes(gaugeNews)
	if _, _, err := s.store.Add(t.Context(), ledger.GuildCollection("77"), draft(t, gaugeNews)); err != nil {
		t.Fatal(err)
	}
	s.do("mia in #news: /edit article:gauge title:Nothing happened")
	s.last.WaitFor("read in other places as well")
}
