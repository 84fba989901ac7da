package main

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"pilcrow/bot/terminal"
	"pilcrow/configs"
	"pilcrow/corpus"
)

// call is one command line: the program that it was given to, and what its
// flags say that every command takes.
type call struct {
	*Program
	db          string
	config      string
	collections []string
	nowText     string
}

func (c *call) flags(f *pflag.FlagSet) {
	f.StringVar(&c.db, "db", "", "the database `file` (PILCROW_DB)")
	f.StringVar(&c.config, "config", "", "the configuration `file` (PILCROW_CONFIG)")
	f.StringArrayVar(&c.collections, "collection", []string{"main"}, "a `name`d set of articles; may be repeated")
	f.StringVar(&c.nowText, "now", "", "the `time` that \"last week\" is reckoned from, in RFC 3339 (default the clock)")
}

// now is the time that the person speaks of, which --now may move.
func (c *call) now() (time.Time, error) {
	if c.nowText == "" {
		return time.Now().UTC(), nil
	}
	t, err := time.Parse(time.RFC3339, c.nowText)
	if err != nil {
		return time.Time{}, usagef("--now %q is not a time such as 2026-05-20T09:00:00Z", c.nowText)
	}
	return t.UTC(), nil
}

// configuration reads the settings in force.
func (c *call) configuration() (*configs.Loaded, error) {
	file, named := c.config, true
	if file == "" {
		file = c.Getenv("PILCROW_CONFIG")
	}
	if file == "" {
		file, named = c.configFile(), false
	}
	data, err := c.dataDir()
	if err != nil && c.db == "" && c.Getenv("PILCROW_DB") == "" {
		return nil, err
	}
	src := configs.Sources{Getenv: c.Getenv, File: file, Require: named, Database: filepath.Join(data, "pilcrow.db")}
	if c.db != "" {
		src.Flags = map[string]string{"database": c.db}
	}
	l, err := configs.Load(src)
	if err != nil {
		return nil, &usageError{err}
	}
	if l.Database, err = filepath.Abs(l.Database); err != nil {
		return nil, err
	}
	return l, nil
}

// log returns the logger for level.
func (c *call) log(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(c.Stderr, &slog.HandlerOptions{Level: level}))
}

// missing says in the person's words that there is no article id.
func missing(err error, id string) error {
	if errors.Is(err, corpus.ErrPurged) {
		return fmt.Errorf("article %q was removed for good; nothing of it is left", id)
	}
	if errors.Is(err, corpus.ErrNotFound) {
		return fmt.Errorf("no article %q; pilcrow articles lists them", id)
	}
	return err
}

// joined is what the words of a command line say together.
func joined(args []string) string { return strings.Join(args, " ") }

// screen returns standard output as a place for words.
func (c *call) screen() *terminal.Screen { return terminal.NewScreen(c.Stdout, c.Getenv) }

// progress tells a person who watches how far the work is. Away from a
// terminal it says nothing.
func (c *call) progress(format string, args ...any) {
	if terminal.IsTerminal(c.Stderr) {
		fmt.Fprintf(c.Stderr, "\r\x1b[K"+format, args...)
	}
}
