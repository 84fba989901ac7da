package discord

import "sync"

// roles remembers the role that each server made for the bot: it bears the bot's
// name, so people mention it where they mean the bot. The zero roles is ready and
// safe for concurrent use.
type roles struct {
	mu sync.Mutex
	by map[string]string // by guild
}

// learn finds the role of a bot among those of a guild. Where there is none, what
// was known is kept.
func (r *roles) learn(guild, bot string, of []object) {
	for _, role := range of {
		if role.object("tags").id("bot_id") != bot {
			continue
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.by == nil {
			r.by = make(map[string]string)
		}
		r.by[guild] = role.id("id")
		return
	}
}

// of returns the bot's role in a guild, "" where that is unknown.
func (r *roles) of(guild string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.by[guild]
}
