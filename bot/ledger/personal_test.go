package ledger_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// TestForget keeps things about Anna (4711) and Bob (4712), forgets Anna, and
// finds her nowhere in the file after midnight, but in the audit log; and Bob's
// as they were.
func TestForget(t *testing.T) {
	const anna, bob = "4711", "4712"
	ctx := t.Context()
	c := newClock("2026-05-01T10:00:00Z")
	path := filepath.Join(t.TempDir(), "s.db")
	store, err := corpus.Open(ctx, path)
	check(t, err)
	l, err := ledger.Open(ctx, path, ledger.Options{Now: c.now, Limits: ledger.Limits{Person: ledger.Amount{Questions: 3}}})
	check(t, err)
	a := l.Announcer(store, nil)

	question := func(person, author, words string) ledger.Answer {
		t.Helper()
		q := asked
		q.Asker, q.Author, q.Question = person, author, words
		q = begin(t, l, q)
		over, err := l.Reserve(ctx, q.ID, q.Place, person, 0)
		check(t, err)
		if over != nil {
			t.Fatalf("%+v", over)
		}
		check(t, l.Charge(ctx, q.ID, 10, 10))
		check(t, l.Posted(ctx, q.ID, "m"+q.ID))
		check(t, l.Finish(ctx, q.ID, ledger.Done, "model", said))
		return q
	}
	c.pass(-24 * time.Hour)
	question(anna, "", "What did Anna ask yesterday?")
	c.pass(24 * time.Hour)
	hers := question(anna, "", "What does Anna want to know?")
	quoted := question(bob, anna, "Anna said that the harbour is closed.")
	his := question(bob, "", "What does Bob want to know?")
	check(t, l.Rate(ctx, his.ID, anna, false, "Anna thinks not."))
	check(t, l.Rate(ctx, hers.ID, bob, true, "Bob thinks so."))
	check(t, l.Rate(ctx, his.ID, bob, true, "Bob is glad."))
	for _, person := range []string{anna, bob} {
		_, _, err := store.Add(ctx, ledger.PersonCollection(person), corpus.Draft{Title: "Diary of " + person, Paragraphs: []string{"Rain upon " + person}})
		check(t, err)
		_, err = store.AddFeeds(ctx, corpus.Feed{Collection: ledger.PersonCollection(person), URL: "https://feeds.example/" + person})
		check(t, err)
		_, err = a.Add(ctx, ledger.Follow{Place: ledger.Place{Channel: "7", Private: person}, Every: ledger.Daily, Person: person})
		check(t, err)
	}
	_, err = a.Add(ctx, ledger.Follow{Place: square, Every: ledger.Daily, Person: anna})
	check(t, err)
	check(t, l.Note(ctx, ledger.Entry{Guild: "1", Person: anna, What: "add", After: "an article"}))

	export := func(person string) (ledger.Personal, string) {
		t.Helper()
		p, err := l.Export(ctx, store, person)
		check(t, err)
		b, err := json.Marshal(p)
		check(t, err)
		return p, string(b)
	}
	p, text := export(anna)
	if len(p.Asked) != 2 || len(p.Quoted) != 1 || len(p.Feedback) != 1 || len(p.Usage) != 4 || len(p.Follows) != 2 || len(p.Audit) != 1 || len(p.Feeds) != 1 || len(p.Articles) != 1 {
		t.Errorf("export: %s", text)
	}
	if strings.Contains(text, asked.Token) || strings.Contains(text, "Bob thinks") || strings.Contains(text, hers.Nonce) {
		t.Errorf("export has what is not hers to see: %s", text)
	}
	_, before := export(bob)

	f, err := l.Forget(ctx, store, anna)
	check(t, err)
	if f.Answers != 3 || f.Feedback != 1 || f.Articles != 1 || len(f.Messages) != 3 || f.Messages[2] != (ledger.Shown{Channel: thread, Message: "m" + quoted.ID}) {
		t.Errorf("forgot %+v", f)
	}
	p, text = export(anna)
	if len(p.Asked)+len(p.Quoted)+len(p.Feedback)+len(p.Feeds)+len(p.Articles)+len(p.Follows) != 0 || len(p.Usage) != 2 {
		t.Errorf("still kept: %s", text)
	}
	// What she spent today still counts.
	if got := use(t, l, square, anna, ledger.OfPerson); got.Day.Questions != 1 || got.Month.Questions != 1 {
		t.Errorf("spent today: %+v", got)
	}
	if _, after := export(bob); strings.Contains(after, "Anna") || len(after) > len(before) || !strings.Contains(after, "Bob is glad.") || !strings.Contains(after, his.ID) || !strings.Contains(after, "feeds.example/"+bob) {
		t.Errorf("of Bob:\n%s\nbefore:\n%s", after, before)
	}
	if _, err := l.Answer(ctx, quoted.ID); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("her words are still quoted: %v", err)
	}

	c.pass(24 * time.Hour)
	check(t, a.Fill(ctx)) // all who follow know that her articles are gone
	check(t, l.Sweep(ctx, c.now()))
	c.pass(365 * 24 * time.Hour) // the audit log's time
	check(t, l.Sweep(ctx, c.now()))
	_, err = store.Purge(ctx, time.Now().Add(2*corpus.UndoWindow))
	check(t, err)
	check(t, errors.Join(l.Close(), store.Close()))
	b, err := os.ReadFile(path)
	check(t, err)
	for _, word := range []string{"Anna", anna, asked.Token} {
		if strings.Contains(string(b), word) {
			t.Errorf("%q is still in the file", word)
		}
	}
	if !strings.Contains(string(b), bob) {
		t.Error("Bob is gone as well")
	}
}

// TestForgetNobody keeps an answer that is being written, and refuses a name
// that could be another's.
func TestForgetNobody(t *testing.T) {
	tn := newTown(t, ledger.Options{})
	a := begin(t, tn.Ledger, asked)
	f, err := tn.Forget(t.Context(), tn.store, asked.Asker)
	if err != nil || f.Answers != 0 {
		t.Errorf("forgot %+v, %v", f, err)
	}
	check(t, tn.Finish(t.Context(), a.ID, ledger.Done, "model", said))
	for _, person := range []string{"", "10/links", "%"} {
		if _, err := tn.Forget(t.Context(), tn.store, person); err == nil {
			t.Errorf("forgot %q", person)
		}
	}
}
