package discord

import (
	"errors"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/charset"
	"pilcrow/corpus/fetch"
	"pilcrow/corpus/html"
	"pilcrow/corpus/ingest"
	"pilcrow/corpus/pdf"
)

// reasons are why a page or a file is not read, as people are told: the phrase
// for each error. The first that holds counts.
var reasons = []struct {
	is     error
	phrase string
}{
	{fetch.ErrURL, "url"}, {fetch.ErrForbidden, "private"}, {fetch.ErrRobots, "robots"}, {fetch.ErrGone, "gone"},
	{fetch.ErrLogin, "login"}, {fetch.ErrRefused, "refused"}, {fetch.ErrRedirect, "nowhere"}, {fetch.ErrTooLarge, "large"},
	{fetch.ErrGarbled, "garbled"}, {fetch.ErrBusy, "busy"}, {fetch.ErrUnavailable, "silent"},
	{html.ErrLogin, "login"}, {html.ErrPerson, "person"}, {html.ErrScript, "script"}, {ingest.ErrFeed, "feed"},
	{pdf.ErrEncrypted, "encrypted"}, {pdf.ErrBroken, "pdf"}, {pdf.ErrScanned, "scanned"},
	{corpus.ErrEmpty, "empty"}, {ingest.ErrEmptyFile, "empty"}, {corpus.ErrTooLarge, "large"}, {charset.ErrBinary, "binary"}, {ingest.ErrReader, "format"},
	{errElsewhere, "elsewhere"}, {errTooLarge, "large"}, {errNotThere, "expired"},
}

// refuseFor is a refusal with why something is not read, in the person's
// language where it is a reason that people meet.
func refuseFor(key string, why error) error {
	for _, r := range reasons {
		if errors.Is(why, r.is) {
			return &refusal{key: key, why: "why " + r.phrase}
		}
	}
	return refuse(key, reason(why))
}

// reason is the last and plainest part of an error: what the person is told.
func reason(err error) string {
	s := err.Error()
	if i := strings.LastIndex(s, ": "); i >= 0 {
		s = s[i+2:]
	}
	return s
}
