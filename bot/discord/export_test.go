package discord

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Routes lists what there is to use of the app, as discordtest's Driven does:
// commands and options that are completed, and custom IDs without what they are
// about.
func (a *App) Routes() []string {
	var list []string
	var add func(name string, options []option)
	add = func(name string, options []option) {
		used := true
		for _, o := range options {
			if o.Kind == discordgo.ApplicationCommandOptionSubCommand {
				used = false // by itself
				add(name+" "+o.Name, o.Options)
			}
			if o.Complete {
				list = append(list, name+" "+o.Name+":")
			}
		}
		if used {
			list = append(list, name)
		}
	}
	for _, c := range a.commands {
		name := c.Name
		if c.Kind == 0 {
			name = "/" + name
		}
		add(name, c.Options)
	}
	for verb := range a.buttons {
		if verb != verbSet {
			list = append(list, verb)
		}
	}
	what := slices.AppendSeq([]string{"page", "channel", "log", "form"}, maps.Keys(changes))
	for _, w := range what {
		list = append(list, verbSet+":"+w)
	}
	slices.Sort(list)
	return list
}

// RouteOf is a custom ID without what it is about.
func RouteOf(customID string) string {
	verb, rest, _ := strings.Cut(customID, ":")
	if verb != verbSet {
		return verb
	}
	what, _, _ := strings.Cut(rest, ":")
	return verb + ":" + what
}

// Kept returns how much is remembered for a while, once that is over: lanes of
// requests, events that were answered, answers under way.
func (a *App) Kept() (lanes, seen, running int) {
	later := time.Now().Add(24 * time.Hour)
	a.rest.prune(later)
	a.seen.prune(later)
	a.rest.mu.Lock()
	lanes = len(a.rest.lanes) + len(a.rest.closed)
	a.rest.mu.Unlock()
	a.seen.mu.Lock()
	seen = len(a.seen.at)
	a.seen.mu.Unlock()
	a.running.mu.Lock()
	running = len(a.running.by)
	a.running.mu.Unlock()
	return lanes, seen, running
}

// Answering returns how many answers are under way.
func (a *App) Answering() int {
	a.running.mu.Lock()
	defer a.running.mu.Unlock()
	return len(a.running.by)
}

// CloseIdle closes the connections to the API that wait for a request.
func (a *App) CloseIdle() { a.rest.session.Client.CloseIdleConnections() }
