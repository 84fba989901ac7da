package discord_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/bot/discord/discordtest"
)

// TestGrows: an answer grows by what has passed the gate, never faster than
// Discord lets a bot edit, and its last edit is always sent.
func TestGrows(t *testing.T) {
	t.Parallel()
	ar := &txtar.Archive{Files: append([]txtar.File{
		{Name: "model", Data: []byte("The night ferry leaves the east quay at 21:30 from 1 June. [1]\nPAUSE\n" +
			"She carries 420 passengers and a brass band. [1]\nSo the harbour office said on Monday. [1]\n")},
	}, ferry.Files...)}
	s := newStage(t, stageOptions{archive: ar})
	s.start()
	m := s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion).WaitFor("[👍]")
	versions := m.Versions()
	grown, last := 0, ""
	for n, v := range versions {
		if strings.Contains(v.Text, "420") {
			t.Errorf("shown unchecked:\n%s", v.Text)
		}
		if !strings.Contains(v.Text, ferryAnswer) {
			continue // Discord's own "thinking", or that the articles are read
		}
		if gap := v.At.Sub(versions[n-1].At); grown > 0 && gap < 1200*time.Millisecond {
			t.Errorf("edited %v after the last time", gap)
		}
		grown++
		said, _, _ := strings.Cut(v.Text, "\n")
		if !strings.HasPrefix(said, last) {
			t.Errorf("%q became %q", last, said)
		}
		last = said
	}
	if grown < 2 {
		t.Errorf("it grew %d times:\n%s", grown, m.Text())
	}
}

// parrot is a model that says again all that it is told of decks.
type parrot struct{}

func (parrot) Generate(_ context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		number := ""
		for line := range strings.Lines(p.User) {
			line = strings.TrimSpace(line)
			if n, _, ok := strings.Cut(strings.TrimPrefix(line, "["), "]"); ok && strings.HasPrefix(line, "[") {
				number = n
			}
			if strings.HasPrefix(line, "On deck") && !yield(line+" ["+number+"]\n", nil) {
				return
			}
		}
	}
}

// TestMayNotAttach: where an answer is too long for three messages and the bot may
// attach no file, its beginning is shown and the reason said; and the channel is
// written to as before.
func TestMayNotAttach(t *testing.T) {
	t.Parallel()
	var ar txtar.Archive
	for n := range 12 {
		ar.Files = append(ar.Files, txtar.File{Name: "article", Data: fmt.Appendf(nil,
			"title: Cargo of deck %d\nsource: The Tollness Lantern\npublished: 2026-05-11\nurl: https://lantern.example/deck-%d\n\n"+
				"On deck %d the night ferry carries this cargo: %sbarrels of herring, crates of lamp oil and bolts of grey sailcloth.\n", n+1, n+1, n+1, strings.Repeat("many and more and still more ", 25))})
	}
	s := newStage(t, stageOptions{archive: &ar, writes: parrot{}})
	s.start()
	s.WaitReady()
	s.Expect(50013)
	harbour := s.places["#harbour"]
	harbour.Deny(s.Bot.ID, discordtest.AttachFiles)
	for _, who := range []string{"ada", "bert"} {
		harbour.Post(s.people[who], "@Pilcrow what cargo does the night ferry carry on each deck?")
		var m *discordtest.Message
		s.Wait("an answer to "+who, func() bool { m = harbour.Last(); return m.Author() == s.Bot && m.Has("[👍]") })
		if !m.Has("On deck ") || !m.Has("A moderator can allow me Attach Files.") || m.Has("is attached") || len(m.Files()) > 0 {
			t.Errorf("it says:\n%s", m.Text())
		}
	}
}

// TestHelpFits: however long titles are, what /help says fits into messages, in
// every language.
func TestHelpFits(t *testing.T) {
	t.Parallel()
	var ar txtar.Archive
	for n := range 6 {
		ar.Files = append(ar.Files, txtar.File{Name: "article", Data: fmt.Appendf(nil,
			"title: %d%s\nsource: %s\npublished: 2026-05-1%d\n\nA gull was seen on pier %d.\n", n, strings.Repeat(" *gulls*", 30), strings.Repeat("|_", 20), n, n)})
	}
	s := newStage(t, stageOptions{archive: &ar})
	s.start()
	ada := s.people["ada"]
	for locale, word := range map[string]string{"en-US": "I read here: 6", "de": "hier lese: 6", "fr": "lis ici : 6", "es-ES": "leo aquí: 6", "es-419": "leo aquí: 6", "hi": "लेख: 6", "ja": "I read here: 6"} {
		ada.Locale = locale
		m := s.Slash(ada, s.places["#harbour"], "/help").WaitFor(word)
		if !m.Has(`\*gulls\*`) {
			t.Errorf("%s: %s", locale, m.Text())
		}
	}
}
