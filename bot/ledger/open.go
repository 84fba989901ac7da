package ledger

import (
	"cmp"
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"pilcrow/corpus/sqlite"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// schemaTable keeps the version of this package's tables; the file's own
// user_version is the corpus's.
const schemaTable = "ledger"

// Sentinel errors, found with errors.Is. Those of the file itself are
// corpus/sqlite's.
var (
	// ErrNotFound says that nothing is kept under this id: it never was, it
	// was deleted, or its time was over.
	ErrNotFound = errors.New("not found")
)

// Options are what the operator decides. The zero value works.
type Options struct {
	// Public are the collections that every place may read. None may be named
	// like a guild's or a person's.
	Public []string
	// Keep is how long answers are kept where a guild does not say; 0 means 90
	// days. Those that somebody gave feedback on are kept for a year at least.
	Keep   time.Duration
	Limits Limits
	Prices Prices
	// Burst is how many announcements of one follow may wait; what comes beyond
	// is folded into one. 0 means 500: a channel takes about one message a
	// second, so that is eight minutes of news, as much as a busy archive
	// brings at once, and far less than a feed gone mad.
	Burst int
	Now   func() time.Time // nil means time.Now
}

// Ledger keeps what a community needs remembered, in the file of the corpus.
// It is safe for concurrent use; each call that writes is one transaction and
// has reached the file when it returns.
type Ledger struct {
	db     *sqlite.DB
	public []string
	keep   time.Duration
	limits Limits
	prices Prices
	burst  int
	now    func() time.Time
}

// Open opens the ledger in the file at path, as corpus.Open opens the articles
// there; neither needs the other to have been first.
func Open(ctx context.Context, path string, o Options) (_ *Ledger, err error) {
	defer sqlite.Wrap(&err, "open %s", path)
	for _, name := range o.Public {
		if strings.HasPrefix(name, guildPrefix) || strings.HasPrefix(name, personPrefix) {
			return nil, fmt.Errorf("public collection %.60q: belongs to one guild or person; give it another name", name)
		}
	}
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, path, sqlite.Schema{Migrations: files, Table: schemaTable})
	if err != nil {
		return nil, err
	}
	l := &Ledger{db: db, public: unique(o.Public), keep: cmp.Or(o.Keep, keepAnswers), limits: o.Limits, prices: o.Prices, burst: cmp.Or(o.Burst, 500), now: o.Now}
	if l.now == nil {
		l.now = time.Now
	}
	return l, nil
}

// Close frees what the ledger holds. No call may be under way.
func (l *Ledger) Close() error { return l.db.Close() }

// newID returns a name that nobody can guess, in letters that any platform's
// ids may hold: 65 bits.
func newID() string { return strings.ToLower(rand.Text()[:13]) }
