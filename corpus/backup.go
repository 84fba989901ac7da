package corpus

import (
	"context"
	"database/sql"

	"pilcrow/corpus/sqlite"
)

// ErrExists says that a file stands where one was to be written.
var ErrExists = sqlite.ErrExists

// Backup writes the whole file that the store is in, as it is at this moment,
// to a new file at path, mode 0600; others may write to the store meanwhile.
// The file at path is there whole or not at all. One that stands there already
// is ErrExists, unless replace allows for it.
func (s *Store) Backup(ctx context.Context, path string, replace bool) (err error) {
	defer wrap(&err, "back up to %s", path)
	return s.db.Copy(ctx, path, replace)
}

// RestoreFile puts the store that was backed up to the file from in the place
// of the one at path, and returns where the latter is kept, if there was one.
// That is ErrExists unless replace allows for it, and ErrBusy where anybody has
// it open. also, which may be nil, is given the copy's path before it takes
// its place: owners of other tables in the file look at theirs.
//
// The store at path then has an identity of its own, since its change log goes
// another way than that of the store it was: what was built from that one is
// built anew.
func RestoreFile(ctx context.Context, from, path string, replace bool, also func(path string) error) (kept string, err error) {
	defer wrap(&err, "restore %s to %s", from, path)
	return sqlite.Restore(ctx, from, path, replace, func(copied string) error {
		s, err := Open(ctx, copied)
		if err != nil {
			return err
		}
		err = s.write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE store SET identity = lower(hex(randomblob(16)))")
			return err
		})
		if closed := s.Close(); err == nil {
			err = closed
		}
		if err == nil && also != nil {
			err = also(copied)
		}
		return err
	})
}
