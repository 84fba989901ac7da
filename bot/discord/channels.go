package discord

import (
	"context"
	"encoding/json"
	"sync"
	"time"
)

// channels remembers for a while what Discord says of channels: a message says
// only the ID of its own. The zero channels is ready and safe for concurrent use.
type channels struct {
	mu sync.Mutex
	by map[string]knownChannel
}

type knownChannel struct {
	channel
	until time.Time
}

// channelFor is how long a channel counts as it was. Discord also tells of
// changes.
const channelFor = 10 * time.Minute

// channel returns what kind of channel that is, and where it stands.
func (a *App) channel(ctx context.Context, id string) (channel, error) {
	if c, ok := a.channels.get(id, time.Now()); ok {
		return c, nil
	}
	var raw json.RawMessage
	if err := a.rest.do(ctx, request{method: "GET", path: "/channels/" + id}, &raw); err != nil {
		return channel{}, err
	}
	c := readChannel(parse(raw))
	a.channels.put(id, c, time.Now())
	return c, nil
}

func (c *channels) get(id string, now time.Time) (channel, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	known, ok := c.by[id]
	return known.channel, ok && now.Before(known.until)
}

func (c *channels) put(id string, ch channel, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.by == nil {
		c.by = make(map[string]knownChannel)
	}
	c.by[id] = knownChannel{ch, now.Add(channelFor)}
}

func (c *channels) forget(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.by, id)
}

// prune forgets what no longer counts.
func (c *channels) prune(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, known := range c.by {
		if !now.Before(known.until) {
			delete(c.by, id)
		}
	}
}
