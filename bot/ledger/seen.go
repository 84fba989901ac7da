package ledger

import (
	"context"
	"database/sql"
	"time"

	"pilcrow/corpus/sqlite"
)

// An event may come twice: after a reconnect a gateway sends again what it is
// not sure of, which is minutes old.
const (
	seenFor = 24 * time.Hour
	maxSeen = 100_000
)

// First reports whether the message or interaction id comes for the first
// time, and remembers it, for a day, or until 100,000 others have come. So each
// is taken up at most once, also by two processes and across a restart; one
// that the program died over is not taken up again.
func (l *Ledger) First(ctx context.Context, id string) (first bool, err error) {
	defer sqlite.Wrap(&err, "note event %.60q", id)
	err = l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO seen (id, at) VALUES (?, ?)", id, sqlite.Milli(l.now()))
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		first = n > 0
		return err
	})
	return first, err
}

// sweepSeen forgets what cannot come again.
func sweepSeen(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM seen WHERE at < ?1
			OR at < (SELECT at FROM seen ORDER BY at DESC LIMIT 1 OFFSET ?2)`, now.Add(-seenFor).UnixMilli(), maxSeen)
	return err
}
