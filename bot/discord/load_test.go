package discord_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"iter"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/bot"
	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
)

// TestLoad asks many questions at once in many servers, and looks that each is
// answered once. With PILCROW_LOAD=full there are 1,000 in 200 servers, against
// a model that takes 2 s and an API that takes 20 ms, and the test fails where
// people would notice:
//
//	PILCROW_LOAD=full go test ./bot/discord -run TestLoad -v
//
// They come three times: twice in one moment, first to a bot that has not worked
// yet, then within 200 ms, as a line of 100 Mbit/s brings their 2 MB. The last
// are held to 100 ms; in the first two half of the time is what this Discord
// takes on the same cores, and they are to be read.
func TestLoad(t *testing.T) {
	full := os.Getenv("PILCROW_LOAD") == "full"
	guilds, each, model, api := 6, 5, 200*time.Millisecond, 2*time.Millisecond
	withins := []time.Duration{0}
	if full {
		guilds, each, model, api = 200, 5, 2*time.Second, 20*time.Millisecond
		withins = []time.Duration{0, 0, 200 * time.Millisecond}
		// Discord's garbage is not the bot's: here both are in one small heap, which
		// would be swept for it a dozen times while the questions come.
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	s := discordtest.New(t, discordtest.Options{Latency: api, Patience: time.Minute, Later: full, Encrypted: true})
	writer := &slowWriter{pause: model, ended: map[string]time.Time{}}
	serve(t, s, writer)
	town := settle(s, guilds, each)
	s.Settle() // the bot has got its servers
	for n, within := range withins {
		runtime.GC()
		begun := time.Now()
		asked := town.ask(s, within)
		time.Sleep(model) // none is answered before, and to look takes time that the bot needs
		var acknowledged, last []time.Duration
		for _, q := range asked {
			m := q.WaitFor("31 metres")
			s.Wait("the last edit", func() bool { return !strings.Contains(m.Text(), "[Stop]") })
			versions := m.Versions()
			ended := writer.end(q.question)
			if ended.IsZero() {
				t.Fatalf("no end of %q", q.question)
			}
			acknowledged = append(acknowledged, q.Acknowledged())
			last = append(last, versions[len(versions)-1].At.Sub(ended))
			if got := len(q.FollowUps()); got != 0 {
				t.Errorf("%d messages after the answer", got)
			}
		}
		took := time.Since(begun)
		s.Settle()
		for _, p := range town {
			if got := len(p.channel.Messages()); got != each*(n+1) {
				t.Errorf("%d answers to %d questions", got, each*(n+1))
			}
		}
		if got := writer.count(); got != len(asked)*(n+1) {
			t.Errorf("%d answers were written to %d questions", got, len(asked)*(n+1))
		}
		ack, edit := at99(acknowledged), at99(last)
		t.Logf("%d questions within %v, answered in %v; acknowledged p99 %v, at most %v; last edit p99 %v, at most %v; %d requests so far, %d of them limited",
			len(asked), within, took.Round(time.Millisecond), ack, slices.Max(acknowledged), edit, slices.Max(last), len(s.Requests()), s.Limited())
		if full && within > 0 && ack > 100*time.Millisecond {
			t.Errorf("acknowledged p99 after %v", ack)
		}
		if full && edit > 2*time.Second {
			t.Errorf("last edit p99 %v after the answer was complete", edit)
		}
	}
}

// crowd are people in channels.
type crowd []struct {
	channel *discordtest.Channel
	people  []*discordtest.User
}

// settle makes servers with so many people each.
func settle(s *discordtest.Server, guilds, each int) crowd {
	c := make(crowd, guilds)
	for n := range c {
		g := s.Guild(fmt.Sprintf("Tollness %d", n))
		c[n].channel = g.Channel("harbour")
		for range each {
			c[n].people = append(c[n].people, g.Member("ada"))
		}
	}
	return c
}

// inquiry is a question on its way.
type inquiry struct {
	*discordtest.Interaction
	question string
}

// ask lets everybody ask, each something else, evenly within a time; 0 is one
// moment.
func (c crowd) ask(s *discordtest.Server, within time.Duration) []inquiry {
	release := s.Gateway().Gather()
	if within > 0 {
		release()
	}
	var asked []inquiry
	begun, all := time.Now(), len(c)*len(c[0].people)
	for n := range all {
		time.Sleep(time.Until(begun.Add(within * time.Duration(n) / time.Duration(all))))
		p, question := c[n%len(c)], numbered("How tall is the lighthouse", n)
		i := s.Slash(p.people[n/len(c)], p.channel, "/ask", discordtest.Opt("question", question))
		asked = append(asked, inquiry{i, question})
	}
	if within == 0 {
		release()
	}
	return asked
}

// serve runs the bot over the articles of Tollness, with a model, until the test
// ends.
func serve(t *testing.T, s *discordtest.Server, model bot.Generator) {
	t.Helper()
	a := opened(t, ledger.Options{})
	a.add("main", tollness...)
	app, err := discord.New(discord.Options{
		API: s.URL, Token: s.Token, Store: a.store, Ledger: a.ledger, Bot: a.bot(model), TLS: &tls.Config{RootCAs: s.Roots},
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
	s.WaitReady()
}

// numbered marks a question with a number that no search sees: ten marks.
func numbered(question string, n int) string {
	var b strings.Builder
	b.WriteString(question)
	for bit := range 10 {
		b.WriteByte("?!"[n>>bit&1])
	}
	return b.String()
}

// slowWriter is a model that writes what the paragraph on the lighthouse says,
// and takes a while for it.
type slowWriter struct {
	pause time.Duration

	mu    sync.Mutex
	ended map[string]time.Time
	calls int
}

var lighthouseParagraph = regexp.MustCompile(`(?s)\[([0-9]+)\][^\[]*31 metres`)

func (w *slowWriter) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		w.mu.Lock()
		w.calls++
		w.mu.Unlock()
		_, question, _ := strings.Cut(p.User, "\nQuestion: ")
		n := "1"
		if m := lighthouseParagraph.FindStringSubmatch(p.User); m != nil {
			n = m[1]
		}
		for _, piece := range []string{"The lighthouse is ", "31 metres tall [" + n + "]. ", "It was built in 1883 ", "by the engineer Ames Pell [" + n + "]."} {
			select {
			case <-ctx.Done():
				yield("", ctx.Err())
				return
			case <-time.After(w.pause / 4):
			}
			if !yield(piece, nil) {
				return
			}
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.ended[strings.TrimSpace(question)] = time.Now()
	}
}

// end returns when the answer to a question was written.
func (w *slowWriter) end(question string) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ended[question]
}

func (w *slowWriter) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls
}

// at99 returns the smallest value that 99 of 100 do not exceed.
func at99(list []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[(len(sorted)*99+99)/100-1]
}
