package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"pilcrow/bot"
	"pilcrow/configs"
	"pilcrow/corpus"
	"pilcrow/retrieval"
	"pilcrow/retrieval/bm25"
	"pilcrow/retrieval/chromem"
	"pilcrow/retrieval/hashed"
)

// parts is the program put together.
type parts struct {
	log     *slog.Logger
	store   *corpus.Store
	indexes []indexFile
	search  *retrieval.Engine
	bot     *bot.Bot
}

// indexFile is an index and the file that it starts from.
type indexFile struct {
	retrieval.Cache
	path string
}

// assemble puts the program together on a store. This is the list of parts,
// and the only place where they meet.
func assemble(cfg configs.Config, log *slog.Logger, store *corpus.Store) *parts {
	lexical := bm25.New()
	rarity := func(word string) float64 { return lexical.View().IDF(word) }
	embedder := hashed.New(rarity)
	vectors := chromem.New(store, embedder)
	search := retrieval.New(retrieval.Options{
		Store: store, Lexical: lexical, Vectors: vectors, Embedder: embedder, Log: log,
	})
	// The indexes stand beside the database. They are a cache.
	file := func(x retrieval.Cache) indexFile {
		return indexFile{x, filepath.Join(cfg.Database+".index", x.Name())}
	}
	return &parts{
		log: log, store: store,
		indexes: []indexFile{file(lexical), file(vectors)},
		search:  search,
		bot:     bot.New(search, log),
	}
}

// catchUp brings the indexes up to date with the store, from their files or
// anew.
func (p *parts) catchUp(ctx context.Context) error {
	for _, x := range p.indexes {
		if err := os.MkdirAll(filepath.Dir(x.path), 0o700); err != nil {
			p.log.Debug("no folder for the index", "error", err) // Restore says what comes of it
		}
		if err := retrieval.Restore(ctx, p.log, p.store, x, x.path); err != nil {
			return err
		}
	}
	return nil
}

// sync brings indexes that were caught up to what changed since.
func (p *parts) sync(ctx context.Context) error {
	for _, x := range p.indexes {
		if err := retrieval.Sync(ctx, p.store, x); err != nil {
			return err
		}
	}
	return nil
}

// Close frees what the parts hold.
func (p *parts) Close() error { return p.store.Close() }

// parts returns the program put together on the person's database, which is
// made where create says so and must be there otherwise. The indexes are as
// yet empty.
func (c *call) parts(ctx context.Context, create bool) (*parts, error) {
	cfg, err := c.configuration()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(cfg.Database); !create && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no database at %s; add articles with pilcrow add, or name another with --db", cfg.Database)
	}
	store, err := corpus.Open(ctx, cfg.Database)
	if err != nil {
		return nil, err
	}
	return assemble(cfg.Config, c.log(cfg.Log.SlogLevel()), store), nil
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
