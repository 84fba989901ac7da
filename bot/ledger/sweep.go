package ledger

import (
	"context"
	"database/sql"
	"time"

	"pilcrow/corpus/sqlite"
)

// How long is kept what nobody decided about.
const (
	keepAnswers  = 90 * 24 * time.Hour
	keepFeedback = 365 * 24 * time.Hour
)

// sweepBatch bounds a transaction of Sweep, in answers, so that others can
// write in between.
const sweepBatch = 200

// Sweep deletes what has had its time at now: tokens, events, and answers with
// what belongs to them. Call it every minute; a token that it has not come to
// yet is not given out either. What is deleted is overwritten in the file.
func (l *Ledger) Sweep(ctx context.Context, now time.Time) (err error) {
	defer sqlite.Wrap(&err, "sweep")
	if err := l.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM tokens WHERE expires <= ?", now.UnixMilli()); err != nil {
			return err
		}
		return sweepSeen(ctx, tx, now)
	}); err != nil {
		return err
	}
	for more := true; more; {
		if more, err = l.sweepAnswers(ctx, now); err != nil {
			return err
		}
	}
	return nil
}

// sweepAnswers deletes some answers that were kept for long enough: as long as
// their guild says, else as the operator says, longer with feedback.
func (l *Ledger) sweepAnswers(ctx context.Context, now time.Time) (more bool, err error) {
	var old []int64
	rows, err := l.db.Reader.QueryContext(ctx, `
		SELECT a.n FROM answers a LEFT JOIN settings s ON s.guild = a.guild AND a.member
		WHERE a.began < ?1 - coalesce(nullif(s.options ->> 'keep_days', 0) * 86400000,
			iif(EXISTS (SELECT 1 FROM feedback WHERE answer = a.n), ?3, ?2))
		ORDER BY a.began LIMIT ?4`,
		now.UnixMilli(), l.keep.Milliseconds(), max(l.keep, keepFeedback).Milliseconds(), sweepBatch)
	if err != nil {
		return false, err
	}
	if old, err = sqlite.Collect(rows, func(n *int64) []any { return []any{n} }); err != nil || len(old) == 0 {
		return false, err
	}
	return len(old) == sweepBatch, l.db.Write(ctx, func(tx *sql.Tx) error {
		for _, n := range old {
			if _, err := tx.ExecContext(ctx, "DELETE FROM answers WHERE n = ?", n); err != nil {
				return err
			}
		}
		return nil
	})
}
