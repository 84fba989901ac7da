package discordtest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Kinds and flags of messages.
const (
	messageDefault = 0
	messageReply   = 19
	messageSlash   = 20
	messageStarter = 21
	messageContext = 23

	flagSnapshot   = 1 << 14
	flagSuppress   = 1 << 2
	flagThread     = 1 << 5
	flagEphemeral  = 1 << 6
	flagLoading    = 1 << 7
	flagSilent     = 1 << 12
	flagComponents = 1 << 15
)

// Message is a message as it is now. Text and Transcript show it.
type Message struct {
	s *Server

	ID string

	channel     *Channel
	author      *User
	kind, flags int
	content     string
	embeds      []any
	components  []any
	files       []*File
	mentions    []*User
	reference   object
	referenced  *Message
	snapshots   []any
	source      *Interaction // that it answers
	to          *User        // who alone sees it
	nonce       any
	created     time.Time
	edited      time.Time
	deleted     bool
	thread      *Channel
	versions    []Version
}

// Version is what a message said, and since when by the real clock.
type Version struct {
	At   time.Time
	Text string
}

// File is an attachment.
type File struct {
	Name, Type string
	Data       []byte

	id, url string
}

// URL is where the file can be read.
func (f *File) URL() string { return f.url }

// Channel returns where the message is.
func (m *Message) Channel() *Channel { return m.channel }

// Author returns who wrote it.
func (m *Message) Author() *User { return m.author }

// To returns who alone sees it, nil where everybody in the channel does.
func (m *Message) To() *User { return m.to }

// Deleted says whether the message was taken away.
func (m *Message) Deleted() bool {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	return m.deleted
}

// Content returns the text of the message, without embeds and components.
func (m *Message) Content() string {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	return m.content
}

// Files returns the attachments.
func (m *Message) Files() []*File {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	return slices.Clone(m.files)
}

// Thread returns the thread that was opened at the message, or nil.
func (m *Message) Thread() *Channel {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	return m.thread
}

// Versions returns what the message said from its beginning to now.
func (m *Message) Versions() []Version {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	return slices.Clone(m.versions)
}

// Has says whether Text contains the text.
func (m *Message) Has(text string) bool { return strings.Contains(m.Text(), text) }

// Delete takes the message away, as a moderator does.
func (m *Message) Delete() {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	m.remove()
}

// Edit changes the message, as its author does.
func (m *Message) Edit(content string) {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	m.content = m.s.withMentions(content)
	m.mentions = m.s.mentioned(m.content)
	m.update()
}

// add puts a new message into its channel, and tells the bot.
func (m *Message) add() *Message {
	s := m.s
	m.created = s.now()
	if m.ID == "" {
		m.ID = s.id()
	}
	m.mentions = s.mentioned(m.content)
	if m.referenced != nil && m.kind == messageReply && m.referenced.author != m.author && m.author != s.Bot &&
		!slices.Contains(m.mentions, m.referenced.author) {
		m.mentions = append(m.mentions, m.referenced.author) // a reply pings
	}
	m.channel.messages = append(m.channel.messages, m)
	m.channel.log = append(m.channel.log, m)
	s.messages[m.ID] = m
	m.remember()
	if m.to == nil {
		s.dispatchMessage("MESSAGE_CREATE", m)
	}
	s.bell.ring()
	return m
}

func (m *Message) update() {
	m.edited = m.s.now()
	m.remember()
	if m.to == nil {
		m.s.dispatchMessage("MESSAGE_UPDATE", m)
	}
	m.s.bell.ring()
}

func (m *Message) remove() {
	m.deleted = true
	if m.to == nil {
		o := object{"id": m.ID, "channel_id": m.channel.ID}
		if m.channel.guild != nil {
			o["guild_id"] = m.channel.guild.ID
		}
		m.s.dispatch("MESSAGE_DELETE", messageIntent(m.channel), o)
	}
	m.s.bell.ring()
}

func (m *Message) remember() {
	m.versions = append(m.versions, Version{At: time.Now(), Text: m.text()})
}

var mention = regexp.MustCompile(`<@!?([0-9]+)>`)

// mentioned returns the users that a text mentions.
func (s *Server) mentioned(text string) []*User {
	var list []*User
	for _, found := range mention.FindAllStringSubmatch(text, -1) {
		if u := s.userByID(found[1]); u != nil && !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	return list
}

var roleMention = regexp.MustCompile(`<@&([0-9]+)>`)

// mentionedRoles returns the IDs of the roles that a text mentions.
func mentionedRoles(text string) []any {
	list := []any{}
	for _, found := range roleMention.FindAllStringSubmatch(text, -1) {
		list = append(list, found[1])
	}
	return list
}

// withMentions turns each "@Name" of a user into a mention, as the client does.
func (s *Server) withMentions(text string) string {
	users := slices.Clone(s.users)
	slices.SortStableFunc(users, func(a, b *User) int { return len(b.Name) - len(a.Name) })
	for _, u := range users {
		text = strings.ReplaceAll(text, "@"+u.Name, u.Mention())
	}
	return text
}

// readable says whether the bot gets the content of a message: without the
// privileged intent, only of its own, in its direct messages, and where it is
// mentioned.
func (s *Server) readable(m *Message) bool {
	return s.gw.intents.Load()&intentContent != 0 || m.author == s.Bot ||
		m.channel.kind == kindDM || slices.Contains(m.mentions, s.Bot)
}

// json is the message as the bot gets it. A message that the bot's command
// points at comes with its content.
func (m *Message) json(target bool) object {
	s := m.s
	mentions := []any{}
	for _, u := range m.mentions {
		mentions = append(mentions, u.json())
	}
	o := object{
		"id": m.ID, "channel_id": m.channel.ID, "type": m.kind, "flags": m.flags, "author": m.author.json(),
		"timestamp": at(m.created), "edited_timestamp": nil, "tts": false, "mention_everyone": false, "pinned": false,
		"mentions": mentions, "mention_roles": mentionedRoles(m.content),
		"content": m.content, "embeds": list(m.embeds), "components": list(m.components), "attachments": m.filesJSON(),
	}
	if !target && !s.readable(m) {
		o["content"], o["embeds"], o["components"], o["attachments"] = "", []any{}, []any{}, []any{}
	}
	if !m.edited.IsZero() {
		o["edited_timestamp"] = at(m.edited)
	}
	if m.nonce != nil {
		o["nonce"] = m.nonce
	}
	if m.reference != nil {
		o["message_reference"] = m.reference
	}
	if m.kind == messageReply {
		o["referenced_message"] = nil
		if m.referenced != nil && !m.referenced.deleted {
			r := m.referenced.json(false)
			delete(r, "referenced_message")
			o["referenced_message"] = r
		}
	}
	if m.snapshots != nil && (target || s.readable(m)) {
		o["message_snapshots"] = m.snapshots
	}
	if m.thread != nil {
		o["thread"] = m.thread.json()
	}
	if m.source != nil {
		o["application_id"], o["webhook_id"] = s.Bot.ID, s.Bot.ID
		o["interaction_metadata"] = m.source.metadata()
	}
	return o
}

// list is never nil, as Discord's lists are not.
func list(l []any) []any {
	if l == nil {
		return []any{}
	}
	return l
}

func (m *Message) filesJSON() []any {
	files := []any{}
	for _, f := range m.files {
		o := f.json()
		if m.to != nil {
			o["ephemeral"] = true
		}
		files = append(files, o)
	}
	return files
}

// keepFile gives an attachment its address.
func (s *Server) keepFile(channel *Channel, f *File) *File {
	f.id = s.id()
	if f.url == "" {
		f.url = s.CDN + "/attachments/" + channel.ID + "/" + f.id + "/" + f.Name
		s.files[strings.TrimPrefix(f.url, s.CDN)] = f
	}
	return f
}

func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.URL.Path]
	s.mu.Unlock()
	if f == nil {
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", f.Type)
	_, _ = w.Write(f.Data)
}
