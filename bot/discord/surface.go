package discord

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// surface is where an answer's messages are written.
type surface interface {
	// put writes m: over the message with that ID, or as the next message
	// where it is "". It returns the message's ID. errUnsure says that a next
	// message may be there or not.
	put(ctx context.Context, id string, m message) (string, error)
	// drop takes the message with that ID away.
	drop(ctx context.Context, id string) error
}

var _ = []surface{(*answers)(nil), (*inChannel)(nil)}

// answers is the surface that answers an interaction: its token writes and
// edits for 15 minutes, wherever the person is. The first message is the
// acknowledgement's. After the 15 minutes the bot edits as itself, where it may.
type answers struct {
	a        *App
	i        *interaction
	private  bool // further messages are for the person alone
	original bool // the acknowledgement's message was written
}

func (a *App) answers(i *interaction, private bool) *answers {
	return &answers{a: a, i: i, private: private}
}

// path is the token's. It names the lane too: what one answer has used up does
// not hold up others.
func (s *answers) path() string { return "/webhooks/" + s.i.Application + "/" + s.i.Token }

func (s *answers) put(ctx context.Context, id string, m message) (string, error) {
	var put struct {
		ID string `json:"id"`
	}
	switch {
	case id == "" && s.original:
		m.Nonce = "" // Discord knows none here
		if s.private {
			m.Flags |= flagPrivate
		}
		err := s.a.rest.do(ctx, request{
			method: "POST", path: s.path() + "?wait=true", body: m, files: m.files, lane: s.path(), target: "POST " + s.path(), once: true,
		}, &put)
		return put.ID, err
	case id != "" && time.Since(madeAt(s.i.ID)) > tokenLives-tokenSpare:
		return id, s.a.inChannel(s.i.Channel.ID, "").edit(ctx, id, m)
	}
	m.Nonce, m.Flags = "", 0
	at := "@original"
	if id != "" {
		at = id
	}
	err := s.a.rest.do(ctx, request{
		method: "PATCH", path: s.path() + "/messages/" + at, body: m, files: m.files, lane: s.path(),
	}, &put)
	s.original = s.original || err == nil
	return put.ID, err
}

func (s *answers) drop(ctx context.Context, id string) error {
	if id == "" {
		id = "@original"
	}
	if time.Since(madeAt(s.i.ID)) > tokenLives-tokenSpare {
		return s.a.inChannel(s.i.Channel.ID, "").drop(ctx, id)
	}
	return s.a.rest.do(ctx, request{method: "DELETE", path: s.path() + "/messages/" + id, lane: s.path()}, nil)
}

// whisper adds a message that the person alone sees.
func (s *answers) whisper(ctx context.Context, words string) error {
	return s.a.rest.do(ctx, request{
		method: "POST", path: s.path(), body: message{Content: words, Components: []discordgo.MessageComponent{}, Flags: flagPrivate}, lane: s.path(), target: "POST " + s.path(), once: true,
	}, nil)
}

// inChannel is the surface of messages that the bot sends as itself.
type inChannel struct {
	a       *App
	channel string
	replyTo string // the message that the first is a reply to, "" for none
}

func (a *App) inChannel(channel, replyTo string) *inChannel { return &inChannel{a, channel, replyTo} }

func (s *inChannel) put(ctx context.Context, id string, m message) (string, error) {
	if id != "" {
		return id, s.edit(ctx, id, m)
	}
	if s.replyTo != "" {
		m.Reference = &reference{Message: s.replyTo}
	}
	m.Nonce, m.Enforce = cmp.Or(m.Nonce, rand.Text()[:25]), true // so a second sending makes no second message
	var put struct {
		ID string `json:"id"`
	}
	path := "/channels/" + s.channel + "/messages"
	err := s.send(ctx, request{method: "POST", path: path}, m, &put)
	if code(err) == codeNoHistory && m.Reference != nil {
		m.Reference = nil // no reply to what it may not read, but an answer
		err = s.send(ctx, request{method: "POST", path: path}, m, &put)
	}
	if err == nil {
		s.replyTo = ""
	}
	return put.ID, err
}

// send sends q with m, or without its file where none may be attached: that is no
// reason to leave the channel alone.
func (s *inChannel) send(ctx context.Context, q request, m message, into any) error {
	if len(m.files) > 0 {
		filed := q
		filed.body, filed.files, filed.target = m, m.files, "file in "+s.channel
		err := s.a.rest.do(ctx, filed, into)
		if status(err) != http.StatusForbidden && !errors.Is(err, errClosed) {
			return err
		}
		m.Content, m.files = cmp.Or(m.bare, m.Content), nil
	}
	q.body = m
	return s.a.rest.do(ctx, q, into)
}

// codeNoHistory is Discord's for a reply where the bot may not read what was
// said before.
const codeNoHistory = 160002

func (s *inChannel) edit(ctx context.Context, id string, m message) error {
	m.Nonce, m.Flags = "", 0
	path := "/channels/" + s.channel + "/messages/"
	err := s.send(ctx, request{method: "PATCH", path: path + id, lane: "PATCH " + path}, m, nil)
	if status(err) == http.StatusNotFound || errors.Is(err, errClosed) {
		return errLate
	}
	return err
}

func (s *inChannel) drop(ctx context.Context, id string) error {
	path := "/channels/" + s.channel + "/messages/"
	return s.a.rest.do(ctx, request{method: "DELETE", path: path + id, lane: "DELETE " + path}, nil)
}
