package discordtest

import (
	"slices"
	"time"
)

// Kinds of channels.
const (
	kindText         = 0
	kindDM           = 1
	kindVoice        = 2
	kindNews         = 5
	kindNewsThread   = 10
	kindPublicThread = 11
	kindForum        = 15
)

// Channel is a channel, a thread, or the direct messages of one user.
type Channel struct {
	s *Server

	ID, Name string

	kind       int
	guild      *Guild // nil in DMs
	with       *User  // of a DM
	overwrites []overwrite
	messages   []*Message
	log        []any // messages and interactions, in order
	deleted    bool
	tags       []object // of a forum

	// Of threads.
	parent           *Channel
	owner            *User
	archived, locked bool
	autoArchive      int
	members          map[*User]bool
}

// Allow and Deny change what a role (its ID) or a user (its ID) may here.
func (c *Channel) Allow(id string, p Permission) { c.overwrite(id, p, 0) }

// Deny is the contrary of Allow.
func (c *Channel) Deny(id string, p Permission) { c.overwrite(id, 0, p) }

func (c *Channel) overwrite(id string, allow, deny Permission) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	kind := 0
	if c.s.userByID(id) != nil {
		kind = 1
	}
	i := slices.IndexFunc(c.overwrites, func(o overwrite) bool { return o.id == id })
	if i < 0 {
		i = len(c.overwrites)
		c.overwrites = append(c.overwrites, overwrite{id: id, kind: kind})
	}
	o := &c.overwrites[i]
	o.allow, o.deny = o.allow&^deny|allow, o.deny&^allow|deny
	c.s.judge.changed(c.ID)
	c.s.dispatch("CHANNEL_UPDATE", intentGuilds, c.json())
}

// Archive closes a thread; a locked one opens for moderators alone.
func (c *Channel) Archive(locked bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.archived, c.locked = true, locked
	c.s.dispatch("THREAD_UPDATE", intentGuilds, c.json())
}

// Delete removes the channel.
func (c *Channel) Delete() {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.deleted = true
	delete(c.s.channels, c.ID)
	event := "CHANNEL_DELETE"
	if c.parent != nil {
		event = "THREAD_DELETE"
	}
	c.s.dispatch(event, intentGuilds, c.json())
}

// Thread opens a thread of this channel in a person's name.
func (c *Channel) Thread(u *User, name string) *Channel {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.openThread(c.s.id(), u, name, 1440)
}

// Ask opens a post in a forum, whose first message has the post's ID.
func (c *Channel) Ask(u *User, title, content string) *Message {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	post := c.openThread(s.id(), u, title, 1440)
	return (&Message{s: s, ID: post.ID, channel: post, author: u, content: s.withMentions(content)}).add()
}

// Tag lets posts of a forum have a tag, and returns its ID.
func (c *Channel) Tag(name string) string {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	id := c.s.id()
	c.tags = append(c.tags, object{"id": id, "name": name, "moderated": false, "emoji_id": nil, "emoji_name": nil})
	return id
}

// Threads returns the threads of this channel, oldest first.
func (c *Channel) Threads() []*Channel {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.threads()
}

func (c *Channel) threads() []*Channel {
	var list []*Channel
	if c.guild != nil {
		for _, t := range c.guild.channels {
			if t.parent == c && !t.deleted {
				list = append(list, t)
			}
		}
	}
	return list
}

func (c *Channel) openThread(id string, u *User, name string, autoArchive int) *Channel {
	kind := kindPublicThread
	if c.kind == kindNews {
		kind = kindNewsThread
	}
	t := &Channel{
		s: c.s, ID: id, Name: name, guild: c.guild, kind: kind,
		parent: c, owner: u, autoArchive: autoArchive, members: map[*User]bool{u: true},
	}
	c.guild.channels = append(c.guild.channels, t)
	c.s.channels[t.ID] = t
	o := t.json()
	o["newly_created"] = true
	c.s.dispatch("THREAD_CREATE", intentGuilds, o)
	return t
}

// Last returns the newest message that is left in the channel, or nil.
func (c *Channel) Last() *Message {
	list := c.Messages()
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

// Messages returns the messages that are left, oldest first, private ones
// included.
func (c *Channel) Messages() []*Message {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.left()
}

func (c *Channel) left() []*Message {
	var list []*Message
	for _, m := range c.messages {
		if !m.deleted {
			list = append(list, m)
		}
	}
	return list
}

// WaitFor blocks until the bot has written a message here that contains the
// text, as Message.Text has it, and returns that message.
func (c *Channel) WaitFor(text string) *Message {
	c.s.tb.Helper()
	var found *Message
	c.s.Wait("“"+text+"” in "+c.title(), func() bool {
		for _, m := range c.Messages() {
			if m.author == c.s.Bot && m.Has(text) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// may returns what a user may in this channel.
func (c *Channel) may(u *User) Permission {
	switch {
	case c.guild != nil:
		return c.guild.may(u, c)
	case u == c.s.Bot || u == c.with:
		return Everyone
	}
	return 0
}

func (c *Channel) title() string {
	if c.kind == kindDM {
		return c.Name
	}
	if c.parent != nil {
		return "#" + c.parent.Name + " / " + c.Name
	}
	return "#" + c.Name
}

func (c *Channel) json() object {
	o := object{"id": c.ID, "type": c.kind, "flags": 0, "last_message_id": nil}
	if n := len(c.messages); n > 0 {
		o["last_message_id"] = c.messages[n-1].ID
	}
	if c.guild == nil {
		o["recipients"] = []any{c.with.json()}
		return o
	}
	o["guild_id"], o["name"], o["rate_limit_per_user"] = c.guild.ID, c.Name, 0
	if c.parent == nil {
		overwrites := []any{}
		for _, w := range c.overwrites {
			overwrites = append(overwrites, object{
				"id": w.id, "type": w.kind, "allow": permissionText(w.allow), "deny": permissionText(w.deny),
			})
		}
		o["position"], o["topic"], o["nsfw"], o["parent_id"] = slices.Index(c.guild.channels, c), nil, false, nil
		o["permission_overwrites"] = overwrites
		if c.kind == kindForum {
			tags := []any{}
			for _, t := range c.tags {
				tags = append(tags, t)
			}
			o["available_tags"] = tags
		}
		return o
	}
	o["parent_id"], o["owner_id"] = c.parent.ID, c.owner.ID
	o["message_count"], o["member_count"], o["total_message_sent"] = len(c.messages), len(c.members), len(c.messages)
	o["thread_metadata"] = object{
		"archived": c.archived, "locked": c.locked, "auto_archive_duration": c.autoArchive,
		"archive_timestamp": at(time.UnixMilli(epoch)), "create_timestamp": at(time.UnixMilli(epoch)),
	}
	return o
}
