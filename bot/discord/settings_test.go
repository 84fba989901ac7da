package discord_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord/discordtest"
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
