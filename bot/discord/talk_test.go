package discord_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
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
	options discord.Options
	stop    func()
	restart func()
}

// setting is what differs between towns.
type setting struct {
	content bool          // the bot may read what does not mention it
	model   bot.Generator // who writes; nil for nobody
}

// founded starts the bot in a town.
func founded(t *testing.T, set setting) *town {
	t.Helper()
	o := discordtest.Options{Unlimited: true}
	if set.content {
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
	find := retrieval.New(retrieval.Options{Store: store, Lexical: lexical})
	now := time.Now().UTC()
	w.options = discord.Options{
		API: w.URL, Token: w.Token, Content: set.content, Files: []string{w.CDN},
		Store: store, Ledger: l, Fetch: w.fetch,
		Now: func() time.Time { return now },
	}
	w.start(func() *bot.Bot { return bot.New(bot.Options{Find: find, Store: store, Model: set.model}) })
	t.Cleanup(func() { w.stop() })
	return w
}

// start runs the bot, with a brain that remembers nothing.
func (w *town) start(brain func() *bot.Bot) {
	w.options.Bot = brain()
	app, err := discord.New(w.options)
	if err != nil {
		w.t.Fatal(err)
	}
	before := w.Gateway().Identified()
	ctx, cancel := context.WithCancel(w.t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	w.stop = func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Error(err)
		}
	}
	w.restart = func() {
		w.stop()
		w.start(brain)
	}
	w.Wait("the bot", func() bool { return w.Gateway().Identified() > before && w.Gateway().Ready() })
}

// slow is a model that says how tall the lighthouse is, and who built it once it
// may go on.
type slow struct{ goOn chan struct{} }

func (s slow) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		before, _, _ := strings.Cut(p.User, "\nThe lighthouse is 31 metres")
		_, number, _ := strings.Cut(before[strings.LastIndex(before, "\n["):], "[")
		number, _, _ = strings.Cut(number, "]")
		if !yield("The lighthouse is 31 metres tall. ["+number+"]\n", nil) {
			return
		}
		select {
		case <-s.goOn:
			yield("The lighthouse was built in 1883 by the engineer Ames Pell. ["+number+"]\n", nil)
		case <-ctx.Done():
		}
	}
}

// deaf is a model that nothing may be told.
type deaf struct{ t *testing.T }

func (d deaf) Generate(_ context.Context, p bot.Prompt) iter.Seq2[string, error] {
	d.t.Errorf("a model was told %q", p.User)
	return func(func(string, error) bool) {}
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

// posts writes a message that the bot has nothing to say to.
func (w *town) posts(u *discordtest.User, c *discordtest.Channel, content string, parts ...discordtest.Part) *discordtest.Message {
	m := c.Post(u, content, parts...)
	w.Settle()
	return m
}

// asks writes a message and waits until the bot has said all that it says to it.
func (w *town) asks(u *discordtest.User, c *discordtest.Channel, content string, parts ...discordtest.Part) *discordtest.Message {
	c.Post(u, content, parts...)
	var last *discordtest.Message
	w.Wait("an answer to "+content, func() bool {
		last = c.Last()
		return last.Author() == w.Bot && !last.Has("[Stop]") && !last.Has("Reading the articles")
	})
	w.Settle()
	return last
}

// uses a command of a message's menu and waits for the end of what comes.
func (w *town) uses(u *discordtest.User, command string, m *discordtest.Message, end string) {
	w.MessageCommand(u, command, m).WaitFor(end)
	w.Settle()
}

// decides changes what the guild has decided.
func (w *town) decides(change func(*ledger.Settings)) {
	if _, err := w.ledger.Change(w.t.Context(), w.guild.ID, w.ada.ID, func(s *ledger.Settings) error {
		change(s)
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
}

// silence lets nothing be shown in the harbour.
func (w *town) silence() {
	w.decides(func(s *ledger.Settings) { s.Channels = map[string]ledger.Channel{w.harbour.ID: {Silent: true}} })
}

// TestMain plays more scenes at once than there are processors: they mostly wait.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "4"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// TestTalk plays scenes and compares what is then seen with
// testdata/talk.txtar:
//
//	go test ./bot/discord -run TestTalk -update-talk
func TestTalk(t *testing.T) {
	release, gone := make(chan struct{}, 1), make(chan struct{}, 1)
	scenes := []struct {
		name string
		setting
		play func(w *town)
	}{
		{"a mention, and a reply that goes on", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow when does work on the sea wall begin?")
			w.asks(w.ben, w.harbour, "@Pilcrow and how tall is the lighthouse?", discordtest.Reply(w.harbour.Last()))
		}},
		{"a direct message, and another", setting{}, func(w *town) {
			w.asks(w.ada, w.ada.DM(), "Who built the lighthouse?")
			w.asks(w.ada, w.ada.DM(), "and how tall is it?")
		}},
		{"people talking to each other", setting{}, func(w *town) {
			w.posts(w.ada, w.harbour, "when does work on the sea wall begin?")
			w.posts(w.ben, w.harbour, "@ada in June", discordtest.Reply(w.harbour.Last()))
		}},
		{"robots and the bot itself", setting{}, func(w *town) {
			robot := w.Robot("Echo")
			w.guild.Join(robot)
			w.posts(robot, w.harbour, "@Pilcrow when does work on the sea wall begin?")
		}},
		{"an event that comes twice", setting{}, func(w *town) {
			w.Gateway().Duplicate(1)
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a mention without a question", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow")
			w.posts(w.ada, w.harbour, "@Pilcrow 🌊https://courier.example/x")
			w.posts(w.ada, w.harbour, "@Pilcrow ?!")
		}},
		{"a mention without a question, where German is spoken", setting{}, func(w *town) {
			w.decides(func(s *ledger.Settings) { s.Languages = []string{"de"} })
			w.asks(w.ada, w.harbour, "@Pilcrow")
		}},
		{"a thread, in which only mentions can be read", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.Settle()
			thread := w.harbour.Threads()[0]
			w.asks(w.ada, thread, "who built it?")
			w.posts(w.ada, thread, "hello?")
			w.asks(w.ada, thread, "@Pilcrow who built it?")
		}},
		{"a thread, in which everything can be read", setting{content: true}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.Settle()
			thread := w.harbour.Threads()[0]
			w.asks(w.ada, thread, "who built it?")
			w.posts(w.ben, thread, "@ada I knew that")
			w.posts(w.ben, thread, "", discordtest.Attach("wave.png", "image/png", []byte("\x89PNG\r\n\x1a\n")))
			other := w.harbour.Thread(w.ben, "Our own")
			w.posts(w.ben, other, "who built the lighthouse?")
		}},
		{"a channel that the bot cannot write to", setting{}, func(w *town) {
			w.Expect(50013)
			w.harbour.Deny(w.Bot.ID, discordtest.SendMessages)
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.ada.DM().WaitFor("may not write")
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a person who takes no messages from it", setting{}, func(w *town) {
			w.Expect(50013, 50007)
			w.ada.Block()
			w.harbour.Deny(w.Bot.ID, discordtest.SendMessages)
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a message that is deleted at once", setting{}, func(w *town) {
			w.harbour.Post(w.ada, "@Pilcrow how tall is the lighthouse?").Delete()
			w.harbour.WaitFor("👍")
		}},
		{"a channel that is to be silent", setting{}, func(w *town) {
			w.silence()
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"somebody who may not ask", setting{}, func(w *town) {
			w.decides(func(s *ledger.Settings) { s.AskRoles = []string{"1"} })
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a long question", setting{}, func(w *town) {
			w.asks(w.ada, w.ada.DM(), "How tall is the lighthouse at Tollness Point? "+strings.Repeat("Please tell me about it. ", 240))
		}},
		{"right to left, and towers of marks", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow \u202eמתי מתחילה העבודה על החומה?\u202c @everyone")
			w.asks(w.ada, w.harbour, "@Pilcrow Ḩ̵̛͇̦̟̋̏̅͗ŏ̴̢̡̖̪̦̓w̷̢̛͓͖͕̽͗̕ tall is the lighthouse?")
		}},

		{"a reply that mentions nobody", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Mangle(func(_ string, data map[string]any) map[string]any {
				if fmt.Sprint(data["type"]) == "19" {
					data["mentions"], data["content"] = []any{}, ""
				}
				return data
			})
			w.asks(w.ben, w.harbour, "who built it?", discordtest.Reply(w.harbour.Last()))
			w.posts(w.ben, w.harbour, "hello?", discordtest.Reply(w.harbour.Messages()[1]))
		}},
		{"a reply to the answer to a reply, after a restart", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow when does work on the sea wall begin?")
			w.asks(w.ben, w.harbour, "@Pilcrow how tall is the lighthouse?", discordtest.Reply(w.harbour.Last()))
			w.restart()
			w.asks(w.ada, w.harbour, "@Pilcrow who built it?", discordtest.Reply(w.harbour.Last()))
		}},
		{"a thread, after a restart", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.restart()
			w.asks(w.ada, w.harbour.Threads()[0], "@Pilcrow who built it?")
		}},
		{"a question further under an answer to a message", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			form := w.Click(w.ada, w.harbour.Last(), "Ask further").Modal()
			w.Submit(w.ada, form, map[string]string{"Your question": "who built it?"}).WaitFor("👍")
		}},
		{"a thread that is archived while it answers", setting{model: slow{release}}, func(w *town) {
			w.Expect(50083)
			thread := w.harbour.Thread(w.ben, "Our own")
			thread.Post(w.ada, "@Pilcrow how tall is the lighthouse and who built it?")
			thread.WaitFor("31 metres")
			thread.Archive(true)
			release <- struct{}{}
			w.ada.DM().WaitFor("archived")
		}},
		{"an answer that is deleted while it grows", setting{model: slow{gone}}, func(w *town) {
			w.Expect(10008)
			w.harbour.Post(w.ada, "@Pilcrow how tall is the lighthouse and who built it?")
			w.harbour.WaitFor("31 metres").Delete()
			gone <- struct{}{}
		}},
		{"a thread of a silent channel", setting{}, func(w *town) {
			w.silence()
			w.posts(w.ada, w.harbour.Thread(w.ben, "Our own"), "@Pilcrow how tall is the lighthouse?")
		}},
		{"events with half of what they should hold", setting{}, func(w *town) {
			for _, half := range []any{
				nil, "message", map[string]any{}, map[string]any{"id": "1", "channel_id": w.harbour.ID, "author": nil},
				map[string]any{"id": "2", "channel_id": w.harbour.ID, "author": map[string]any{"id": w.ada.ID}, "mentions": "all"},
				map[string]any{"id": "3", "channel_id": w.harbour.ID, "author": map[string]any{"id": w.ada.ID}, "type": "?"},
				map[string]any{"id": "4", "channel_id": "../../users/@me", "author": map[string]any{"id": w.ada.ID}, "content": "hello"},
			} {
				w.Gateway().Dispatch("MESSAGE_CREATE", half)
			}
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},

		{"sources of a message", setting{model: deaf{t}}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "> Work on the sea wall begins on **1 July**.\nThe lighthouse is 31 metres tall. <@1> Dolphins love herring ice cream.")
			w.uses(w.ada, "Find sources", m, "[2]")
		}},
		{"sources of a card alone", setting{model: deaf{t}}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.Embed(map[string]any{
				"title": "Lighthouse", "description": "The lighthouse is 31 metres tall.", "url": "https://lantern.example/lighthouse",
			}))
			w.uses(w.ada, "Find sources", m, "[1]")
		}},
		{"sources of a forward", setting{model: deaf{t}}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "The lighthouse was built in 1883 by the engineer Ames Pell.")
			f := w.posts(w.ada, w.harbour, "", discordtest.Forward(m))
			w.uses(w.ada, "Find sources", f, "[1]")
		}},
		{"sources of a file, whatever it is called", setting{model: deaf{t}}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.Attach("photo.png", "image/png", []byte("The lighthouse is 31 metres tall.\n")))
			w.uses(w.ada, "Find sources", m, "[1]")
			m = w.posts(w.ben, w.harbour, "", discordtest.Attach("story.txt", "text/plain", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")))
			w.uses(w.ada, "Find sources", m, "could not be read")
		}},
		{"a file that is not kept at Discord", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.AttachAt("story.txt", "text/plain", "https://phish.example/story.txt"))
			w.uses(w.ada, "Find sources", m, "could not be read")
		}},
		{"ten cards without words", setting{}, func(w *town) {
			var cards []discordtest.Part
			for range 10 {
				cards = append(cards, discordtest.Embed(map[string]any{"url": "https://courier.example/sea-wall"}))
			}
			m := w.posts(w.ben, w.harbour, "", cards...)
			w.uses(w.ada, "Find sources", m, "no words")
		}},

		{"a link that is not read here yet", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "look: https://courier.example/ferry.")
			w.uses(w.ada, "Summarise link", m, "👍")
			w.asks(w.ada, w.harbour, "@Pilcrow what does the ferry to Sandholm cost?")
		}},
		{"links on a card and in a forward", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.Embed(map[string]any{"title": "Ferry", "url": "https://courier.example/ferry"}))
			w.uses(w.ada, "Summarise link", m, "👍")
			f := w.posts(w.ben, w.harbour, "", discordtest.Forward(w.posts(w.ada, w.harbour, "https://lantern.example/school")))
			w.uses(w.ada, "Summarise link", f, "👍")
		}},
		{"several links and a file", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "<https://courier.example/ferry> [a school](https://lantern.example/school) https://courier.example/gone",
				discordtest.Attach("the-harbour-seals.md", "text/markdown", []byte("# The harbour seals\n\nTwelve grey seals were counted on the mole this spring, four more than a year ago.\n")))
			w.uses(w.ada, "Summarise link", m, "Twelve grey")
		}},
		{"no link", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "nothing here but https://discord.com/channels/1/2/3")
			w.uses(w.ada, "Summarise link", m, "no link")
		}},
	}
	got := &txtar.Archive{Files: make([]txtar.File, len(scenes))}
	t.Run("scenes", func(t *testing.T) {
		for n, scene := range scenes {
			t.Run(scene.name, func(t *testing.T) {
				t.Parallel()
				w := founded(t, scene.setting)
				scene.play(w)
				w.Settle()
				got.Files[n] = txtar.File{Name: scene.name, Data: []byte(seenBy(w.Transcript()))}
			})
		}
	})
	if t.Failed() {
		return
	}
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
