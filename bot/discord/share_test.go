package discord_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
)

// TestShare shows everybody a private answer, as far as the channel may read
// what it stands on.
func TestShare(t *testing.T) {
	s := newStage(t, stageOptions{archive: &txtar.Archive{Files: []txtar.File{
		{Name: "article guild", Data: []byte(gaugeNews)},
	}}})
	s.start()
	s.last = s.Slash(s.people["ada"], s.places["#news"], "/ask", discordtest.Opt("question", "Since when has the old tide gauge stood on the north pier?"), discordtest.Opt("private", true))
	s.last.WaitFor("Share")
	s.do("ada clicks Share")
	s.places["#news"].WaitFor("1953")

	// The channel is bound to what holds none of it.
	if _, err := s.options.Ledger.Change(t.Context(), s.guild.ID, s.people["mia"].ID, func(o *ledger.Settings) error {
		o.Channels = map[string]ledger.Channel{s.places["#news"].ID: {Read: []string{"main"}}}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	before := s.shows("1953")
	s.do("ada clicks Share")
	s.Settle()
	if after := s.shows("1953"); after != before || !strings.Contains(s.Transcript(), "may not read its articles") {
		t.Errorf("shared where it may not be read:\n%s", s.Transcript())
	}
}

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

// TestForget deletes what is kept about ada, and the message that shows it.
func TestForget(t *testing.T) {
	s := newStage(t, stageOptions{archive: &txtar.Archive{Files: []txtar.File{{Name: "article", Data: []byte(gaugeNews)}}}})
	s.start()
	s.do("ada in #news: /ask question:Since when has the old tide gauge stood on the north pier?")
	s.last.WaitFor("1953")
	s.do("ada in #harbour: /usage")
	s.last.WaitFor("You, everywhere")
	s.do("ada in #harbour: /forget")
	s.do("ada clicks Delete it all")
	s.Wait("the end of it", func() bool { return strings.Contains(s.Transcript(), "ratings") })
	kept, err := s.options.Ledger.Export(t.Context(), s.store, s.people["ada"].ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(kept.Asked) != 0 || s.shows("1953") != 0 {
		t.Errorf("kept %d answers:\n%s", len(kept.Asked), s.Transcript())
	}
}
