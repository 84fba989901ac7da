package discord_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// TestSettings changes what holds in the server, for those who may.
func TestSettings(t *testing.T) {
	s := newStage(t, stageOptions{archive: new(txtar.Archive)})
	s.start()
	s.do("ada in #news: /settings change")
	s.last.WaitFor("Only those who manage")
	s.do("mia in #news: /settings change")
	s.last.WaitFor("Roles that may ask")
	press := func(label string) *discordtest.Interaction {
		t.Helper()
		i := s.Click(s.people["mia"], s.having(label, ""), label)
		s.Settle()
		return i
	}
	press("Limits")
	form := press("Set limits").Modal()
	s.last = s.Submit(s.people["mia"], form, map[string]string{"member": "20", "tokens": "50000"})
	s.Settle()
	press("More")
	press("Announcements: on/off")
	form = press("Change").Modal()
	s.last = s.Submit(s.people["mia"], form, map[string]string{"languages": "de, en", "zone": "Nowhere/Atall"})
	s.Settle()
	press("Log")

	got, err := s.options.Ledger.Settings(t.Context(), s.guild.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Limits.Member.Questions != 20 || got.Limits.Guild.Tokens != 50000 || !got.NoAnnouncements || got.Zone != "" {
		t.Errorf("the settings are %+v", got)
	}
	for _, want := range []string{"That cannot be set", `no\_announcements`, "limits"} {
		if !strings.Contains(s.Transcript(), want) {
			t.Errorf("nobody reads %q:\n%s", want, s.Transcript())
		}
	}
}

// TestBind binds a channel to collections chosen from a menu: what the server
// has and what everybody reads, and nothing of others. Where there are more than
// a menu holds, their names are typed.
func TestBind(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{archive: new(txtar.Archive)})
	own := ledger.GuildCollection(s.guild.ID)
	adds := func(collections ...string) {
		t.Helper()
		for _, c := range collections {
			if _, _, err := s.store.Add(t.Context(), c, corpus.Draft{Lang: "en", Paragraphs: []string{"Kept in " + c + "."}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	adds(own+"/board", own+"/links", "main", "private", ledger.GuildCollection("77"), ledger.PersonCollection("7"))
	s.start()
	mia, place := s.people["mia"], s.places["#news"]
	press := func(label string) *discordtest.Interaction {
		t.Helper()
		i := s.Click(mia, s.having(label, ""), label)
		s.Settle()
		return i
	}
	choose := func(values ...string) {
		t.Helper()
		s.Select(mia, s.having("Log", ""), "What is read there; nothing chosen: what the server reads", values...)
		s.Settle()
	}
	reads := func(want ...string) {
		t.Helper()
		set, err := s.options.Ledger.Settings(t.Context(), s.guild.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := set.Channels[place.ID].Read; !slices.Equal(got, want) {
			t.Errorf("bound to %q, want %q", got, want)
		}
	}
	s.do("mia in #news: /settings change")
	s.last.WaitFor("Roles that may ask")
	press("Channels")
	press("Bind a channel")
	menu := s.last.Message()
	for _, other := range []string{"links", "private", "77", "person"} {
		if menu.Has(other) {
			t.Errorf("%q is offered:\n%s", other, s.Transcript())
		}
	}
	choose("This server's own articles: board", "main")
	reads(own+"/board", "main")
	press("Channels")
	s.last.WaitFor("only some collections: #news This server's own articles")
	press("Bind a channel")
	choose("main")
	reads("main")
	choose()
	reads()

	for n := range mostInMenu {
		adds(fmt.Sprintf("%s/part %02d", own, n))
	}
	press("Channels")
	press("Bind a channel")
	form := press("Type the names").Modal()
	s.Submit(mia, form, map[string]string{"collections": own + "/part 07, main"})
	s.Settle()
	reads(own+"/part 07", "main")
	form = func() *discordtest.Modal { press("Bind a channel"); return press("Type the names").Modal() }()
	s.Submit(mia, form, map[string]string{"collections": "guild-77"})
	s.places["#news"].WaitFor("neither public nor this guild's")
	reads(own+"/part 07", "main")
}

// mostInMenu is how many options Discord lets a menu have.
const mostInMenu = 25
