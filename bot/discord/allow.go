package discord

import (
	"context"
	"errors"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
)

// guess is what an answer costs in tokens before that is known: about the
// evidence that a model is given, and a page of text.
const guess = 4000

// allow lets what goes by id have the model, within the limits of all who pay
// for it, and returns what to call with how the making ended. Past a limit it
// says which, and what is made is made of the articles' own words.
func (a *App) allow(ctx context.Context, id string, p ledger.Place, person string) (_ context.Context, over *ledger.Over, settle func(failed error), err error) {
	l := a.options.Ledger
	over, err = l.Reserve(ctx, id, p, person, guess)
	if err != nil {
		return nil, nil, nil, err
	}
	if over != nil {
		return bot.Extractively(ctx), over, func(error) {}, nil
	}
	m := new(ledger.Meter)
	return m.On(ctx), nil, func(failed error) {
		end := context.WithoutCancel(ctx)
		in, out := m.Spent()
		stopped := errors.Is(context.Cause(ctx), errStopped)
		settle := func() error { return l.Charge(end, id, in, out) }
		if in+out == 0 || failed != nil && !stopped {
			settle = func() error { return l.Release(end, id) }
		}
		if err := settle(); err != nil {
			a.log.ErrorContext(end, "answer not paid for", "answer", id, "error", err)
		}
	}, nil
}

// allow is App.allow for an answer, which says where a limit is reached.
func (t *telling) allow(ctx context.Context) (_ context.Context, settle func(failed error), err error) {
	ctx, over, settle, err := t.a.allow(ctx, t.kept.ID, t.kept.Place, t.kept.Asker)
	if over != nil {
		t.add(bot.Notice{Text: say(t.answer.locale, "spent "+string(over.Scope), over.Renews.Format("15:04 MST"))})
	}
	return ctx, settle, err
}
