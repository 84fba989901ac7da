package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/ledger"
	"pilcrow/corpus/text"
)

// What the bot needs to open a thread and answer in it.
const mayThread = discordgo.PermissionCreatePublicThreads | discordgo.PermissionSendMessagesInThreads | discordgo.PermissionViewChannel

// mayThread reports whether a thread can be opened under an answer: on what all
// see, in a channel that has threads and lets the bot.
func (i *interaction) mayThread(p ledger.Place) bool {
	kind := i.Channel.Kind
	return p.Member && p.Private == "" && i.May&mayThread == mayThread &&
		(kind == discordgo.ChannelTypeGuildText || kind == discordgo.ChannelTypeGuildNews)
}

// openThread opens a thread under an answer, to go on there.
func (a *App) openThread(ctx context.Context, i *interaction) (reply, error) {
	kept, err := a.kept(ctx, i)
	if err != nil {
		return nil, err
	}
	if i.Message == nil || i.Message.ID == "" || !i.mayThread(i.place(i.Message.Private)) {
		return nil, refuse("noThread")
	}
	name := within(text.Clean(kept.Question), 100)
	if name == "" {
		name = "¶"
	}
	var opened struct {
		ID string `json:"id"`
	}
	err = a.rest.do(ctx, request{
		method: "POST", path: "/channels/" + i.Channel.ID + "/messages/" + i.Message.ID + "/threads",
		body: map[string]any{"name": name, "auto_archive_duration": 1440}, once: true,
	}, &opened)
	switch {
	case code(err) == codeThreadThere:
		opened.ID = i.Message.ID // a thread on a message has its ID
	case isGone(err):
		return nil, refuse("noThread")
	case err != nil:
		return nil, err
	}
	if err := a.options.Ledger.Opened(ctx, kept.ID, opened.ID); err != nil {
		return nil, err
	}
	p := note(i, "threadOpened", "%s")
	p.Messages[0] = say(i.Locale, "threadOpened", "<#"+opened.ID+">")
	return p, nil
}

// codeThreadThere is Discord's for a message that has a thread already.
const codeThreadThere = 160004
