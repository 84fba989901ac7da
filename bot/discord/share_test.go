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
	s.Expect(50013)
	s.places["#news"].Deny(s.Bot.ID, discordtest.SendMessages)
	s.do("ada clicks Share")
	s.places["#news"].Allow(s.Bot.ID, discordtest.SendMessages)
	s.do("ada clicks Share")
	s.do("ada clicks Share")
	s.places["#news"].WaitFor("1953")
	posted := 0
	for _, m := range s.places["#news"].Messages() {
		if m.To() == nil && m.Has("1953") {
			posted++
		}
	}
	if posted != 1 {
		t.Errorf("shared %d times by two clicks:\n%s", posted, s.Transcript())
	}

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
