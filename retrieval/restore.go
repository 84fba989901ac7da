package retrieval

import (
	"context"
	"fmt"
	"log/slog"

	"pilcrow/corpus"
)

// Restore brings an index up to date with the store, from the file at path as
// far as that goes. A file that is missing, damaged, of another version or of
// another store is no error: the index is then built anew.
//
// The file is written again once a tenth of the index is not in it; until then
// the next start catches up. A file that cannot be written costs time, not
// answers: it is logged.
func Restore(ctx context.Context, log *slog.Logger, s *corpus.Store, x Cache, path string) error {
	store, err := s.Identity(ctx)
	if err != nil {
		return fmt.Errorf("restore %s: %w", x.Name(), err)
	}
	if err := x.Load(ctx, path, store); err != nil {
		log.Debug("index is built anew", "index", x.Name(), "reason", err)
	}
	if err := Sync(ctx, s, x); err != nil {
		return err
	}
	if 10*x.Unsaved() > x.Len() {
		if err := x.Save(path); err != nil {
			log.Warn("index is not saved", "index", x.Name(), "error", err)
		}
	}
	return nil
}
