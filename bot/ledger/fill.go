package ledger

import (
	"context"
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
	list, err := a.l.follows(ctx, a.l.db.Reader, "true ORDER BY n")
	if err != nil {
		return err
	}
	for _, f := range list {
		if f.Stopped != "" {
			if err := a.leave(ctx, f); err != nil {
				return err
			}
			continue
		}
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

// leave lets the corpus forget a follow that was stopped, which would keep for it
// how each article stood.
func (a *Announcer) leave(ctx context.Context, f Follow) error {
	if a.left[f.ID] {
		return nil
	}
	if err := a.store.Unfollow(ctx, f.follower()); err != nil {
		return err
	}
	a.left[f.ID] = true
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
	twins, err := a.twins(ctx, collections, news)
	if err != nil {
		return false, err
	}
	if err := a.store.Told(ctx, f.follower(), through, func(tx *sql.Tx) error {
		return errors.Join(a.l.queueNews(ctx, tx, f, news, twins), a.l.doubt(ctx, tx, f, doubtful))
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

// twins returns which articles of the collections are one story with those that
// are new, by the ID of each that has some.
func (a *Announcer) twins(ctx context.Context, collections []string, news []corpus.Event) (map[string][]string, error) {
	var ids []string
	for _, e := range news {
		if e.Kind == corpus.EventAdded {
			ids = append(ids, e.Article.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	if err := a.store.LinkStories(ctx); err != nil {
		return nil, err
	}
	stories, err := a.store.Stories(ctx, ids, collections)
	if err != nil {
		return nil, err
	}
	twins := make(map[string][]string, len(stories))
	for id, others := range stories {
		for _, other := range others {
			twins[id] = append(twins[id], other.ID)
		}
	}
	return twins, nil
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
	collections, err := f.readable(ctx, a.l, a.l.db.Reader)
	if err != nil {
		return err
	}
	twins, err := a.twins(ctx, collections, news)
	if err != nil {
		return err
	}
	return a.l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := a.l.queueNews(ctx, tx, f, news, twins); err != nil {
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
