package ledger_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/bot/ledger"
)

// clock is a clock that a test sets.
type clock struct{ atomic.Int64 }

func newClock(at string) *clock {
	c := new(clock)
	c.set(at)
	return c
}

func (c *clock) set(at string) {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		panic(err)
	}
	c.Store(t.UnixMilli())
}

func (c *clock) pass(d time.Duration) { c.Add(d.Milliseconds()) }
func (c *clock) now() time.Time       { return time.UnixMilli(c.Load()).UTC() }

var asked = ledger.Answer{
	Kind: "ask", Place: ledger.Place{Guild: "1", Channel: thread, Parent: open, Member: true}, Asker: "10",
	Question: "When does the harbour reopen?", Lang: "en", Token: "aW50ZXJhY3Rpb24",
}

var said = ledger.Body{
	Sentences: []ledger.Sentence{{Text: "The harbour reopens in May.", Citations: []int{1}}},
	Citations: []ledger.Citation{{N: 1, Article: "abc", Revision: 2, Paragraph: 3, Start: 4, End: 9, Hash: "00ff", Quote: "in May"}},
	Evidence:  []ledger.Citation{{Article: "def", Revision: 1, Paragraph: 1, End: 3}},
	Notices:   []string{"1 sentence left out"},
}

func begin(t testing.TB, l *ledger.Ledger, a ledger.Answer) ledger.Answer {
	t.Helper()
	a, err := l.Begin(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestAnswer follows one answer from its beginning, across a restart.
func TestAnswer(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "s.db")
	c := newClock("2026-05-01T10:00:00Z")
	reopen := func() *ledger.Ledger {
		l, err := ledger.Open(ctx, path, ledger.Options{Now: c.now})
		check(t, err)
		return l
	}
	l := reopen()
	a := begin(t, l, asked)
	if len(a.ID) != 13 || len(a.Nonce) != 25 || a.Status != ledger.Pending {
		t.Errorf("begun as %+v", a)
	}
	for _, message := range []string{"900", "901", "900"} {
		check(t, l.Posted(ctx, a.ID, message))
	}
	check(t, l.Progress(ctx, a.ID, said))
	check(t, l.Opened(ctx, a.ID, "700"))
	check(t, l.Close())

	l = reopen()
	defer l.Close()
	list, err := l.Unfinished(ctx)
	check(t, err)
	want := a
	want.Messages, want.Body = []string{"900", "901"}, said
	if diff := cmp.Diff([]ledger.Answer{want}, list); diff != "" {
		t.Errorf("unfinished (-want +got):\n%s", diff)
	}
	c.pass(time.Minute)
	check(t, l.Finish(ctx, a.ID, ledger.Cut, "model", said))
	want.Status, want.Mode, want.Ended = ledger.Cut, "model", c.now()
	if err := l.Finish(ctx, a.ID, ledger.Done, "model", ledger.Body{}); !errors.Is(err, ledger.ErrEnded) {
		t.Errorf("finished twice: %v", err)
	}
	check(t, l.Progress(ctx, a.ID, ledger.Body{})) // comes too late
	if list, err := l.Unfinished(ctx); err != nil || len(list) != 0 {
		t.Errorf("unfinished still: %v, %v", list, err)
	}
	for name, get := range map[string]func() (ledger.Answer, error){
		"by id":      func() (ledger.Answer, error) { return l.Answer(ctx, a.ID) },
		"by message": func() (ledger.Answer, error) { return l.AnswerOf(ctx, "901") },
		"by thread":  func() (ledger.Answer, error) { return l.Thread(ctx, "700") },
		"by channel": func() (ledger.Answer, error) {
			list, err := l.Recent(ctx, thread, 5)
			return append(list, ledger.Answer{})[0], err
		},
	} {
		got, err := get()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	check(t, l.Delete(ctx, a.ID))
	for _, err := range []error{
		func() error { _, err := l.Answer(ctx, a.ID); return err }(),
		func() error { _, err := l.AnswerOf(ctx, "900"); return err }(),
		func() error { _, err := l.Thread(ctx, "700"); return err }(),
		l.Posted(ctx, a.ID, "902"), l.Rate(ctx, a.ID, "10", true, ""),
		l.Finish(ctx, a.ID, ledger.Done, "", ledger.Body{}),
	} {
		if !errors.Is(err, ledger.ErrNotFound) {
			t.Errorf("after it was deleted: %v", err)
		}
	}
}

// TestToken gives a token out for 15 minutes, and not a moment longer, whether
// it was swept away or not.
func TestToken(t *testing.T) {
	ctx := t.Context()
	c := newClock("2026-05-01T10:00:00Z")
	l := openLedger(t, ledger.Options{Now: c.now})
	a := begin(t, l, asked)
	token := func() string {
		got, err := l.Answer(ctx, a.ID)
		check(t, err)
		return got.Token
	}
	c.pass(ledger.TokenLife - time.Millisecond)
	check(t, l.Sweep(ctx, c.now()))
	if token() != asked.Token {
		t.Error("the token is gone too early")
	}
	c.pass(time.Millisecond)
	if token() != "" {
		t.Error("the token is given out after its time")
	}
	check(t, l.Sweep(ctx, c.now()))
	c.pass(-time.Hour) // a clock set back does not bring it back
	if token() != "" {
		t.Error("the token was not swept away")
	}
}

// TestFirst takes each event up once, and forgets it after a day.
func TestFirst(t *testing.T) {
	ctx := t.Context()
	c := newClock("2026-05-01T10:00:00Z")
	l := openLedger(t, ledger.Options{Now: c.now})
	var taken atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			first, err := l.First(ctx, "interaction 1")
			if err != nil {
				t.Error(err)
			}
			if first {
				taken.Add(1)
			}
		})
	}
	wg.Wait()
	if taken.Load() != 1 {
		t.Errorf("taken up %d times", taken.Load())
	}
	for _, tt := range []struct {
		after time.Duration
		want  bool
	}{{23 * time.Hour, false}, {2 * time.Hour, true}} {
		c.pass(tt.after)
		check(t, l.Sweep(ctx, c.now()))
		if first, err := l.First(ctx, "interaction 1"); first != tt.want || err != nil {
			t.Errorf("%s later: first %t, %v", tt.after, first, err)
		}
	}
}

// TestFeedback keeps one opinion a person, which they may change, with what it
// is about.
func TestFeedback(t *testing.T) {
	ctx := t.Context()
	c := newClock("2026-05-01T10:00:00Z")
	l := openLedger(t, ledger.Options{Now: c.now, Keep: 24 * time.Hour})
	a, b := begin(t, l, asked), begin(t, l, asked)
	check(t, l.Finish(ctx, a.ID, ledger.Done, "model", said))
	check(t, l.Rate(ctx, a.ID, "10", true, ""))
	check(t, l.Rate(ctx, a.ID, "10", false, "It reopened in June."))
	check(t, l.Rate(ctx, a.ID, "11", true, ""))
	check(t, l.Rate(ctx, b.ID, "11", true, ""))
	check(t, l.Unrate(ctx, b.ID, "11"))
	all := func(since time.Time) (out []string) {
		for f, err := range l.Feedback(ctx, since) {
			check(t, err)
			if f.Answer.Question != asked.Question || len(f.Answer.Body.Evidence) != 1 || f.Answer.Token != "" {
				t.Errorf("about %+v", f.Answer)
			}
			out = append(out, fmt.Sprint(f.Person, " ", f.Good, " ", f.Reason))
		}
		return out
	}
	want := []string{"10 false It reopened in June.", "11 true "}
	if diff := cmp.Diff(want, all(time.Time{})); diff != "" {
		t.Errorf("feedback (-want +got):\n%s", diff)
	}
	if got := all(c.now().Add(time.Second)); len(got) > 0 {
		t.Errorf("feedback from the future: %v", got)
	}
	// What somebody has an opinion of outlasts the rest.
	c.pass(48 * time.Hour)
	check(t, l.Sweep(ctx, c.now()))
	if _, err := l.Answer(ctx, b.ID); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("an answer past its time: %v", err)
	}
	if got := all(time.Time{}); len(got) != 2 {
		t.Errorf("feedback after a sweep: %v", got)
	}
	// A guild's own word is the last.
	_, err := l.Change(ctx, "1", "10", func(s *ledger.Settings) error { s.KeepDays = 1; return nil })
	check(t, err)
	check(t, l.Sweep(ctx, c.now()))
	if got := all(time.Time{}); len(got) != 0 {
		t.Errorf("feedback that the guild did not want kept: %v", got)
	}
	if err := l.Rate(ctx, a.ID, "10", true, strings.Repeat("x", 1<<20)); err == nil {
		t.Error("a reason of a megabyte was kept")
	}
}

// TestFeedbackPages reads more opinions than one page.
func TestFeedbackPages(t *testing.T) {
	l := openLedger(t, ledger.Options{})
	a := begin(t, l, asked)
	for i := range 300 {
		check(t, l.Rate(t.Context(), a.ID, fmt.Sprint(i), true, ""))
	}
	seen := map[string]bool{}
	for f, err := range l.Feedback(t.Context(), time.Time{}) {
		check(t, err)
		seen[f.Person] = true
	}
	if len(seen) != 300 {
		t.Errorf("%d opinions", len(seen))
	}
}

func TestComplain(t *testing.T) {
	ctx := t.Context()
	l := openLedger(t, ledger.Options{})
	for _, want := range []bool{true, false} {
		if first, err := l.Complain(ctx, "1", "role gone", "5"); first != want || err != nil {
			t.Errorf("first %t, %v; want %t", first, err, want)
		}
	}
	check(t, l.Mended(ctx, "1", "role gone", "5"))
	if first, err := l.Complain(ctx, "1", "role gone", "5"); !first || err != nil {
		t.Errorf("after it was mended: first %t, %v", first, err)
	}
}

// TestShows lets a message show another answer, as one that was edited does.
func TestShows(t *testing.T) {
	ctx := t.Context()
	l := openLedger(t, ledger.Options{})
	first, second := begin(t, l, asked), begin(t, l, asked)
	check(t, l.Posted(ctx, first.ID, "900"))
	check(t, l.Posted(ctx, first.ID, "901"))
	for range 2 {
		check(t, l.Shows(ctx, second.ID, "900"))
	}
	check(t, l.Shows(ctx, second.ID, "902")) // which showed none
	for message, want := range map[string]string{"900": second.ID, "901": first.ID, "902": second.ID} {
		if a, err := l.AnswerOf(ctx, message); err != nil || a.ID != want {
			t.Errorf("message %s shows %s, %v; want %s", message, a.ID, err, want)
		}
	}
	if err := l.Shows(ctx, "nothing", "900"); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("an answer that is none: %v", err)
	}
}
