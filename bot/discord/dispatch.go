package discord

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/discord/markup"
)

// command is one command: what Discord is told of it, and what it does.
type command struct {
	definition
	route
	// complete lists the values of the option that is being typed; nil where
	// none is completed.
	complete func(ctx context.Context, i *interaction) ([]choice, error)
}

// route says how an interaction is acknowledged and what answers it. Both look
// at the interaction alone; open must not do any work, for the acknowledgement
// waits for it.
type route struct {
	open   func(i *interaction) opening
	handle func(ctx context.Context, i *interaction) (reply, error)
}

// reply is what a handler answers with.
type reply interface{ isReply() }

// page is there at once: messages, the last with buttons.
type page struct {
	markup.Reply
	buttons []discordgo.MessageComponent
	update  bool // in place of the message whose button was used
}

// form asks the person for words.
type form struct {
	ID     string // comes back as the interaction's CustomID
	Title  string
	Fields []discordgo.TextInput
}

// nothing leaves it at the acknowledgement.
type nothing struct{}

func (page) isReply()    {}
func (form) isReply()    {}
func (nothing) isReply() {}

// refusal is an error that the person is told, alone: the key of a phrase and
// what it is about, or the key of a phrase that says why.
type refusal struct {
	key  string
	args []string
	why  string
}

func (r *refusal) Error() string { return say("en", r.key, r.about("en")...) }

// about returns what takes the places in the phrase.
func (r *refusal) about(locale string) []string {
	if r.why != "" {
		return []string{phrase(locale, r.why)}
	}
	return r.args
}

func refuse(key string, args ...string) error { return &refusal{key: key, args: args} }

// interact answers one interaction. The acknowledgement goes out before anything
// else is done, for this one and for others that came at the same time.
func (a *App) interact(ctx context.Context, i *interaction, acknowledged func()) {
	if i.Kind == discordgo.InteractionApplicationCommandAutocomplete {
		a.complete(ctx, i)
		return
	}
	r, ok := a.route(i)
	if !ok {
		a.report(ctx, i, "say", a.say(ctx, i, i.printer().Note(phrase(i.Locale, "unreadable"))))
		return
	}
	how := r.open(i)
	if err := a.acknowledge(ctx, i, how); err != nil {
		a.report(ctx, i, "acknowledge", err)
		return
	}
	acknowledged()
	if how != atOnce {
		a.rush.wait(ctx)
	}
	rep, err := a.handled(ctx, r, i)
	if err == nil {
		err = a.show(ctx, i, how, rep)
	}
	if err == nil {
		return
	}
	told := &refusal{key: "broken"}
	if !errors.As(err, &told) {
		a.report(ctx, i, "handle", err)
		if ctx.Err() != nil || isGone(err) {
			return
		}
	}
	a.report(ctx, i, "say", a.excuse(ctx, i, how, i.printer().Note(phrase(i.Locale, told.key), told.about(i.Locale)...)))
}

// route finds what answers i.
func (a *App) route(i *interaction) (route, bool) {
	switch i.Kind {
	case discordgo.InteractionApplicationCommand:
		if c := a.command(i.Name); c != nil {
			return c.route, true
		}
	case discordgo.InteractionMessageComponent, discordgo.InteractionModalSubmit:
		verb, _, _ := strings.Cut(i.CustomID, ":")
		if r, ok := a.buttons[verb]; ok {
			return r, true
		}
		if verb != "" {
			return route{open: always(atOnce), handle: func(context.Context, *interaction) (reply, error) {
				return nil, refuse("unknown")
			}}, true
		}
	}
	return route{}, false
}

// command returns the command of that name, whose subcommands follow after a
// space; nil where there is none.
func (a *App) command(name string) *command {
	for n := range a.commands {
		c := &a.commands[n]
		if name == c.Name || c.Kind == 0 && strings.HasPrefix(name, c.Name+" ") {
			return c
		}
	}
	return nil
}

// always opens every interaction in one way.
func always(how opening) func(*interaction) opening {
	return func(*interaction) opening { return how }
}

// handled runs a handler. A fault in one is an error like another: a server's
// other people go on.
func (a *App) handled(ctx context.Context, r route, i *interaction) (rep reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return r.handle(ctx, i)
}

// complete lists what an option may be. Nothing helps a person who types more
// than nothing in time.
func (a *App) complete(ctx context.Context, i *interaction) {
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	var choices []choice
	if c := a.command(i.Name); c != nil && c.complete != nil {
		quick, stop := context.WithTimeout(ctx, completeWithin)
		var err error
		if choices, err = c.complete(quick, i); err != nil {
			a.report(ctx, i, "complete", err)
		}
		stop()
	}
	if choices == nil {
		choices = []choice{}
	}
	a.report(ctx, i, "complete", a.callback(ctx, i, discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": choices}))
}

// completeWithin leaves time to send the list.
const completeWithin = 1500 * time.Millisecond

// show gives the reply to the person.
func (a *App) show(ctx context.Context, i *interaction, how opening, rep reply) error {
	switch r := rep.(type) {
	case nil, nothing:
		return nil
	case form:
		rows := make([]discordgo.MessageComponent, len(r.Fields))
		for n, f := range r.Fields {
			rows[n] = discordgo.ActionsRow{Components: []discordgo.MessageComponent{f}}
		}
		return a.callback(ctx, i, discordgo.InteractionResponseModal, map[string]any{
			"custom_id": r.ID, "title": r.Title, "components": rows,
		})
	case page:
		return a.showPage(ctx, i, how, r)
	case answer:
		to := a.answers(i, how == deferPrivate)
		if how == deferPublic && r.place.Private != "" && i.place(false).Private == "" {
			// The channel is to be silent, which was not known before: the
			// public "thinking" goes, and the answer comes to the person alone.
			if err := to.drop(ctx, ""); err != nil {
				return err
			}
			to.private, to.original = true, true
		}
		return a.answer(ctx, to, r)
	default:
		return fmt.Errorf("a reply of type %T", rep)
	}
}

// showPage shows messages that are there at once.
func (a *App) showPage(ctx context.Context, i *interaction, how opening, p page) error {
	to := a.answers(i, how == deferPrivate || i.private())
	id := ""
	if how == deferUpdate && !p.update {
		to.original = true // the button's message stays
	}
	for n, content := range p.Messages {
		m := message{Content: content, Components: []discordgo.MessageComponent{}}
		if n == len(p.Messages)-1 && len(p.buttons) > 0 {
			m.Components = p.buttons
		}
		if n == 0 && len(p.File) > 0 {
			m.files = attached(p.File)
		}
		if _, err := to.put(ctx, id, m); err != nil {
			return err
		}
	}
	return nil
}

// excuse says what went wrong, to the person alone where Discord allows that.
func (a *App) excuse(ctx context.Context, i *interaction, how opening, words string) error {
	to := a.answers(i, true)
	switch how {
	case atOnce:
		return a.say(ctx, i, words)
	case deferPublic:
		// The public "thinking" goes, and the excuse comes to the person alone.
		if err := to.drop(ctx, ""); err != nil {
			return err
		}
		return to.whisper(ctx, words)
	case deferUpdate:
		return to.whisper(ctx, words)
	}
	_, err := to.put(ctx, "", message{Content: words, Components: []discordgo.MessageComponent{}})
	return err
}

// report logs what went wrong with an interaction. That it ended meanwhile, or
// the program did, is nobody's fault.
func (a *App) report(ctx context.Context, i *interaction, doing string, err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	a.log.WarnContext(ctx, "interaction", "doing", doing, "name", i.Name, "interaction", i.ID, "error", err)
}

// seen remembers what was answered. The zero seen is ready and safe for
// concurrent use.
type seen struct {
	mu sync.Mutex
	at map[string]time.Time
}

// first reports whether id comes for the first time.
func (s *seen) first(id string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at == nil {
		s.at = make(map[string]time.Time)
	}
	if _, ok := s.at[id]; ok {
		return false
	}
	s.at[id] = now
	return true
}

// forget lets id come for the first time again.
func (s *seen) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.at, id)
}

// prune forgets what no event can come for any more.
func (s *seen) prune(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, at := range s.at {
		if now.Sub(at) > seenFor {
			delete(s.at, id)
		}
	}
}

// seenFor is longer than a session can be resumed for.
const seenFor = 5 * time.Minute
