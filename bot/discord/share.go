package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// shareAnswer shows everybody in the channel an answer that was for its asker
// alone: of it, what the channel may read.
func (a *App) shareAnswer(ctx context.Context, i *interaction) (reply, error) {
	kept, err := a.kept(ctx, i)
	if err != nil {
		return nil, err
	}
	place := i.place(false)
	switch {
	case kept.Asker != i.User.ID:
		return nil, refuse("askerAlone")
	case !place.Member || place.Private != "":
		return nil, refuse("shareNowhere")
	}
	rights, err := a.options.Ledger.Rights(ctx, place, i.who())
	if err != nil {
		return nil, err
	}
	shared, left, err := rights.Share(kept.Body, func(article string) ([]string, error) {
		found, err := a.options.Store.Article(ctx, article)
		if errors.Is(err, corpus.ErrNotFound) {
			return nil, nil
		}
		return found.Collections, err
	})
	if errors.Is(err, ledger.ErrNothingToShare) {
		return nil, refuse("shareNothing")
	}
	if err != nil {
		return nil, err
	}
	events, err := a.again(ctx, rights, shared)
	if err != nil {
		return nil, err
	}
	click := strings.Join([]string{verbShare, kept.ID, place.Channel}, ":")
	if !a.seen.first(click, time.Now()) {
		return note(i, "shared"), nil // twice in a row
	}
	if err := a.postShared(ctx, i, kept, shared, events); err != nil {
		a.seen.forget(click)
		return nil, err
	}
	if left > 0 {
		return note(i, "sharedPart", itoa(left)), nil
	}
	return note(i, "shared"), nil
}

// postShared writes what is shared of an answer into the channel of i.
func (a *App) postShared(ctx context.Context, i *interaction, kept ledger.Answer, shared ledger.Body, events []bot.Event) error {
	place := i.place(false)
	copied, err := a.options.Ledger.Begin(ctx, ledger.Answer{
		Kind: "share", Place: place, Asker: i.User.ID, Question: kept.Question, Lang: i.Locale,
	})
	if err != nil {
		return err
	}
	if err := a.options.Ledger.Finish(ctx, copied.ID, ledger.Done, kept.Mode, shared); err != nil {
		return err
	}
	r := i.printer().Summary(kept.Question, events)
	m := message{
		Content: r.Messages[0], Nonce: copied.Nonce,
		Components: finalButtons(i.Locale, copied.ID, copied.ID, true, i.mayThread(place)),
	}
	m.bare = fileless(i.printer(), i.Locale, m.Content)
	if len(r.File) > 0 {
		m.files = attached(r.File)
	} else if len(r.Messages) > 1 {
		m.files = attached([]byte(strings.Join(r.Messages, "\n\n") + "\n"))
	}
	id, err := a.inChannel(place.Channel, "").put(ctx, "", m)
	if err != nil {
		if gone := a.options.Ledger.Delete(ctx, copied.ID); gone != nil {
			return errors.Join(err, gone)
		}
		if isGone(err) {
			return refuse("mayNotWrite", "<#"+place.Channel+">")
		}
		return err
	}
	return a.options.Ledger.Posted(ctx, copied.ID, id)
}

// again returns a kept answer as the events that it was told by, with what its
// citations say now; rights are those of the place where it will be seen.
func (a *App) again(ctx context.Context, rights ledger.Rights, b ledger.Body) ([]bot.Event, error) {
	cited := make(map[int]bot.Citation)
	for _, c := range b.Citations {
		p, err := a.passage(ctx, rights, c)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // its sentences go with it
		}
		if err != nil {
			return nil, fmt.Errorf("citation %d: %w", c.N, err)
		}
		cited[c.N] = p.Citation
	}
	var events []bot.Event
	numbers := make(map[int]int)
	for _, s := range b.Sentences {
		told := bot.Sentence{Text: s.Text}
		for _, n := range s.Citations {
			c, ok := cited[n]
			if !ok {
				break
			}
			told.Citations = append(told.Citations, c)
		}
		if len(told.Citations) == 0 || len(told.Citations) < len(s.Citations) {
			continue
		}
		for k := range told.Citations { // numbers count from 1 in the order of their use
			c := &told.Citations[k]
			if numbers[c.N] == 0 {
				numbers[c.N] = len(numbers) + 1
			}
			c.N = numbers[c.N]
		}
		events = append(events, told)
	}
	return append(events, bot.Done{}), nil
}
