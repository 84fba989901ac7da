package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"pilcrow/corpus"
	"pilcrow/corpus/sqlite"
)

// Follow says what is announced at a place: what comes into a collection, out
// of a feed, or touches a topic. What the place may not read, by the settings
// of the moment, is not announced. A silent channel is silent only to
// questions: a follow is set up on purpose.
type Follow struct {
	ID         string       `json:"id"`                   // made by Add
	Place      Place        `json:"place"`                // a channel of a guild, or a person's direct messages
	Collection string       `json:"collection,omitempty"` // empty: all that the place may read
	Feed       string       `json:"feed,omitempty"`       // only what came from the feed at this address; empty: from anywhere
	Topic      string       `json:"topic,omitempty"`      // only what touches this; empty: all
	Every      Every        `json:"every"`
	Hour       int          `json:"hour,omitempty"`    // 0 to 23, of a digest
	Weekday    time.Weekday `json:"weekday,omitempty"` // of a weekly digest
	Zone       string       `json:"zone,omitempty"`    // an IANA name, of Hour; empty means UTC
	Forum      bool         `json:"forum,omitempty"`   // Place.Channel is a forum: each announcement is a post with Tags
	Tags       []string     `json:"tags,omitempty"`    // ids
	Person     string       `json:"person,omitempty"`  // who set it up
	Created    time.Time    `json:"created"`
	Stopped    string       `json:"stopped,omitempty"` // why nothing is announced now; empty where it is
}

// What bounds the follows of one guild, and of one person.
const (
	maxFollows = 100
	maxTopic   = 300
	maxTags    = 5 // Discord's, for a forum's post
)

// ErrTooMany says that a guild or person follows as much as it may.
var ErrTooMany = fmt.Errorf("at most %d follows; remove one first", maxFollows)

// Announcer brings what comes into the corpus to the places that follow it: it
// fills a queue of jobs from the events of the corpus, and hands them out.
//
//	a.Fill(ctx)             every few seconds
//	jobs, err := a.Next(ctx, 20)
//	                        post each, then one of:
//	a.Sent, a.Again, a.Drop
//
// Each article is announced once by each follow, in the order in which they
// came, and each story once in a channel: who tells it again goes with the
// first, whose post is edited. That holds also when the program is killed at any
// moment: the queue is filled in the transaction that moves its place in the
// corpus. It is safe for concurrent use.
type Announcer struct {
	l       *Ledger
	store   *corpus.Store
	touches Touches

	mu   sync.Mutex               // of Fill
	told map[string]corpus.Cursor // how far each follow was told without news
	left map[string]bool          // stopped follows that the corpus has forgotten
}

// Touches reports whether an article touches a topic, in a person's words.
type Touches func(ctx context.Context, topic string, a corpus.Article) (bool, error)

// Announcer returns what announces the articles of store, which is open on the
// file of the ledger. Without touches no topic can be followed.
func (l *Ledger) Announcer(store *corpus.Store, touches Touches) *Announcer {
	return &Announcer{l: l, store: store, touches: touches, told: map[string]corpus.Cursor{}, left: map[string]bool{}}
}

// follower names a follow in the corpus.
func (f *Follow) follower() string { return "announce/" + f.ID }

// Add sets up a follow, for what comes from now on, and returns it with its
// ID. It returns ErrTooMany, or an error that names the field which cannot be.
// Who may do so is the caller's to check: who may Manage at the place.
func (a *Announcer) Add(ctx context.Context, f Follow) (_ Follow, err error) {
	defer sqlite.Wrap(&err, "follow in channel %.60q", f.Place.Channel)
	if err := f.tidy(a.l.public); err != nil {
		return Follow{}, err
	}
	if f.Topic != "" && a.touches == nil {
		return Follow{}, errors.New("topic: topics cannot be followed here")
	}
	f.ID, f.Created, f.Stopped = newID(), a.l.now().UTC().Truncate(time.Millisecond), ""
	// In this order a crash leaves a follower that nobody asks for, rather than
	// a follow that misses something.
	if err := a.store.Follow(ctx, f.follower()); err != nil {
		return Follow{}, err
	}
	tags, err := json.Marshal(f.Tags)
	if err != nil {
		return Follow{}, err
	}
	return f, a.l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var n int
		p := f.Place
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM follows WHERE guild = ? AND private = ?", p.Guild, p.Private).Scan(&n); err != nil {
			return err
		}
		if n >= maxFollows {
			return ErrTooMany
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO follows (id, guild, channel, parent, private, member, collection, feed, topic, every, hour, weekday, zone, forum, tags, person, created, stopped)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')`,
			f.ID, p.Guild, p.Channel, p.Parent, p.Private, p.Member, f.Collection, f.Feed, f.Topic, f.Every, f.Hour, f.Weekday, f.Zone, f.Forum, string(tags),
			f.Person, sqlite.Milli(f.Created))
		return err
	})
}

// tidy returns an error where f asks for something that cannot be.
func (f *Follow) tidy(public []string) error {
	p := f.Place
	home := p.home()
	switch {
	case !isID(p.Channel):
		return errors.New("channel: none")
	case home == "" && (p.Guild != "" || !isID(p.Private)), home != "" && p.Private != "":
		return errors.New("place: announcements go to a channel of a guild that has the bot, or to one person")
	case f.Collection != "" && !slices.Contains(public, f.Collection) && (home == "" || !owns(home, f.Collection)) &&
		(home != "" || f.Collection != PersonCollection(p.Private)):
		return fmt.Errorf("collection: %.60q may not be read there", f.Collection)
	case len(f.Topic) > maxTopic:
		return fmt.Errorf("topic: %d bytes, at most %d", len(f.Topic), maxTopic)
	case f.Every != Immediate && f.Every != Daily && f.Every != Weekly:
		return fmt.Errorf("every: %.20q is not %s, %s or %s", f.Every, Immediate, Daily, Weekly)
	case f.Hour < 0 || f.Hour > 23:
		return fmt.Errorf("hour: %d, must be 0 to 23", f.Hour)
	case f.Weekday < time.Sunday || f.Weekday > time.Saturday:
		return fmt.Errorf("weekday: %d, must be 0 (Sunday) to 6", f.Weekday)
	case len(f.Tags) > maxTags:
		return fmt.Errorf("tags: %d, at most %d", len(f.Tags), maxTags)
	}
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "Local" {
		return fmt.Errorf("zone: %.60q is no time zone such as Europe/Lisbon", f.Zone)
	}
	return nil
}

// Remove ends a follow and forgets its queue. Ending it again does nothing.
func (a *Announcer) Remove(ctx context.Context, id string) (err error) {
	defer sqlite.Wrap(&err, "remove follow %.60q", id)
	if err := a.l.exec(ctx, "DELETE FROM follows WHERE id = ?", id); err != nil {
		return err
	}
	f := Follow{ID: id}
	return a.store.Unfollow(ctx, f.follower())
}

// Follows returns the follows of a guild, or those of a person's direct
// messages where guild is empty, oldest first.
func (l *Ledger) Follows(ctx context.Context, guild, person string) (_ []Follow, err error) {
	defer sqlite.Wrap(&err, "list follows")
	if guild != "" {
		person = ""
	}
	return l.follows(ctx, l.db.Reader, "guild = ? AND private = ? ORDER BY n", guild, person)
}

func (l *Ledger) follows(ctx context.Context, q querier, where string, args ...any) ([]Follow, error) {
	rows, err := q.QueryContext(ctx, `
		SELECT id, guild, channel, parent, private, member, collection, feed, topic, every, hour, weekday, zone, forum, tags, person, created, stopped
		FROM follows WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	return sqlite.Collect(rows, func(f *Follow) []any {
		p := &f.Place
		return []any{&f.ID, &p.Guild, &p.Channel, &p.Parent, &p.Private, &p.Member, &f.Collection, &f.Feed, &f.Topic, &f.Every,
			&f.Hour, &f.Weekday, &f.Zone, &f.Forum, fromJSON{&f.Tags}, &f.Person, sqlite.At(&f.Created), &f.Stopped}
	})
}

// ChannelGone stops what is announced in a channel that was deleted, or that
// the bot may not write to; reason is for people. What waited is dropped. It
// returns how many follows it stopped: those who can mend it are to be told
// once, see Complain.
func (l *Ledger) ChannelGone(ctx context.Context, channel, reason string) (stopped int, err error) {
	defer sqlite.Wrap(&err, "stop follows in channel %.60q", channel)
	return l.stop(ctx, "channel = ?1", channel, reason)
}

// GuildGone stops what is announced in a guild that removed the bot. Its
// settings stay, for the day when it comes back.
func (l *Ledger) GuildGone(ctx context.Context, guild string) (err error) {
	defer sqlite.Wrap(&err, "stop follows in guild %.60q", guild)
	_, err = l.stop(ctx, "guild = ?1", guild, guildGone)
	return err
}

const guildGone = "the bot was removed"

func (l *Ledger) stop(ctx context.Context, where, id, reason string) (stopped int, err error) {
	if reason == "" {
		return 0, errors.New("no reason")
	}
	err = l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "UPDATE follows SET stopped = ?2 WHERE stopped = '' AND "+where, id, reason)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		if err != nil {
			return err
		}
		stopped = int(n)
		_, err = tx.ExecContext(ctx, `
			UPDATE jobs SET state = 'dropped', open = 0, ended = ?2
			WHERE (open = 1 OR state = 'gathering') AND follow IN (SELECT n FROM follows WHERE `+where+`)`, id, sqlite.Milli(l.now()))
		return err
	})
	return stopped, err
}

// GuildBack goes on with what GuildGone stopped. What came meanwhile is not
// announced.
func (a *Announcer) GuildBack(ctx context.Context, guild string) (err error) {
	defer sqlite.Wrap(&err, "resume follows in guild %.60q", guild)
	return a.resume(ctx, "guild = ? AND stopped = ?", guild, guildGone)
}

// Resume goes on with a follow that was stopped. What came meanwhile is not
// announced.
func (a *Announcer) Resume(ctx context.Context, id string) (err error) {
	defer sqlite.Wrap(&err, "resume follow %.60q", id)
	return a.resume(ctx, "id = ? AND stopped <> ''", id)
}

func (a *Announcer) resume(ctx context.Context, where string, args ...any) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	list, err := a.l.follows(ctx, a.l.db.Reader, where, args...)
	for _, f := range list {
		if err != nil {
			break
		}
		err = errors.Join(a.store.Unfollow(ctx, f.follower()), a.store.Follow(ctx, f.follower()))
		if err == nil {
			err = a.l.exec(ctx, "UPDATE follows SET stopped = '' WHERE id = ?", f.ID)
		}
		delete(a.left, f.ID)
	}
	return err
}

// readable returns the collections that f may announce from, by the settings
// of the moment.
func (f *Follow) readable(ctx context.Context, l *Ledger, q querier) ([]string, error) {
	var s Settings
	home := f.Place.home()
	if home != "" {
		var err error
		if s, err = readSettings(ctx, q, home); err != nil {
			return nil, err
		}
		if s.NoAnnouncements {
			return nil, nil
		}
	}
	read := visible(f.Place, s, l.public)
	if f.Collection == "" {
		return read, nil
	}
	return slices.DeleteFunc(read, func(name string) bool { return name != f.Collection }), nil
}
