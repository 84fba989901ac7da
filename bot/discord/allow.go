package discord

import (
	"context"
	"errors"

	"pilcrow/bot/ledger"
)

// guess is what an answer costs in tokens before that is known: about the
// evidence that a model is given, and a page of text.
const guess = 4000

// allow lets what goes by id have the model, within the limits of all who pay
// for it, and returns what to call with how the making ended. Past a limit it
// says which: then the model is not to be had.
func (a *App) allow(ctx context.Context, id string, p ledger.Place, person string) (_ context.Context, over *ledger.Over, settle func(failed error), err error) {
	l := a.options.Ledger
	over, err = l.Reserve(ctx, id, p, person, guess)
	if err != nil {
		return nil, nil, nil, err
	}
	if over != nil {
		return ctx, over, func(error) {}, nil
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
