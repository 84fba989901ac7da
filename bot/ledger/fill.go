package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/sqlite"
)

// Fill queues what came into the corpus since the last call, for each follow.
// An error ends it, and the next call goes on; what a follow was told is told.
func (a *Announcer) Fill(ctx context.Context) (err error) {
	defer sqlite.Wrap(&err, "fill the queue of announcements")
	a.mu.Lock()
	defer a.mu.Unlock()
	list, err := a.l.follows(ctx, a.l.db.Reader, "stopped = '' ORDER BY n")
	if err != nil {
		return err
	}
	for _, f := range list {
		if f.Feed != "" {
			if err := a.settle(ctx, f); err != nil {
				return fmt.Errorf("follow %s: %w", f.ID, err)
			}
		}
		for more := true; more; {
			if more, err = a.fillOne(ctx, f); err != nil {
				return fmt.Errorf("follow %s: %w", f.ID, err)
			}
		}
	}
	return nil
}

// fillOne queues some of what a follow is to be told, and reports whether
// there may be more.
func (a *Announcer) fillOne(ctx context.Context, f Follow) (more bool, err error) {
	collections, err := f.readable(ctx, a.l, a.l.db.Reader)
	if err != nil {
		return false, err
	}
	events, through, err := a.store.Events(ctx, f.follower(), collections)
	if errors.Is(err, corpus.ErrNotFound) { // a backup from before it followed
		return false, a.store.Follow(ctx, f.follower())
	}
	if err != nil || len(events) == 0 && a.told[f.ID] == through {
		return false, err
	}
	var news []corpus.Event
	var doubtful []string
	for _, e := range events {
		if e.Kind == corpus.EventAdded {
			ok, err := a.concerns(ctx, f, e.Article)
			if err != nil {
				return false, err
			}
			if !ok {
				if f.Feed != "" {
					doubtful = append(doubtful, e.Article.ID)
				}
				continue
			}
		}
		news = append(news, e)
	}
	if err := a.store.Told(ctx, f.follower(), through, func(tx *sql.Tx) error {
		return errors.Join(a.l.queueNews(ctx, tx, f, news), a.l.doubt(ctx, tx, f, doubtful))
	}); err != nil {
		return false, err
	}
	a.told[f.ID] = through
	return len(events) > 0, nil
}

// concerns reports whether a follow is about an article.
func (a *Announcer) concerns(ctx context.Context, f Follow, article corpus.Article) (ok bool, err error) {
	if f.Feed != "" {
		if ok, err = a.store.FromFeed(ctx, article.ID, f.Feed); err != nil || !ok {
			return false, err
		}
	}
	if f.Topic == "" {
		return true, nil
	}
	if a.touches == nil {
		return false, nil
	}
	return a.touches(ctx, f.Topic, article)
}

// doubtFor is how long a feed that is being read may take to say which
// articles came from it.
const doubtFor = 30 * time.Minute

// doubt keeps articles that may yet turn out to have come from f's feed.
func (l *Ledger) doubt(ctx context.Context, tx *sql.Tx, f Follow, articles []string) error {
	for _, id := range articles {
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO doubtful (follow, article, until) SELECT n, ?, ? FROM follows WHERE id = ?",
			id, sqlite.Milli(l.now().Add(doubtFor)), f.ID); err != nil {
			return err
		}
	}
	return nil
}

// settle queues those doubtful articles that have turned out to come from f's
// feed, and forgets those whose time is over.
func (a *Announcer) settle(ctx context.Context, f Follow) error {
	rows, err := a.l.db.Reader.QueryContext(ctx, "SELECT article FROM doubtful WHERE follow = (SELECT n FROM follows WHERE id = ?) ORDER BY n", f.ID)
	if err != nil {
		return err
	}
	list, err := sqlite.Collect(rows, func(id *string) []any { return []any{id} })
	if err != nil || len(list) == 0 {
		return err
	}
	var news []corpus.Event
	var settled []string
	for _, id := range list {
		article, err := a.store.Article(ctx, id)
		if errors.Is(err, corpus.ErrNotFound) {
			settled = append(settled, id)
			continue
		}
		if err != nil {
			return err
		}
		ok, err := a.concerns(ctx, f, article)
		if err != nil {
			return err
		}
		if ok {
			news = append(news, corpus.Event{Kind: corpus.EventAdded, Article: article})
			settled = append(settled, id)
		}
	}
	return a.l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := a.l.queueNews(ctx, tx, f, news); err != nil {
			return err
		}
		for _, id := range settled {
			if _, err := tx.ExecContext(ctx, "DELETE FROM doubtful WHERE article = ? AND follow = (SELECT n FROM follows WHERE id = ?)", id, f.ID); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM doubtful WHERE until < ?", a.l.now().UnixMilli())
		return err
	})
}

// queue is the queue of one follow, inside a transaction.
type queue struct {
	*sql.Tx
	follow Follow
	n      int64 // the follow's row
	now    time.Time
	open   int // how many of its jobs wait
	burst  int // how many may

	// Asked for each event, of which a burst brings many.
	find, elsewhere, insert, tell *sql.Stmt
}

// prepare readies the statements; they end with the transaction.
func (q *queue) prepare(ctx context.Context) (err error) {
	for into, query := range map[**sql.Stmt]string{
		&q.find: "SELECT j.n, j.kind, j.state FROM told t JOIN jobs j ON j.n = t.job WHERE t.follow = ? AND t.article = ?",
		&q.elsewhere: `
			SELECT EXISTS (SELECT 1 FROM told t JOIN follows f ON f.n = t.follow
				WHERE t.article = ? AND f.channel = ? AND f.every = ? AND f.n <> ?)`,
		&q.insert: `
			INSERT INTO jobs (id, follow, channel, kind, state, open, turn, due, key, target, nonce)
			VALUES (?1, ?2, ?3, ?4, ?5, ?5 = 'queued', iif(?5 = 'queued', ` + nextTurn + `, NULL), ?6, ?7, ?8, ?9) RETURNING n`,
		&q.tell: "INSERT INTO told (follow, article, job) VALUES (?, ?, ?)",
	} {
		if *into, err = q.PrepareContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// queueNews queues events for a follow that still stands.
func (l *Ledger) queueNews(ctx context.Context, tx *sql.Tx, f Follow, news []corpus.Event) error {
	if len(news) == 0 {
		return nil
	}
	q := queue{Tx: tx, follow: f, now: l.now(), burst: l.burst}
	err := tx.QueryRowContext(ctx, `
		SELECT n, (SELECT count(*) FROM jobs WHERE follow = f.n AND open = 1) FROM follows f WHERE id = ? AND stopped = ''`, f.ID).
		Scan(&q.n, &q.open)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := q.prepare(ctx); err != nil {
		return err
	}
	for _, e := range news {
		if err := q.take(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// take queues what an event makes necessary.
func (q *queue) take(ctx context.Context, e corpus.Event) error {
	var job int64
	var kind JobKind
	var state string
	err := q.find.QueryRowContext(ctx, q.n, e.Article.ID).Scan(&job, &kind, &state)
	told := !errors.Is(err, sql.ErrNoRows)
	switch {
	case told && err != nil:
		return err
	case !told && e.Kind == corpus.EventAdded:
		return q.add(ctx, e.Article.ID)
	case !told:
		return nil // older than the follow, or another's
	case state == "gathering" || state == "queued":
		if e.Kind == corpus.EventRemoved {
			_, err := q.ExecContext(ctx, "DELETE FROM told WHERE follow = ? AND article = ?", q.n, e.Article.ID)
			return err
		}
		return nil // it is read when it is sent
	case kind == JobPost && state != "dropped":
		return q.edit(ctx, job)
	}
	return nil
}

// add queues an article that is new to the follow.
func (q *queue) add(ctx context.Context, article string) error {
	// A channel that follows two things hears of an article that is both once.
	var elsewhere bool
	if err := q.elsewhere.QueryRowContext(ctx, article, q.follow.Place.Channel, q.follow.Every, q.n).Scan(&elsewhere); err != nil || elsewhere {
		return err
	}
	job, err := q.jobFor(ctx)
	if err != nil {
		return err
	}
	_, err = q.tell.ExecContext(ctx, q.n, article, job)
	return err
}

// jobFor returns the job that a new article goes into.
func (q *queue) jobFor(ctx context.Context) (n int64, err error) {
	if q.follow.Every != Immediate {
		return q.digest(ctx)
	}
	if q.open < q.burst {
		q.open++
		return q.put(ctx, JobPost, "queued", q.now, "", nil)
	}
	err = q.QueryRowContext(ctx, "SELECT n FROM jobs WHERE follow = ? AND open = 1 AND kind = ? AND state = 'queued'", q.n, JobMore).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return q.put(ctx, JobMore, "queued", q.now, "", nil)
	}
	return n, err
}

// digest returns the digest that gathers what comes now: the next one that is
// due after now, and after every one that was.
func (q *queue) digest(ctx context.Context) (n int64, err error) {
	var last time.Time
	if err := q.QueryRowContext(ctx, "SELECT digested FROM follows WHERE n = ?", q.n).Scan(sqlite.At(&last)); err != nil {
		return 0, err
	}
	after := q.now
	if last.After(after) {
		after = last // the clock was set back
	}
	due, key, err := q.follow.next(after)
	if err != nil {
		return 0, err
	}
	err = q.QueryRowContext(ctx, "SELECT n FROM jobs WHERE follow = ? AND key = ?", q.n, key).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return q.put(ctx, JobDigest, "gathering", due, key, nil)
	}
	return n, err
}

// edit queues an edit of the message of job, unless one waits.
func (q *queue) edit(ctx context.Context, job int64) error {
	var waits bool
	if err := q.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM jobs WHERE target = ? AND state = 'queued')", job).Scan(&waits); err != nil || waits {
		return err
	}
	_, err := q.put(ctx, JobEdit, "queued", q.now, "", &job)
	return err
}

// put makes a job.
func (q *queue) put(ctx context.Context, kind JobKind, state string, due time.Time, key string, target *int64) (n int64, err error) {
	err = q.insert.QueryRowContext(ctx, newID(), q.n, q.follow.Place.Channel, kind, state, sqlite.Milli(due), key, target, rand.Text()[:25]).Scan(&n)
	return n, err
}

// nextTurn is the place at the end of the queue.
const nextTurn = "(SELECT coalesce(max(turn), 0) + 1 FROM jobs)"
