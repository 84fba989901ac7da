package discord_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
)

// ferry is an archive of one article.
var ferry = txtar.Parse([]byte(`
-- article --
title: Night ferry begins in June
source: The Tollness Lantern
published: 2026-05-11

The night ferry leaves the east quay at 21:30 from 1 June, the harbour office said on Monday.
`))

const (
	ferryQuestion = "/ask question:When does the night ferry leave the east quay?"
	ferryAnswer   = "leaves the east quay"
)

// TestLostGateway: however the connection is lost, what happens meanwhile is
// answered, once.
func TestLostGateway(t *testing.T) {
	for _, tt := range []struct {
		name    string
		lose    func(g *discordtest.Gateway)
		resumes bool
	}{
		{"drop", (*discordtest.Gateway).Drop, true},
		{"close", func(g *discordtest.Gateway) { g.Close(4000) }, true},
		{"reconnect", (*discordtest.Gateway).Reconnect, true},
		{"dead", (*discordtest.Gateway).Mute, true},
		{"refused", func(g *discordtest.Gateway) { g.Refuse(1); g.Drop() }, true},
		{"invalid, to be resumed", func(g *discordtest.Gateway) { g.Invalidate(true) }, true},
		{"invalid", func(g *discordtest.Gateway) { g.Invalidate(false) }, false},
		{"sequence lost", func(g *discordtest.Gateway) { g.Close(4007) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, stageOptions{archive: ferry, server: discordtest.Options{Heartbeat: 300 * time.Millisecond}})
			s.start()
			s.Slash(s.people["ada"], s.places["#news"], "/help").WaitFor("Night ferry begins")
			tt.lose(s.Gateway())
			if !tt.resumes {
				s.Wait("a second session", func() bool { return s.Gateway().Identified() == 2 })
			}
			s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion).WaitFor(ferryAnswer)
			if resumed := s.Gateway().Resumed() > 0; resumed != tt.resumes {
				t.Errorf("resumed: %v, want %v", resumed, tt.resumes)
			}
			s.once(ferryAnswer)
		})
	}
}

// once fails unless a text stands in the harbour channel once.
func (s *stage) once(text string) {
	s.t.Helper()
	s.Settle()
	if got := s.places["#harbour"].Transcript(); strings.Count(got, text) != 1 {
		s.t.Errorf("%q is there %d times:\n%s", text, strings.Count(got, text), got)
	}
}

// TestFatalClose: where another try would end alike, Run ends with what to do.
func TestFatalClose(t *testing.T) {
	for code, want := range map[int]string{
		4004: "Discord does not know this token",
		4013: "an intent",
		4014: "switch on Message Content Intent",
	} {
		s := newStage(t, stageOptions{archive: ferry})
		app, err := discord.New(s.options)
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- app.Run(context.Background()) }()
		s.WaitReady()
		s.Gateway().Close(code)
		if err := <-ended; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("closed with %d, the bot ended with %v", code, err)
		}
	}
}

// TestTwice: an event that comes twice is answered once.
func TestTwice(t *testing.T) {
	s := newStage(t, stageOptions{archive: ferry})
	s.start()
	s.WaitReady()
	s.Gateway().Duplicate(1)
	s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion).WaitFor(ferryAnswer)
	s.once(ferryAnswer)
}

// TestHalfAnEvent: whatever is missing from an interaction, there is an answer.
func TestHalfAnEvent(t *testing.T) {
	s := newStage(t, stageOptions{archive: ferry})
	s.start()
	s.WaitReady()
	ada, harbour := s.people["ada"], s.places["#harbour"]
	for name, change := range map[string]func(event map[string]any){
		"no data":           func(e map[string]any) { delete(e, "data") },
		"data is a string":  func(e map[string]any) { e["data"] = "x" },
		"data is null":      func(e map[string]any) { e["data"] = nil },
		"no options":        func(e map[string]any) { delete(e["data"].(map[string]any), "options") },
		"an option is none": func(e map[string]any) { e["data"].(map[string]any)["options"] = []any{nil, 7, "x", map[string]any{}} },
		"no member":         func(e map[string]any) { delete(e, "member") },
		"member is odd":     func(e map[string]any) { e["member"] = map[string]any{"roles": 7, "user": []any{}} },
		"unknown type":      func(e map[string]any) { e["type"] = 99 },
		"unknown command":   func(e map[string]any) { e["data"].(map[string]any)["name"] = "dance" },
		"channel is a list": func(e map[string]any) { e["channel"] = []any{1} },
		"a new component": func(e map[string]any) {
			e["message"] = map[string]any{"components": []any{map[string]any{"type": 4711, "components": "?"}}}
		},
	} {
		s.Mangle(func(event string, data map[string]any) map[string]any {
			if event == "INTERACTION_CREATE" {
				change(data)
			}
			return data
		})
		i := s.Slash(ada, harbour, ferryQuestion)
		s.Settle()
		if i.Acknowledged() == 0 {
			t.Errorf("%s: no answer", name)
		}
	}
	s.Mangle(nil)
	// What is no interaction at all is left alone.
	for _, data := range []any{nil, map[string]any{}, map[string]any{"id": "../../x", "token": "y"}} {
		s.Gateway().Dispatch("INTERACTION_CREATE", data)
	}
	s.Slash(ada, s.places["#news"], ferryQuestion).WaitFor(ferryAnswer)
}

// TestRegisterOverOthers: the commands of another bot, which had the token
// before, are replaced, whatever they look like.
func TestRegisterOverOthers(t *testing.T) {
	t.Parallel()
	s := newStage(t, stageOptions{archive: ferry})
	req, err := http.NewRequestWithContext(t.Context(), "PUT", s.URL+"/applications/"+s.Bot.ID+"/commands", strings.NewReader(
		`[{"name": "dice", "description": "Throw dice", "options": [{"type": 4, "name": "sides", "description": "How many", "choices": [{"name": "six", "value": 6}]}]}]`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+s.Token)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "DiscordBot (https://dice.example, 1)")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	s.start()
	s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion).WaitFor(ferryAnswer)
}

// TestRegister: the commands are told once, and again only when they changed.
func TestRegister(t *testing.T) {
	s := newStage(t, stageOptions{archive: ferry})
	puts := func() (n int) {
		for _, r := range s.Requests() {
			if r.Method == "PUT" && strings.HasSuffix(r.Path, "/commands") {
				n++
			}
		}
		return n
	}
	for range 2 {
		s.start()
		s.WaitReady()
		s.end()
		if n := puts(); n != 1 {
			t.Errorf("the commands were told %d times", n)
		}
	}
}

// TestLongLost: a connection that does not come back is said once, to who runs
// the bot; one that does is not worth a word.
func TestLongLost(t *testing.T) {
	t.Parallel()
	var logged lines
	s := newStage(t, stageOptions{archive: ferry, change: func(o *discord.Options) {
		o.Log = slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}})
	s.start()
	s.Slash(s.people["ada"], s.places["#news"], "/help").WaitFor("Night ferry begins")
	g := s.Gateway()
	g.Drop()
	s.Wait("the session again", func() bool { return g.Resumed() == 1 })
	if got := logged.String(); got != "" {
		t.Errorf("logged: %s", got)
	}
	g.Refuse(2)
	g.Drop()
	s.Wait("a word about it", func() bool { return logged.String() != "" })
	if got := logged.String(); strings.Count(got, "gateway lost") != 1 {
		t.Errorf("logged: %s", got)
	}
}
