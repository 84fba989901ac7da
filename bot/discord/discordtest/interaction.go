package discordtest

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Kinds of interactions, and of callbacks.
const (
	kindCommand      = 2
	kindComponent    = 3
	kindAutocomplete = 4
	kindModal        = 5

	callMessage      = 4
	callDefer        = 5
	callDeferUpdate  = 6
	callUpdate       = 7
	callAutocomplete = 8
	callModal        = 9
)

const (
	// acknowledge is how long Discord waits for the callback,
	acknowledge = 3 * time.Second
	// tokenLasts how long the token can be used after.
	tokenLasts = 15 * time.Minute
)

// Interaction is something that a person did to the bot, and what came of it.
type Interaction struct {
	s *Server

	ID, Token string

	kind     int
	user     *User
	channel  *Channel
	data     object
	label    string       // as the transcript says what was done
	on       *Message     // whose component was used
	target   *Message     // of a message command
	parent   *Interaction // whose modal this submits
	created  time.Time
	real     time.Time
	deadline *time.Timer

	acknowledged time.Time // by the real clock
	callback     int
	private      bool
	answer       *Message // the original response
	answered     bool
	followUps    []*Message
	modal        *Modal
	choices      []Choice
}

// Choice is one suggestion of an autocomplete.
type Choice struct {
	Name  string
	Value any
}

// Modal is a form that the bot opened.
type Modal struct {
	Title string

	data object
	from *Interaction
}

// send makes an interaction, and hands it to the bot.
func (s *Server) send(i *Interaction) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	i.s, i.ID, i.Token = s, s.id(), "aW50ZXJhY3Rpb24"+rand.Text()
	i.created = s.now()
	i.deadline = time.AfterFunc(acknowledge, i.late)
	i.begin(time.Now())
	s.interactions[i.Token] = i
	i.channel.log = append(i.channel.log, i)
	s.waiting++
	s.dispatch("INTERACTION_CREATE", 0, i.json())
	return i
}

// begin says since when the bot is waited for.
func (i *Interaction) begin(at time.Time) {
	i.real = at
	i.deadline.Reset(acknowledge)
}

// late fails the test of a bot that was too slow.
func (i *Interaction) late() {
	i.s.mu.Lock()
	late := i.acknowledged.IsZero()
	if late && !i.answered {
		i.answered = true
		i.s.waiting--
	}
	i.s.bell.ring()
	i.s.mu.Unlock()
	i.s.judge.mu.Lock()
	defer i.s.judge.mu.Unlock()
	if late && !i.s.judge.expected[codeUnknownInteract] {
		i.s.judge.fail("not acknowledged within %v: %s", acknowledge, i.label)
	}
}

func (i *Interaction) context() int {
	if i.channel.kind == kindDM {
		return 1
	}
	return 0
}

func (i *Interaction) json() object {
	s, c := i.s, i.channel
	o := object{
		"id": i.ID, "application_id": s.Bot.ID, "type": i.kind, "token": i.Token, "version": 1, "data": i.data,
		"channel_id": c.ID, "channel": c.json(), "locale": i.user.Locale, "context": i.context(),
		"app_permissions": permissionText(c.may(s.Bot)), "entitlements": []any{}, "attachment_size_limit": 10 << 20,
	}
	if g := c.guild; g != nil {
		m := object{}
		if member := g.member(i.user); member != nil {
			m = member.json(true)
		}
		m["permissions"] = permissionText(c.may(i.user))
		o["guild_id"], o["guild_locale"], o["member"] = g.ID, g.locale, m
		o["guild"] = object{"id": g.ID, "locale": g.locale, "features": []any{}}
		o["authorizing_integration_owners"] = object{"0": g.ID}
	} else {
		o["user"] = i.user.json()
		o["authorizing_integration_owners"] = object{"0": "0", "1": i.user.ID}
	}
	if i.on != nil {
		o["message"] = i.on.json(true)
	}
	return o
}

func (i *Interaction) metadata() object {
	owners := object{"1": i.user.ID}
	if i.channel.guild != nil {
		owners = object{"0": i.channel.guild.ID}
	}
	o := object{"id": i.ID, "type": i.kind, "user": i.user.json(), "authorizing_integration_owners": owners}
	switch {
	case i.kind == kindComponent:
		o["interacted_message_id"] = i.on.ID
	case i.parent != nil:
		o["triggering_interaction_metadata"] = i.parent.metadata()
	case i.target != nil:
		o["target_message_id"] = i.target.ID
	}
	return o
}

// may says which callbacks an interaction can have.
func (i *Interaction) may(callback int) bool {
	switch callback {
	case callMessage, callDefer:
		return i.kind != kindAutocomplete
	case callDeferUpdate, callUpdate:
		return i.kind == kindComponent || i.kind == kindModal && i.on != nil
	case callAutocomplete:
		return i.kind == kindAutocomplete
	case callModal:
		return i.kind == kindCommand || i.kind == kindComponent
	}
	return false
}

// callback handles the first answer to an interaction.
func (c *call) callback() (int, any, *apiError) {
	s, body := c.s, c.fields()
	i := s.interactions[c.vars["interaction_token"]]
	if i == nil || i.ID != c.vars["interaction_id"] || i.acknowledged.IsZero() && c.rec.At.Sub(i.real) > acknowledge {
		return 0, nil, refuse(404, codeUnknownInteract, "Unknown interaction")
	}
	if !i.acknowledged.IsZero() {
		return 0, nil, refuse(400, codeAcknowledged, "Interaction has already been acknowledged.")
	}
	kind := int(number(body["type"]))
	if !i.may(kind) {
		return 0, nil, invalid(map[string]string{"type": fmt.Sprintf("a callback of type %d cannot answer an interaction of type %d", kind, i.kind)})
	}
	data, _ := body["data"].(object)
	flags := int(number(data["flags"]))
	if bad := flags &^ (flagEphemeral | flagSuppress | flagSilent | flagComponents); bad != 0 {
		return 0, nil, invalid(map[string]string{"data.flags": fmt.Sprintf("flags %d cannot be set", bad)})
	}
	var message *Message
	problems := map[string]string{}
	switch kind {
	case callMessage, callUpdate:
		how := asAnswer
		if kind == callUpdate {
			how = asEdit
		}
		d, refused := c.draft(data, how)
		if refused != nil {
			return 0, nil, refused
		}
		if kind == callMessage {
			message = i.message(flags)
		} else {
			message = i.on
		}
		if refused := message.apply(d); refused != nil {
			return 0, nil, refused
		}
		if kind == callMessage {
			message.add()
		} else {
			message.update()
		}
		i.settle()
	case callDefer:
		message = i.message(flags)
		message.flags |= flagLoading
		message.add()
	case callDeferUpdate:
		message = i.on
		i.settle()
	case callAutocomplete:
		choices := checkChoices(problems, data)
		if len(problems) > 0 {
			return 0, nil, invalid(problems)
		}
		i.choices = choices
		i.settle()
	case callModal:
		if checkModal(problems, data); len(problems) > 0 {
			return 0, nil, invalid(problems)
		}
		title, _ := data["title"].(string)
		i.modal = &Modal{Title: title, data: data, from: i}
		i.settle()
	}
	i.answer, i.callback, i.private = message, kind, flags&flagEphemeral != 0
	i.acknowledged = time.Now()
	i.deadline.Stop()
	s.bell.ring()
	if c.r.URL.Query().Get("with_response") != "true" {
		return http.StatusNoContent, nil, nil
	}
	o := object{"id": i.ID, "type": i.kind}
	answer := object{"interaction": o}
	if message != nil {
		o["response_message_id"], o["response_message_ephemeral"] = message.ID, message.to != nil
		o["response_message_loading"] = message.flags&flagLoading != 0
		answer["resource"] = object{"type": kind, "message": message.json(true)}
	}
	return http.StatusOK, answer, nil
}

// settle notes that the interaction needs no more.
func (i *Interaction) settle() {
	if !i.answered {
		i.answered = true
		i.s.waiting--
	}
}

// message begins a message that answers the interaction.
func (i *Interaction) message(flags int) *Message {
	m := &Message{s: i.s, channel: i.channel, author: i.s.Bot, source: i, flags: flags & (flagEphemeral | flagComponents)}
	switch {
	case i.kind == kindCommand && i.target != nil:
		m.kind = messageContext
	case i.kind == kindCommand:
		m.kind = messageSlash
	case i.on != nil && i.on.to == nil:
		m.kind, m.referenced, m.reference = messageReply, i.on, i.on.referenceTo(0)
	}
	if flags&flagEphemeral != 0 {
		m.to = i.user
	}
	return m
}

// interaction returns the one of a webhook's path.
func (c *call) interaction() (*Interaction, *apiError) {
	i := c.s.interactions[c.vars["webhook_token"]]
	switch {
	case c.vars["webhook_id"] != c.s.Bot.ID || i == nil:
		return nil, refuse(404, codeUnknownWebhook, "Unknown Webhook")
	case c.s.now().Sub(i.created) > tokenLasts:
		return nil, refuse(401, codeInvalidWebhook, "Invalid Webhook Token")
	case i.acknowledged.IsZero() || i.kind == kindAutocomplete:
		return nil, refuse(404, codeUnknownWebhook, "Unknown Webhook")
	}
	return i, nil
}

// reply returns the message of a webhook's path: an answer of this
// interaction, or the message whose button was used.
func (c *call) reply() (*Interaction, *Message, *apiError) {
	i, refused := c.interaction()
	if refused != nil {
		return nil, nil, refused
	}
	id, m := c.vars["message_id"], i.answer
	if id != "" && (m == nil || m.ID != id) {
		n := slices.IndexFunc(i.followUps, func(m *Message) bool { return m.ID == id })
		if n < 0 {
			return nil, nil, refuse(404, codeUnknownMessage, "Unknown Message")
		}
		m = i.followUps[n]
	}
	if m == nil || m.deleted {
		return nil, nil, refuse(404, codeUnknownMessage, "Unknown Message")
	}
	return i, m, nil
}

func (c *call) getAnswer() (int, any, *apiError) {
	_, m, refused := c.reply()
	if refused != nil {
		return 0, nil, refused
	}
	return http.StatusOK, m.json(true), nil
}

func (c *call) editAnswer() (int, any, *apiError) {
	i, m, refused := c.reply()
	switch {
	case refused != nil:
		return 0, nil, refused
	case m.channel.archived:
		return 0, nil, refuse(400, codeThreadArchived, "Thread is archived")
	}
	d, refused := c.draft(c.fields(), asEdit)
	if refused != nil {
		return 0, nil, refused
	}
	loading := m.flags&flagLoading != 0
	if loading && d.content != nil {
		m.flags &^= flagLoading
	}
	if refused := m.apply(d); refused != nil {
		return 0, nil, refused
	}
	m.update()
	if loading {
		m.edited = time.Time{} // the first edit is the answer
	}
	if m == i.answer {
		i.settle()
	}
	return http.StatusOK, m.json(true), nil
}

func (c *call) deleteAnswer() (int, any, *apiError) {
	i, m, refused := c.reply()
	if refused != nil {
		return 0, nil, refused
	}
	m.remove()
	if m == i.answer {
		i.settle()
	}
	return http.StatusNoContent, nil, nil
}

// followUp writes another message. The first one after a deferral takes the
// place of "thinking", and is as private as that.
func (c *call) followUp() (int, any, *apiError) {
	i, refused := c.interaction()
	if refused != nil {
		return 0, nil, refused
	}
	body := c.fields()
	d, refused := c.draft(body, asAnswer)
	if refused != nil {
		return 0, nil, refused
	}
	if a := i.answer; i.callback == callDefer && !a.deleted && a.flags&flagLoading != 0 {
		if refused := a.apply(d); refused != nil {
			return 0, nil, refused
		}
		a.update()
		a.edited = time.Time{}
		i.settle()
		return http.StatusOK, a.json(true), nil
	}
	if i.channel.archived && i.channel.locked {
		return 0, nil, refuse(400, codeThreadArchived, "Thread is archived")
	}
	m := i.message(d.flags)
	if i.answer != nil {
		m.kind, m.referenced, m.reference = messageReply, i.answer, i.answer.referenceTo(0)
	}
	if refused := m.apply(d); refused != nil {
		return 0, nil, refused
	}
	m.add()
	i.followUps = append(i.followUps, m)
	return http.StatusOK, m.json(true), nil
}
