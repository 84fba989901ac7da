package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"pilcrow/bot/discord"
	"pilcrow/bot/ledger"
	"pilcrow/bot/terminal"
	"pilcrow/configs"
	"pilcrow/corpus"
	"pilcrow/corpus/poll"
)

const serveHelp = `Runs the Discord bot. It needs a token, in the environment variable
DISCORD_TOKEN: make an application at https://discord.com/developers/applications
and take its token from the page Bot. What the bot is called and the link by which
it is added to a server are printed.

Feeds are polled as by pilcrow poll. Articles that are added meanwhile, by any
pilcrow that uses the same database, are found within seconds. The first signal
(Ctrl-C) lets answers finish, for 10 seconds at most; the second ends at once.
pilcrow doctor says what is missing.`

func newServe(c *call) *cobra.Command {
	return &cobra.Command{
		Use:     "serve",
		GroupID: groupRun,
		Short:   "Run the Discord bot",
		Long:    serveHelp,
		Example: "  DISCORD_TOKEN=… pilcrow serve",
		Args:    usage(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return c.serve(cmd.Context()) },
	}
}

func (c *call) serve(ctx context.Context) error {
	cfg, err := c.configuration()
	if err != nil {
		return err
	}
	if cfg.Discord.BotToken() == "" {
		return errors.New(noToken)
	}
	unlock, err := c.serveLocks(cfg.Database, cfg.Discord.BotToken())
	if err != nil {
		return err
	}
	defer unlock()
	p, err := c.parts(ctx, true)
	if err != nil {
		return err
	}
	defer p.Close()
	book, err := openLedger(ctx, cfg.Config)
	if err != nil {
		return err
	}
	defer book.Close()
	if err := p.catchUp(ctx); err != nil {
		return err
	}
	if err := book.Recover(ctx); err != nil {
		return err
	}
	app, err := newDiscord(cfg.Config, p, book, c.greet)
	if err != nil {
		return err
	}

	// What runs beside the bot ends after it: answers may still finish. Nothing
	// new is polled for after the first signal.
	beside, end := context.WithCancel(context.WithoutCancel(ctx))
	polling, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() { p.keepUp(beside) })
	work.Go(func() { p.sweep(beside, book) })
	work.Go(func() { poll.New(p.feeds).Run(polling) })
	err = app.Run(ctx)
	stop()
	end()
	work.Wait()
	return err
}

const noToken = "there is no token: make an application at https://discord.com/developers/applications, and put the token from its page Bot into DISCORD_TOKEN"

// openLedger opens what communities need remembered, in the person's database.
func openLedger(ctx context.Context, cfg configs.Config) (*ledger.Ledger, error) {
	in, out := cfg.Limits.Prices()
	return ledger.Open(ctx, cfg.Database, ledger.Options{
		Public: cfg.Discord.PublicCollections(), Limits: limits(cfg.Limits),
		Prices: ledger.Prices{In: in, Out: out, Currency: cfg.Limits.Currency},
	})
}

// limits are those of the settings, as the ledger has them.
func limits(l configs.Limits) ledger.Limits {
	amount := func(questions, tokens string) ledger.Amount {
		return ledger.Amount{Questions: l.Number(questions), Tokens: l.Number(tokens)}
	}
	return ledger.Limits{
		Person:  amount(l.PersonQuestions, l.PersonTokens),
		Channel: amount(l.ChannelQuestions, l.ChannelTokens),
		Guild:   amount(l.GuildQuestions, l.GuildTokens),
		All:     amount(l.AllQuestions, l.AllTokens),
	}
}

// newDiscord puts the Discord bot together.
func newDiscord(cfg configs.Config, p *parts, book *ledger.Ledger, ready func(discord.Identity)) (*discord.App, error) {
	return discord.New(discord.Options{
		API: cfg.Discord.API, Token: cfg.Discord.BotToken(), Content: cfg.Discord.ReadsMessages(),
		Bot: p.bot, Store: p.store, Ledger: book, Announcer: book.Announcer(p.store, p.touches),
		Queue: ledger.NewQueue(cfg.Discord.Slots(), queueRoom),
		Fetch: func(ctx context.Context, collection, address string) (corpus.Article, error) {
			got, err := p.links.Add(ctx, collection, address)
			return got.Article, err
		},
		FindFeed: func(ctx context.Context, address string) (corpus.Feed, error) { return poll.Find(ctx, p.web, address) },
		Ready:    ready, Log: p.log,
	})
}

// touches reports whether an article touches a topic, once it is in the index.
func (p *parts) touches(ctx context.Context, topic string, a corpus.Article) (bool, error) {
	if err := p.sync(ctx); err != nil {
		return false, err
	}
	return p.bot.Touches(ctx, topic, a)
}

// queueRoom is how many questions may wait. With a turn of a few seconds the
// last waits for minutes, which an interaction lives through.
const queueRoom = 2000

// greet says that the bot is at work, and what it lacks.
func (c *call) greet(who discord.Identity) {
	fmt.Fprintf(c.Stdout, "%s is at work. To add it to a server: %s\n", terminal.Plain(who.Name), who.Invite)
	for _, s := range who.Lacking {
		fmt.Fprintln(c.Stderr, "pilcrow: "+terminal.Plain(s.String()))
	}
}

const (
	keepUpEvery = 2 * time.Second
	retryEvery  = 30 * time.Second // of an index that could not follow
	sweepEvery  = time.Minute
)

// keepUp brings the indexes up to date as articles are added, by whatever
// process.
func (p *parts) keepUp(ctx context.Context) {
	var read corpus.Cursor
	var failed time.Time
	every(ctx, keepUpEvery, func(now time.Time) {
		if now.Sub(failed) < retryEvery {
			return
		}
		head, err := p.store.Head(ctx)
		if err == nil && head != read {
			if err = p.sync(ctx); err == nil {
				read = head
			}
		}
		if err != nil && ctx.Err() == nil {
			failed = now
			p.log.Warn("indexes do not follow", "error", err)
		}
	})
}

// sweep deletes what was kept for long enough.
func (p *parts) sweep(ctx context.Context, book *ledger.Ledger) {
	every(ctx, sweepEvery, func(now time.Time) {
		if err := book.Sweep(ctx, now); err != nil && ctx.Err() == nil {
			p.log.Warn("old answers stay", "error", err)
		}
		if _, err := p.store.Purge(ctx, now); err != nil && ctx.Err() == nil {
			p.log.Warn("removed articles stay", "error", err)
		}
	})
}

// every does something now and then, until ctx ends.
func every(ctx context.Context, d time.Duration, do func(now time.Time)) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for now := time.Now(); ; {
		do(now)
		select {
		case now = <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
