package main

import (
	"time"

	"github.com/spf13/pflag"

	"pilcrow/corpus/text"
)

// window is a stretch of time as a person writes it.
type window struct{ since, until string }

const whenHelp = text.WhenHelp

func (w *window) flags(f *pflag.FlagSet) {
	f.StringVar(&w.since, "since", "", "published at or after this `time`: "+whenHelp)
	f.StringVar(&w.until, "until", "", "published before the end of this `time`")
}

// resolve returns the half-open interval in UTC; a limit that is not set is
// zero. What names a day, a month or a year begins with it as since, and takes
// it in whole as until.
func (w *window) resolve(now time.Time) (since, until time.Time, err error) {
	if w.since != "" {
		if since, _, err = text.When(w.since, "en", now); err != nil {
			return since, until, usagef("since %w", err)
		}
	}
	if w.until != "" {
		if _, until, err = text.When(w.until, "en", now); err != nil {
			return since, until, usagef("until %w", err)
		}
	}
	if !since.IsZero() && !until.IsZero() && !since.Before(until) {
		return since, until, usagef("since %q is not before until %q", w.since, w.until)
	}
	return since, until, nil
}
