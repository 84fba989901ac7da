package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
	chat "pilcrow/bot/openai"
	"pilcrow/configs"
	"pilcrow/corpus"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/ingest"
	"pilcrow/corpus/poll"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/hashed"
	"pilcrow/retrieval/openai"
)

// parts is the program put together.
type parts struct {
	log     *slog.Logger
	store   *corpus.Store
	indexes []indexFile
	vectors *chromem.Index    // one of them
	options retrieval.Options // of search
	search  *retrieval.Engine
	bot     *bot.Bot
	web     *fetch.Client
	links   *ingest.Linker
	feeds   poll.Options
}

// indexFile is an index and the file that it starts from.
type indexFile struct {
	retrieval.Cache
	path   string
	needed bool // without the others a search is worse, but works
}

// assemble puts the program together on a store. This is the list of parts,
// and the only place where they meet.
func assemble(cfg configs.Config, log *slog.Logger, store *corpus.Store) (*parts, error) {
	web, err := newWeb(cfg, log)
	if err != nil {
		return nil, err
	}
	var keep corpus.Keeping
	keep.Bytes, keep.For = cfg.Fetch.Keep()
	lexical := bm25.New()
	embedder := newEmbedder(cfg, lexical)
	vectors := chromem.New(store, embedder)
	options := retrieval.Options{Store: store, Lexical: lexical, Vectors: vectors, Embedder: embedder, Log: log}
	search := retrieval.New(options)
	// The indexes stand beside the database. They are a cache.
	folder := cfg.Database + ".index"
	links := ingest.NewLinker(web, store, keep)
	feeds := poll.Options{Store: store, Get: web, Add: links, Log: log}
	feeds.Min, feeds.Max, feeds.AtOnce = cfg.Feeds.Often()
	return &parts{
		log: log, store: store, vectors: vectors,
		indexes: []indexFile{
			{Cache: lexical, path: filepath.Join(folder, lexical.Name()), needed: true},
			{Cache: vectors, path: filepath.Join(folder, vectors.Name())},
		},
		options: options,
		search:  search,
		bot: bot.New(bot.Options{
			Find: search, Store: store, Model: newModel(cfg, log),
			SecondLook: cfg.Model.LooksAgain(), ContextTokens: cfg.Model.Tokens(), Log: log,
		}),
		web:   web,
		links: links,
		feeds: feeds,
	}, nil
}

// newWeb returns what gets pages, of the public web and of what is opened
// besides.
func newWeb(cfg configs.Config, log *slog.Logger) (*fetch.Client, error) {
	allow, err := fetch.ParseAllow(cfg.Fetch.Allow)
	if err != nil {
		return nil, usagef("fetch.allow: %w", err)
	}
	pause := cfg.Fetch.Wait()
	if pause == 0 {
		pause = -1
	}
	return fetch.New(fetch.Options{Contact: cfg.Fetch.Contact, Allow: allow, Pause: pause, Log: log}), nil
}

// newModel returns the chat model that is set up, or none.
func newModel(cfg configs.Config, log *slog.Logger) bot.Generator {
	if cfg.Model.Name == "" {
		return nil
	}
	return chat.New(chat.Options{
		BaseURL: cfg.Model.BaseURL, Key: cfg.Model.APIKey, Model: cfg.Model.Name, Log: log,
		Usage: func(ctx context.Context, u chat.Usage) {
			ledger.Count(ctx, u.In, u.Out)
			log.Info("model used", "model", u.Model, "in", u.In, "out", u.Out, "estimated", u.Estimated)
		},
	})
}

// newEmbedder returns the model that is set up, or the one that needs nothing.
func newEmbedder(cfg configs.Config, lexical *bm25.Index) retrieval.Embedder {
	if cfg.Embed.Model == "" {
		return hashed.New(func(word string) float64 { return lexical.View().IDF(word) })
	}
	o := openai.Options{Model: cfg.Embed.Model}
	o.BaseURL, o.Key = cfg.EmbedServer()
	return openai.New(o)
}

// catchUp brings the indexes up to date with the store, from their files or
// anew. An index that is not needed may stay behind: its model's server may be
// down. Then that is logged.
func (p *parts) catchUp(ctx context.Context) error {
	if err := p.link(ctx); err != nil {
		return err
	}
	if err := p.each(ctx, func(x indexFile) error {
		if err := os.MkdirAll(filepath.Dir(x.path), 0o700); err != nil {
			p.log.Debug("no folder for the index", "error", err) // Restore says what comes of it
		}
		return retrieval.Restore(ctx, p.log, p.store, x, x.path)
	}); err != nil {
		return err
	}
	return p.tidy("vectors of purged articles stay", p.vectors.Sweep(ctx))
}

// sync brings indexes that were caught up, and what is remembered of articles, to
// what changed since.
func (p *parts) sync(ctx context.Context) error {
	if err := p.link(ctx); err != nil {
		return err
	}
	if err := p.each(ctx, func(x indexFile) error { return retrieval.Sync(ctx, p.store, x) }); err != nil {
		return err
	}
	if err := p.bot.Forget(ctx); err != nil {
		return err
	}
	return p.tidy("vectors of purged articles stay", p.vectors.Sweep(ctx))
}

// link finds which new articles are one story with another.
func (p *parts) link(ctx context.Context) error {
	return p.tidy("stories stay behind", p.store.LinkStories(ctx))
}

// tidy passes over what hindered work that can be done later: another process
// is writing, or nothing can be written.
func (p *parts) tidy(what string, err error) error {
	for _, passing := range []error{corpus.ErrBusy, corpus.ErrFull, corpus.ErrReadOnly} {
		if errors.Is(err, passing) {
			p.log.Warn(what, "error", err)
			return nil
		}
	}
	return err
}

func (p *parts) each(ctx context.Context, do func(indexFile) error) error {
	for _, x := range p.indexes {
		switch err := do(x); {
		case err == nil:
		case x.needed || ctx.Err() != nil:
			return err
		default:
			p.log.Warn("index stays behind", "index", x.Name(), "error", err)
		}
	}
	return nil
}

// Close frees what the parts hold.
func (p *parts) Close() error {
	p.web.Close()
	return errors.Join(p.links.Close(), p.store.Close())
}

// parts returns the program put together on the person's database, which is
// made where create says so and must be there otherwise. The indexes are as
// yet empty.
func (c *call) parts(ctx context.Context, create bool) (*parts, error) {
	cfg, err := c.configuration()
	if err != nil {
		return nil, err
	}
	if err := present(cfg.Database); !create && err != nil {
		return nil, err
	}
	store, err := corpus.Open(ctx, cfg.Database)
	if err != nil {
		return nil, err
	}
	p, err := assemble(cfg.Config, c.log(cfg.Log.SlogLevel()), store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return p, nil
}

// open returns the program ready to search.
func (c *call) open(ctx context.Context) (*parts, error) {
	p, err := c.parts(ctx, false)
	if err != nil {
		return nil, err
	}
	if err := p.catchUp(ctx); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}
