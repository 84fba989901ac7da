package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"pilcrow/corpus/sqlite"
)

// Amount is how much may be had from a model in a day, a date in UTC. A zero
// sets no limit.
type Amount struct {
	Questions int `json:"questions,omitempty"`
	Tokens    int `json:"tokens,omitempty"` // read and written
}

// Limits are what the operator lets each have in a day.
type Limits struct {
	Person  Amount // each person, over all places
	Channel Amount // each channel, a thread with its parent
	Guild   Amount // each guild
	All     Amount // everybody together
}

// GuildLimits are what a guild lets each have of its own. They only ever
// narrow the operator's.
type GuildLimits struct {
	Member  Amount `json:"member,omitzero"`  // each person, in the guild
	Channel Amount `json:"channel,omitzero"` // each channel
	Guild   Amount `json:"guild,omitzero"`   // all of it
}

// Scope says whose limit is meant.
type Scope string

const (
	OfPerson  Scope = "person"
	OfMember  Scope = "member" // a person in one guild
	OfChannel Scope = "channel"
	OfNews    Scope = "news" // a guild's announcements; without a limit of their own, and counted in the guild's
	OfGuild   Scope = "guild"
	OfAll     Scope = "all"
)

// scoped is one of those who pay for a question.
type scoped struct {
	scope Scope
	id    string
	limit Amount
}

// ticketLife is how long a question is held for that is neither charged nor
// released, because the program died: nothing is answered after TokenLife.
const ticketLife = TokenLife

// Over says that a limit is reached. Answer extractively, say so kindly, and
// charge nothing.
type Over struct {
	Scope  Scope
	What   string // "questions" or "tokens"
	Limit  int
	Renews time.Time // the next midnight in UTC
}

// Reserve lets a question in that a model is to answer, and holds its place
// within the limits of all who pay for it: person (empty for what nobody asked,
// an announcement), channel, guild and all. id names the question, such as
// Answer.ID; reserving it again changes nothing. tokens is what it will cost at
// a guess, or 0; the closer it is, the less can be overspent by the answers in
// flight, which is the most by which a limit in tokens is ever exceeded. A
// limit in questions is never exceeded.
//
// Where a limit is reached it returns an Over and holds nothing. Otherwise the
// caller ends with Charge or Release; a question that the program died over is
// released by Recover, or by itself after 15 minutes.
func (l *Ledger) Reserve(ctx context.Context, id string, p Place, person string, tokens int) (over *Over, err error) {
	defer sqlite.Wrap(&err, "reserve question %.60q", id)
	now := l.now().UTC()
	day := now.Format(time.DateOnly)
	err = l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var known bool
		if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM tickets WHERE id = ?)", id).Scan(&known); err != nil || known {
			return err
		}
		payers, err := l.payers(ctx, tx, p, person)
		if err != nil {
			return err
		}
		for _, s := range payers {
			over, err = s.over(ctx, tx, now, day)
			if err != nil || over != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO tickets (id, state, person, guild, channel, day, tokens, expires) VALUES (?, 'held', ?, ?, ?, ?, ?, ?)",
			id, person, p.home(), channelOf(p), day, max(tokens, 0), sqlite.Milli(now.Add(ticketLife)))
		return err
	})
	return over, err
}

// channelOf returns the channel that pays at p: a thread's parent, else a limit
// would end where a thread is opened; none of a guild that has not let the bot
// in.
func channelOf(p Place) string {
	if p.Guild != "" && p.home() == "" {
		return ""
	}
	return cmp.Or(p.Parent, p.Channel)
}

// payers returns who pays for a question of person's at p.
func (l *Ledger) payers(ctx context.Context, q querier, p Place, person string) ([]scoped, error) {
	var own GuildLimits
	home := p.home()
	if home != "" {
		s, err := readSettings(ctx, q, home)
		if err != nil {
			return nil, err
		}
		own = s.Limits
	}
	var list []scoped
	if person != "" {
		list = append(list, scoped{OfPerson, person, l.limits.Person})
		if home != "" {
			list = append(list, scoped{OfMember, memberID(home, person), own.Member})
		}
	}
	if channel := channelOf(p); channel != "" {
		list = append(list, scoped{OfChannel, channel, narrower(l.limits.Channel, own.Channel)})
	}
	if home != "" && person == "" {
		list = append(list, scoped{scope: OfNews, id: home})
	}
	if home != "" {
		list = append(list, scoped{OfGuild, home, narrower(l.limits.Guild, own.Guild)})
	}
	return append(list, scoped{OfAll, "", l.limits.All}), nil
}

func memberID(guild, person string) string { return guild + "/" + person }

// narrower returns the lower of two amounts, of which 0 is none.
func narrower(a, b Amount) Amount {
	low := func(x, y int) int {
		if x == 0 || y == 0 {
			return max(x, y)
		}
		return min(x, y)
	}
	return Amount{low(a.Questions, b.Questions), low(a.Tokens, b.Tokens)}
}

// over returns whether s has no more to spend, counting what is held.
func (s scoped) over(ctx context.Context, tx *sql.Tx, now time.Time, day string) (*Over, error) {
	if s.limit == (Amount{}) {
		return nil, nil
	}
	where, args := s.held()
	var questions, tokens int
	err := tx.QueryRowContext(ctx, `
		SELECT coalesce((SELECT questions FROM spent WHERE scope = ?1 AND id = ?2 AND day = ?3), 0) + count(*),
			coalesce((SELECT tokens_in + tokens_out FROM spent WHERE scope = ?1 AND id = ?2 AND day = ?3), 0) + coalesce(sum(tokens), 0)
		FROM tickets WHERE state = 'held' AND day = ?3 AND expires > ?4 AND `+where,
		append([]any{s.scope, s.id, day, now.UnixMilli()}, args...)...).Scan(&questions, &tokens)
	if err != nil {
		return nil, err
	}
	o := &Over{Scope: s.scope, Renews: renewal(now)}
	switch {
	case s.limit.Questions > 0 && questions >= s.limit.Questions:
		o.What, o.Limit = "questions", s.limit.Questions
	case s.limit.Tokens > 0 && tokens >= s.limit.Tokens:
		o.What, o.Limit = "tokens", s.limit.Tokens
	default:
		return nil, nil
	}
	return o, nil
}

// held returns the condition that chooses the tickets of s, from ?5 on.
func (s scoped) held() (where string, args []any) {
	switch s.scope {
	case OfPerson:
		return "person = ?5", []any{s.id}
	case OfMember:
		guild, person, _ := strings.Cut(s.id, "/")
		return "guild = ?5 AND person = ?6", []any{guild, person}
	case OfChannel:
		return "channel = ?5", []any{s.id}
	case OfGuild:
		return "guild = ?5", []any{s.id}
	}
	return "true", nil
}

// renewal returns when a day's limits begin anew.
func renewal(now time.Time) time.Time {
	y, m, d := now.UTC().Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC)
}

// Charge ends a question with what it cost. It counts for the day on which it
// was let in. A question is charged or released once: later calls for the same
// id do nothing, and so does one for an id that was never let in.
func (l *Ledger) Charge(ctx context.Context, id string, in, out int) (err error) {
	defer sqlite.Wrap(&err, "charge question %.60q", id)
	if in < 0 || out < 0 {
		return fmt.Errorf("%d and %d tokens", in, out)
	}
	return l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var p Place
		var person, day string
		err := tx.QueryRowContext(ctx, "UPDATE tickets SET state = 'charged' WHERE id = ? AND state = 'held' RETURNING person, guild, channel, day", id).
			Scan(&person, &p.Guild, &p.Channel, &day)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		p.Member = true // of the guild, where there is one
		payers, err := l.payers(ctx, tx, p, person)
		if err != nil {
			return err
		}
		for _, s := range payers {
			if _, err := tx.ExecContext(ctx, `
				INSERT INTO spent (scope, id, day, questions, tokens_in, tokens_out, money) VALUES (?, ?, ?, 1, ?, ?, ?)
				ON CONFLICT DO UPDATE SET questions = questions + 1, tokens_in = tokens_in + excluded.tokens_in,
					tokens_out = tokens_out + excluded.tokens_out, money = money + excluded.money`,
				s.scope, s.id, day, in, out, l.prices.of(in, out)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Release ends a question that came to nothing: it costs nothing. Like Charge,
// it does nothing for one that has ended.
func (l *Ledger) Release(ctx context.Context, id string) (err error) {
	defer sqlite.Wrap(&err, "release question %.60q", id)
	return l.exec(ctx, "UPDATE tickets SET state = 'released' WHERE id = ? AND state = 'held'", id)
}

// Recover puts right what a program that died has left: questions that it held
// are released, and what it was posting is to be posted again (see Job). Call
// it once at the start, under the lock that keeps a second bot away, before
// anything new.
func (l *Ledger) Recover(ctx context.Context) (err error) {
	defer sqlite.Wrap(&err, "recover")
	return l.db.WriteTogether(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, query := range []string{
			"UPDATE tickets SET state = 'released' WHERE state = 'held'",
			"UPDATE jobs SET state = 'queued', uncertain = 1 WHERE state = 'sending'",
		} {
			if _, err := tx.ExecContext(ctx, query); err != nil {
				return err
			}
		}
		return nil
	})
}
