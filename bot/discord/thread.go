package discord

import (
	"cmp"
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/ledger"
	"pilcrow/corpus/text"
)

// What the bot needs to open a thread and answer in it.
const mayThread = discordgo.PermissionCreatePublicThreads | discordgo.PermissionSendMessagesInThreads | discordgo.PermissionViewChannel

// mayThread reports whether a thread can be opened under an answer: on what all
// see, in a channel that has threads and lets the bot.
func (i *interaction) mayThread(p ledger.Place) bool {
	return p.Member && p.Private == "" && i.May&mayThread == mayThread && i.Channel.takesThreads()
}

// takesThreads reports whether the messages of the channel can have threads: those
// of a thread, of a voice channel and of direct messages cannot.
func (c *channel) takesThreads() bool {
	return c.Kind == discordgo.ChannelTypeGuildText || c.Kind == discordgo.ChannelTypeGuildNews
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
	name, err := a.threadName(ctx, i.place(false), kept)
	if err != nil {
		return nil, err
	}
	opened := struct {
		ID string `json:"id"`
	}{i.Message.ID} // which a thread on a message has, too
	if !i.Message.Thread {
		err := a.rest.do(ctx, request{
			method: "POST", path: "/channels/" + i.Channel.ID + "/messages/" + i.Message.ID + "/threads",
			body: map[string]any{"name": name, "auto_archive_duration": minutesOpen}, once: true,
		}, &opened)
		switch {
		case code(err) == codeThreadThere || errors.Is(err, errUnsure):
			// It is there, or will say so when it is looked for.
		case isGone(err):
			return nil, refuse("noThread")
		case err != nil:
			return nil, err
		}
	}
	if err := a.options.Ledger.Opened(ctx, kept.ID, opened.ID); err != nil {
		return nil, err
	}
	return page{Reply: oneMessage(say(i.Locale, "threadOpened", "<#"+opened.ID+">"))}, nil
}

// threadName names a thread at p after what was asked there, unless that is the
// title of an article that is closed to the place since.
func (a *App) threadName(ctx context.Context, p ledger.Place, kept ledger.Answer) (string, error) {
	const unnamed = "¶"
	rights, err := a.options.Ledger.Rights(ctx, p, ledger.Who{Person: a.id, Manager: true}) // what the place may read, whoever asks
	if err != nil {
		return "", err
	}
	if ok, err := a.mayRecall(ctx, rights, kept); err != nil || !ok {
		return unnamed, err
	}
	return cmp.Or(within(text.Clean(kept.Question), 100), unnamed), nil
}

// minutesOpen is how long a thread stays open without a message.
const minutesOpen = 24 * 60

// codeThreadThere is Discord's for a message that has a thread already.
const codeThreadThere = 160004
