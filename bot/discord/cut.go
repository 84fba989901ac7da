package discord

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"unicode/utf16"

	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
)

// sayAllCut tells those whose answers a restart cut short. It is for the start,
// before anything new is begun.
func (a *App) sayAllCut(ctx context.Context) error {
	unfinished, err := a.options.Ledger.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, kept := range unfinished {
		if err := a.sayCut(ctx, kept); err != nil {
			if ctx.Err() != nil {
				return err
			}
			a.log.WarnContext(ctx, "cut answer", "answer", kept.ID, "error", err)
		}
	}
	return nil
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

func (a *App) markCut(ctx context.Context, kept ledger.Answer, to surface) error {
	id := ""
	if n := len(kept.Messages); n > 0 {
		id = kept.Messages[n-1]
	}
	base := "/channels/" + kept.Place.Channel
	get := request{method: "GET", path: base + "/messages/" + id, lane: "GET " + base + "/messages/"}
	if w, ok := to.(*answers); ok {
		// Where no message was noted, the acknowledgement's is there, and may
		// say something that was written the moment before.
		w.original = id != ""
		get.lane, get.path = w.path(), w.path()+"/messages/"+cmp.Or(id, "@original")
	} else if id == "" {
		return nil // killed before the first message
	}
	var was struct {
		Content string `json:"content"`
	}
	if err := a.rest.do(ctx, get, &was); err != nil {
		return err
	}
	_, err := to.put(ctx, id, message{
		Content:    under(was.Content, "-# "+phrase(kept.Lang, "cut")),
		Components: finalButtons(kept.Lang, kept.ID, kept.ID, shows(kept.Body), false),
	})
	return err
}

// under puts a line below a message, whose last lines make room where there is
// none.
func under(content, line string) string {
	lines := strings.Split(content, "\n")
	for len(lines) > 0 {
		all := strings.Join(lines, "\n") + "\n\n" + line
		if len(utf16.Encode([]rune(all))) <= markup.Limit {
			return strings.TrimLeft(all, "\n")
		}
		lines = lines[:len(lines)-1]
	}
	return line
}
