package main

import (
	"context"
	"errors"
	"iter"
	"net/url"

	"pilcrow/bot/terminal"
	"pilcrow/corpus"
	"pilcrow/corpus/ingest"
)

// inputs adds files and addresses, in order.
func (a *adding) inputs(ctx context.Context, inputs []string, o ingest.Options) error {
	for kind, run := range runs(inputs) {
		var err error
		if kind == link {
			err = a.fetch(ctx, run)
		} else {
			err = a.all(ctx, ingest.Read(ctx, run, o))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// The kinds of what is named on the command line.
const (
	path = iota
	link
)

// runs yields inputs in order, as many together as are of one kind.
func runs(inputs []string) iter.Seq2[int, []string] {
	kind := func(input string) int {
		if ingest.IsLink(input) {
			return link
		}
		return path
	}
	return func(yield func(int, []string) bool) {
		for len(inputs) > 0 {
			n := 1
			for n < len(inputs) && kind(inputs[n]) == kind(inputs[0]) {
				n++
			}
			if !yield(kind(inputs[0]), inputs[:n]) {
				return
			}
			inputs = inputs[n:]
		}
	}
}

// fetch adds what stands at addresses, and prints what became of each.
func (a *adding) fetch(ctx context.Context, addresses []string) error {
	for _, address := range addresses {
		w := candidate{Found: ingest.Found{Input: printable(address)}}
		a.progress("fetching %s …", terminal.Plain(w.Input))
		for _, name := range a.collections {
			var linked ingest.Linked
			linked, w.err = a.links.Add(ctx, name, address)
			if w.err != nil {
				break
			}
			w.article, w.status = linked.Article, further(w.status, linked.Status)
		}
		a.progress("")
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if storeFault(w.err) {
			return w.err
		}
		a.waiting = append(a.waiting, w)
		if err := a.settle(); err != nil {
			return err
		}
	}
	return nil
}

// storeFault reports whether an error is about the store and would meet every
// other article as well.
func storeFault(err error) bool {
	for _, fault := range []error{corpus.ErrBusy, corpus.ErrReadOnly, corpus.ErrFull, corpus.ErrDamaged} {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}

// printable is an address without a password.
func printable(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	return u.Redacted()
}
