package discord

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
)

// The first words of custom IDs. After them stands the answer's ID; who may see
// what behind a button is asked anew at each click, since an ID gives no rights.
const (
	verbShow     = "show"
	verbFurther  = "further" // and the first answer of the conversation
	verbThread   = "thread"
	verbStop     = "stop"
	verbDelete   = "delete"
	verbGood     = "good"
	verbBad      = "bad"
	verbArticles = "articles" // a page and the words searched for
	verbNews     = "news"     // and an announcement's ID
	verbUndo     = "undo"     // and an article's ID
	verbShare    = "share"
	verbForget   = "forget" // and the person's ID
	verbSet      = "set"    // and what of the settings
)

// allButtons lists what the buttons and forms do, by the first word of their
// custom ID.
func (a *App) allButtons() map[string]route {
	return map[string]route{
		verbShow:     {always(deferPrivate), a.showParagraphs},
		verbFurther:  {furtherOpens, a.askFurther},
		verbThread:   {always(deferPrivate), a.openThread},
		verbStop:     {always(deferUpdate), a.stopAnswer},
		verbDelete:   {always(deferUpdate), a.deleteAnswer},
		verbGood:     {always(deferPrivate), a.rateGood},
		verbBad:      {badOpens, a.rateBad},
		verbArticles: {always(deferUpdate), a.turnPage},
		verbNews:     {always(deferPrivate), a.showNews},
		verbUndo:     {always(deferUpdate), a.undoRemove},
		verbShare:    {always(deferPrivate), a.shareAnswer},
		verbForget:   {always(deferUpdate), a.forget},
		verbSet:      {settingsOpens, a.set},
	}
}

// button makes a button with a label in the person's language.
func button(locale, label string, style discordgo.ButtonStyle, id ...string) discordgo.Button {
	return discordgo.Button{Label: phrase(locale, "button "+label), Style: style, CustomID: strings.Join(id, ":")}
}

// face makes a button that shows an emoji alone.
func face(emoji string, id ...string) discordgo.Button {
	return discordgo.Button{Style: discordgo.SecondaryButton, Emoji: &discordgo.ComponentEmoji{Name: emoji}, CustomID: strings.Join(id, ":")}
}

func row(buttons ...discordgo.MessageComponent) discordgo.MessageComponent {
	return discordgo.ActionsRow{Components: buttons}
}

// buttons returns those under an answer, and a name for them that changes as
// they do.
func (t *telling) buttons(last bool, events []bot.Event) ([]discordgo.MessageComponent, string) {
	id, locale := t.kept.ID, t.answer.locale
	if !last {
		return []discordgo.MessageComponent{row(button(locale, "stop", discordgo.SecondaryButton, verbStop, id))}, "stop"
	}
	b := body(events)
	buttons := finalButtons(locale, id, t.root(), shows(b), t.answer.thread)
	if p := t.kept.Place; p.Member && p.Private != "" && len(b.Sentences) > 0 {
		buttons = append(buttons, row(button(locale, "share", discordgo.SecondaryButton, verbShare, id)))
	}
	return buttons, "last"
}

// shows reports whether there are paragraphs behind an answer.
func shows(b ledger.Body) bool { return len(b.Citations)+len(b.Evidence) > 0 }

func finalButtons(locale, id, root string, paragraphs, thread bool) []discordgo.MessageComponent {
	var first []discordgo.MessageComponent
	if paragraphs {
		first = append(first, button(locale, "show", discordgo.PrimaryButton, verbShow, id))
	}
	first = append(first, button(locale, "further", discordgo.SecondaryButton, verbFurther, id, root))
	if thread {
		first = append(first, button(locale, "thread", discordgo.SecondaryButton, verbThread, id))
	}
	return []discordgo.MessageComponent{
		row(first...),
		row(face("👍", verbGood, id), face("👎", verbBad, id), button(locale, "delete", discordgo.SecondaryButton, verbDelete, id)),
	}
}

// argument returns the nth part of the custom ID, from 1; "" where there is
// none.
func (i *interaction) argument(n int) string {
	parts := strings.Split(i.CustomID, ":")
	if n >= len(parts) {
		return ""
	}
	return parts[n]
}

// kept returns the answer of a button.
func (a *App) kept(ctx context.Context, i *interaction) (ledger.Answer, error) {
	kept, err := a.options.Ledger.Answer(ctx, i.argument(1))
	if errors.Is(err, ledger.ErrNotFound) {
		return kept, refuse("unknown")
	}
	return kept, err
}

// stopAnswer ends an answer under way, for its asker. One that is not under way
// was cut by a restart, and that is said where it stands.
func (a *App) stopAnswer(ctx context.Context, i *interaction) (reply, error) {
	kept, err := a.kept(ctx, i)
	switch {
	case err != nil:
		return nil, err
	case kept.Asker != i.User.ID:
		return nil, refuse("onlyAsker")
	case a.running.stop(kept.ID, errStopped):
		return nothing{}, nil
	case kept.Status != ledger.Pending:
		return nil, refuse("over")
	}
	return nothing{}, a.sayCut(ctx, kept)
}

// deleteAnswer takes an answer away with all its messages, for its asker or a
// moderator.
func (a *App) deleteAnswer(ctx context.Context, i *interaction) (reply, error) {
	kept, err := a.kept(ctx, i)
	if err != nil {
		return nil, err
	}
	if kept.Asker != i.User.ID && !i.User.moderates() {
		rights, err := a.options.Ledger.Rights(ctx, i.place(i.private()), i.who())
		if err != nil {
			return nil, err
		}
		if !rights.Manage {
			return nil, refuse("notYours")
		}
	}
	a.running.stop(kept.ID, errGone)
	click := a.answers(i, false)
	if err := click.drop(ctx, ""); err != nil && !isGone(err) {
		return nil, err
	}
	// The message of the button is gone; what the answer had before it goes
	// through the answer's own token, or as the bot.
	others := a.surfaceOf(kept)
	for _, id := range slices.Backward(kept.Messages) {
		if i.Message != nil && id == i.Message.ID || others == nil {
			continue
		}
		if err := others.drop(ctx, id); err != nil && !isGone(err) {
			a.report(ctx, i, "delete", err)
		}
	}
	return nothing{}, a.options.Ledger.Delete(ctx, kept.ID)
}

// surfaceOf returns where an answer's messages can be changed now: with its
// token while that lives, else as the bot where that is a member; nil where
// nobody can.
func (a *App) surfaceOf(kept ledger.Answer) surface {
	switch {
	case kept.Token != "":
		// The acknowledgement's message is there already. The ledger gives out no
		// token whose time is over, by its own clock.
		return &answers{a: a, original: true, i: &interaction{
			ID: idAt(time.Now()), Application: a.id, Token: kept.Token, Channel: channel{ID: kept.Place.Channel},
		}}
	case kept.Place.Private != "" && kept.Place.Guild != "", kept.Place.Guild != "" && !kept.Place.Member:
		return nil
	}
	return a.inChannel(kept.Place.Channel, "")
}

// rateGood keeps that an answer helped.
func (a *App) rateGood(ctx context.Context, i *interaction) (reply, error) {
	return a.rate(ctx, i, true, "")
}

// badOpens opens the form for what was wrong, or takes it.
func badOpens(i *interaction) opening {
	if i.Kind == discordgo.InteractionModalSubmit {
		return deferPrivate
	}
	return atOnce
}

// rateBad asks what was wrong with an answer, and keeps it.
func (a *App) rateBad(ctx context.Context, i *interaction) (reply, error) {
	if i.Kind == discordgo.InteractionModalSubmit {
		return a.rate(ctx, i, false, strings.TrimSpace(i.Fields["reason"]))
	}
	return form{ID: i.CustomID, Title: phrase(i.Locale, "form bad"), Fields: []discordgo.TextInput{{
		CustomID: "reason", Label: phrase(i.Locale, "form reason"), Style: discordgo.TextInputParagraph, MaxLength: 1000,
	}}}, nil
}

func (a *App) rate(ctx context.Context, i *interaction, good bool, reason string) (reply, error) {
	kept, err := a.kept(ctx, i)
	if err != nil {
		return nil, err
	}
	if err := a.options.Ledger.Rate(ctx, kept.ID, i.User.ID, good, reason); err != nil {
		return nil, err
	}
	return note(i, "thanks"), nil
}

// note is a page with one phrase.
func note(i *interaction, key string, args ...string) page {
	return page{Reply: oneMessage(i.printer().Note(phrase(i.Locale, key), args...))}
}
