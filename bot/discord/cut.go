package discord

import (
	"context"
	"errors"
	"slices"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
)

// sayAllCut tells those whose answers a restart cut short, oldest first.
func (a *App) sayAllCut(ctx context.Context, unfinished []ledger.Answer) {
	for _, kept := range unfinished {
		err := a.sayCut(ctx, kept)
		if ctx.Err() != nil {
			return // it is said at the next start
		}
		if err != nil {
			a.log.WarnContext(ctx, "cut answer", "answer", kept.ID, "error", err)
		}
	}
}

// sayCut says under an answer that it was cut, and gives it its buttons. Where
// nothing can be said any more it is only noted.
func (a *App) sayCut(ctx context.Context, kept ledger.Answer) error {
	if to := a.surfaceOf(kept); to != nil {
		err := a.markCut(ctx, kept, to)
		if err != nil && !isGone(err) {
			return err
		}
	}
	err := a.options.Ledger.Finish(ctx, kept.ID, ledger.Cut, kept.Mode, kept.Body)
	if errors.Is(err, ledger.ErrEnded) || errors.Is(err, ledger.ErrNotFound) {
		return nil
	}
	return err
}

// markCut writes the answer anew, as it is kept: what was on the screen, its
// sources, that it was cut, and the buttons.
func (a *App) markCut(ctx context.Context, kept ledger.Answer, to surface) error {
	switch to := to.(type) {
	case *answers:
		to.original = len(kept.Messages) > 0
	default:
		if len(kept.Messages) == 0 {
			return nil // killed before the first message
		}
	}
	// It has been shown there already, whatever the asker's roles are now.
	rights, err := a.options.Ledger.Rights(ctx, kept.Place, ledger.Who{Person: kept.Asker})
	if err != nil {
		return err
	}
	events, err := a.again(ctx, rights, kept.Body)
	if err != nil {
		return err
	}
	events = slices.Insert(events, len(events)-1, bot.Event(bot.Notice{Text: say(kept.Lang, "cut")}))
	t := &telling{
		a: a, to: to, kept: kept, printer: markup.New(kept.Lang),
		answer: answer{locale: kept.Lang, print: (*markup.Printer).Answer},
	}
	if kept.Kind != "ask" {
		t.answer.print = func(p *markup.Printer, events []bot.Event) markup.Reply { return p.Summary(kept.Question, events) }
	}
	for _, id := range kept.Messages {
		t.shown = append(t.shown, shown{id: id})
	}
	return t.draw(ctx, events, true)
}
