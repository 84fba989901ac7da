package discordtest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Handlers of what is no message: users, guilds, channels, threads.

func (c *call) gateway() (int, any, *apiError) {
	return http.StatusOK, object{"url": "ws" + strings.TrimPrefix(c.s.http.URL, "http")}, nil
}

func (c *call) gatewayBot() (int, any, *apiError) {
	return http.StatusOK, object{
		"url": "ws" + strings.TrimPrefix(c.s.http.URL, "http"), "shards": 1,
		"session_start_limit": object{"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1},
	}, nil
}

func (c *call) me() (int, any, *apiError) {
	o := c.s.Bot.json()
	o["mfa_enabled"], o["locale"], o["verified"], o["email"] = false, "en-US", true, nil
	return http.StatusOK, o, nil
}

func (c *call) user() (int, any, *apiError) {
	u := c.s.userByID(c.vars["user_id"])
	if u == nil {
		return 0, nil, refuse(404, codeUnknownUser, "Unknown User")
	}
	return http.StatusOK, u.json(), nil
}

func (c *call) createDM() (int, any, *apiError) {
	id, _ := c.fields()["recipient_id"].(string)
	u := c.s.userByID(id)
	switch {
	case u == nil:
		return 0, nil, refuse(404, codeUnknownUser, "Unknown User")
	case u.bot:
		return 0, nil, refuse(403, codeCannotDM, "Cannot send messages to this user")
	}
	return http.StatusOK, u.openDM().json(), nil
}

func (c *call) myGuilds() (int, any, *apiError) {
	list := []any{}
	for _, g := range c.s.guilds {
		if !g.gone {
			list = append(list, object{
				"id": g.ID, "name": g.Name, "icon": nil, "banner": nil, "owner": false,
				"permissions": permissionText(g.may(c.s.Bot, nil)), "features": []any{},
			})
		}
	}
	return http.StatusOK, list, nil
}

// application says with its flags which privileged intents are switched on:
// https://discord.com/developers/docs/resources/application#application-object-application-flags
// has two bits for each, of which the limited one is for bots in fewer than
// 100 guilds.
func (c *call) application() (int, any, *apiError) {
	s, flags := c.s, 0
	for intent, flag := range map[int]int{intentPresences: 1 << 13, intentMembers: 1 << 15, intentContent: 1 << 19} {
		if s.opts.Privileged&intent != 0 {
			flags |= flag
		}
	}
	owner := User{ID: "1", Name: "owner"}
	o := object{
		"id": s.Bot.ID, "name": s.Bot.Name, "icon": nil, "description": "", "type": nil, "verify_key": strings.Repeat("0", 64),
		"flags": flags, "flags_new": strconv.Itoa(flags), "redirect_uris": []any{}, "interactions_endpoint_url": nil, "role_connections_verification_url": nil,
		"owner": owner.json(), "approximate_guild_count": len(s.guilds), "approximate_user_install_count": 0,
		"approximate_user_authorization_count": 0, "explicit_content_filter": 0, "team": nil, "eligible_oauth2_scopes": []any{},
		"bot": s.Bot.json(), "bot_public": true, "bot_require_code_grant": false,
		"integration_types_config": object{"0": object{}, "1": object{}},
	}
	return http.StatusOK, o, nil
}

// guild returns the guild of the path, where the bot is.
func (c *call) guild() (*Guild, *apiError) {
	for _, g := range c.s.guilds {
		if g.ID == c.vars["guild_id"] {
			if g.gone {
				return nil, refuse(403, codeMissingAccess, "Missing Access")
			}
			return g, nil
		}
	}
	return nil, refuse(404, codeUnknownGuild, "Unknown Guild")
}

func (c *call) getGuild() (int, any, *apiError) {
	g, refused := c.guild()
	if refused != nil {
		return 0, nil, refused
	}
	return http.StatusOK, g.json(), nil
}

func (c *call) getRoles() (int, any, *apiError) {
	g, refused := c.guild()
	if refused != nil {
		return 0, nil, refused
	}
	return http.StatusOK, g.rolesJSON(), nil
}

func (c *call) getChannels() (int, any, *apiError) {
	g, refused := c.guild()
	if refused != nil {
		return 0, nil, refused
	}
	list := []any{}
	for _, channel := range g.channels {
		if channel.parent == nil && !channel.deleted {
			list = append(list, channel.json())
		}
	}
	return http.StatusOK, list, nil
}

func (c *call) getMember() (int, any, *apiError) {
	g, refused := c.guild()
	if refused != nil {
		return 0, nil, refused
	}
	u := c.s.userByID(c.vars["user_id"])
	if u == nil {
		return 0, nil, refuse(404, codeUnknownUser, "Unknown User")
	}
	m := g.member(u)
	if m == nil {
		return 0, nil, refuse(404, codeUnknownMember, "Unknown Member")
	}
	return http.StatusOK, m.json(true), nil
}

// channel returns the channel of the path, if the bot may do so much there.
func (c *call) channel(need Permission) (*Channel, *apiError) {
	channel := c.s.channels[c.vars["channel_id"]]
	if channel == nil {
		return nil, refuse(404, codeUnknownChannel, "Unknown Channel")
	}
	switch may := channel.may(c.s.Bot); {
	case may&ViewChannel == 0:
		return nil, refuse(403, codeMissingAccess, "Missing Access")
	case may&need != need:
		return nil, refuse(403, codeMissingPerms, "Missing Permissions")
	}
	return channel, nil
}

func (c *call) getChannel() (int, any, *apiError) {
	channel, refused := c.channel(ViewChannel)
	if refused != nil {
		return 0, nil, refused
	}
	return http.StatusOK, channel.json(), nil
}

// patchChannel changes the name of a channel, and what threads have more.
func (c *call) patchChannel() (int, any, *apiError) {
	channel, refused := c.channel(ViewChannel)
	if refused != nil {
		return 0, nil, refused
	}
	body, may := c.fields(), channel.may(c.s.Bot)
	archived, setsArchived := body["archived"].(bool)
	locked, setsLocked := body["locked"].(bool)
	name, setsName := body["name"].(string)
	own := channel.owner == c.s.Bot
	switch {
	case channel.parent == nil && may&ManageChannels == 0,
		channel.parent != nil && setsLocked && may&ManageThreads == 0,
		channel.parent != nil && !own && may&ManageThreads == 0:
		return 0, nil, refuse(403, codeMissingPerms, "Missing Permissions")
	case channel.archived && (!setsArchived || archived):
		return 0, nil, refuse(400, codeThreadArchived, "Thread is archived")
	case setsName && (length(name) < 1 || length(name) > 100):
		return 0, nil, invalid(map[string]string{"name": "Must be between 1 and 100 in length."})
	}
	if setsArchived {
		channel.archived = archived
	}
	if setsLocked {
		channel.locked = locked
	}
	channel.Name = cmp.Or(name, channel.Name)
	event := "CHANNEL_UPDATE"
	if channel.parent != nil {
		event = "THREAD_UPDATE"
	}
	c.s.dispatch(event, intentGuilds, channel.json())
	c.s.bell.ring()
	return http.StatusOK, channel.json(), nil
}

func (c *call) typing() (int, any, *apiError) {
	_, refused := c.channel(SendMessages)
	if refused != nil {
		return 0, nil, refused
	}
	return http.StatusNoContent, nil, nil
}

// startThread opens a thread, at a message or not.
func (c *call) startThread() (int, any, *apiError) {
	channel, refused := c.channel(0)
	if refused != nil {
		return 0, nil, refused
	}
	need := CreatePublicThreads
	if channel.kind == kindForum {
		need = SendMessages
	}
	if channel.may(c.s.Bot)&need == 0 {
		return 0, nil, refuse(403, codeMissingPerms, "Missing Permissions")
	}
	body := c.fields()
	name, _ := body["name"].(string)
	if length(name) < 1 || length(name) > 100 {
		return 0, nil, invalid(map[string]string{"name": "Must be between 1 and 100 in length."})
	}
	archive := 1440
	if n := number(body["auto_archive_duration"]); n != 0 {
		archive = int(n)
		if !slices.Contains([]int{60, 1440, 4320, 10080}, archive) {
			return 0, nil, invalid(map[string]string{"auto_archive_duration": "Value must be one of {60, 1440, 4320, 10080}."})
		}
	}
	if channel.parent != nil || channel.kind == kindDM {
		return 0, nil, refuse(400, 50024, "Cannot execute action on this channel type")
	}
	if channel.kind == kindForum {
		return c.startPost(channel, name, archive)
	}
	id, at := c.vars["message_id"], (*Message)(nil)
	if id == "" {
		if kind := number(body["type"]); kind != kindPublicThread && kind != kindNewsThread {
			return 0, nil, invalid(map[string]string{"type": "only public threads are here"})
		}
		id = c.s.id()
	} else {
		at = c.s.messages[id]
		switch {
		case at == nil || at.deleted || at.channel != channel || at.to != nil:
			return 0, nil, refuse(404, codeUnknownMessage, "Unknown Message")
		case at.thread != nil:
			return 0, nil, refuse(400, codeThreadExists, "A thread has already been created for this message")
		}
	}
	t := channel.openThread(id, c.s.Bot, name, archive)
	if at != nil {
		at.thread = t
		at.flags |= flagThread
		c.s.dispatchMessage("MESSAGE_UPDATE", at)
	}
	c.s.bell.ring()
	return http.StatusCreated, t.json(), nil
}

// startPost opens a post of a forum, whose first message has its ID.
func (c *call) startPost(forum *Channel, name string, archive int) (int, any, *apiError) {
	body := c.fields()
	message, ok := body["message"].(object)
	tags, _ := body["applied_tags"].([]any)
	switch {
	case c.vars["message_id"] != "":
		return 0, nil, refuse(400, 50024, "Cannot execute action on this channel type")
	case !ok:
		return 0, nil, invalid(map[string]string{"message": "This field is required"})
	case len(tags) > 5:
		return 0, nil, invalid(map[string]string{"applied_tags": "more than 5"})
	}
	for _, tag := range tags {
		if !slices.ContainsFunc(forum.tags, func(t object) bool { return t["id"] == tag }) {
			return 0, nil, refuse(400, 10087, "Unknown Tag")
		}
	}
	d, refused := c.draft(message, asPost)
	if refused != nil {
		return 0, nil, refused
	}
	m := &Message{s: c.s, author: c.s.Bot, channel: &Channel{ID: forum.ID}}
	if refused := m.apply(d); refused != nil {
		return 0, nil, refused
	}
	post := forum.openThread(c.s.id(), c.s.Bot, name, archive)
	m.ID, m.channel = post.ID, post
	m.add()
	return http.StatusCreated, post.json(), nil
}

// activeThreads lists the threads of a guild that are open.
func (c *call) activeThreads() (int, any, *apiError) {
	g, refused := c.guild()
	if refused != nil {
		return 0, nil, refused
	}
	list := []any{}
	for _, t := range g.channels {
		if t.parent != nil && !t.archived && !t.deleted && t.may(c.s.Bot)&ViewChannel != 0 {
			list = append(list, t.json())
		}
	}
	return http.StatusOK, object{"threads": list, "members": []any{}, "has_more": false}, nil
}

func (c *call) joinThread() (int, any, *apiError) {
	channel, refused := c.channel(ViewChannel)
	switch {
	case refused != nil:
		return 0, nil, refused
	case channel.parent == nil:
		return 0, nil, refuse(400, 50024, "Cannot execute action on this channel type")
	case channel.archived:
		return 0, nil, refuse(400, codeThreadArchived, "Thread is archived")
	}
	channel.members[c.s.Bot] = true
	return http.StatusNoContent, nil, nil
}

// nonceLasts is for how long a nonce is remembered: "a few minutes", say the
// docs of Create Message.
const nonceLasts = 5 * time.Minute
