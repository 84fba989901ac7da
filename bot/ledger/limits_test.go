package ledger_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/bot/ledger"
)

var (
	square  = ledger.Place{Guild: "1", Channel: open, Member: true}
	letters = ledger.Place{Channel: "7", Private: "10"}
)

// use returns what Usage says of one scope.
func use(t testing.TB, l *ledger.Ledger, p ledger.Place, person string, scope ledger.Scope) ledger.Use {
	t.Helper()
	u, err := l.Usage(t.Context(), p, person)
	check(t, err)
	for _, use := range u.Of {
		if use.Scope == scope {
			return use
		}
	}
	return ledger.Use{}
}

// TestFifty lets one person ask fifty questions at once, through two programs
// with one file: those that the limit has room for are let in, and each is paid
// for once, however often and by whomever it is charged.
func TestFifty(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "s.db")
	var programs []*ledger.Ledger
	for range 2 {
		l, err := ledger.Open(ctx, path, ledger.Options{Limits: ledger.Limits{Person: ledger.Amount{Questions: 20}}})
		check(t, err)
		defer l.Close()
		programs = append(programs, l)
	}
	var in, failed, refused atomic.Int64
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			l := programs[i%2]
			id := fmt.Sprint("question ", i)
			over, err := l.Reserve(ctx, id, []ledger.Place{square, letters}[i%3%2], "10", 500)
			if err != nil {
				t.Error(err)
			}
			if over != nil {
				refused.Add(1)
				if over.Scope != ledger.OfPerson || over.What != "questions" || over.Limit != 20 {
					t.Errorf("refused with %+v", over)
				}
				return
			}
			in.Add(1)
			if i%5 == 0 {
				failed.Add(1)
				if err := l.Release(ctx, id); err != nil {
					t.Error(err)
				}
			}
			var twice sync.WaitGroup
			for _, l := range programs {
				twice.Go(func() {
					if err := l.Charge(ctx, id, 300, 100); err != nil {
						t.Error(err)
					}
				})
			}
			twice.Wait()
		})
	}
	wg.Wait()
	paid := in.Load() - failed.Load()
	got := use(t, programs[0], square, "10", ledger.OfPerson)
	if paid > 20 || in.Load()+refused.Load() != 50 || int64(got.Day.Questions) != paid || int64(got.Day.In) != 300*paid || int64(got.Day.Out) != 100*paid {
		t.Errorf("%d let in, %d failed, %d refused; %+v", in.Load(), failed.Load(), refused.Load(), got.Day)
	}
	// The places of those that failed are free again.
	for i := paid; i <= 20; i++ {
		over, err := programs[1].Reserve(ctx, fmt.Sprint("more ", i), square, "10", 0)
		check(t, err)
		if (over == nil) != (i < 20) {
			t.Errorf("question %d after %d paid: %+v", i, paid, over)
		}
	}
}

// TestTokens overspends by no more than what the answers in flight cost above
// the guess.
func TestTokens(t *testing.T) {
	ctx := t.Context()
	l := openLedger(t, ledger.Options{Limits: ledger.Limits{Guild: ledger.Amount{Tokens: 10_000}}})
	var in []string
	for i := range 50 {
		id := fmt.Sprint(i)
		over, err := l.Reserve(ctx, id, square, fmt.Sprint("person", i), 1_000)
		check(t, err)
		if over == nil {
			in = append(in, id)
		} else if over.Scope != ledger.OfGuild || over.What != "tokens" {
			t.Errorf("refused with %+v", over)
		}
	}
	for _, id := range in {
		check(t, l.Charge(ctx, id, 1_200, 100))
	}
	if got := use(t, l, square, "", ledger.OfGuild); len(in) != 10 || got.Day.In+got.Day.Out != 13_000 {
		t.Errorf("%d let in, spent %+v", len(in), got.Day)
	}
}

// TestLimits says who pays where, and whose limit is the lower.
func TestLimits(t *testing.T) {
	ctx := t.Context()
	many := ledger.Amount{Questions: 2}
	guild := func(channel, parent string) ledger.Place {
		return ledger.Place{Guild: "1", Channel: channel, Parent: parent, Member: true}
	}
	foreign := ledger.Place{Guild: "1", Channel: open, Private: "10"}
	for _, tt := range []struct {
		name   string
		limits ledger.Limits
		own    ledger.GuildLimits
		asked  [2]ledger.Place // two questions of person 10
		place  ledger.Place    // a third one
		person string
		want   ledger.Scope
	}{
		{"over all places", ledger.Limits{Person: many}, ledger.GuildLimits{}, [2]ledger.Place{square, letters}, ledger.Place{Guild: "2", Member: true}, "10", ledger.OfPerson},
		{"another person", ledger.Limits{Person: many}, ledger.GuildLimits{}, [2]ledger.Place{square, square}, square, "11", ""},
		{"a member", ledger.Limits{}, ledger.GuildLimits{Member: many}, [2]ledger.Place{square, square}, square, "10", ledger.OfMember},
		{"a member elsewhere", ledger.Limits{}, ledger.GuildLimits{Member: many}, [2]ledger.Place{square, square}, letters, "10", ""},
		{"a channel", ledger.Limits{Channel: many}, ledger.GuildLimits{}, [2]ledger.Place{square, square}, square, "11", ledger.OfChannel},
		{"a thread of it", ledger.Limits{Channel: many}, ledger.GuildLimits{}, [2]ledger.Place{square, guild(thread, open)}, guild("111", open), "11", ledger.OfChannel},
		{"another channel", ledger.Limits{Channel: many}, ledger.GuildLimits{}, [2]ledger.Place{square, square}, guild(public, ""), "11", ""},
		{"a guild", ledger.Limits{Guild: many}, ledger.GuildLimits{}, [2]ledger.Place{square, square}, guild(public, ""), "11", ledger.OfGuild},
		{"a guild narrows", ledger.Limits{Guild: ledger.Amount{Questions: 9}}, ledger.GuildLimits{Guild: many}, [2]ledger.Place{square, square}, square, "11", ledger.OfGuild},
		{"a guild cannot widen", ledger.Limits{Guild: many}, ledger.GuildLimits{Guild: ledger.Amount{Questions: 9}}, [2]ledger.Place{square, square}, square, "11", ledger.OfGuild},
		{"who brings the bot along does not spend the guild's", ledger.Limits{Guild: many, Channel: many}, ledger.GuildLimits{Guild: many}, [2]ledger.Place{foreign, foreign}, square, "11", ""},
		{"all", ledger.Limits{All: many}, ledger.GuildLimits{}, [2]ledger.Place{square, foreign}, letters, "12", ledger.OfAll},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := openLedger(t, ledger.Options{Limits: tt.limits})
			_, err := l.Change(ctx, "1", "10", func(s *ledger.Settings) error { s.Limits = tt.own; return nil })
			check(t, err)
			for i, p := range tt.asked {
				over, err := l.Reserve(ctx, fmt.Sprint(i), p, "10", 0)
				check(t, err)
				if over != nil {
					t.Fatalf("question %d: %+v", i, over)
				}
				check(t, l.Charge(ctx, fmt.Sprint(i), 10, 10))
			}
			over, err := l.Reserve(ctx, "third", tt.place, tt.person, 0)
			check(t, err)
			if over == nil {
				over = new(ledger.Over)
			}
			if over.Scope != tt.want {
				t.Errorf("over the limit of %q, want %q", over.Scope, tt.want)
			}
		})
	}
}

// TestNews charges what nobody asked to the guild and not to a person, within
// the guild's limit, and says how much of the guild's use it was.
func TestNews(t *testing.T) {
	ctx := t.Context()
	l := openLedger(t, ledger.Options{Limits: ledger.Limits{Guild: ledger.Amount{Questions: 2}, Person: ledger.Amount{Questions: 1}}})
	whole := ledger.Place{Guild: "1", Member: true}
	for id, person := range map[string]string{"asked": "10", "announced": ""} {
		over, err := l.Reserve(ctx, id, whole, person, 0)
		check(t, err)
		if over != nil {
			t.Fatalf("%s: %+v", id, over)
		}
		check(t, l.Charge(ctx, id, 70, 30))
	}
	over, err := l.Reserve(ctx, "announced too", whole, "", 0)
	check(t, err)
	if over == nil || over.Scope != ledger.OfGuild {
		t.Errorf("beyond the guild's limit: %+v", over)
	}
	for scope, want := range map[ledger.Scope]int{ledger.OfPerson: 1, ledger.OfMember: 1, ledger.OfNews: 1, ledger.OfGuild: 2, ledger.OfAll: 2} {
		if got := use(t, l, square, "10", scope); got.Day.Questions != want || got.Day.In != 70*want {
			t.Errorf("of %s: %+v, want %d", scope, got.Day, want)
		}
	}
	if got := use(t, l, ledger.Place{Guild: "2", Channel: "7", Member: true}, "10", ledger.OfNews); got.Day.Questions != 0 {
		t.Errorf("another guild's: %+v", got.Day)
	}
}

// TestDay begins anew at midnight in UTC; what was let in before counts for
// the day before. What a dead program held is free after a recovery, or in
// time.
func TestDay(t *testing.T) {
	ctx := t.Context()
	c := newClock("2026-05-01T23:50:00Z")
	l := openLedger(t, ledger.Options{Now: c.now, Limits: ledger.Limits{Person: ledger.Amount{Questions: 1}}, Prices: ledger.Prices{In: 2, Out: 8, Currency: "EUR"}})
	reserve := func(id string) *ledger.Over {
		t.Helper()
		over, err := l.Reserve(ctx, id, square, "10", 0)
		check(t, err)
		return over
	}
	if over := reserve("a"); over != nil {
		t.Fatal(over)
	}
	if over := reserve("a"); over != nil {
		t.Errorf("the same question again: %+v", over)
	}
	want := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	if over := reserve("b"); over == nil || !over.Renews.Equal(want) {
		t.Errorf("a second question: %+v, renewed at %v", over, want)
	}
	c.pass(12 * time.Minute) // past midnight
	if over := reserve("c"); over != nil {
		t.Errorf("the next day: %+v", over)
	}
	check(t, l.Charge(ctx, "a", 500_000, 250_000))
	got := use(t, l, square, "10", ledger.OfPerson)
	if got.Day.Questions != 0 || got.Month.Questions != 1 || got.Month.Money != 3 {
		t.Errorf("a question of yesterday: %+v", got)
	}
	if diff := cmp.Diff(ledger.Amount{Questions: 1, Tokens: -1}, got.Left()); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	if over := reserve("d"); over == nil {
		t.Error("c is not held")
	}
	check(t, l.Recover(ctx))
	if over := reserve("d"); over != nil {
		t.Errorf("after a recovery: %+v", over)
	}
	check(t, l.Charge(ctx, "c", 1, 1)) // by the one who was thought dead
	if got := use(t, l, square, "10", ledger.OfPerson); got.Day.Questions != 0 {
		t.Errorf("released, then charged: %+v", got.Day)
	}
	c.pass(16 * time.Minute)
	if over := reserve("e"); over != nil {
		t.Errorf("after a ticket's time: %+v", over)
	}
	check(t, l.Charge(ctx, "nobody's", 1, 1))
	if err := l.Charge(ctx, "e", -1, 0); err == nil {
		t.Error("tokens were given back")
	}
}
