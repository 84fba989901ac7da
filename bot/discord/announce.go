package discord

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot/ledger"
)

const (
	announceEvery = 2 * time.Second
	// announceMost is how many announcements are posted at once, each in a
	// channel of its own. Discord allows 50 requests a second.
	announceMost = 30
	// What could not be posted waits this long, doubled each time.
	putOff     = 30 * time.Second
	putOffMost = 6 * time.Hour
)

// announce posts what is new to the places that follow it, until ctx ends. What
// is being posted then is posted in work.
func (a *App) announce(ctx, work context.Context) {
	tick := time.NewTicker(announceEvery)
	defer tick.Stop()
	for {
		if err := a.announceAll(ctx, work); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "announcements wait", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

func (a *App) announceAll(ctx, work context.Context) error {
	if err := a.options.Announcer.Fill(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		jobs, err := a.options.Announcer.Next(ctx, announceMost)
		if err != nil || len(jobs) == 0 {
			return err
		}
		// Whoever comes first pays for what many announce: that is not to be the
		// same one each time.
		rand.Shuffle(len(jobs), func(i, k int) { jobs[i], jobs[k] = jobs[k], jobs[i] })
		var posting sync.WaitGroup
		for _, j := range jobs {
			posting.Go(func() { a.carryOut(work, j) })
		}
		posting.Wait()
	}
	return nil
}

// carryOut posts an announcement, or settles what becomes of it.
func (a *App) carryOut(ctx context.Context, j ledger.Job) {
	err := a.postNews(ctx, j)
	switch {
	case err == nil:
		return
	case isGone(err) && j.Kind == ledger.JobEdit: // somebody deleted the message
		err = a.options.Announcer.Drop(ctx, j.ID)
	case isGone(err):
		err = a.stopNews(ctx, j)
	default:
		wait := min(putOff<<min(j.Tries, 20), putOffMost)
		a.log.WarnContext(ctx, "announcement put off", "job", j.ID, "channel", j.Follow.Place.Channel, "wait", wait, "error", err)
		_, err = a.options.Announcer.Again(context.WithoutCancel(ctx), j.ID, wait)
	}
	if err != nil {
		a.log.ErrorContext(ctx, "announcement", "job", j.ID, "error", err)
	}
}

// postNews makes the message of an announcement and posts it, once.
func (a *App) postNews(ctx context.Context, j ledger.Job) error {
	if j.Uncertain {
		if message, channel, err := a.findNews(ctx, j); err != nil || message != "" {
			if err == nil {
				err = a.options.Announcer.Sent(ctx, j.ID, message, channel)
			}
			return err
		}
	}
	language, err := a.languageOf(ctx, j.Follow.Place.Guild)
	if err != nil {
		return err
	}
	n, err := a.news(ctx, j, language)
	if err != nil {
		return err
	}
	message, channel, err := a.putNews(ctx, j, n)
	if err != nil {
		return errors.Join(err, n.forget(ctx, a))
	}
	if n.answer != "" {
		if err := a.options.Ledger.Shows(ctx, n.answer, message); err != nil {
			a.log.WarnContext(ctx, "announcement not noted", "answer", n.answer, "error", err)
		}
	}
	return a.options.Announcer.Sent(ctx, j.ID, message, channel)
}

// putNews posts or edits the message of j, and returns its ID and channel.
func (a *App) putNews(ctx context.Context, j ledger.Job, n news) (message, channel string, err error) {
	if n.Components == nil {
		n.Components = []discordgo.MessageComponent{}
	}
	place := j.Follow.Place
	switch {
	case j.Kind == ledger.JobEdit:
		return j.Message, j.In, a.inChannel(j.In, "").edit(ctx, j.Message, n.message)
	case j.Follow.Forum:
		var post struct {
			ID string `json:"id"`
		}
		err := a.rest.do(ctx, request{
			method: "POST", path: "/channels/" + place.Channel + "/threads", files: n.files, once: true,
			body: map[string]any{"name": within(n.title, 100), "message": n.message, "applied_tags": append([]string{}, j.Follow.Tags...)},
		}, &post)
		if errors.Is(err, errUnsure) { // there is no nonce for a post, so it is looked for
			message, channel, err = a.findNews(ctx, j)
			if err == nil && message == "" {
				err = errUnsure
			}
			return message, channel, err
		}
		return post.ID, post.ID, err // a post's first message has its ID
	}
	n.Nonce = j.Nonce
	id, err := a.inChannel(place.Channel, "").put(ctx, "", n.message)
	return id, place.Channel, err
}

// stopNews stops what is announced in a channel that is gone or closed to the
// bot, and tells who set it up, once.
func (a *App) stopNews(ctx context.Context, j ledger.Job) error {
	place := j.Follow.Place
	a.log.InfoContext(ctx, "announcements stop", "channel", place.Channel)
	if _, err := a.options.Ledger.ChannelGone(ctx, place.Channel, "the bot may not write there, or the channel is gone"); err != nil {
		return err
	}
	if place.Private != "" {
		return nil
	}
	locale, err := a.localeOf(ctx, place.Guild)
	if err != nil {
		return err
	}
	return a.tellOnce(ctx, place.Guild, j.Follow.Person, "cannot announce", place.Channel, say(locale, "newsStopped", "<#"+place.Channel+">"))
}

// tellOnce tells a person something about a guild that they can mend, the first
// time that it is said of a subject. That they take no messages is their right.
func (a *App) tellOnce(ctx context.Context, guild, person, kind, subject, words string) error {
	if person == "" {
		return nil
	}
	first, err := a.options.Ledger.Complain(ctx, guild, kind, subject)
	if err != nil || !first {
		return err
	}
	return a.direct(ctx, person, message{Content: words, Components: []discordgo.MessageComponent{}})
}

// languageOf is the language that a guild has chosen first, "" where it has
// chosen none.
func (a *App) languageOf(ctx context.Context, guild string) (string, error) {
	if guild == "" {
		return "", nil
	}
	s, err := a.options.Ledger.Settings(ctx, guild)
	if err != nil || len(s.Languages) == 0 {
		return "", err
	}
	return s.Languages[0], nil
}

// localeOf is the language in which the bot speaks in a guild unasked.
func (a *App) localeOf(ctx context.Context, guild string) (string, error) {
	language, err := a.languageOf(ctx, guild)
	return cmp.Or(language, "en"), err
}
