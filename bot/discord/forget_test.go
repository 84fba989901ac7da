package discord_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

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
