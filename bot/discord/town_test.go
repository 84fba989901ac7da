package discord_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"pilcrow/bot"
	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/ingest"
)

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
	mia     *discordtest.User // moderates
	store   *corpus.Store
	ledger  *ledger.Ledger
	options discord.Options
	setting setting
	app     *discord.App
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
	w := &town{Server: discordtest.New(t, o), t: t, setting: set}
	driven.note(t, w.Server)
	w.guild = w.Guild("Tollness")
	w.harbour = w.guild.Channel("harbour")
	w.ada, w.ben = w.guild.Member("ada"), w.guild.Member("ben")
	w.mia = w.guild.Member("mia", w.guild.Role("moderator", discordtest.ManageMessages))

	a := opened(t, ledger.Options{})
	a.add("main", tollness...)
	find := a.finder()
	w.store, w.ledger = a.store, a.ledger
	now := time.Now().UTC()
	w.options = discord.Options{
		API: w.URL, Token: w.Token, Content: set.content, Files: []string{w.CDN},
		Store: w.store, Ledger: w.ledger, Fetch: w.fetch,
		Now: func() time.Time { return now },
	}
	w.start(func() *bot.Bot { return bot.New(bot.Options{Find: find, Store: w.store, Model: set.model}) })
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
	w.app = app
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

// Settle waits until all is said, but for what a model takes its time over.
func (w *town) Settle() {
	w.t.Helper()
	_, slowly := w.setting.model.(slow)
	for w.Server.Settle(); w.app.Answering() > 0 && !slowly; w.Server.Settle() {
	}
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
	switch {
	case strings.HasSuffix(address, "/members"):
		return corpus.Article{}, fmt.Errorf("add %s: %w", address, &fetch.Fault{Kind: fetch.ErrLogin, Status: 401})
	case strings.HasSuffix(address, ".xml"):
		return corpus.Article{}, fmt.Errorf("add %s: %w", address, ingest.ErrFeed)
	case !ok:
		return corpus.Article{}, fmt.Errorf("add %s: %w", address, &fetch.Fault{Kind: fetch.ErrGone, Status: 404})
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

// clicks buttons of a message, one after the other.
func (w *town) clicks(u *discordtest.User, m *discordtest.Message, buttons ...string) {
	for _, b := range buttons {
		w.Click(u, m, b)
		w.Settle()
	}
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
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
