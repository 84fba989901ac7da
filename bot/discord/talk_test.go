package discord_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/discord/markup/markuptest"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
	"pilcrow/corpus/ingest"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
)

var updateTalk = flag.Bool("update-talk", false, "write the transcripts of talk_test.go anew")

// tollness is what is read in the tests.
var tollness = []corpus.Draft{{
	Title: "Council votes to rebuild the sea wall", Source: "Tollness Courier", URL: "https://courier.example/sea-wall", Lang: "en",
	Published: time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC),
	Paragraphs: []string{
		"Tollness council voted by eleven to four on Tuesday to rebuild the sea wall along Harbour Parade.",
		"Work on the sea wall begins on 1 June, when the spring tides are over, and is to take fourteen months.",
		"Every household in Tollness pays £18 a year towards the sea wall, councillor Maud Odell said.",
	},
}, {
	Title: "Lighthouse opens to visitors", Source: "The Lantern", URL: "https://lantern.example/lighthouse", Lang: "en",
	Published: time.Date(2026, 4, 12, 0, 0, 0, 0, time.UTC),
	Paragraphs: []string{
		"The lighthouse at Tollness Point opens to visitors on 2 May for the first time since 1961.",
		"The lighthouse is 31 metres tall and was built in 1883 by the engineer Ames Pell.",
	},
}}

// town is a Discord with the bot in it.
type town struct {
	*discordtest.Server
	t       *testing.T
	guild   *discordtest.Guild
	harbour *discordtest.Channel
	ada     *discordtest.User
	ben     *discordtest.User
	store   *corpus.Store
	ledger  *ledger.Ledger
}

// founded starts the bot in a town. content lets it read what does not mention
// it.
func founded(t *testing.T, content bool) *town {
	t.Helper()
	o := discordtest.Options{Unlimited: true}
	if content {
		o.Privileged = 1 << 15
	}
	w := &town{Server: discordtest.New(t, o), t: t}
	w.guild = w.Guild("Tollness")
	w.harbour = w.guild.Channel("harbour")
	w.ada, w.ben = w.guild.Member("ada"), w.guild.Member("ben")

	path := filepath.Join(t.TempDir(), "pilcrow.db")
	store, err := corpus.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	for _, d := range tollness {
		if _, _, err := store.Add(t.Context(), "main", d); err != nil {
			t.Fatal(err)
		}
	}
	lexical := bm25.New()
	if err := retrieval.Sync(t.Context(), store, lexical); err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), path, ledger.Options{Public: []string{"main"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	w.store, w.ledger = store, l
	app, err := discord.New(discord.Options{
		API: w.URL, Token: w.Token, Content: content, Files: []string{w.CDN},
		Store: store, Ledger: l,
		Bot: bot.New(bot.Options{Find: retrieval.New(retrieval.Options{Store: store, Lexical: lexical}), Store: store}),
		Fetch: func(ctx context.Context, collection, address string) (corpus.Article, error) {
			return w.fetch(ctx, collection, address)
		},
		Now: func() time.Time { return time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	w.WaitReady()
	return w
}

// fetch is a web with two pages.
func (w *town) fetch(ctx context.Context, collection, address string) (corpus.Article, error) {
	pages := map[string]string{
		"https://courier.example/ferry":  "<title>Ferry returns to Tollness</title><article><p>The ferry to Sandholm sails again from 14 May, the harbour board said on Friday.</p><p>A crossing takes forty minutes and costs £9 for a grown-up passenger on foot.</p></article>",
		"https://lantern.example/school": "<title>School gets a new roof</title><article><p>The school in Mill Lane gets a new roof over the summer, paid for by the county.</p><p>Lessons move to the chapel hall for six weeks while the builders are at work.</p></article>",
	}
	page, ok := pages[address]
	if !ok {
		return corpus.Article{}, errors.New("fetch: the site says that there is no such page")
	}
	d, err := ingest.Content(ctx, "page.html", []byte("<!doctype html>"+page))
	if err != nil {
		return corpus.Article{}, err
	}
	d.URL, d.Source = address, strings.Split(address, "/")[2]
	a, _, err := w.store.Add(ctx, collection, d)
	return a, err
}

// posts writes a message and waits until the bot has done what it does.
func (w *town) posts(u *discordtest.User, c *discordtest.Channel, content string, parts ...discordtest.Part) *discordtest.Message {
	m := c.Post(u, content, parts...)
	w.Settle()
	return m
}

// uses does the same with a command of a message's menu.
func (w *town) uses(u *discordtest.User, command string, m *discordtest.Message) {
	w.MessageCommand(u, command, m).Message()
	w.Settle()
}

// TestTalk plays scenes and compares what is then seen with
// testdata/talk.txtar:
//
//	go test ./bot/discord -run TestTalk -update-talk
func TestTalk(t *testing.T) {
	scenes := []struct {
		name    string
		content bool // the bot may read what does not mention it
		play    func(w *town)
	}{
		{"a mention, and a reply that goes on", false, func(w *town) {
			w.posts(w.ada, w.harbour, "@Pilcrow when does work on the sea wall begin?")
			w.posts(w.ben, w.harbour, "@Pilcrow and how tall is the lighthouse?", discordtest.Reply(w.harbour.Last()))
		}},
		{"a direct message, and another", false, func(w *town) {
			w.posts(w.ada, w.ada.DM(), "Who built the lighthouse?")
			w.posts(w.ada, w.ada.DM(), "and how tall is it?")
		}},
		{"people talking to each other", false, func(w *town) {
			w.posts(w.ada, w.harbour, "when does work on the sea wall begin?")
			w.posts(w.ben, w.harbour, "@ada in June", discordtest.Reply(w.harbour.Last()))
		}},
		{"robots and the bot itself", false, func(w *town) {
			robot := w.Robot("Echo")
			w.guild.Join(robot)
			w.posts(robot, w.harbour, "@Pilcrow when does work on the sea wall begin?")
		}},
		{"an event that comes twice", false, func(w *town) {
			w.Gateway().Duplicate(1)
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a mention without a question", false, func(w *town) {
			w.posts(w.ada, w.harbour, "@Pilcrow")
			w.posts(w.ada, w.harbour, "@Pilcrow 🌊https://courier.example/x")
			w.posts(w.ada, w.harbour, "@Pilcrow ?!")
		}},
		{"a thread, in which only mentions can be read", false, func(w *town) {
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.Settle()
			thread := w.harbour.Threads()[0]
			w.posts(w.ada, thread, "who built it?")
			w.posts(w.ada, thread, "hello?")
			w.posts(w.ada, thread, "@Pilcrow who built it?")
		}},
		{"a thread, in which everything can be read", true, func(w *town) {
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.Settle()
			thread := w.harbour.Threads()[0]
			w.posts(w.ada, thread, "who built it?")
			w.posts(w.ben, thread, "@ada I knew that")
			w.posts(w.ben, thread, "", discordtest.Attach("wave.png", "image/png", []byte("\x89PNG\r\n\x1a\n")))
			other := w.harbour.Thread(w.ben, "Our own")
			w.posts(w.ben, other, "who built the lighthouse?")
		}},
		{"a channel that the bot cannot write to", false, func(w *town) {
			w.Expect(50013)
			w.harbour.Deny(w.Bot.ID, discordtest.SendMessages)
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a person who takes no messages from it", false, func(w *town) {
			w.Expect(50013, 50007)
			w.ada.Block()
			w.harbour.Deny(w.Bot.ID, discordtest.SendMessages)
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a message that is deleted at once", false, func(w *town) {
			w.harbour.Post(w.ada, "@Pilcrow how tall is the lighthouse?").Delete()
			w.Settle()
		}},
		{"a channel that is to be silent", false, func(w *town) {
			if _, err := w.ledger.Change(w.t.Context(), w.guild.ID, w.ada.ID, func(s *ledger.Settings) error {
				s.Channels = map[string]ledger.Channel{w.harbour.ID: {Silent: true}}
				return nil
			}); err != nil {
				w.t.Fatal(err)
			}
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"somebody who may not ask", false, func(w *town) {
			if _, err := w.ledger.Change(w.t.Context(), w.guild.ID, w.ada.ID, func(s *ledger.Settings) error {
				s.AskRoles = []string{"1"}
				return nil
			}); err != nil {
				w.t.Fatal(err)
			}
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a long question", false, func(w *town) {
			w.posts(w.ada, w.ada.DM(), "How tall is the lighthouse at Tollness Point? "+strings.Repeat("Please tell me about it. ", 240))
		}},
		{"right to left, and towers of marks", false, func(w *town) {
			w.posts(w.ada, w.harbour, "@Pilcrow \u202eמתי מתחילה העבודה על החומה?\u202c @everyone")
			w.posts(w.ada, w.harbour, "@Pilcrow Ḩ̵̛͇̦̟̋̏̅͗ŏ̴̢̡̖̪̦̓w̷̢̛͓͖͕̽͗̕ tall is the lighthouse?")
		}},

		{"sources of a message", false, func(w *town) {
			m := w.posts(w.ben, w.harbour, "> Work on the sea wall begins on **1 July**.\nThe lighthouse is 31 metres tall. <@1> Dolphins love herring ice cream.")
			w.uses(w.ada, "Find sources", m)
		}},
		{"sources of a card alone", false, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.Embed(map[string]any{
				"title": "Lighthouse", "description": "The lighthouse is 31 metres tall.", "url": "https://lantern.example/lighthouse",
			}))
			w.uses(w.ada, "Find sources", m)
		}},
		{"sources of a forward", false, func(w *town) {
			m := w.posts(w.ben, w.harbour, "The lighthouse was built in 1883 by the engineer Ames Pell.")
			f := w.posts(w.ada, w.harbour, "", discordtest.Forward(m))
			w.uses(w.ada, "Find sources", f)
		}},
		{"sources of a file, whatever it is called", false, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.Attach("photo.png", "image/png", []byte("The lighthouse is 31 metres tall.\n")))
			w.uses(w.ada, "Find sources", m)
			m = w.posts(w.ben, w.harbour, "", discordtest.Attach("story.txt", "text/plain", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")))
			w.uses(w.ada, "Find sources", m)
		}},
		{"a file that is not kept at Discord", false, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.AttachAt("story.txt", "text/plain", "https://phish.example/story.txt"))
			w.uses(w.ada, "Find sources", m)
		}},
		{"ten cards without words", false, func(w *town) {
			var cards []discordtest.Part
			for range 10 {
				cards = append(cards, discordtest.Embed(map[string]any{"url": "https://courier.example/sea-wall"}))
			}
			m := w.posts(w.ben, w.harbour, "", cards...)
			w.uses(w.ada, "Find sources", m)
		}},

		{"a link that is not read here yet", false, func(w *town) {
			m := w.posts(w.ben, w.harbour, "look: https://courier.example/ferry.")
			w.uses(w.ada, "Summarise link", m)
			w.posts(w.ada, w.harbour, "@Pilcrow what does the ferry to Sandholm cost?")
		}},
		{"several links and a file", false, func(w *town) {
			m := w.posts(w.ben, w.harbour, "<https://courier.example/ferry> [a school](https://lantern.example/school) https://courier.example/gone",
				discordtest.Attach("the-harbour-seals.md", "text/markdown", []byte("# The harbour seals\n\nTwelve grey seals were counted on the mole this spring, four more than a year ago.\n")))
			w.uses(w.ada, "Summarise link", m)
		}},
		{"no link", false, func(w *town) {
			m := w.posts(w.ben, w.harbour, "nothing here but https://discord.com/channels/1/2/3")
			w.uses(w.ada, "Summarise link", m)
		}},
	}
	got := &txtar.Archive{Files: make([]txtar.File, len(scenes))}
	t.Run("scenes", func(t *testing.T) {
		for n, scene := range scenes {
			t.Run(scene.name, func(t *testing.T) {
				t.Parallel()
				w := founded(t, scene.content)
				scene.play(w)
				w.Settle()
				got.Files[n] = txtar.File{Name: scene.name, Data: []byte(seenBy(w.Transcript()))}
			})
		}
	})
	const golden = "testdata/talk.txtar"
	if *updateTalk {
		if err := os.WriteFile(golden, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range got.Files { // of those that ran
		for _, g := range want.Files {
			if diff := cmp.Diff(string(g.Data), string(f.Data)); g.Name == f.Name && diff != "" {
				t.Errorf("%s (-want +got):\n%s", f.Name, diff)
			}
		}
	}
}

// seenBy shows a transcript with each line as a person sees it.
func seenBy(transcript string) string {
	var b strings.Builder
	for line := range strings.Lines(transcript) {
		line = strings.TrimSuffix(line, "\n")
		if r := []rune(line); len(r) > 400 {
			line = string(r[:100]) + " … " + string(r[len(r)-100:])
		}
		said, ok := strings.CutPrefix(line, "  ")
		if !ok {
			b.WriteString(line + "\n")
			continue
		}
		for part := range strings.Lines(markuptest.Seen(said)) {
			b.WriteString(strings.TrimRight("  "+strings.TrimSuffix(part, "\n"), " ") + "\n")
		}
	}
	return b.String()
}
