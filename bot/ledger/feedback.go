package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"pilcrow/corpus/sqlite"
)

// maxReason bounds the words of one piece of feedback, in bytes; Discord's
// forms take 4,000 characters.
const maxReason = 16 << 10

// Feedback is what one person said about one answer.
type Feedback struct {
	Answer Answer // without its token
	Person string
	Good   bool   // 👍, else 👎
	Reason string // may be empty
	At     time.Time
}

// Rate keeps what a person says about the answer id, in place of what they
// said before. It returns ErrNotFound where the answer is not kept any more.
func (l *Ledger) Rate(ctx context.Context, id, person string, good bool, reason string) (err error) {
	defer sqlite.Wrap(&err, "rate answer %.60q", id)
	if len(reason) > maxReason {
		return fmt.Errorf("reason of %d bytes, at most %d", len(reason), maxReason)
	}
	return l.change(ctx, id, `
		INSERT INTO feedback (answer, person, good, reason, at) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT DO UPDATE SET good = excluded.good, reason = excluded.reason, at = excluded.at`,
		person, good, reason, sqlite.Milli(l.now()))
}

// Unrate takes back what a person said about the answer id.
func (l *Ledger) Unrate(ctx context.Context, id, person string) (err error) {
	defer sqlite.Wrap(&err, "unrate answer %.60q", id)
	return l.exec(ctx, "DELETE FROM feedback WHERE answer = (SELECT n FROM answers WHERE id = ?) AND person = ?", id, person)
}

// Feedback yields all that was said since a time, oldest answer first. The
// consumer may call the ledger in the loop and take its time. After an error
// the iteration ends.
func (l *Ledger) Feedback(ctx context.Context, since time.Time) iter.Seq2[Feedback, error] {
	return func(yield func(Feedback, error) bool) {
		var answer int64
		var person string
		for {
			list, n, err := l.feedbackPage(ctx, since, answer, person)
			if err != nil {
				sqlite.Wrap(&err, "read feedback")
				yield(Feedback{}, err)
				return
			}
			for _, f := range list {
				f.Answer, err = l.oneAnswer(ctx, "a.id = ?2", f.Answer.ID)
				if errors.Is(err, ErrNotFound) {
					continue // forgotten this moment
				}
				if err != nil {
					yield(Feedback{}, err)
					return
				}
				f.Answer.Token = ""
				if !yield(f, nil) {
					return
				}
			}
			if len(list) < page {
				return
			}
			answer, person = n, list[len(list)-1].Person
		}
	}
}

// page is how many rows an iteration reads at once; no connection is held
// while the consumer works on them.
const page = 256

func (l *Ledger) feedbackPage(ctx context.Context, since time.Time, answer int64, person string) (list []Feedback, last int64, err error) {
	rows, err := l.db.Reader.QueryContext(ctx, `
		SELECT f.answer, a.id, f.person, f.good, f.reason, f.at FROM feedback f JOIN answers a ON a.n = f.answer
		WHERE (f.answer, f.person) > (?, ?) AND f.at >= ? ORDER BY f.answer, f.person LIMIT ?`,
		answer, person, sinceMilli(since), page)
	if err != nil {
		return nil, 0, err
	}
	list, err = sqlite.Collect(rows, func(f *Feedback) []any {
		return []any{&last, &f.Answer.ID, &f.Person, &f.Good, &f.Reason, sqlite.At(&f.At)}
	})
	return list, last, err
}

// sinceMilli is t as the file keeps it, the beginning of time where zero.
func sinceMilli(t time.Time) sql.Null[int64] {
	if t.IsZero() {
		return sql.Null[int64]{Valid: true}
	}
	return sqlite.Milli(t)
}
