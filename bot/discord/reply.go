package discord

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup"
	"pilcrow/bot/ledger"
)

// answer is a reply that grows while it is made. What is kept of it outlives
// the program, so that its buttons work for as long as it is kept.
type answer struct {
	kind     string       // the command
	question string       // as it is kept
	place    ledger.Place // where it is seen
	asker    string
	author   string // whose words question is, where not the asker's
	locale   string
	token    string // of the interaction, "" for none

	// follows is the first answer of the conversation that this goes on with,
	// "" where it begins one.
	follows string
	// thread says that a thread can be opened under it.
	thread bool

	// tell makes the answer, on the terms that there are when its turn comes.
	tell func(ctx context.Context, on terms) iter.Seq2[bot.Event, error]
	// print shows the events so far.
	print func(p *markup.Printer, events []bot.Event) markup.Reply
}

// terms are what an answer is made on.
type terms struct {
	conversation string // the key of the one that it is part of
	extractive   bool   // without the model, whose use was spent
}

func (answer) isReply() {}

const (
	// editEvery is the shortest time between two edits of an answer. Discord
	// allows about one a second.
	editEvery = 1200 * time.Millisecond
	// firstWait lets an answer that is there at once be written in one go.
	firstWait = 200 * time.Millisecond
	// lastWithin bounds the last edit of an answer that was cut.
	lastWithin = 2 * time.Second
)

// codeArchived is Discord's for a thread that was archived meanwhile.
const codeArchived = 50083

// errGone says that an answer has no place any more: its message was deleted,
// its channel closed.
var errGone = errors.New("the answer's place is gone")

// telling is an answer under way.
type telling struct {
	a       *App
	to      surface
	answer  answer
	kept    ledger.Answer
	printer *markup.Printer
	shown   []shown // the messages on the screen

	mu     sync.Mutex
	events []bot.Event
	mode   bot.Mode

	changed chan struct{} // holds one token
}

// shown is a message as it was last written.
type shown struct{ id, content, buttons string }

// answer makes ans and shows it as it grows. It returns once the last edit is
// sent. An error is one that nobody has been told of.
func (a *App) answer(ctx context.Context, to surface, ans answer) error {
	kept, err := a.options.Ledger.Begin(ctx, ledger.Answer{
		Kind: ans.kind, Place: ans.place, Asker: ans.asker, Author: ans.author,
		Question: ans.question, Lang: ans.locale, Token: ans.token,
	})
	if err != nil {
		return err
	}
	t := &telling{a: a, to: to, answer: ans, kept: kept, printer: markup.New(ans.locale), changed: make(chan struct{}, 1)}
	making, end := a.running.begin(ctx, kept.ID)
	defer end()
	finished := make(chan error, 1)
	go func() { finished <- t.make(making) }()
	failed, err := t.show(ctx, making, finished)
	return t.finish(ctx, making, failed, err)
}

// make collects the events.
func (t *telling) make(ctx context.Context) (err error) {
	leave, err := t.turn(ctx)
	if err != nil {
		return err
	}
	defer leave()
	ctx, over, settle, err := t.a.allow(ctx, t.kept.ID, t.kept.Place, t.kept.Asker)
	if err != nil {
		return err
	}
	defer func() { settle(err) }()
	if over != nil {
		t.add(bot.Notice{Text: say(t.answer.locale, "spent "+string(over.Scope), over.Renews.Format("15:04 MST"))})
	}
	on := terms{conversation: t.root(), extractive: over != nil}
	for e, err := range t.answer.tell(ctx, on) {
		if err != nil {
			return err
		}
		t.add(e)
	}
	return ctx.Err()
}

// root is the first answer of the conversation that this one is part of, by
// which that is known.
func (t *telling) root() string { return cmp.Or(t.answer.follows, t.kept.ID) }

// turn waits for the answer's turn, and shows its place in the queue.
func (t *telling) turn(ctx context.Context) (leave func(), err error) {
	if t.a.options.Queue == nil {
		return func() {}, nil
	}
	leave, err = t.a.options.Queue.Enter(ctx, t.kept.Place.Guild, t.kept.Asker, func(place int) {
		t.set(bot.Notice{Text: say(t.answer.locale, "queued", itoa(place))})
	})
	t.set()
	return leave, err
}

func (t *telling) add(e bot.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events = append(t.events, e)
	if d, ok := e.(bot.Done); ok {
		t.mode = d.Mode
	}
	t.signal()
}

// set replaces what there is to show.
func (t *telling) set(events ...bot.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events = events
	if len(events) > 0 {
		t.signal()
	}
}

func (t *telling) signal() {
	select {
	case t.changed <- struct{}{}:
	default:
	}
}

// snapshot returns the events so far.
func (t *telling) snapshot() []bot.Event {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.events)
}

// show edits the answer while it is made. failed is how the making ended, err
// what kept it from being shown. A person who stops the making does not stop
// what is being written of it.
func (t *telling) show(ctx, making context.Context, finished <-chan error) (failed, err error) {
	pause := time.NewTimer(editEvery) // after which even an empty answer shows that it is looked for
	defer pause.Stop()
	changed := (<-chan struct{})(t.changed)
	first := true
	for {
		select {
		case failed := <-finished:
			if !first && making.Err() == nil {
				<-pause.C
			}
			return failed, nil
		case <-changed:
			if first {
				pause.Reset(firstWait)
			}
			changed = nil // the pause decides when
		case <-pause.C:
			if first || changed == nil {
				events := t.snapshot()
				t.progress(ctx, events)
				if err := t.draw(ctx, events, false); err != nil && ctx.Err() == nil {
					t.a.running.stop(t.kept.ID, errGone)
					return <-finished, err
				}
			}
			first, changed = false, t.changed
			pause.Reset(editEvery)
		}
	}
}

// progress keeps what is about to be shown: should the program be killed, the
// next start finds what each sentence on the screen stands on.
func (t *telling) progress(ctx context.Context, events []bot.Event) {
	if len(events) == 0 {
		return
	}
	if err := t.a.options.Ledger.Progress(ctx, t.kept.ID, body(events)); err != nil && ctx.Err() == nil {
		t.a.log.WarnContext(ctx, "answer not kept", "answer", t.kept.ID, "error", err)
	}
}

// finish shows the answer as it stays, and keeps it.
func (t *telling) finish(ctx, making context.Context, failed, err error) error {
	status := t.end(making, failed)
	if err == nil && errors.Is(context.Cause(making), errGone) {
		err = errGone
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), lastWithin)
		defer cancel()
	}
	if err == nil {
		events := t.snapshot()
		t.progress(ctx, events)
		err = t.draw(ctx, events, true)
	}
	if code(err) == codeArchived {
		if w, ok := t.to.(*answers); ok {
			err = w.whisper(ctx, say(t.answer.locale, "archived"))
		}
	}
	if errors.Is(err, errGone) {
		t.a.log.DebugContext(ctx, "answer without a place", "answer", t.kept.ID, "error", err)
		err = nil
	}
	t.mu.Lock()
	mode := string(t.mode)
	t.mu.Unlock()
	kept := t.a.options.Ledger.Finish(ctx, t.kept.ID, status, mode, body(t.snapshot()))
	if errors.Is(kept, ledger.ErrEnded) || errors.Is(kept, ledger.ErrNotFound) {
		kept = nil // deleted meanwhile
	}
	return errors.Join(err, kept)
}

// end closes the events where the making did not, with why.
func (t *telling) end(ctx context.Context, failed error) ledger.Status {
	var why string
	status := ledger.Cut
	switch {
	case failed == nil:
		return ledger.Done
	case errors.Is(context.Cause(ctx), errStopped):
		why, status = "stopped", ledger.Stopped
	case ctx.Err() != nil:
		why = "cut"
	case errors.Is(failed, ledger.ErrFull):
		t.set()
		why = "full"
	default:
		t.a.log.ErrorContext(ctx, "answer failed", "answer", t.kept.ID, "error", failed)
		if !slices.ContainsFunc(t.snapshot(), isSentence) {
			t.set(bot.Refused{Reason: bot.Failed}, bot.Done{Mode: bot.Extractive})
			return status
		}
		why = "failed"
	}
	t.add(bot.Notice{Text: say(t.answer.locale, why)})
	t.add(bot.Done{})
	return status
}

func isSentence(e bot.Event) bool { _, ok := e.(bot.Sentence); return ok }

// draw shows the events.
func (t *telling) draw(ctx context.Context, events []bot.Event, last bool) error {
	reply := t.answer.print(t.printer, events)
	for n, content := range reply.Messages {
		m := message{Content: content, Components: []discordgo.MessageComponent{}}
		buttons := ""
		if n == len(reply.Messages)-1 {
			m.Components, buttons = t.buttons(last, events)
		}
		if n == 0 && len(reply.File) > 0 {
			m.files, m.bare = attached(reply.File), fileless(t.printer, t.answer.locale, content)
		}
		if err := t.write(ctx, n, m, buttons); err != nil {
			if errors.Is(err, errUnsure) && n > 0 {
				return t.gather(ctx, reply, events)
			}
			return err
		}
	}
	for len(t.shown) > len(reply.Messages) {
		rest := t.shown[len(t.shown)-1]
		if err := t.to.drop(ctx, rest.id); err != nil {
			return err
		}
		t.shown = t.shown[:len(t.shown)-1]
	}
	return nil
}

// gather shows the whole of a reply in its first message, where it is not known
// whether a further one arrived: what may be lost is attached, and nothing is
// there twice.
func (t *telling) gather(ctx context.Context, reply markup.Reply, events []bot.Event) error {
	m := message{Content: reply.Messages[0], bare: fileless(t.printer, t.answer.locale, reply.Messages[0])}
	m.Components, _ = t.buttons(true, events)
	m.files = attached([]byte(strings.Join(reply.Messages, "\n\n") + "\n"))
	return t.write(ctx, 0, m, "gathered")
}

// write puts the nth message, unless it is there as it is.
func (t *telling) write(ctx context.Context, n int, m message, buttons string) error {
	now := shown{content: m.Content, buttons: buttons}
	if n < len(t.shown) {
		now.id = t.shown[n].id
		if now == t.shown[n] && len(m.files) == 0 {
			return nil
		}
	} else if n == 0 {
		m.Nonce = t.kept.Nonce
	}
	id, err := t.to.put(ctx, now.id, m)
	if err != nil {
		if isGone(err) {
			err = errors.Join(errGone, err)
		}
		return err
	}
	now.id = id
	if n < len(t.shown) {
		t.shown[n] = now
		return nil
	}
	t.shown = append(t.shown, now)
	return t.a.options.Ledger.Posted(ctx, t.kept.ID, id)
}

// isGone reports whether Discord said that there is no place for a message, or
// none any more.
func isGone(err error) bool {
	return errors.Is(err, errClosed) || errors.Is(err, errLate) ||
		status(err) == http.StatusForbidden || status(err) == http.StatusNotFound
}

// fileless is what the message beside a file says where no file may be attached.
func fileless(p *markup.Printer, locale, content string) string {
	content = strings.TrimSuffix(content, "\n\n"+p.Note(p.Words.Attached))
	if with := content + "\n\n" + p.Note(phrase(locale, "noFiles")); utf8.RuneCountInString(with) <= markup.Limit {
		return with
	}
	return content
}

// attached is a reply as a file.
func attached(markdown []byte) []*discordgo.File {
	return []*discordgo.File{{Name: "answer.md", ContentType: "text/markdown; charset=utf-8", Reader: strings.NewReader(string(markdown))}}
}
