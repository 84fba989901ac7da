package discord

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/bwmarrin/discordgo"
)

// unreached says why the bot could not begin, for the person who runs it: what
// keeps it from Discord, and what to do. The network's own words are reachable
// with errors.As, and out of the message.
type unreached struct {
	at, why, do string
	err         error
}

func (u *unreached) Error() string {
	return fmt.Sprintf("cannot use Discord at %s: %s; %s", u.at, u.why, u.do)
}

func (u *unreached) Unwrap() error { return u.err }

// reached turns what a request made before the bot is at work failed with into
// words for the person who runs it.
func (a *App) reached(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	u := &unreached{at: a.rest.base, err: err, why: "the connection broke"}
	u.do = "see that the network is up, and that PILCROW_DISCORD_API, where it is set, is right"
	var (
		limit       *discordgo.RateLimitError
		refused     *discordgo.RESTError
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		timeout     net.Error
	)
	switch s := status(err); {
	case s == http.StatusUnauthorized:
		return &fatalError{4004, fatal[4004]}
	case errors.As(err, &limit):
		u.why = "it takes no more requests for " + limit.RetryAfter.Round(time.Second).String()
		u.do = "try again after that"
	case s >= 500 && errors.As(err, &refused):
		u.why = "it has a fault of its own, " + refused.Response.Status
		u.do = "try again later; https://discordstatus.com tells what is known"
	case code(err) != 0:
		u.why = fmt.Sprintf("it refuses what every bot may ask, status %d", s)
		u.do = "see that the application at https://discord.com/developers/applications is in order"
	case s != 0, errors.Is(err, errGarbled):
		u.why = "what answers there is not Discord"
		u.do = "see that PILCROW_DISCORD_API, where it is set, is right, and that nothing on the way wants a login"
	case errors.As(err, &name):
		u.why = "nobody knows that name"
	case errors.As(err, &certificate):
		u.why = "its certificate is not trusted"
		u.do = "see that this machine's clock and its list of authorities are right, and that nothing on the way reads along"
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		u.why = "it does not speak https"
	case errors.Is(err, syscall.ECONNREFUSED):
		u.why = "nothing listens there"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		u.why = "it breaks off before the end"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		u.why = "it does not answer in time"
	}
	return u
}

// errGarbled says that an answer is not of the form that Discord's have.
var errGarbled = errors.New("answers in another way than Discord")

// decode reads an answer into into.
func decode(answer []byte, into any) error {
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("%w: %w", errGarbled, err)
	}
	return nil
}
