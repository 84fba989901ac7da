package discord_test

import (
	"context"
	"errors"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTranscripts plays what people do, and compares what stands in Discord
// then. A case is a file: "articles" to read, the "model" that answers, if one
// does, what is done ("do"), and the "transcript" that comes of it.
//
//	ada in #harbour: /ask question:When does the ferry sail?
//	ada in #harbour types article in /summarise: fer
//	ada clicks Show paragraphs
//	ada fills question: And in winter?
//	ada waits for Delete
//
// A click is on the last message that has such a button; lines that begin with
// # are remarks.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			playFile(t, file)
		})
	}
}

// now is the day on which the transcripts take place.
var now = time.Date(2026, 5, 18, 9, 0, 0, 0, time.UTC)

func playFile(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := newStage(t, stageOptions{archive: ar})
	s.start()
	for i, f := range ar.Files {
		if f.Name != "do" {
			continue
		}
		for line := range strings.Lines(string(f.Data)) {
			s.do(strings.TrimSpace(line))
		}
		s.Settle()
		got := s.Transcript()
		if i+1 == len(ar.Files) || ar.Files[i+1].Name != "transcript" {
			ar.Files = append(ar.Files[:i+1], append([]txtar.File{{Name: "transcript"}}, ar.Files[i+1:]...)...)
		}
		if want := string(ar.Files[i+1].Data); want != got && !*update {
			t.Errorf("%s (-want +got):\n%s", file, cmp.Diff(want, got))
		}
		ar.Files[i+1].Data = []byte(got)
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(ar), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// stage is a Discord with a bot in it, and a server of people: ada, bert and cleo,
// and mia, who moderates.
type stage struct {
	*discordtest.Server
	t       *testing.T
	people  map[string]*discordtest.User
	places  map[string]*discordtest.Channel
	guild   *discordtest.Guild
	form    *discordtest.Modal
	last    *discordtest.Interaction
	options discord.Options
	app     *discord.App
	model   *script
	store   *corpus.Store
	stop    context.CancelFunc
	ended   chan error
}

type stageOptions struct {
	archive *txtar.Archive
	server  discordtest.Options
	change  func(*discord.Options)
	stock   func(*stage)     // adds more to read
	writes  bot.Generator    // who writes, instead of a script
	burst   int              // how many announcements of one follow may wait
	clock   func() time.Time // nil stands still
}

func newStage(t *testing.T, o stageOptions) *stage {
	t.Helper()
	s := &stage{t: t, Server: discordtest.New(t, o.server), people: map[string]*discordtest.User{}, places: map[string]*discordtest.Channel{}}
	driven.note(t, s.Server)
	s.guild = s.Guild("Tollness")
	moderator := s.guild.Role("moderator", discordtest.ManageMessages|discordtest.ManageGuild)
	s.people["ada"], s.people["bert"], s.people["cleo"] = s.guild.Member("ada"), s.guild.Member("bert"), s.guild.Member("cleo")
	s.people["mia"] = s.guild.Member("mia", moderator)
	s.places["#harbour"], s.places["#news"] = s.guild.Channel("harbour"), s.guild.Channel("news")

	limits := ledger.Limits{}
	for _, f := range o.archive.Files {
		if f.Name == "limit" { // of questions that a person may put to the model in a day
			n, err := strconv.Atoi(strings.TrimSpace(string(f.Data)))
			if err != nil {
				t.Fatal(err)
			}
			limits.Person.Questions = n
		}
	}
	if o.clock == nil {
		o.clock = func() time.Time { return now }
	}
	a := opened(t, ledger.Options{Limits: limits, Burst: o.burst, Now: o.clock})
	s.store = a.store
	model := &script{}
	s.model = model
	for _, f := range o.archive.Files {
		switch name, collection, _ := strings.Cut(f.Name, " "); name {
		case "article":
			if collection == "" {
				collection = "main"
			} else if collection == "guild" {
				collection = ledger.GuildCollection(s.guild.ID)
			}
			a.add(collection, draft(t, string(f.Data)))
		case "model":
			model.replies = append(model.replies, strings.TrimSuffix(string(f.Data), "\n"))
		case "locale":
			for line := range strings.Lines(string(f.Data)) {
				who, locale, _ := strings.Cut(strings.TrimSpace(line), " ")
				s.people[who].Locale = locale
			}
		}
	}
	if o.stock != nil {
		o.stock(s)
	}
	var writer bot.Generator
	if o.writes != nil {
		writer = o.writes
	} else if len(model.replies) > 0 {
		writer = model
	}
	s.options = discord.Options{
		API: s.URL, Token: s.Token, Bot: a.bot(writer), Store: a.store, Ledger: a.ledger,
		Now: o.clock,
	}
	if o.change != nil {
		o.change(&s.options)
	}
	return s
}

// start lets the bot come online, until the test ends.
func (s *stage) start() {
	s.t.Helper()
	app, err := discord.New(s.options)
	if err != nil {
		s.t.Fatal(err)
	}
	s.app = app
	ctx, stop := context.WithCancel(context.Background())
	s.stop, s.ended = stop, make(chan error, 1)
	go func() { s.ended <- app.Run(ctx) }()
	s.t.Cleanup(s.end)
}

// end lets the bot go offline.
func (s *stage) end() {
	if s.stop == nil {
		return
	}
	s.stop()
	s.stop = nil
	if err := <-s.ended; err != nil {
		s.t.Errorf("the bot ended: %v", err)
	}
	s.Wait("the bot offline", func() bool { return !s.Gateway().Ready() })
}

// Settle waits until all is said, but for what a model takes its time over.
func (s *stage) Settle() {
	s.t.Helper()
	for s.Server.Settle(); s.app.Answering() > 0 && !s.model.waits.Load(); s.Server.Settle() {
	}
}

// do plays one line.
func (s *stage) do(line string) {
	s.t.Helper()
	if line == "" || strings.HasPrefix(line, "#") {
		return
	}
	who, what, _ := strings.Cut(line, " ")
	person := s.people[who]
	if person == nil {
		s.t.Fatalf("nobody is called %q: %s", who, line)
	}
	verb, rest, _ := strings.Cut(what, " ")
	switch verb {
	case "in":
		where, said, _ := strings.Cut(rest, ": ")
		if name, command, ok := strings.Cut(where, " types "); ok {
			s.types(person, name, command, said)
			return
		}
		if strings.HasPrefix(said, "/") {
			s.last = s.Slash(person, s.place(who, where), strings.ReplaceAll(said, `\n`, "\n"))
		} else {
			s.place(who, where).Post(person, said)
		}
	case "clicks":
		label, text, _ := strings.Cut(rest, " under ")
		i := s.Click(person, s.having(label, strings.Trim(text, `"`)), label)
		if label == "Ask further" || label == "👎" || label == "Weiterfragen" {
			s.form = i.Modal()
		}
	case "waits":
		s.last.WaitFor(strings.TrimPrefix(rest, "for "))
	case "fills":
		values := map[string]string{}
		if field, value, ok := strings.Cut(rest, ": "); ok {
			values[field] = value
		}
		s.last = s.Submit(person, s.form, values)
	default:
		s.t.Fatalf("what does this mean: %s", line)
	}
	s.Settle()
}

// types completes an option, given as "OPTION in /command option:value".
func (s *stage) types(person *discordtest.User, where, command, text string) {
	option, line, _ := strings.Cut(command, " in ")
	s.Autocomplete(person, s.place(person.Name, where), line, option, text)
}

func (s *stage) place(who, where string) *discordtest.Channel {
	if where == "DM" {
		return s.people[who].DM()
	}
	if c := s.places[where]; c != nil {
		return c
	}
	s.t.Fatalf("there is no %s", where)
	return nil
}

// having returns the last message that has a button, and a text, once there is
// one.
func (s *stage) having(label, text string) *discordtest.Message {
	s.t.Helper()
	var found *discordtest.Message
	look := func(c *discordtest.Channel) {
		for _, m := range c.Messages() {
			if m.Has(label+"]") && m.Has(text) && !m.Deleted() {
				found = m
			}
		}
	}
	s.Wait("a message that has "+label, func() bool {
		for _, c := range s.places {
			look(c)
		}
		for _, p := range s.people {
			look(p.DM())
		}
		return found != nil
	})
	return found
}

// draft reads an article: lines of "key: value", a blank line, the body.
func draft(t *testing.T, s string) corpus.Draft {
	t.Helper()
	head, body, _ := strings.Cut(s, "\n\n")
	d := corpus.Draft{Paragraphs: strings.Split(strings.TrimSpace(body), "\n\n")}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "title":
			d.Title = value
		case "source":
			d.Source = value
		case "url":
			d.URL = value
		case "published":
			at, err := time.Parse(time.DateOnly, value)
			if err != nil {
				t.Fatal(err)
			}
			d.Published = at
		default:
			t.Fatalf("an article has no %q", key)
		}
	}
	return d
}

// script is a model that gives its replies in order. PAUSE in a reply is where
// it takes longer than Discord lets a bot edit, HANG where it waits until it is
// stopped, ERROR where the connection breaks.
type script struct {
	waits   atomic.Bool // within PAUSE or HANG
	mu      sync.Mutex
	replies []string
}

func (s *script) Generate(ctx context.Context, _ bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		s.mu.Lock()
		if len(s.replies) == 0 {
			s.mu.Unlock()
			yield("", errors.New("the script has no further reply"))
			return
		}
		reply := s.replies[0]
		s.replies = s.replies[1:]
		s.mu.Unlock()
		ledger.Count(ctx, 1000, 100)
		for line := range strings.Lines(reply) {
			switch strings.TrimSpace(line) {
			case "PAUSE":
				s.waits.Store(true)
				select {
				case <-time.After(1500 * time.Millisecond):
				case <-ctx.Done():
				}
				s.waits.Store(false)
			case "HANG":
				s.waits.Store(true)
				<-ctx.Done()
				s.waits.Store(false)
			case "ERROR":
				yield("", errors.New("connection reset"))
				return
			default:
				if !yield(line, nil) {
					return
				}
			}
			if ctx.Err() != nil {
				yield("", ctx.Err())
				return
			}
		}
	}
}
