package discord

import (
	"context"
	"encoding/json"
	"time"
)

// read takes a message that somebody wrote where the bot can see it.
func (a *App) read(ctx context.Context, raw json.RawMessage) {
	p := readPost(parse(raw))
	if p.ID == "" || p.Channel == "" || p.Webhook != "" || p.Author.Bot || p.Author.ID == "" || !a.seen.first(p.ID, time.Now()) {
		return
	}
}
