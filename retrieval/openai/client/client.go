// Package client speaks to OpenAI and to the many servers that are compatible
// with it, for whoever embeds or writes with one: it asks again when it pays
// to, reads no more than it should, and turns what went wrong into errors that
// hold no key and nobody's text.
package client

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/sashabaranov/go-openai"
)

// Options say where the server is.
type Options struct {
	BaseURL string // such as "http://localhost:11434/v1"; empty means OpenAI's own
	Key     string // empty sends none

	// Transport carries the requests; nil means a Retry over Go's default.
	Transport http.RoundTripper
}

// maxResponse bounds what is read of one answer. The vectors of 64 texts in 16
// thousand dimensions, written in decimal, are half of it.
const maxResponse = 64 << 20

// New returns a client. The time that a call may take is for its context to
// bound.
func New(o Options) *openai.Client {
	c := openai.DefaultConfig(o.Key)
	if o.BaseURL != "" {
		c.BaseURL = o.BaseURL
	}
	c.HTTPClient = &http.Client{Transport: limit{cmp.Or[http.RoundTripper](o.Transport, &Retry{})}}
	return openai.NewClientWithConfig(c)
}

// limit bounds the bodies of responses.
type limit struct{ base http.RoundTripper }

func (l limit) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.base.RoundTrip(r)
	if err == nil {
		resp.Body = http.MaxBytesReader(nil, resp.Body, maxResponse)
	}
	return resp, err
}

// StatusError says that the server refused.
type StatusError struct{ Code int }

func (e *StatusError) Error() string {
	s := fmt.Sprintf("the server answered %d %s", e.Code, http.StatusText(e.Code))
	switch e.Code {
	case http.StatusUnauthorized, http.StatusForbidden:
		s += "; check the key"
	case http.StatusNotFound:
		s += "; check its address and the name of the model"
	case http.StatusTooManyRequests:
		s += "; check the limits of the account"
	}
	return s
}

// Public returns what may be shown and logged of an error of a call: a
// *StatusError where the server refused, else what broke on the way. The words
// of the server are left out, because servers repeat keys and texts.
func Public(err error) error {
	var api *openai.APIError
	var request *openai.RequestError
	var transport *url.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &api) && api.HTTPStatusCode != 0:
		return &StatusError{api.HTTPStatusCode}
	case errors.As(err, &request):
		return &StatusError{request.HTTPStatusCode}
	case errors.As(err, &transport):
		return transport.Err // without the address, which may hold a password
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the server's answer breaks off")
	}
	return errors.New("the server's answer is not what it should be")
}
