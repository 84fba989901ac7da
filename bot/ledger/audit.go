package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"iter"
	"maps"
	"time"

	"pilcrow/corpus/sqlite"
)

// Entry is a line of a guild's audit log.
type Entry struct {
	N      int64     `json:"-"` // grows; to page by
	Guild  string    `json:"guild"`
	At     time.Time `json:"at"`
	Person string    `json:"-"`
	What   string    `json:"what"`             // a setting's name, or what was done: "add", "remove", "edit", "feed"
	Before string    `json:"before,omitempty"` // JSON of the setting, or free words; empty where there was nothing
	After  string    `json:"after,omitempty"`
}

// Note appends a line to the audit log of e.Guild, for what is done to its
// articles, feeds and follows; changes of settings are noted by Change. N and
// At are set here.
func (l *Ledger) Note(ctx context.Context, e Entry) (err error) {
	defer sqlite.Wrap(&err, "note in the audit log of guild %.60q", e.Guild)
	e.At = l.now()
	return l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error { return note(ctx, tx, e) })
}

func note(ctx context.Context, tx *sql.Tx, e Entry) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO audit (guild, at, person, what, before, after) VALUES (?, ?, ?, ?, ?, ?)",
		e.Guild, sqlite.Milli(e.At), e.Person, e.What, e.Before, e.After)
	return err
}

// Log returns up to limit lines of a guild's audit log, newest first; before
// is the N of the last line of the page before, or 0 for the first page.
func (l *Ledger) Log(ctx context.Context, guild string, before int64, limit int) (_ []Entry, err error) {
	defer sqlite.Wrap(&err, "read the audit log of guild %.60q", guild)
	return l.entries(ctx, "guild = ?1 AND (?2 = 0 OR n < ?2) ORDER BY n DESC LIMIT ?3", guild, before, limit)
}

func (l *Ledger) entries(ctx context.Context, where string, args ...any) ([]Entry, error) {
	rows, err := l.db.Reader.QueryContext(ctx, "SELECT n, guild, at, person, what, before, after FROM audit WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	return sqlite.Collect(rows, func(e *Entry) []any {
		return []any{&e.N, &e.Guild, sqlite.At(&e.At), &e.Person, &e.What, &e.Before, &e.After}
	})
}

// Complain reports whether this is the first time that something needs to be
// said to who can mend it: of a kind ("role gone", "channel gone", "cannot
// write") about a subject, such as a role's id, in a guild. The caller says it
// after true, and a crash in between leaves it unsaid.
func (l *Ledger) Complain(ctx context.Context, guild, kind, subject string) (first bool, err error) {
	defer sqlite.Wrap(&err, "note a complaint in guild %.60q", guild)
	err = l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO complaints (guild, kind, subject, at) VALUES (?, ?, ?, ?)",
			guild, kind, subject, sqlite.Milli(l.now()))
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		first = n > 0
		return err
	})
	return first, err
}

// Mended forgets a complaint, so that the next one of its kind is said again.
func (l *Ledger) Mended(ctx context.Context, guild, kind, subject string) (err error) {
	defer sqlite.Wrap(&err, "settle a complaint in guild %.60q", guild)
	return l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM complaints WHERE guild = ? AND kind = ? AND subject = ?", guild, kind, subject)
		return err
	})
}

// fields returns the settings that are set, by name, as JSON.
func fields(s Settings) (map[string]json.RawMessage, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	m := map[string]json.RawMessage{}
	return m, json.Unmarshal(b, &m)
}

// keys yields the keys of both maps, each once.
func keys(a, b map[string]json.RawMessage) iter.Seq[string] {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return maps.Keys(all)
}
