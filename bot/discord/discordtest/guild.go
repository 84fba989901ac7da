package discordtest

import (
	"slices"
)

// Permission is a set of Discord's permission bits.
type Permission uint64

// The permissions that matter to a bot that reads and writes.
const (
	KickMembers           Permission = 1 << 1
	Administrator         Permission = 1 << 3
	ManageChannels        Permission = 1 << 4
	ManageGuild           Permission = 1 << 5
	AddReactions          Permission = 1 << 6
	ViewChannel           Permission = 1 << 10
	SendMessages          Permission = 1 << 11
	ManageMessages        Permission = 1 << 13
	EmbedLinks            Permission = 1 << 14
	AttachFiles           Permission = 1 << 15
	ReadMessageHistory    Permission = 1 << 16
	MentionEveryone       Permission = 1 << 17
	ManageWebhooks        Permission = 1 << 29
	UseCommands           Permission = 1 << 31
	ManageThreads         Permission = 1 << 34
	CreatePublicThreads   Permission = 1 << 35
	SendMessagesInThreads Permission = 1 << 38
	ModerateMembers       Permission = 1 << 40

	// Everyone is what @everyone may in a new guild.
	Everyone = AddReactions | ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory |
		UseCommands | CreatePublicThreads | SendMessagesInThreads
	everything Permission = 1<<50 - 1
)

// Guild is a server, as its users say.
type Guild struct {
	s *Server

	ID, Name string
	// Owner may do everything.
	Owner *User

	locale   string
	roles    []*Role // the first is @everyone
	members  []*member
	channels []*Channel
	gone     bool // the bot was thrown out
}

// Role is a role of a guild.
type Role struct {
	s *Server

	ID, Name string

	permissions Permission
	managed     bool // made for the bot
}

// Mention is the role's mention as a message holds it.
func (r *Role) Mention() string { return "<@&" + r.ID + ">" }

type member struct {
	user  *User
	roles []*Role
	nick  string
}

// overwrite is what one role or user may and may not in one channel.
type overwrite struct {
	id          string
	kind        int // 0 a role, 1 a member
	allow, deny Permission
}

// Guild makes a guild with an owner, @everyone, and the bot as a member. A
// connected bot is told.
func (s *Server) Guild(name string) *Guild {
	owner := s.User("owner of " + name)
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Guild{s: s, ID: s.id(), Name: name, Owner: owner, locale: "en-US"}
	g.roles = []*Role{{s: s, ID: g.ID, Name: "@everyone", permissions: Everyone}}
	g.members = []*member{{user: owner}, {user: s.Bot}}
	s.guilds = append(s.guilds, g)
	s.dispatch("GUILD_CREATE", intentGuilds, g.createJSON())
	return g
}

// Speak sets the guild's preferred language, e.g. "de". Do it before use.
func (g *Guild) Speak(locale string) *Guild {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.locale = locale
	return g
}

// Leave throws the bot out.
func (g *Guild) Leave() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.gone = true
	g.members = slices.DeleteFunc(g.members, func(m *member) bool { return m.user == g.s.Bot })
	g.s.dispatch("GUILD_DELETE", intentGuilds, object{"id": g.ID})
}

// Back lets the bot in again.
func (g *Guild) Back() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.gone = false
	g.members = append(g.members, &member{user: g.s.Bot})
	g.s.dispatch("GUILD_CREATE", intentGuilds, g.createJSON())
}

// Drop deletes a role.
func (g *Guild) Drop(r *Role) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.roles = slices.DeleteFunc(g.roles, func(o *Role) bool { return o == r })
	for _, m := range g.members {
		m.roles = slices.DeleteFunc(slices.Clone(m.roles), func(o *Role) bool { return o == r })
	}
	g.s.dispatch("GUILD_ROLE_DELETE", intentGuilds, object{"guild_id": g.ID, "role_id": r.ID})
}

// Role makes a role that may do so much, besides what @everyone may.
func (g *Guild) Role(name string, p Permission) *Role {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	r := &Role{s: g.s, ID: g.s.id(), Name: name, permissions: p}
	g.roles = append(g.roles, r)
	g.s.dispatch("GUILD_ROLE_CREATE", intentGuilds, object{"guild_id": g.ID, "role": r.json(len(g.roles) - 1)})
	return r
}

// Everyone returns the role that everybody has.
func (g *Guild) Everyone() *Role { return g.roles[0] }

// Set changes what a role may.
func (g *Guild) Set(r *Role, p Permission) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	r.permissions = p
	g.s.dispatch("GUILD_ROLE_UPDATE", intentGuilds, object{"guild_id": g.ID, "role": r.json(slices.Index(g.roles, r))})
}

// Member makes a person who is in this guild, and has these roles.
func (g *Guild) Member(name string, roles ...*Role) *User {
	u := g.s.User(name)
	g.Join(u, roles...)
	return u
}

// Join lets a person in, or gives a member more roles. Those of the bot are the
// ones that Discord made for it.
func (g *Guild) Join(u *User, roles ...*Role) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	for _, r := range roles {
		r.managed = u == g.s.Bot
	}
	if m := g.member(u); m != nil {
		m.roles = append(m.roles, roles...)
		return
	}
	g.members = append(g.members, &member{user: u, roles: roles})
}

func (g *Guild) member(u *User) *member {
	for _, m := range g.members {
		if m.user == u {
			return m
		}
	}
	return nil
}

// may returns what a member may in a channel, by Discord's rules: the base, the
// overwrite of @everyone, those of the roles, that of the member.
func (g *Guild) may(u *User, c *Channel) Permission {
	m := g.member(u)
	if m == nil {
		return 0
	}
	if u == g.Owner {
		return everything
	}
	p := g.roles[0].permissions
	for _, r := range m.roles {
		p |= r.permissions
	}
	if p&Administrator != 0 {
		return everything
	}
	if c == nil {
		return p
	}
	if c.parent != nil { // a thread has its parent's
		c = c.parent
	}
	var allow, deny Permission
	for _, o := range c.overwrites {
		switch {
		case o.id == g.ID:
			p = p&^o.deny | o.allow
		case slices.ContainsFunc(m.roles, func(r *Role) bool { return r.ID == o.id }):
			allow, deny = allow|o.allow, deny|o.deny
		}
	}
	p = p&^deny | allow
	for _, o := range c.overwrites {
		if o.id == u.ID {
			p = p&^o.deny | o.allow
		}
	}
	if p&ViewChannel == 0 {
		return 0
	}
	return p
}

func (g *Guild) channel(name string, kind int) *Channel {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := &Channel{s: g.s, ID: g.s.id(), Name: name, guild: g, kind: kind}
	g.channels = append(g.channels, c)
	g.s.channels[c.ID] = c
	g.s.dispatch("CHANNEL_CREATE", intentGuilds, c.json())
	return c
}

// Channel makes a text channel.
func (g *Guild) Channel(name string) *Channel { return g.channel(name, kindText) }

// News makes an announcement channel.
func (g *Guild) News(name string) *Channel { return g.channel(name, kindNews) }

// Voice makes a voice channel, in which people can also write.
func (g *Guild) Voice(name string) *Channel { return g.channel(name, kindVoice) }

// Forum makes a forum.
func (g *Guild) Forum(name string) *Channel { return g.channel(name, kindForum) }

func (r *Role) json(position int) object {
	o := object{
		"id": r.ID, "name": r.Name, "permissions": permissionText(r.permissions), "position": position,
		"color": 0, "colors": object{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"hoist": false, "managed": r.managed, "mentionable": false, "icon": nil, "unicode_emoji": nil, "flags": 0,
	}
	if r.managed {
		o["tags"] = object{"bot_id": r.s.Bot.ID}
	}
	return o
}

func (g *Guild) rolesJSON() []any {
	var list []any
	for i, r := range g.roles {
		list = append(list, r.json(i))
	}
	return list
}

func (m *member) json(withUser bool) object {
	roles := []any{}
	for _, r := range m.roles {
		roles = append(roles, r.ID)
	}
	o := object{
		"avatar": nil, "banner": nil, "communication_disabled_until": nil, "flags": 0, "nick": nil,
		"joined_at": "2025-06-02T09:00:00.000000+00:00", "pending": false, "premium_since": nil,
		"roles": roles, "mute": false, "deaf": false,
	}
	if m.nick != "" {
		o["nick"] = m.nick
	}
	if withUser {
		o["user"] = m.user.json()
	}
	return o
}

func (g *Guild) json() object {
	return object{
		"id": g.ID, "name": g.Name, "icon": nil, "description": nil, "home_header": nil, "splash": nil,
		"discovery_splash": nil, "features": []any{}, "banner": nil, "owner_id": g.Owner.ID, "application_id": nil,
		"region": "us-west", "afk_channel_id": nil, "afk_timeout": 300, "system_channel_id": nil, "system_channel_flags": 0,
		"widget_enabled": false, "widget_channel_id": nil, "verification_level": 1, "roles": g.rolesJSON(),
		"default_message_notifications": 0, "mfa_level": 0, "explicit_content_filter": 0, "max_presences": nil,
		"max_members": 500000, "max_stage_video_channel_users": 50, "max_video_channel_users": 25, "vanity_url_code": nil,
		"premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": g.locale, "rules_channel_id": nil,
		"safety_alerts_channel_id": nil, "public_updates_channel_id": nil, "premium_progress_bar_enabled": false,
		"nsfw": false, "nsfw_level": 0, "emojis": []any{}, "stickers": []any{}, "incidents_data": nil,
	}
}

// createJSON is what the gateway tells of a guild: more than REST does. Members
// are the bot alone, as without the privileged intent.
func (g *Guild) createJSON() object {
	o := g.json()
	channels, threads := []any{}, []any{}
	for _, c := range g.channels {
		if c.parent != nil {
			if !c.archived {
				threads = append(threads, c.json())
			}
		} else {
			channels = append(channels, c.json())
		}
	}
	o["joined_at"], o["large"], o["unavailable"] = "2025-06-02T09:00:00.000000+00:00", false, false
	o["member_count"], o["voice_states"], o["presences"] = len(g.members), []any{}, []any{}
	o["members"] = []any{}
	if m := g.member(g.s.Bot); m != nil {
		o["members"] = []any{m.json(true)}
	}
	o["channels"], o["threads"] = channels, threads
	o["stage_instances"], o["guild_scheduled_events"], o["soundboard_sounds"] = []any{}, []any{}, []any{}
	return o
}
