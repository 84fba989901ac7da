package discord_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
)

// TestMain plays more scenes at once than there are processors: they mostly
// wait. Once all were played it looks whether something of what there is to use
// was used in none of them.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "4"); err != nil {
		panic(err)
	}
	code := m.Run()
	if code == 0 && all() {
		for _, route := range driven.missing() {
			fmt.Println("no test uses", route)
			code = 1
		}
	}
	os.Exit(code)
}

// all reports whether every test runs.
func all() bool {
	for _, name := range []string{"run", "skip", "list", "fuzz"} {
		if flag.Lookup("test."+name).Value.String() != "" {
			return false
		}
	}
	return !testing.Short() && flag.Lookup("test.fuzzworker").Value.String() != "true"
}

// driven is what the tests of this package used.
var driven usage

type usage struct {
	mu   sync.Mutex
	done map[string]bool
	open []string // the forms that were seen
}

// note remembers what was used of a server's bot, when the test ends.
func (u *usage) note(t *testing.T, s *discordtest.Server) {
	t.Cleanup(func() {
		done, open := s.Driven()
		u.mu.Lock()
		defer u.mu.Unlock()
		if u.done == nil {
			u.done = make(map[string]bool)
		}
		for _, d := range done {
			id, isForm := strings.CutPrefix(d, "form ")
			u.done[d], u.done[discord.RouteOf(id)] = true, true
			if isForm {
				u.done["form "+discord.RouteOf(id)] = true
			}
		}
		for _, id := range open {
			u.open = append(u.open, "form "+discord.RouteOf(id))
		}
	})
}

// missing lists what was never used.
func (u *usage) missing() []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	app, err := discord.New(discord.Options{API: "https://discord.example", Token: "x"})
	if err != nil {
		return []string{err.Error()}
	}
	missing := slices.DeleteFunc(app.Routes(), func(route string) bool { return u.done[route] })
	for _, form := range u.open {
		if !u.done[form] {
			missing = append(missing, form)
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}
