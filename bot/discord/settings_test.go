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

// TestMenus changes what is chosen from the server's own roles and channels, each
// menu once, and goes through every page.
func TestMenus(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{archive: new(txtar.Archive)})
	reader := s.guild.Role("reader", 0)
	quiet, questions := s.guild.Channel("quiet"), s.guild.Forum("questions")
	s.start()
	mia := s.people["mia"]
	s.do("mia in #news: /settings change")
	page := s.last.WaitFor("Roles that may ask")
	press := func(label string) { t.Helper(); s.Click(mia, page, label); s.Settle() }
	choose := func(menu string, values ...string) {
		t.Helper()
		s.Select(mia, page, menu, values...)
		s.Settle()
	}
	holds := func(what string, get func(ledger.Settings) []string, want ...string) {
		t.Helper()
		s.Wait(fmt.Sprintf("%q and a page of %q", want, what), func() bool {
			set, err := s.options.Ledger.Settings(t.Context(), s.guild.ID)
			if err != nil {
				t.Fatal(err)
			}
			return slices.Equal(get(set), want) && page.Has(what)
		})
	}
	for _, x := range []struct {
		menu string
		get  func(ledger.Settings) []string
	}{
		{"set:ask:roles", func(s ledger.Settings) []string { return s.AskRoles }},
		{"set:add:roles", func(s ledger.Settings) []string { return s.AddRoles }},
		{"set:manage:roles", func(s ledger.Settings) []string { return s.ManageRoles }},
	} {
		choose(x.menu, "@reader")
		holds("@reader", x.get, reader.ID)
		choose(x.menu)
		holds("Roles that may ask", x.get)
	}

	press("Channels")
	forums := func(s ledger.Settings) []string { return s.Forums }
	silent := func(s ledger.Settings) (list []string) {
		for id, c := range s.Channels {
			if c.Silent {
				list = append(list, id)
			}
		}
		slices.Sort(list)
		return list
	}
	choose("set:silent:channels", "#quiet", "#news")
	both := []string{quiet.ID, s.places["#news"].ID}
	slices.Sort(both)
	holds("Silent channels", silent, both...)
	choose("set:silent:channels", "#quiet")
	holds("Silent channels", silent, quiet.ID)
	choose("set:forums:channels", "#questions")
	holds("Silent channels", forums, questions.ID)

	// Another channel than the one where the settings are open, before anything is
	// read in this server.
	press("Bind a channel")
	s.Wait("the channel here", func() bool { return page.Has("#news: ") })
	choose("set:channel:bind", "#harbour")
	s.Wait("the channel chosen", func() bool { return page.Has("#harbour: ") })
	choose("set:channel:bind", "#quiet")
	for _, label := range []string{"Limits", "More", "Send words: on/off", "Log", "Roles"} {
		press(label)
	}
	if got := s.Transcript(); strings.Contains(got, "went wrong") || strings.Contains(got, "cannot be set") {
		t.Error(got)
	}
}

// mostInMenu is how many options Discord lets a menu have.
const mostInMenu = 25
