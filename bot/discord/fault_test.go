package discord_test

import (
	"context"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/ledger"
)

const (
	callbackRoute = "/interactions/{interaction_id}/{interaction_token}/callback"
	originalRoute = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
	followUpRoute = "/webhooks/{webhook_id}/{webhook_token}"
	laterRoute    = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
)

// TestFaults: what Discord, or the way to it, does wrong costs no answer, and
// makes none come twice.
func TestFaults(t *testing.T) {
	for name, f := range map[string]discordtest.Fault{
		"a limit":                          {Method: "PATCH", Route: originalRoute, Status: 429, RetryAfter: 200 * time.Millisecond, Times: 2},
		"a limit from a proxy":             {Method: "PATCH", Route: originalRoute, Status: 429, Page: true, RetryAfter: time.Second},
		"a limit of everything":            {Method: "PATCH", Route: originalRoute, Status: 429, Global: true, RetryAfter: 200 * time.Millisecond},
		"a limit of the acknowledgement":   {Route: callbackRoute, Status: 429, RetryAfter: 200 * time.Millisecond},
		"a bad gateway":                    {Method: "PATCH", Route: originalRoute, Status: 502, Times: 3},
		"a bad gateway behind the work":    {Method: "PATCH", Route: originalRoute, Status: 502, After: true},
		"a lost connection":                {Method: "PATCH", Route: originalRoute, Times: 2},
		"a lost answer":                    {Method: "PATCH", Route: originalRoute, After: true},
		"an acknowledgement not confirmed": {Route: callbackRoute, After: true},
		"an acknowledgement lost":          {Route: callbackRoute},
		"an unavailable acknowledgement":   {Route: callbackRoute, Status: 503},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, stageOptions{archive: ferry})
			s.start()
			s.WaitReady()
			if f.Route == callbackRoute && !f.After {
				s.Expect(10015) // it asks whether the acknowledgement is there
			}
			s.Inject(f)
			s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion).WaitFor(ferryAnswer)
			s.once(ferryAnswer)
		})
	}
}

// long is an answer of several messages.
func long() *txtar.Archive {
	ar := &txtar.Archive{Files: append([]txtar.File{}, ferry.Files...)}
	var article, reply strings.Builder
	article.WriteString("title: What the night ferry carries\npublished: 2026-05-12\nurl: https://lantern.example/what-the-night-ferry-carries\n\n")
	for n := range 12 {
		line := "On deck " + strconv.Itoa(n+1) + " the night ferry carries the following cargo for the islands: barrels of herring, crates of lamp oil and bolts of grey sailcloth."
		article.WriteString(line + "\n\n")
		reply.WriteString(line + "\n")
	}
	ar.Files = append(ar.Files, txtar.File{Name: "article", Data: []byte(article.String())})
	return ar
}

// TestFollowUpUnsure: where it is not known whether a further message arrived,
// nothing is there twice and nothing is missing: the whole is attached to the
// first.
func TestFollowUpUnsure(t *testing.T) {
	for _, after := range []bool{false, true} {
		s := newStage(t, stageOptions{archive: long()})
		s.start()
		s.WaitReady()
		s.Inject(discordtest.Fault{Method: "POST", Route: followUpRoute, After: after})
		i := s.Slash(s.people["ada"], s.places["#harbour"], "/summarise article:What the night ferry carries length:long")
		m := i.WaitFor("answer.md")
		s.Settle()
		if files := m.Files(); len(files) != 1 || strings.Count(string(files[0].Data), "cargo for the islands") < 12 {
			t.Errorf("after %v: the file does not hold the whole:\n%s", after, m.Text())
		}
	}
}

// TestRestart: answers that are not done when the program is told to end say so
// themselves, and those of a program that was killed once it is back. Their
// buttons work.
func TestRestart(t *testing.T) {
	hang := &txtar.Archive{Files: append([]txtar.File{
		{Name: "model", Data: []byte("The night ferry leaves the east quay at 21:30 from 1 June. [1]\nHANG\n")},
	}, ferry.Files...)}
	t.Run("told to end", func(t *testing.T) {
		t.Parallel()
		s := newStage(t, stageOptions{archive: hang, change: func(o *discord.Options) { o.Drain = 50 * time.Millisecond }})
		s.start()
		i := s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion)
		i.WaitFor("[Stop]")
		s.end()
		i.WaitFor("A restart cut this answer short")
		s.start()
		s.WaitReady()
		s.do("bert clicks Show paragraphs")
		s.once("> **The night ferry leaves the east quay at 21")
	})
	for _, private := range []string{"", " private:true"} {
		t.Run("killed"+private, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, stageOptions{archive: hang, change: func(o *discord.Options) { o.Drain = 50 * time.Millisecond }})
			s.start()
			i := s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion+private)
			i.WaitFor("[Stop]")
			// The first bot hangs in its answer for ever; another begins.
			app, err := discord.New(s.options)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(context.Background())
			ended := make(chan error, 1)
			go func() { ended <- app.Run(ctx) }()
			i.WaitFor("A restart cut this answer short")
			s.once(ferryAnswer)
			stop()
			if err := <-ended; err != nil {
				t.Error(err)
			}

		})
	}
}

// TestCutLater: to say under answers that they were cut holds up nobody who asks
// meanwhile, however long it takes.
func TestCutLater(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{archive: ferry, change: func(o *discord.Options) { o.Drain = 50 * time.Millisecond }})
	harbour := s.places["#harbour"]
	for n := range 3 {
		kept, err := s.options.Ledger.Begin(t.Context(), ledger.Answer{
			Kind: "ask", Question: "When?", Asker: s.people["ada"].ID, Place: ledger.Place{Guild: s.guild.ID, Channel: harbour.ID, Member: true},
		})
		if err == nil {
			err = s.options.Ledger.Posted(t.Context(), kept.ID, strconv.Itoa(100+n))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s.Inject(discordtest.Fault{Method: "PATCH", Route: "/channels/{channel_id}/messages/{message_id}", Status: 503, Times: -1})
	s.start()
	s.Slash(s.people["ada"], harbour, ferryQuestion).WaitFor(ferryAnswer)
	s.end()
	left, err := s.options.Ledger.Unfinished(t.Context())
	if err != nil || len(left) == 0 {
		t.Errorf("what was not said is forgotten: %v", err)
	}
}

// TestMany: what interactions take is given back.
func TestMany(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute where everything is slower")
	}
	many := 200
	if n, err := strconv.Atoi(os.Getenv("PILCROW_DISCORD_MANY")); err == nil {
		many = n
	}
	s := newStage(t, stageOptions{archive: ferry, server: discordtest.Options{Unlimited: true, Patience: time.Minute}})
	s.start()
	s.WaitReady()
	ask := func(n int) {
		list := make([]*discordtest.Interaction, n)
		for k := range list {
			list[k] = s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion+" private:true")
		}
		for _, i := range list {
			i.WaitFor(ferryAnswer)
		}
		s.Settle()
	}
	// heap returns what is held, in MB, once Discord has forgotten its part.
	heap := func() int {
		s.Forget()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc >> 20)
	}
	ask(50)
	s.app.CloseIdle()
	before, held := runtime.NumGoroutine(), heap()
	for done := 0; done < many; done += 50 {
		ask(min(50, many-done))
	}
	// An answer is kept in the ledger after its last edit.
	lanes, seen, running := s.app.Kept()
	for end := time.Now().Add(10 * time.Second); lanes+seen+running > 0 && time.Now().Before(end); lanes, seen, running = s.app.Kept() {
		time.Sleep(20 * time.Millisecond)
	}
	if lanes+seen+running > 0 {
		t.Errorf("after %d interactions %d lanes, %d events and %d answers are kept", many, lanes, seen, running)
	}
	// What keeps connections open on both sides takes a moment to notice.
	s.app.CloseIdle()
	after := runtime.NumGoroutine()
	for end := time.Now().Add(10 * time.Second); after > before+50 && time.Now().Before(end); after = runtime.NumGoroutine() {
		time.Sleep(20 * time.Millisecond)
	}
	if after > before+50 {
		t.Errorf("%d goroutines, %d before", after, before)
	}
	now := heap()
	t.Logf("after %d interactions %d MB and %d goroutines, %d MB and %d before", many, now, after, held, before)
	if now > held+10 {
		t.Errorf("%d MB are held, %d before", now, held)
	}
}
