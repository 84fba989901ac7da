package ledger

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/sqlite"
)

// JobKind says what a job posts.
type JobKind string

const (
	JobPost   JobKind = "post"   // one article
	JobMore   JobKind = "more"   // "and N more": what came at once beyond what a channel can take
	JobDigest JobKind = "digest" // what came in a day or week
	JobEdit   JobKind = "edit"   // the message of an earlier post, whose article has changed
)

// Job is one message to post or edit. Whoever has it ends it with Sent, Again
// or Drop; the next one of its channel waits until then.
type Job struct {
	ID     string // 13 letters and digits that nobody can guess, to put into the message's buttons
	Kind   JobKind
	Follow Follow
	// Articles are those to announce, as they stand now, in the order in which
	// they came, each story once; the place may read each. A post and an edit
	// have one, an edit none where its article was withdrawn.
	Articles []corpus.Article
	// Also are those that tell the story of one of Articles again: another
	// outlet's, or of another address. The place may read each.
	Also []corpus.Article
	More int      // how many further ones there are than Articles, which has 500 at most
	Read []string // the collections that words shown there may come from
	Key  string   // of a digest: its date, 2026-05-01, or week, 2026-W18
	// Nonce goes with the message, with the request that one be made only once.
	Nonce string
	// Uncertain says that the program died, or was silent for 15 minutes, while
	// it posted this. Discord knows a nonce again for some minutes only: look
	// among the channel's latest messages for one that has ID in a button, and
	// where there is one, report it with Sent.
	Uncertain bool
	Tries     int // how often it was put off with Again

	// What an edit changes.
	Message string
	In      string // the channel of Message
}

const (
	// claimLife is how long a job may take; rate limits included.
	claimLife = 15 * time.Minute
	// maxTries is how often a job is tried. With the waits that a front end
	// doubles each time that is about a day.
	maxTries = 12
	// maxListedArticles bounds a job's list.
	maxListedArticles = 500
)

// Next hands out up to limit jobs that are to be posted now, at most one for
// each channel, those that wait longest first. Jobs of which nothing is left
// that the place may read are dropped on the way.
func (a *Announcer) Next(ctx context.Context, limit int) (_ []Job, err error) {
	defer sqlite.Wrap(&err, "next announcements")
	var jobs []Job
	for len(jobs) < limit {
		claimed, err := a.l.claim(ctx, limit-len(jobs))
		if err != nil {
			return nil, errors.Join(err, a.giveBack(ctx, jobs))
		}
		if len(claimed) == 0 {
			break
		}
		for i, id := range claimed {
			j, err := a.job(ctx, id)
			if err != nil {
				return nil, errors.Join(err, a.giveBack(ctx, jobs), a.l.unclaim(ctx, claimed[i:]))
			}
			if j.Kind == JobEdit && j.Message != "" || j.Kind != JobEdit && len(j.Articles) > 0 {
				jobs = append(jobs, j)
			} else if err := a.Drop(ctx, j.ID); err != nil {
				return nil, err
			}
		}
	}
	return jobs, nil
}

func (a *Announcer) giveBack(ctx context.Context, jobs []Job) error {
	var ids []string
	for _, j := range jobs {
		ids = append(ids, j.ID)
	}
	return a.l.unclaim(ctx, ids)
}

// unclaim puts jobs back that were not begun. Without a context that is over,
// since that may be why.
func (l *Ledger) unclaim(ctx context.Context, ids []string) error {
	ctx = context.WithoutCancel(ctx)
	return l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, "UPDATE jobs SET state = 'queued' WHERE id = ? AND state = 'sending'", id); err != nil {
				return err
			}
		}
		return nil
	})
}

// heads are the first jobs of all channels: one step through the index for
// each, however long their queues are.
const heads = `
	WITH RECURSIVE busy (channel) AS (
		SELECT min(channel) FROM jobs WHERE open = 1
		UNION ALL
		SELECT (SELECT min(channel) FROM jobs WHERE open = 1 AND channel > busy.channel) FROM busy WHERE busy.channel IS NOT NULL
	)
	SELECT n FROM jobs WHERE n IN (
		SELECT (SELECT n FROM jobs WHERE open = 1 AND channel = busy.channel ORDER BY turn LIMIT 1) FROM busy
	) AND state = 'queued' AND due <= ?2 ORDER BY turn LIMIT ?3`

// claim marks up to limit jobs as being sent, and returns their ids.
func (l *Ledger) claim(ctx context.Context, limit int) (ids []string, err error) {
	now := l.now()
	err = l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := queueDigests(ctx, tx, now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE jobs SET state = 'queued', uncertain = 1 WHERE state = 'sending' AND claimed < ?",
			now.Add(-claimLife).UnixMilli()); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "UPDATE jobs SET state = 'sending', claimed = ?1 WHERE n IN ("+heads+") RETURNING id, turn",
			now.UnixMilli(), now.UnixMilli(), limit)
		if err != nil {
			return err
		}
		type head struct {
			id   string
			turn int64
		}
		list, err := sqlite.Collect(rows, func(h *head) []any { return []any{&h.id, &h.turn} })
		slices.SortFunc(list, func(a, b head) int { return int(a.turn - b.turn) })
		for _, h := range list {
			ids = append(ids, h.id)
		}
		return err
	})
	return ids, err
}

// queueDigests queues the digests that are due at now.
func queueDigests(ctx context.Context, tx *sql.Tx, now time.Time) error {
	rows, err := tx.QueryContext(ctx, "SELECT n FROM jobs WHERE state = 'gathering' AND due <= ? ORDER BY due, n", now.UnixMilli())
	if err != nil {
		return err
	}
	list, err := sqlite.Collect(rows, func(n *int64) []any { return []any{n} })
	if err != nil {
		return err
	}
	for _, n := range list {
		if _, err := tx.ExecContext(ctx, "UPDATE follows SET digested = (SELECT due FROM jobs WHERE n = ?1) WHERE n = (SELECT follow FROM jobs WHERE n = ?1)", n); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE jobs SET state = 'queued', open = 1, turn = "+nextTurn+" WHERE n = ?", n); err != nil {
			return err
		}
	}
	return nil
}

// job reads a claimed job, and the articles that its place may read.
func (a *Announcer) job(ctx context.Context, id string) (j Job, err error) {
	tx, err := a.l.db.Reader.BeginTx(ctx, nil)
	if err != nil {
		return Job{}, err
	}
	defer tx.Rollback()
	var subject, follow int64
	if err := tx.QueryRowContext(ctx, `
		SELECT coalesce(j.target, j.n), j.follow, j.id, j.kind, j.key, j.nonce, j.uncertain, j.tries, coalesce(t.message, ''), coalesce(t.posted_in, '')
		FROM jobs j LEFT JOIN jobs t ON t.n = j.target WHERE j.id = ?`, id).
		Scan(&subject, &follow, &j.ID, &j.Kind, &j.Key, &j.Nonce, &j.Uncertain, &j.Tries, &j.Message, &j.In); err != nil {
		return Job{}, err
	}
	list, err := a.l.follows(ctx, tx, "n = ?", follow)
	if err != nil {
		return Job{}, err
	}
	j.Follow = list[0]
	if j.Read, err = j.Follow.readable(ctx, a.l, tx); err != nil {
		return Job{}, err
	}
	type telling struct{ article, story string }
	rows, err := tx.QueryContext(ctx, "SELECT article, coalesce(nullif(repeats, ''), article) FROM told WHERE job = ? ORDER BY n", subject)
	if err != nil {
		return Job{}, err
	}
	tellings, err := sqlite.Collect(rows, func(t *telling) []any { return []any{&t.article, &t.story} })
	if err != nil {
		return Job{}, err
	}
	tx.Rollback()             // what follows is the corpus's
	told := map[string]bool{} // stories
	for _, t := range tellings {
		if len(j.Articles) == maxListedArticles && !told[t.story] {
			told[t.story] = true
			j.More++
			continue
		}
		if len(j.Also) == maxListedArticles && told[t.story] {
			continue
		}
		article, err := a.store.Article(ctx, t.article)
		if errors.Is(err, corpus.ErrNotFound) {
			continue
		}
		if err != nil {
			return Job{}, err
		}
		switch {
		case !shares(article.Collections, j.Read):
		case told[t.story]:
			j.Also = append(j.Also, article)
		default:
			told[t.story] = true
			j.Articles = append(j.Articles, article)
		}
	}
	return j, nil
}

// Sent ends a job with the message that shows it and the channel of that
// message, which for a forum is the new post's. Of an edit both are left alone.
func (a *Announcer) Sent(ctx context.Context, id, message, channel string) (err error) {
	defer sqlite.Wrap(&err, "note announcement %.60q", id)
	return a.l.exec(ctx, `
		UPDATE jobs SET state = 'sent', open = 0, ended = ?2, message = ?3, posted_in = ?4 WHERE id = ?1 AND state IN ('sending', 'queued')`,
		id, sqlite.Milli(a.l.now()), message, channel)
}

// Again puts a job off that could not be posted for a reason which may pass;
// its channel waits with it. After 12 times, or with a wait that is negative,
// it is dropped, and gaveUp is true.
func (a *Announcer) Again(ctx context.Context, id string, wait time.Duration) (gaveUp bool, err error) {
	defer sqlite.Wrap(&err, "put off announcement %.60q", id)
	now := a.l.now()
	err = a.l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var tries int
		err := tx.QueryRowContext(ctx, "UPDATE jobs SET state = 'queued', due = ?2, tries = tries + 1 WHERE id = ?1 AND state = 'sending' RETURNING tries",
			id, sqlite.Milli(now.Add(wait))).Scan(&tries)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil || tries < maxTries && wait >= 0 {
			return err
		}
		gaveUp = true
		return drop(ctx, tx, id, now)
	})
	return gaveUp, err
}

// Drop ends a job that can never be posted: the channel is gone, or refuses
// it.
func (a *Announcer) Drop(ctx context.Context, id string) (err error) {
	defer sqlite.Wrap(&err, "drop announcement %.60q", id)
	return a.l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error { return drop(ctx, tx, id, a.l.now()) })
}

func drop(ctx context.Context, tx *sql.Tx, id string, now time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE jobs SET state = 'dropped', open = 0, ended = ?2 WHERE id = ?1 AND state IN ('sending', 'queued')", id, sqlite.Milli(now))
	return err
}

// Job returns the follow and the articles of a job that was handed out, by
// its ID, for a click on its message: as they stand now and its place may read
// them. ErrNotFound where it is not kept any more.
func (a *Announcer) Job(ctx context.Context, id string) (_ Job, err error) {
	defer sqlite.Wrap(&err, "announcement %.60q", id)
	j, err := a.job(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	return j, err
}
