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
	keepAudit    = 365 * 24 * time.Hour
	keepJobs     = 180 * 24 * time.Hour // after which an edit no longer reaches the message, and one that comes back is news
	keepSpent    = 400 * 24 * time.Hour // of guilds and all: a year, and the same month of the year before
)

// sweepBatch bounds a transaction of Sweep, in answers, so that others can
// write in between.
const sweepBatch = 200

// Sweep deletes what has had its time at now: tokens after 15 minutes, events
// after a day, what a person spent after 30 days, answers with what belongs to
// them as Options.Keep and the guilds say, announcements after half a year, the
// audit log after a year. Call it every minute; a token that it has not come to
// yet is not given out either. What is deleted is overwritten in the file.
func (l *Ledger) Sweep(ctx context.Context, now time.Time) (err error) {
	defer sqlite.Wrap(&err, "sweep")
	if err := l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		ago := func(d time.Duration) int64 { return now.Add(-d).UnixMilli() }
		day := func(d time.Duration) string { return now.UTC().Add(-d).Format(time.DateOnly) }
		for _, s := range []struct {
			query string
			arg   any
		}{
			{"DELETE FROM tokens WHERE expires <= ?", now.UnixMilli()},
			{"DELETE FROM tickets WHERE expires < ?", ago(48 * time.Hour)},
			{"DELETE FROM spent WHERE brief AND day < ?", day(0)},
			{"DELETE FROM spent WHERE scope IN ('person', 'member') AND day < ?", day(monthDays * 24 * time.Hour)},
			{"DELETE FROM spent WHERE day < ?", day(keepSpent)},
			{"DELETE FROM audit WHERE at < ?", ago(keepAudit)},
			{"DELETE FROM complaints WHERE at < ?", ago(keepAudit)},
			{"DELETE FROM doubtful WHERE until < ?", now.UnixMilli()},
			{"DELETE FROM jobs WHERE n IN (SELECT n FROM jobs WHERE ended < ? LIMIT 1000)", ago(keepJobs)},
		} {
			if _, err := tx.ExecContext(ctx, s.query, s.arg); err != nil {
				return err
			}
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
	return len(old) == sweepBatch, l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, n := range old {
			if _, err := tx.ExecContext(ctx, "DELETE FROM answers WHERE n = ?", n); err != nil {
				return err
			}
		}
		return nil
	})
}
