package discord_test

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord/discordtest"
)

// lastEdit plays an answer of two sentences up to its last edit, which does not
// arrive at once, and presses Stop then.
func lastEdit(t *testing.T) (*stage, *discordtest.Interaction) {
	s := newStage(t, stageOptions{archive: &txtar.Archive{Files: append([]txtar.File{
		{Name: "model", Data: []byte("The night ferry leaves the east quay at 21:30 from 1 June. [1]\nPAUSE\nSo the harbour office said on Monday. [1]\n")},
	}, ferry.Files...)}})
	s.start()
	s.WaitReady()
	s.Inject(discordtest.Fault{Method: "PATCH", Route: laterRoute, Status: 503, Times: 2})
	i := s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion)
	m := i.WaitFor("[Stop]")
	s.Wait("the last edit", func() bool {
		for _, r := range s.Requests() {
			if r.Status == 503 {
				return true
			}
		}
		return false
	})
	s.Click(s.people["ada"], m, "Stop")
	return s, i
}

// TestStopAtTheEnd: who stops an answer in the moment in which it ends has it
// whole, with its sources, once.
func TestStopAtTheEnd(t *testing.T) {
	t.Parallel()
	s, i := lastEdit(t)
	s.Settle()
	m := i.WaitFor("[Delete]")
	if !m.Has("So the harbour office") || !m.Has("Night ferry begins in June") || m.Has("[Stop]") {
		t.Errorf("in the end there is:\n%s", m.Text())
	}
	s.once(ferryAnswer)
	left, err := s.options.Ledger.Unfinished(t.Context())
	if err != nil || len(left) > 0 {
		t.Errorf("not ended: %+v, %v", left, err)
	}
	if strings.Contains(s.Transcript(), "went wrong") {
		t.Error(s.Transcript())
	}
}
