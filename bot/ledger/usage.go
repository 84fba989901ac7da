package ledger

import (
	"context"
	"slices"
	"time"

	"pilcrow/corpus/sqlite"
)

// Prices say what a model's tokens cost, in any currency, a million of them.
type Prices struct {
	In, Out  float64
	Currency string // "EUR", "USD"; empty where nothing is priced
}

// of returns the price in millionths.
func (p Prices) of(in, out int) int64 { return int64(p.In*float64(in) + p.Out*float64(out) + .5) }

// Spent is what was had from a model.
type Spent struct {
	Questions int
	In, Out   int     // tokens read and written
	Money     float64 // by the prices that held at the time
}

// Use is what one of those who pay has spent, and may.
type Use struct {
	Scope Scope
	Day   Spent // today, in UTC
	Month Spent // in the last 30 days, with today
	Limit Amount
}

// Usage says what was used and what is left, for those who pay for a question
// of person's at p: for a personal answer leave out the guild's and all, where
// they are not for everybody's eyes.
type Usage struct {
	Of       []Use // narrowest first: person, member, channel, the guild's announcements, guild, all
	Renews   time.Time
	Currency string
}

const monthDays = 30

// Usage returns the use of all who pay for a question of person's at p, and what
// the guild's announcements had of it.
func (l *Ledger) Usage(ctx context.Context, p Place, person string) (u Usage, err error) {
	defer sqlite.Wrap(&err, "read usage")
	payers, err := l.payers(ctx, l.db.Reader, p, person)
	if err != nil {
		return Usage{}, err
	}
	if i := slices.IndexFunc(payers, func(s scoped) bool { return s.scope == OfGuild }); i >= 0 && person != "" {
		payers = slices.Insert(payers, i, scoped{scope: OfNews, id: p.home()})
	}
	now := l.now().UTC()
	today := now.Format(time.DateOnly)
	u = Usage{Renews: renewal(now), Currency: l.prices.Currency}
	for _, s := range payers {
		use := Use{Scope: s.scope, Limit: s.limit}
		for from, into := range map[string]*Spent{today: &use.Day, now.AddDate(0, 0, 1-monthDays).Format(time.DateOnly): &use.Month} {
			var money int64
			if err := l.db.Reader.QueryRowContext(ctx, `
				SELECT coalesce(sum(questions), 0), coalesce(sum(tokens_in), 0), coalesce(sum(tokens_out), 0), coalesce(sum(money), 0)
				FROM spent WHERE scope = ? AND id = ? AND day BETWEEN ? AND ?`, s.scope, s.id, from, today).
				Scan(&into.Questions, &into.In, &into.Out, &money); err != nil {
				return Usage{}, err
			}
			into.Money = float64(money) / 1e6
		}
		u.Of = append(u.Of, use)
	}
	return u, nil
}

// Left returns how much is left of the day's limits: of a limit that is not
// set, -1.
func (u Use) Left() Amount {
	left := func(limit, spent int) int {
		if limit == 0 {
			return -1
		}
		return max(limit-spent, 0)
	}
	return Amount{left(u.Limit.Questions, u.Day.Questions), left(u.Limit.Tokens, u.Day.In+u.Day.Out)}
}
