package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"pilcrow/bot/terminal"
)

// Program is Pilcrow as a person or a test starts it. Results go to Stdout and
// nothing else does; errors, warnings and progress go to Stderr.
type Program struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
}

// The codes that Run returns. A refusal to answer is a success.
const (
	exitOK    = 0
	exitError = 1 // something failed
	exitUsage = 2 // the command line or the configuration cannot be meant
)

// Run runs one command line and returns its exit code.
func (p *Program) Run(ctx context.Context, args []string) int {
	root := newRoot(&call{Program: p})
	root.SetArgs(args)
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)

	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = errors.New("interrupted")
	}
	if err == nil {
		return exitOK
	}
	if !errors.Is(err, errReported) {
		p.complain(err)
	}
	var usage *usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitError
}

// complain tells the person what went wrong.
func (p *Program) complain(err error) {
	fmt.Fprintf(p.Stderr, "pilcrow: %s\n", terminal.Plain(err.Error()))
}

// errReported ends a command with exit code 1 that has said all there is to
// say.
var errReported = errors.New("failed, as reported")

// usageError says that what was asked for cannot be meant.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}
