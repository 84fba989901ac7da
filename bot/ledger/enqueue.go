package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/sqlite"
)

// queue is the queue of one follow, inside a transaction.
type queue struct {
	*sql.Tx
	follow Follow
	n      int64 // the follow's row
	now    time.Time
	open   int // how many of its jobs wait
	burst  int // how many may

	// Asked for each event, of which a burst brings many.
	find, elsewhere, story, insert, tell *sql.Stmt
}

// prepare readies the statements; they end with the transaction.
func (q *queue) prepare(ctx context.Context) (err error) {
	for into, query := range map[**sql.Stmt]string{
		&q.find: "SELECT j.n, j.kind, j.state FROM told t JOIN jobs j ON j.n = t.job WHERE t.follow = ? AND t.article = ?",
		&q.elsewhere: `
			SELECT EXISTS (SELECT 1 FROM told t JOIN follows f ON f.n = t.follow
				WHERE t.article = ? AND f.channel = ? AND f.every = ? AND f.n <> ?)`,
		&q.story: `
			SELECT j.n, j.kind, j.state, coalesce(nullif(t.repeats, ''), t.article)
			FROM told t JOIN jobs j ON j.n = t.job JOIN follows f ON f.n = j.follow
			WHERE t.article IN (SELECT value FROM json_each(?)) AND f.channel = ? AND f.every = ?
				AND f.collection IN ('', ?) AND j.state <> 'dropped' -- a post that may name the article
			ORDER BY t.n LIMIT 1`,
		&q.insert: `
			INSERT INTO jobs (id, follow, channel, kind, state, open, turn, due, key, target, nonce)
			VALUES (?1, ?2, ?3, ?4, ?5, ?5 = 'queued', iif(?5 = 'queued', ` + nextTurn + `, NULL), ?6, ?7, ?8, ?9) RETURNING n`,
		&q.tell: "INSERT INTO told (follow, article, job, repeats) VALUES (?, ?, ?, ?)",
	} {
		if *into, err = q.PrepareContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// queueNews queues events for a follow that still stands; twins are those of
// the articles that are new.
func (l *Ledger) queueNews(ctx context.Context, tx *sql.Tx, f Follow, news []corpus.Event, twins map[string][]string) error {
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
		if err := q.take(ctx, e, twins[e.Article.ID]); err != nil {
			return err
		}
	}
	return nil
}

// take queues what an event makes necessary.
func (q *queue) take(ctx context.Context, e corpus.Event, twins []string) error {
	var job int64
	var kind JobKind
	var state string
	err := q.find.QueryRowContext(ctx, q.n, e.Article.ID).Scan(&job, &kind, &state)
	told := !errors.Is(err, sql.ErrNoRows)
	switch {
	case told && err != nil:
		return err
	case !told && e.Kind == corpus.EventAdded:
		return q.add(ctx, e.Article.ID, twins)
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

// add queues an article that is new to the follow. One that tells a story which
// the channel has been told, or will be, goes with that.
func (q *queue) add(ctx context.Context, article string, twins []string) error {
	// A channel that follows two things hears of an article that is both once.
	var elsewhere bool
	if err := q.elsewhere.QueryRowContext(ctx, article, q.follow.Place.Channel, q.follow.Every, q.n).Scan(&elsewhere); err != nil || elsewhere {
		return err
	}
	if len(twins) > 0 {
		if told, err := q.join(ctx, article, twins); err != nil || told {
			return err
		}
	}
	job, err := q.jobFor(ctx)
	if err != nil {
		return err
	}
	_, err = q.tell.ExecContext(ctx, q.n, article, job, "")
	return err
}

// join adds an article to the job that tells its story, if there is one, and
// has the post edited that stands there already.
func (q *queue) join(ctx context.Context, article string, twins []string) (told bool, err error) {
	list, err := json.Marshal(twins)
	if err != nil {
		return false, err
	}
	var job int64
	var kind JobKind
	var state, first string
	err = q.story.QueryRowContext(ctx, string(list), q.follow.Place.Channel, q.follow.Every, q.follow.Collection).Scan(&job, &kind, &state, &first)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if _, err := q.tell.ExecContext(ctx, q.n, article, job, first); err != nil {
		return false, err
	}
	if kind == JobPost && state != "queued" { // else it is read when it is sent
		err = q.edit(ctx, job)
	}
	return true, err
}

// jobFor returns the job that a new article goes into.
func (q *queue) jobFor(ctx context.Context) (n int64, err error) {
	if q.follow.Every != Immediate {
		return q.digest(ctx)
	}
	if q.open < q.burst {
		q.open++
		return q.put(ctx, JobPost, "queued", q.now, "")
	}
	err = q.QueryRowContext(ctx, "SELECT n FROM jobs WHERE follow = ? AND open = 1 AND kind = ? AND state = 'queued'", q.n, JobMore).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return q.put(ctx, JobMore, "queued", q.now, "")
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
		return q.put(ctx, JobDigest, "gathering", due, key)
	}
	return n, err
}

// edit queues an edit of the message of job, unless one waits. It is of the
// follow that the job is of, whose rights it was made with.
func (q *queue) edit(ctx context.Context, job int64) error {
	var follow int64
	var waits bool
	if err := q.QueryRowContext(ctx, "SELECT follow, EXISTS (SELECT 1 FROM jobs WHERE target = ?1 AND state = 'queued') FROM jobs WHERE n = ?1", job).
		Scan(&follow, &waits); err != nil || waits {
		return err
	}
	_, err := q.putFor(ctx, follow, JobEdit, "queued", q.now, "", &job)
	return err
}

// put makes a job.
func (q *queue) put(ctx context.Context, kind JobKind, state string, due time.Time, key string) (n int64, err error) {
	return q.putFor(ctx, q.n, kind, state, due, key, nil)
}

func (q *queue) putFor(ctx context.Context, follow int64, kind JobKind, state string, due time.Time, key string, target *int64) (n int64, err error) {
	err = q.insert.QueryRowContext(ctx, newID(), follow, q.follow.Place.Channel, kind, state, sqlite.Milli(due), key, target, rand.Text()[:25]).Scan(&n)
	return n, err
}

// nextTurn is the place at the end of the queue.
const nextTurn = "(SELECT coalesce(max(turn), 0) + 1 FROM jobs)"
