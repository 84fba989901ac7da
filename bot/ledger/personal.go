package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/sqlite"
)

// Personal is all that is kept about one person.
type Personal struct {
	Person   string    `json:"person"`
	Asked    []Answer  `json:"asked"`    // their questions, with what was answered
	Quoted   []Answer  `json:"quoted"`   // others' questions about their words
	Feedback []Opinion `json:"feedback"` // what they think of answers
	Usage    []DayUse  `json:"usage"`
	Follows  []Follow  `json:"follows"` // those they set up
	Audit    []Entry   `json:"audit"`   // what they did in guilds' settings
	Feeds    []string  `json:"feeds"`   // followed for them
	Articles []string  `json:"articles"`
}

// Opinion is a person's feedback on one answer.
type Opinion struct {
	Answer string    `json:"answer"`
	Good   bool      `json:"good"`
	Reason string    `json:"reason,omitempty"`
	At     time.Time `json:"at"`
}

// DayUse is what a person had from a model in one day, in one guild or over all
// places.
type DayUse struct {
	Day       string `json:"day"`
	Guild     string `json:"guild,omitempty"` // empty: over all places
	Questions int    `json:"questions"`
	In        int    `json:"tokens_in"`
	Out       int    `json:"tokens_out"`
}

// own returns the collections that are a person's alone.
func own(person string) []string {
	return []string{PersonCollection(person), PersonCollection(person) + links}
}

// Export returns all that is kept about a person, in this package's tables and
// in store, which is open on the same file.
func (l *Ledger) Export(ctx context.Context, store *corpus.Store, person string) (_ Personal, err error) {
	defer sqlite.Wrap(&err, "export what is kept about %.60q", person)
	p := Personal{Person: person}
	if p.Asked, err = l.answers(ctx, "a.asker = ?2 ORDER BY a.n", person); err != nil {
		return Personal{}, err
	}
	if p.Quoted, err = l.answers(ctx, "a.author = ?2 ORDER BY a.n", person); err != nil {
		return Personal{}, err
	}
	if p.Follows, err = l.follows(ctx, l.db.Reader, "person = ?1 OR private = ?1 ORDER BY n", person); err != nil {
		return Personal{}, err
	}
	if p.Audit, err = l.entries(ctx, "person = ? ORDER BY n", person); err != nil {
		return Personal{}, err
	}
	rows, err := l.db.Reader.QueryContext(ctx, `
		SELECT a.id, f.good, f.reason, f.at FROM feedback f JOIN answers a ON a.n = f.answer WHERE f.person = ? ORDER BY f.at, a.n`, person)
	if err != nil {
		return Personal{}, err
	}
	if p.Feedback, err = sqlite.Collect(rows, func(o *Opinion) []any { return []any{&o.Answer, &o.Good, &o.Reason, sqlite.At(&o.At)} }); err != nil {
		return Personal{}, err
	}
	rows, err = l.db.Reader.QueryContext(ctx, `
		SELECT day, iif(scope = 'member', substr(id, 1, length(id) - length(?1) - 1), ''), questions, tokens_in, tokens_out
		FROM spent WHERE `+spentBy+` ORDER BY day, scope, id`, person)
	if err != nil {
		return Personal{}, err
	}
	if p.Usage, err = sqlite.Collect(rows, func(u *DayUse) []any { return []any{&u.Day, &u.Guild, &u.Questions, &u.In, &u.Out} }); err != nil {
		return Personal{}, err
	}
	feeds, err := store.Feeds(ctx, own(person)...)
	if err != nil {
		return Personal{}, err
	}
	for _, f := range feeds {
		p.Feeds = append(p.Feeds, f.URL)
	}
	for a, err := range store.Articles(ctx, corpus.Filter{Collections: own(person)}) {
		if err != nil {
			return Personal{}, err
		}
		p.Articles = append(p.Articles, a.ID)
	}
	return p, nil
}

// spentBy chooses what the person ?1 spent. A guild's id has no slash, so a
// member's ends as no other's does.
const spentBy = `(scope = 'person' AND id = ?1 OR scope = 'member' AND substr(id, instr(id, '/') + 1) = ?1)`

// Forgotten says what Forget deleted.
type Forgotten struct {
	Answers  int // their questions, and others' about their words
	Feedback int
	Articles int // taken out of their own collections
	// Messages are those that showed the answers: they stand on the platform
	// until the caller deletes them there.
	Messages []Shown
}

// Shown is a message on the platform.
type Shown struct{ Channel, Message string }

// Forget deletes what is kept about a person: their questions with the answers,
// others' questions about their words, their feedback, the follows of their
// direct messages, and the articles and feeds of their own collections, which
// can be got back for a week, as all that is removed from the corpus.
//
// Three things stay, and why. What they spent today stays until midnight in
// UTC, so that forgetting is no way around a limit. An answer that is being
// written is finished, and forgotten by the next call. The audit log of a guild
// keeps who changed its settings, for the year that it is kept: it is the
// guild's record, and worth nothing if those it is about could clear it.
func (l *Ledger) Forget(ctx context.Context, store *corpus.Store, person string) (f Forgotten, err error) {
	defer sqlite.Wrap(&err, "forget %.60q", person)
	if !isID(person) {
		return Forgotten{}, errors.New("no such person")
	}
	if err := l.forgetArticles(ctx, store, person, &f); err != nil {
		return Forgotten{}, err
	}
	follows, err := l.follows(ctx, l.db.Reader, "private = ?", person)
	if err != nil {
		return Forgotten{}, err
	}
	today := l.now().UTC().Format(time.DateOnly)
	err = l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		const theirs = "(asker = ?1 OR author = ?1) AND status <> 'pending'"
		rows, err := tx.QueryContext(ctx, `
			SELECT a.channel, m.message FROM messages m JOIN answers a ON a.n = m.answer WHERE `+theirs+` ORDER BY a.n, m.n`, person)
		if err != nil {
			return err
		}
		if f.Messages, err = sqlite.Collect(rows, func(s *Shown) []any { return []any{&s.Channel, &s.Message} }); err != nil {
			return err
		}
		for _, d := range []struct {
			query string
			count *int
		}{
			{"DELETE FROM feedback WHERE person = ?1", &f.Feedback},
			{"DELETE FROM answers WHERE " + theirs, &f.Answers},
			{"DELETE FROM tickets WHERE person = ?1 AND state <> 'held'", nil},
			{"DELETE FROM spent WHERE " + spentBy + " AND day < ?2", nil},
			{"UPDATE spent SET brief = 1 WHERE " + spentBy, nil},
			{"DELETE FROM follows WHERE private = ?1", nil},
			{"UPDATE follows SET person = '' WHERE person = ?1", nil},
		} {
			args := []any{person, today}
			r, err := tx.ExecContext(ctx, d.query, args...)
			if err != nil {
				return err
			}
			n, err := r.RowsAffected()
			if err != nil {
				return err
			}
			if d.count != nil {
				*d.count = int(n)
			}
		}
		return nil
	})
	for _, follow := range follows {
		err = errors.Join(err, store.Unfollow(ctx, follow.follower()))
	}
	if err != nil {
		return Forgotten{}, err
	}
	return f, nil
}

// forgetArticles empties a person's own collections.
func (l *Ledger) forgetArticles(ctx context.Context, store *corpus.Store, person string, f *Forgotten) error {
	feeds, err := store.Feeds(ctx, own(person)...)
	if err != nil {
		return err
	}
	for _, feed := range feeds {
		if err := store.RemoveFeed(ctx, feed.Collection, feed.URL); err != nil && !errors.Is(err, corpus.ErrNotFound) {
			return err
		}
	}
	for _, collection := range own(person) {
		for a, err := range store.Articles(ctx, corpus.Filter{Collections: []string{collection}}) {
			if err != nil {
				return err
			}
			switch err := store.Remove(ctx, collection, a.ID); {
			case err == nil:
				f.Articles++
			case !errors.Is(err, corpus.ErrNotFound):
				return err
			}
		}
	}
	return nil
}
