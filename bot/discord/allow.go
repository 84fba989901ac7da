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

// allow lets the answer have the model, within the limits of all who pay for
// it, and returns what to call with how the making ended. Past a limit it says
// so, and the answer is made of the articles' own words.
func (t *telling) allow(ctx context.Context) (_ context.Context, settle func(failed error), err error) {
	l := t.a.options.Ledger
	over, err := l.Reserve(ctx, t.kept.ID, t.kept.Place, t.kept.Asker, guess)
	if err != nil {
		return nil, nil, err
	}
	if over != nil {
		t.add(bot.Notice{Text: say(t.answer.locale, "spent "+string(over.Scope), over.Renews.Format("15:04 MST"))})
		return bot.Extractively(ctx), func(error) {}, nil
	}
	m := new(ledger.Meter)
	return m.On(ctx), func(failed error) {
		end := context.WithoutCancel(ctx)
		in, out := m.Spent()
		if stopped := errors.Is(context.Cause(ctx), errStopped); in+out == 0 || failed != nil && !stopped {
			err = l.Release(end, t.kept.ID)
		} else {
			err = l.Charge(end, t.kept.ID, in, out)
		}
		if err != nil {
			t.a.log.ErrorContext(end, "answer not paid for", "answer", t.kept.ID, "error", err)
		}
	}, nil
}
