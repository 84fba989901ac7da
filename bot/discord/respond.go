package discord

import (
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"
)

// message is a message of ours as Discord takes it.
type message struct {
	Content     string                       `json:"content"`
	Components  []discordgo.MessageComponent `json:"components"`
	Attachments []any                        `json:"attachments,omitempty"` // an empty list takes files away
	Mentions    mentions                     `json:"allowed_mentions"`
	Flags       int                          `json:"flags,omitempty"`

	Reference *reference `json:"message_reference,omitempty"`
	Nonce     string     `json:"nonce,omitempty"`
	Enforce   bool       `json:"enforce_nonce,omitempty"`

	files []*discordgo.File
	bare  string // what it says instead where no file may be attached
}

// callback is the direct answer to an interaction.
type callback struct {
	Kind discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// mentions allows none, always.
type mentions struct{}

func (mentions) MarshalJSON() ([]byte, error) {
	return []byte(`{"parse":[],"replied_user":false}`), nil
}

// reference is the message that another replies to.
type reference struct {
	Message string `json:"message_id"`
	// Missing says what becomes of the reply where that message is gone: false
	// sends it all the same.
	Missing bool `json:"fail_if_not_exists"`
}

// What a message carries in its flags.
const (
	flagThread  = 1 << 5 // has a thread
	flagPrivate = 1 << 6 // only the person sees it
)

// opening is how an interaction is acknowledged.
type opening int

const (
	atOnce       opening = iota // the reply itself comes within 3 s: a form, a list of choices
	deferPublic                 // "Pilcrow is thinking…", seen by all
	deferPrivate                // the same, seen by the person alone
	deferUpdate                 // silently; the message of the button may change
)

const (
	tokenLives = 15 * time.Minute // from the interaction on
	tokenSpare = 20 * time.Second // before its end, when it is no longer relied on
	ackWithin  = 3 * time.Second
)

// unknown and acknowledged are Discord's codes for an interaction that it gave
// up waiting for, and for one that has its answer.
const (
	codeUnknownInteraction = 10062
	codeAcknowledged       = 40060
)

// errLate says that an interaction has ended: nothing can be said to it.
var errLate = errors.New("the interaction has ended")

// acknowledge opens the answer to i. It does nothing where the reply comes at
// once.
func (a *App) acknowledge(ctx context.Context, i *interaction, how opening) error {
	switch how {
	case deferPublic:
		return a.callback(ctx, i, discordgo.InteractionResponseDeferredChannelMessageWithSource, nil)
	case deferPrivate:
		return a.callback(ctx, i, discordgo.InteractionResponseDeferredChannelMessageWithSource, map[string]int{"flags": flagPrivate})
	case deferUpdate:
		return a.callback(ctx, i, discordgo.InteractionResponseDeferredMessageUpdate, nil)
	}
	return nil
}

// callback sends the one direct answer that i may have. Where it is not known
// whether that arrived, Discord is asked first: a second one is refused.
func (a *App) callback(ctx context.Context, i *interaction, kind discordgo.InteractionResponseType, data any) error {
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	body := callback{kind, data}
	for {
		err := a.rest.do(ctx, request{
			method: "POST", path: "/interactions/" + i.ID + "/" + i.Token + "/callback", body: body, once: true,
		}, nil)
		switch {
		case code(err) == codeAcknowledged:
			return nil
		case code(err) == codeUnknownInteraction:
			return errLate
		case !errors.Is(err, errUnsure):
			return err
		case leavesMessage(kind) && a.isAnswered(ctx, i):
			return nil
		}
		if err := sleep(ctx, firstPause); err != nil {
			return err
		}
	}
}

// leavesMessage reports whether there is a message once an answer has arrived.
func leavesMessage(kind discordgo.InteractionResponseType) bool {
	return kind != discordgo.InteractionResponseModal && kind != discordgo.InteractionApplicationCommandAutocompleteResult
}

// isAnswered asks Discord whether i has its answer.
func (a *App) isAnswered(ctx context.Context, i *interaction) bool {
	at := a.answers(i, false).path()
	return a.rest.do(ctx, request{method: "GET", path: at + "/messages/@original", lane: at}, nil) == nil
}

// say answers i directly with words for the person alone.
func (a *App) say(ctx context.Context, i *interaction, words string) error {
	return a.callback(ctx, i, discordgo.InteractionResponseChannelMessageWithSource, message{Content: words, Components: []discordgo.MessageComponent{}, Flags: flagPrivate})
}
