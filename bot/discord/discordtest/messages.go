package discordtest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// Handlers of messages in channels.

// message returns the message of the path. Private ones are not there, for a
// channel.
func (c *call) message(need Permission) (*Message, *apiError) {
	channel, refused := c.channel(need)
	if refused != nil {
		return nil, refused
	}
	m := c.s.messages[c.vars["message_id"]]
	if m == nil || m.deleted || m.channel != channel || m.to != nil {
		return nil, refuse(404, codeUnknownMessage, "Unknown Message")
	}
	return m, nil
}

func (c *call) getMessage() (int, any, *apiError) {
	m, refused := c.message(ReadMessageHistory)
	if refused != nil {
		return 0, nil, refused
	}
	return http.StatusOK, m.json(false), nil
}

func (c *call) getMessages() (int, any, *apiError) {
	channel, refused := c.channel(ReadMessageHistory)
	if refused != nil {
		return 0, nil, refused
	}
	query := c.r.URL.Query()
	limit := 50
	if n, err := strconv.Atoi(query.Get("limit")); err == nil {
		limit = n
	}
	if limit < 1 || limit > 100 {
		return 0, nil, invalid(map[string]string{"limit": "int value should be between 1 and 100."})
	}
	var found []*Message
	for _, m := range channel.left() {
		if m.to == nil && (!query.Has("before") || older(m.ID, query.Get("before"))) &&
			(!query.Has("after") || older(query.Get("after"), m.ID)) {
			found = append(found, m)
		}
	}
	if n := len(found) - limit; n > 0 {
		if query.Has("after") {
			found = found[:limit]
		} else {
			found = found[n:]
		}
	}
	slices.Reverse(found) // newest first
	list := []any{}
	for _, m := range found {
		list = append(list, m.json(false))
	}
	return http.StatusOK, list, nil
}

// older compares snowflakes, which are decimal numbers.
func older(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

func (c *call) createMessage() (int, any, *apiError) {
	s := c.s
	channel, refused := c.channel(0)
	if refused != nil {
		return 0, nil, refused
	}
	need := SendMessages
	if channel.parent != nil {
		need = SendMessagesInThreads
	}
	body := c.fields()
	if len(c.files) > 0 {
		need |= AttachFiles
	}
	switch {
	case channel.may(s.Bot)&need != need:
		return 0, nil, refuse(403, codeMissingPerms, "Missing Permissions")
	case channel.kind == kindForum:
		return 0, nil, refuse(400, 50024, "Cannot execute action on this channel type")
	case channel.with != nil && channel.with.blocked:
		return 0, nil, refuse(403, codeCannotDM, "Cannot send messages to this user")
	case channel.archived && channel.locked && channel.may(s.Bot)&ManageThreads == 0:
		return 0, nil, refuse(400, codeThreadArchived, "Thread is archived")
	}
	d, refused := c.draft(body, inChannel)
	if refused != nil {
		return 0, nil, refused
	}
	m := &Message{s: s, channel: channel, author: s.Bot}
	if reference, ok := body["message_reference"].(object); ok {
		if refused := m.replyTo(reference); refused != nil {
			return 0, nil, refused
		}
	}
	key := channel.ID + " " + fmt.Sprint(body["nonce"])
	if body["nonce"] != nil {
		m.nonce = body["nonce"]
		if before := s.nonces[key]; body["enforce_nonce"] == true && before != nil && s.now().Sub(before.created) < nonceLasts {
			return http.StatusOK, before.json(false), nil
		}
	}
	if refused := m.apply(d); refused != nil {
		return 0, nil, refused
	}
	channel.archived = false // a message opens a thread again
	m.add()
	if m.nonce != nil {
		s.nonces[key] = m
	}
	return http.StatusOK, m.json(false), nil
}

// replyTo makes a message a reply.
func (m *Message) replyTo(reference object) *apiError {
	id, _ := reference["message_id"].(string)
	to := m.s.messages[id]
	if to == nil || to.deleted || to.channel != m.channel || to.to != nil {
		if reference["fail_if_not_exists"] == false {
			return nil
		}
		return invalid(map[string]string{"message_reference": "Unknown message"})
	}
	if m.channel.may(m.author)&ReadMessageHistory == 0 {
		return refuse(400, 160002, "Cannot reply without permission to read message history")
	}
	m.kind, m.referenced, m.reference = messageReply, to, to.referenceTo(0)
	return nil
}

// referenceTo is a message's address: kind 0 in a reply, 1 in a forward.
func (m *Message) referenceTo(kind int) object {
	o := object{"type": kind, "channel_id": m.channel.ID, "message_id": m.ID}
	if m.channel.guild != nil {
		o["guild_id"] = m.channel.guild.ID
	}
	return o
}

func (c *call) editMessage() (int, any, *apiError) {
	m, refused := c.message(0)
	switch {
	case refused != nil:
		return 0, nil, refused
	case m.author != c.s.Bot:
		return 0, nil, refuse(403, codeEditOther, "Cannot edit a message authored by another user")
	case m.channel.archived:
		return 0, nil, refuse(400, codeThreadArchived, "Thread is archived")
	}
	d, refused := c.draft(c.fields(), asEdit)
	if len(c.files) > 0 && m.channel.may(c.s.Bot)&AttachFiles == 0 {
		return 0, nil, refuse(403, codeMissingPerms, "Missing Permissions")
	}
	if refused != nil {
		return 0, nil, refused
	}
	if refused := m.apply(d); refused != nil {
		return 0, nil, refused
	}
	m.update()
	return http.StatusOK, m.json(false), nil
}

func (c *call) deleteMessage() (int, any, *apiError) {
	m, refused := c.message(0)
	switch {
	case refused != nil:
		return 0, nil, refused
	case m.author != c.s.Bot && m.channel.may(c.s.Bot)&ManageMessages == 0:
		return 0, nil, refuse(403, codeMissingPerms, "Missing Permissions")
	case m.channel.archived:
		return 0, nil, refuse(400, codeThreadArchived, "Thread is archived")
	}
	m.remove()
	return http.StatusNoContent, nil, nil
}
