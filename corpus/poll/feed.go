package poll

import (
	"context"
	"errors"
	"strings"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/feed"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/text"
)

// formats is what a feed's server is asked for.
const formats = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"

// maxTries is how often an entry is tried whose page cannot be had for now and
// that has no text in the feed.
const maxTries = 5

// maxTime is when a poll takes no further entry, so that a slow site does not
// keep the others waiting.
const maxTime = 5 * time.Minute

// batch is how many entries are dealt with before that is noted.
const batch = 8

// poll polls one feed. The error is the store's, or that of ctx; then what was
// dealt with so far is noted, and the feed is due as it was.
func (p *Poller) poll(ctx context.Context, f corpus.Feed) error {
	now := p.now()
	page, err := p.Get.Get(ctx, fetch.Request{
		URL: f.URL, Accept: formats, MaxBytes: feed.MaxBytes, ETag: f.ETag, LastModified: f.LastModified,
	})
	var found *feed.Feed
	if err == nil && !page.NotModified {
		found, err = p.parse(ctx, page)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	r := Result{Feed: f}
	switch {
	case waits(err): // not the feed's fault
		r.Feed.Next = now.Add(later(p.Min))
		err = p.Store.Polled(ctx, r.Feed, nil, nil)
	case err != nil:
		r.Err = err
		r.Report = p.failed(&r.Feed, now, err)
		err = p.Store.Polled(ctx, r.Feed, nil, nil)
	case page.NotModified:
		p.read(&r.Feed, now, 0, 0, page.Fresh)
		r.Feed.ETag, r.Feed.LastModified = page.ETag, page.LastModified
		err = p.Store.Polled(ctx, r.Feed, nil, nil)
	default:
		err = p.take(ctx, &r, page, found, now)
	}
	if errors.Is(err, corpus.ErrNotFound) { // removed meanwhile
		return nil
	}
	if err == nil {
		p.tell(r)
	}
	return err
}

// waits reports whether our own pacing of the host, and not the host, put a
// request off.
func waits(err error) bool {
	var fault *fetch.Fault
	return errors.As(err, &fault) && fault.Kind == fetch.ErrBusy && fault.Status == 0
}

// parse reads a document. Few are read at once: one can take some hundred MB.
func (p *Poller) parse(ctx context.Context, page *fetch.Page) (*feed.Feed, error) {
	select {
	case p.reading <- struct{}{}:
		defer func() { <-p.reading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return feed.Read(page.Body, feed.Hint{URL: page.URL, ContentType: page.ContentType})
}

// take deals with the entries of a feed that was read, and notes the poll.
func (p *Poller) take(ctx context.Context, r *Result, page *fetch.Page, found *feed.Feed, now time.Time) error {
	f := &r.Feed
	if found.Damage != nil {
		p.Log.Info("feed is damaged", "feed", f.URL, "error", found.Damage)
	}
	sights, err := p.Store.Sights(ctx, f.N)
	if err != nil {
		return err
	}
	// What is left keeps its place for the next poll, so that must be sent the
	// feed again though it has not changed.
	t := taking{Poller: p, r: r, outlet: found.Title, now: now}
	listed := make([]string, 0, len(found.Entries))
	fresh, done := 0, 0
	for _, e := range found.Entries {
		key := corpus.Hash(e.ID)
		listed = append(listed, key)
		seen, known := sights[key]
		version := versionOf(e)
		if known && seen.Version == version && (seen.Tries == 0 || seen.Tries >= maxTries) {
			continue
		}
		if !known {
			fresh++
		}
		if done == p.Entries || p.now().Sub(now) > maxTime {
			r.Left++
			continue
		}
		done++
		if seen.Version != version {
			seen.Tries = 0
		}
		seen.Entry, seen.Version = key, version
		if err := t.entry(ctx, e, seen, known); err != nil {
			return errors.Join(err, t.note(ctx))
		}
		if len(t.sights) >= batch {
			if err := t.note(ctx); err != nil {
				return err
			}
		}
	}
	if f.Title == "" { // else a person named it
		f.Title = found.Title
	}
	if found.Site != "" {
		f.Site = found.Site
	}
	if page.Moved {
		f.URL = page.URL
	}
	f.ETag, f.LastModified = page.ETag, page.LastModified
	if r.Left > 0 || t.again {
		f.ETag, f.LastModified = "", ""
	}
	p.read(f, now, fresh, r.Left, max(page.Fresh, found.TTL))
	return p.Store.Polled(ctx, *f, t.sights, listed)
}

// versionOf stands for what a feed says of an entry: when it changed, if it
// says so, and else the words.
func versionOf(e feed.Entry) string {
	if e.Updated.After(e.Published) {
		return corpus.Hash(e.Updated.Format(time.RFC3339))
	}
	return corpus.Hash(e.Title + "\n" + strings.Join(e.Paragraphs, "\n"))
}

// taking is one poll dealing with entries.
type taking struct {
	*Poller
	r      *Result
	outlet string
	now    time.Time
	sights []corpus.Sight // not yet noted
	again  bool           // an entry is to be tried again
}

// note notes in the store what was dealt with, even where the poll is being
// stopped: it is one quick write.
func (t *taking) note(ctx context.Context) error {
	sights := t.sights
	t.sights = nil
	if len(sights) == 0 {
		return nil
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
	}
	return t.Store.Saw(ctx, t.r.Feed.N, sights)
}

// entry deals with one entry. The error is the store's, or that of ctx.
func (t *taking) entry(ctx context.Context, e feed.Entry, seen corpus.Sight, known bool) error {
	if known && seen.Article != "" {
		if held, err := t.holds(ctx, seen.Article); err != nil {
			return err
		} else if !held { // a person took it out: a change does not bring it back
			t.sights = append(t.sights, seen)
			return nil
		}
	}
	linked, err := t.Add.AddEntry(ctx, t.r.Feed.Collection, t.draft(e))
	var fault *fetch.Fault
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case ofStore(err):
		return err
	case err == nil:
		seen.Article, seen.Tries = linked.Article.ID, 0
		switch linked.Status {
		case corpus.StatusAdded:
			t.r.Added++
		case corpus.StatusUpdated:
			t.r.Updated++
		}
	case waits(err):
		t.again = true
		return nil // as if it had not been tried
	default:
		t.Log.Debug("entry not added", "feed", t.r.Feed.URL, "url", e.URL, "error", err)
		if errors.As(err, &fault) && fault.Passing {
			seen.Tries++
			t.again = t.again || seen.Tries < maxTries
		} else {
			seen.Tries = 0
		}
	}
	t.sights = append(t.sights, seen)
	return nil
}

// holds reports whether the collection has an article.
func (t *taking) holds(ctx context.Context, id string) (bool, error) {
	a, err := t.Store.Article(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		return false, nil
	}
	for _, c := range a.Collections {
		if c == t.r.Feed.Collection {
			return true, err
		}
	}
	return false, err
}

// draft makes a draft of an entry. An article cannot have appeared after it was
// read.
func (t *taking) draft(e feed.Entry) corpus.Draft {
	d := corpus.Draft{
		Origin: corpus.Fetched, URL: e.URL, Title: e.Title, Author: e.Author, Source: text.Clean(t.outlet),
		Published: e.Published, Modified: e.Updated, Paragraphs: e.Paragraphs,
	}
	if d.Published.After(t.now) {
		d.Published = t.now.UTC()
	}
	if d.Modified.After(t.now) {
		d.Modified = t.now.UTC()
	}
	return d
}
