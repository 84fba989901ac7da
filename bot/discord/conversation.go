package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
	"pilcrow/corpus/text"
)

// read takes a message that a person wrote where the bot can see it. Most are
// none of its business.
func (a *App) read(ctx context.Context, p *post) {
	defer func() {
		if v := recover(); v != nil { // one message must not end the program
			a.log.ErrorContext(ctx, "message", "message", p.ID, "error", fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
		}
	}()
	if err := a.hear(ctx, p); err != nil && ctx.Err() == nil {
		a.log.WarnContext(ctx, "message", "message", p.ID, "error", err)
	}
}

// The kinds of messages that people write; others are Discord's own.
// https://discord.com/developers/docs/resources/message#message-object-message-types
const (
	kindPlain = 0
	kindReply = 19
)

// byPerson reports whether a person wrote the message: a bot, this one too,
// answers none, or two of them would talk for ever.
func (p *post) byPerson() bool {
	return p.Author.ID != "" && !p.Author.Bot && p.Webhook == "" && (p.Kind == kindPlain || p.Kind == kindReply)
}

// how a message came to be for the bot.
type how int

const (
	notForUs    how = iota
	direct          // in a direct message
	mentioned       // anywhere
	byRole          // anywhere, by the role that bears its name
	replied         // to a message of the bot's, without mentioning it
	inOurThread     // in a thread that the bot opened, without more
	inForum         // as a new post in a forum whose posts are answered unasked
)

// addressed says how p is meant for the bot. thread is the answer that the
// bot opened the thread for that p stands in, if it does.
func (a *App) addressed(ctx context.Context, p *post) (how, *ledger.Answer, error) {
	if p.Guild == "" {
		// An event that lost its guild is not to be taken for a private one.
		c, err := a.channel(ctx, p.Channel)
		if err != nil || c.Kind != discordgo.ChannelTypeDM {
			return notForUs, nil, err
		}
		return direct, nil, nil
	}
	var thread *ledger.Answer
	switch kept, err := a.options.Ledger.Thread(ctx, p.Channel); {
	case err == nil:
		thread = &kept
	case !errors.Is(err, ledger.ErrNotFound):
		return notForUs, nil, err
	}
	switch {
	case slices.Contains(p.Mentions, a.user):
		return mentioned, thread, nil
	case slices.Contains(p.Roles, cmp.Or(a.roles.of(p.Guild), "none")):
		return byRole, thread, nil
	case p.ReplyAuthor == a.user:
		return replied, thread, nil
	case thread != nil && len(p.Mentions) == 0 && p.ReplyTo == "": // people also talk to each other there
		return inOurThread, thread, nil
	case thread == nil && len(p.Mentions) == 0:
		opens, err := a.opensPost(ctx, p)
		if opens {
			return inForum, nil, err
		}
		return notForUs, nil, err
	}
	return notForUs, nil, nil
}

// opensPost reports whether p opens a post in a forum of those that the server
// wants answered. A post's first message has the post's ID.
func (a *App) opensPost(ctx context.Context, p *post) (bool, error) {
	if !a.options.Content || p.ID != p.Channel {
		return false, nil
	}
	s, err := a.options.Ledger.Settings(ctx, p.Guild)
	if err != nil || len(s.Forums) == 0 {
		return false, err
	}
	c, err := a.channel(ctx, p.Channel)
	return c.isThread() && slices.Contains(s.Forums, c.Parent), err
}

// hear answers a message that is meant for the bot.
func (a *App) hear(ctx context.Context, p *post) error {
	by, thread, err := a.addressed(ctx, p)
	if err != nil || by == notForUs {
		return err
	}
	if first, err := a.options.Ledger.First(ctx, p.ID); err != nil || !first {
		return err
	}
	question := asked(p.words())
	title := ""
	if by == inForum {
		c, err := a.channel(ctx, p.Channel)
		if err != nil {
			return err
		}
		if title = c.Name; question == "" {
			question, title = title, ""
		}
	}
	place, err := a.placeOf(ctx, p, thread)
	if err != nil {
		return err
	}
	locale, err := a.localeOf(ctx, p.Guild)
	if err != nil {
		return err
	}
	language, locale, err := a.spoken(ctx, place, question, locale, thread != nil || p.ReplyTo != "" || p.Guild == "")
	if err != nil {
		return err
	}
	rights, err := a.options.Ledger.Rights(ctx, place, p.Author.who())
	switch {
	case err != nil:
		return err
	case rights.Silent:
		return nil // here only one person may see words, and a message is seen by all
	case by == inForum && (!rights.Ask || len(rights.Read) == 0 || len(text.Words(question)) == 0):
		return nil // nobody asked the bot
	case !rights.Ask || len(rights.Read) == 0:
		return a.hint(ctx, p, place, locale, "mayNotAsk", p.Channel)
	case question == "" && !a.options.Content && by == inOurThread:
		return a.hint(ctx, p, place, locale, "mentionMe", p.Channel)
	case question == "" && !a.options.Content && by == byRole:
		return a.hint(ctx, p, place, locale, "mentionedRole", "")
	case question == "" && !a.options.Content && by == replied:
		return a.hint(ctx, p, place, locale, "mentionMe", "")
	case question == "" && (by == inOurThread || p.ReplyTo != "" && len(text.Words(p.words())) > 0):
		return nil // a picture, for the others there; thanks for an answer
	case question == "":
		return a.hint(ctx, p, place, locale, "askMe", "")
	}
	now := a.options.Now()
	key, err := a.goesOn(ctx, p, rights, thread, now)
	if err != nil {
		return err
	}
	if title != "" { // what the post is about
		key = "in-" + p.Channel
		a.options.Bot.Recall(key, []string{title}, now)
	}
	takesThread := false
	if place.Private == "" && place.Parent == "" {
		in, err := a.channel(ctx, p.Channel)
		takesThread = err == nil && in.takesThreads()
	}
	m := bot.Message{Text: question, Language: language, Collections: rights.Read, Now: now}
	to := &watched{surface: a.inChannel(p.Channel, p.replyTo())}
	err = a.answer(ctx, to, answer{
		kind: "ask", question: question, place: place, asker: p.Author.ID, locale: locale,
		follows: key, thread: takesThread,
		tell: func(ctx context.Context, on terms) iter.Seq2[bot.Event, error] {
			m.Conversation, m.Extractive = on.conversation, on.extractive
			return a.options.Bot.Handle(ctx, m)
		},
		print: (*markup.Printer).Answer,
	})
	return a.excuseInPrivate(ctx, p, place, locale, to, err)
}

// replyTo is the message that an answer to p is shown to reply to: none where
// there is no one else whom it could be to.
func (p *post) replyTo() string {
	if p.Guild == "" {
		return ""
	}
	return p.ID
}

// placeOf is where an answer to p is seen: in its channel, by all who read
// there, or in a direct message by its author alone.
func (a *App) placeOf(ctx context.Context, p *post, thread *ledger.Answer) (ledger.Place, error) {
	place := ledger.Place{Guild: p.Guild, Channel: p.Channel, Member: p.Guild != ""}
	switch {
	case p.Guild == "":
		place.Private = p.Author.ID
	case thread != nil:
		place.Parent = thread.Place.Channel
	default:
		c, err := a.channel(ctx, p.Channel)
		if err != nil {
			return place, err
		}
		if c.isThread() {
			place.Parent = c.Parent
		}
	}
	return place, nil
}

// goesOn returns the conversation that p goes on with, "" where it begins one,
// and reminds the brain of what was asked in it.
func (a *App) goesOn(ctx context.Context, p *post, rights ledger.Rights, thread *ledger.Answer, now time.Time) (key string, err error) {
	var before []ledger.Answer
	switch {
	case thread != nil || p.Guild == "":
		return a.goesOnIn(ctx, p.Channel, thread, now)
	case p.ReplyTo != "" && p.ReplyAuthor == a.user:
		kept, err := a.options.Ledger.AnswerOf(ctx, p.ReplyTo)
		if errors.Is(err, ledger.ErrNotFound) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		before = []ledger.Answer{kept}
		if key, err = a.root(ctx, rights, kept, p.ReplyRoot); key == "" || err != nil {
			return "", err
		}
		if root, err := a.options.Ledger.Answer(ctx, key); err == nil && root.ID != kept.ID && root.Place.Channel == kept.Place.Channel {
			before = []ledger.Answer{root, kept}
		}
	}
	a.recall(key, before, false, now)
	return key, nil
}

// goesOnIn returns the conversation of a channel that has one: of a thread that
// the bot opened for an answer, or of a direct message.
func (a *App) goesOnIn(ctx context.Context, channel string, thread *ledger.Answer, now time.Time) (key string, err error) {
	key = "in-" + channel
	before, err := a.options.Ledger.Recent(ctx, channel, mostRecalled)
	if err != nil {
		return "", err
	}
	slices.Reverse(before)
	if thread != nil {
		before = append([]ledger.Answer{*thread}, before...)
	}
	a.recall(key, before, thread == nil, now)
	return key, nil
}

// recall reminds the brain of what was asked for answers, oldest first. Those
// that one person alone could read count where alone says so.
func (a *App) recall(key string, before []ledger.Answer, alone bool, now time.Time) {
	var questions []string
	for _, b := range before {
		if b.Kind == "ask" && (alone || b.Place.Private == "") && now.Sub(b.Began) < recallWithin {
			questions = append(questions, b.Question)
		}
	}
	a.options.Bot.Recall(key, questions, now)
}

const (
	mostRecalled = 6             // questions of a conversation, as the brain keeps
	recallWithin = 2 * time.Hour // what is older is no longer being talked about
)

// watched is a surface that remembers why nothing could be written on it.
type watched struct {
	surface
	wrote  bool
	failed error
}

func (w *watched) put(ctx context.Context, id string, m message) (string, error) {
	put, err := w.surface.put(ctx, id, m)
	w.wrote = w.wrote || err == nil
	if err != nil {
		w.failed = err
	}
	return put, err
}

// excuseInPrivate tells who asked, in a direct message, why there is no answer
// where they asked. A person who takes none from the bot is told nothing.
func (a *App) excuseInPrivate(ctx context.Context, p *post, place ledger.Place, locale string, to *watched, err error) error {
	why, failed := "", err
	if failed == nil {
		failed = to.failed
	}
	switch {
	case code(failed) == codeArchived:
		why, err = "archived", nil
	case !to.wrote && status(failed) == http.StatusForbidden:
		why = "mayNotWrite"
	}
	if why == "" || place.Private != "" {
		return err
	}
	first, again := a.options.Ledger.First(ctx, strings.Join([]string{"told", why, p.Channel, p.Author.ID}, " "))
	if again != nil || !first {
		return errors.Join(err, again)
	}
	return errors.Join(err, a.direct(ctx, p.Author.ID, plainMessage(locale, why, "<#"+p.Channel+">")))
}

// hint answers with a phrase, once a day for each person, and about each
// subject.
func (a *App) hint(ctx context.Context, p *post, place ledger.Place, locale, key, subject string) error {
	first, err := a.options.Ledger.First(ctx, strings.Join([]string{"hint", key, subject, p.Author.ID}, " "))
	if err != nil || !first {
		return err
	}
	to := &watched{surface: a.inChannel(p.Channel, p.replyTo())}
	_, err = to.put(ctx, "", plainMessage(locale, key))
	if isGone(err) {
		err = nil
	}
	return a.excuseInPrivate(ctx, p, place, locale, to, err)
}

// plainMessage is a message of one phrase. What takes a place in it is Discord's
// own: a channel.
func plainMessage(locale, key string, args ...string) message {
	return message{Content: say(locale, key, args...), Components: []discordgo.MessageComponent{}}
}
