package main

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"pilcrow/bot/discord/discordtest"
)

// scriptTown is the Discord of one script.
type scriptTown struct {
	tb      testing.TB
	server  *discordtest.Server
	ada     *discordtest.User
	guild   *discordtest.Guild
	harbour *discordtest.Channel
	crowd   []*discordtest.Interaction
	online  int // sessions at the last "online"
}

// townKey is where a script's environment holds its *scriptTown.
type townKey struct{}

// startDiscord implements "discord [KIND]": a Discord that the program is told
// of by its environment, with a server called Tollness. KIND is "wrong" for one
// that knows no token, or "lacking" where the bot may not do all it needs.
func startDiscord(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: discord [wrong | lacking]")
	}
	kind := ""
	if len(args) == 1 {
		kind = args[0]
	}
	if kind == "wrong" {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"message": "401: Unauthorized", "code": 0}`))
		}))
		ts.Defer(s.Close)
		ts.Setenv("PILCROW_DISCORD_API", s.URL+"/api/v10")
		ts.Setenv("DISCORD_TOKEN", "a-token-to-keep")
		return
	}
	town := ts.Value(townKey{}).(*scriptTown)
	town.server = discordtest.New(town.tb, discordtest.Options{})
	g := town.server.Guild("Tollness")
	if kind == "lacking" {
		g.Set(g.Everyone(), discordtest.Everyone&^(discordtest.AttachFiles|discordtest.SendMessagesInThreads))
	}
	town.guild, town.harbour, town.ada = g, g.Channel("harbour"), g.Member("ada")
	ts.Setenv("PILCROW_DISCORD_API", town.server.URL)
	ts.Setenv("DISCORD_TOKEN", town.server.Token)
}

// townOf returns the script's Discord.
func townOf(ts *testscript.TestScript) *scriptTown {
	town := ts.Value(townKey{}).(*scriptTown)
	if town.server == nil {
		ts.Fatalf("start one with discord before")
	}
	return town
}

// waitOnline implements "online": it waits until a bot that was not online before
// receives events.
func waitOnline(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: online")
	}
	town := townOf(ts)
	g := town.server.Gateway()
	town.server.Wait("a bot at the gateway", func() bool { return g.Identified() > town.online && g.Ready() })
	town.online = g.Identified()
}

// useSlash implements "slash COMMAND WORDS": ada uses the command in #harbour,
// and waits until the answer has the words.
func useSlash(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: slash COMMAND WORDS")
	}
	town := townOf(ts)
	town.server.Slash(town.ada, town.harbour, args[0]).WaitFor(args[1])
}

// askInCrowd implements "crowd N COMMAND WORDS": so many people use the command
// in #harbour at once, and it waits until each sees the words.
func askInCrowd(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	if len(args) == 3 {
		n, _ = strconv.Atoi(args[0])
	}
	if neg || n < 1 {
		ts.Fatalf("usage: crowd N COMMAND WORDS")
	}
	town := townOf(ts)
	town.crowd = nil
	for k := range n {
		who := town.guild.Member("ada" + strconv.Itoa(k))
		town.crowd = append(town.crowd, town.server.Slash(who, town.harbour, args[1]))
	}
	for _, i := range town.crowd {
		i.WaitFor(args[2])
	}
}

// waitAnswered implements "answered WORDS...": it waits until each answer of
// the crowd has all of the words and can no longer be stopped, and fails if
// there is another message than one for each.
func waitAnswered(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: answered WORDS...")
	}
	town := townOf(ts)
	for _, i := range town.crowd {
		for _, words := range args {
			m := i.WaitFor(words)
			town.server.Wait("the end of an answer", func() bool { return !m.Has("[Stop]") })
		}
		if more := len(i.FollowUps()); more > 0 {
			ts.Fatalf("%d messages after an answer", more)
		}
	}
	if got := len(town.harbour.Messages()); got != len(town.crowd) {
		ts.Fatalf("%d messages for %d questions", got, len(town.crowd))
	}
}

// click implements "click BUTTON WORDS": ada clicks the button of each answer
// of the crowd, and waits until the words come.
func click(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: click BUTTON WORDS")
	}
	town := townOf(ts)
	for _, i := range town.crowd {
		town.server.Click(town.ada, i.Message(), args[0]).WaitFor(args[1])
	}
}

// complain implements "complain REASON WORDS": ada says of each answer of the
// crowd that it is bad, for a reason with Go's escapes, and waits until the words
// come.
func complain(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: complain REASON WORDS")
	}
	reason, err := strconv.Unquote(`"` + strings.ReplaceAll(args[0], `"`, `\"`) + `"`)
	ts.Check(err)
	town := townOf(ts)
	for _, i := range town.crowd {
		form := town.server.Click(town.ada, i.Message(), "👎").Modal()
		town.server.Submit(town.ada, form, map[string]string{"reason": reason}).WaitFor(args[1])
	}
}
