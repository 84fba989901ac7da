package openai

import (
	"context"
	"encoding/json"
	"io"
	"time"
	"unicode/utf8"

	api "github.com/sashabaranov/go-openai"

	"pilcrow/bot"
	"pilcrow/retrieval/remote"
)

// grace is how long a reply may go on after the model has finished: the usage
// may still come, and [DONE], which some servers forget.
const grace = 2 * time.Second

// bytesPerToken bounds a text whose server heeds no bound of tokens. Tokens
// are about 4 bytes long, and runs of blanks or dashes a good deal longer.
const bytesPerToken = 16

// stream is one reply. It must be closed.
type stream struct {
	events   *api.ChatCompletionStream
	ctx      context.Context // of the request
	stop     context.CancelCauseFunc
	silence  *time.Timer   // stops the request when the server keeps silent
	patience time.Duration // until the next event
	stall    time.Duration // the patience once words come
	begun    bool          // something came
	finished bool          // the model said so
	left     int           // how much longer the text may grow, in bytes
	text     joiner
	tally    tally
	report   func(context.Context, Usage)
}

// open sends a request and returns its reply, once that has begun.
func (g *Generator) open(ctx context.Context, p bot.Prompt, d dialect) (*stream, error) {
	ctx, stop := context.WithCancelCause(ctx)
	s := &stream{
		ctx:      ctx,
		stop:     stop,
		patience: g.options.Patience.First,
		stall:    g.options.Patience.Stall,
		left:     max(p.MaxTokens*bytesPerToken, 4096),
		tally:    tally{model: g.options.Model, asked: estimate(p.System) + estimate(p.User)},
		report:   g.options.Usage,
	}
	s.silence = time.AfterFunc(g.options.Patience.First, func() { stop(slow("it keeps silent")) })
	var err error
	if s.events, err = g.api.CreateChatCompletionStream(ctx, d.request(g.options.Model, p)); err != nil {
		err = remote.Plain(ctx, err)
		s.silence.Stop()
		stop(nil)
		return nil, err
	}
	return s, nil
}

// next returns the next piece of the text, which is never empty, or io.EOF
// after the last. Between two calls the server may take its time.
func (s *stream) next() (string, error) {
	for s.left > 0 {
		c, err := s.receive()
		var piece string
		switch {
		case err == nil:
			s.tally.add(c)
			piece = s.text.add(c.text())
		case err == io.EOF || s.finished:
			piece, s.left = s.text.end(), 0
			if piece == "" {
				return "", io.EOF
			}
			return piece, nil
		default:
			return "", err
		}
		if piece = s.bound(piece); piece != "" {
			return piece, nil
		}
	}
	return "", io.EOF
}

// bound cuts a piece where the text has grown long enough.
func (s *stream) bound(piece string) string {
	if len(piece) <= s.left {
		s.left -= len(piece)
		return piece
	}
	cut := s.left
	for !utf8.RuneStart(piece[cut]) {
		cut--
	}
	s.left = 0
	return piece[:cut]
}

// receive waits for the next event. It returns io.EOF after [DONE] alone.
func (s *stream) receive() (*chunk, error) {
	if s.begun {
		s.silence.Reset(s.patience)
	}
	event, err := s.events.RecvRaw()
	s.silence.Stop()
	switch {
	case err == io.EOF:
		return nil, io.EOF
	case err != nil:
		return nil, remote.Plain(s.ctx, err)
	}
	s.begun = true
	c := new(chunk)
	if json.Unmarshal(event, c) != nil {
		return nil, &remote.Fault{Kind: remote.ErrGarbled}
	}
	switch s.finished = s.finished || c.finished(); {
	case s.finished:
		s.patience = grace
	case len(c.text())+len(c.thought()) > 0:
		s.patience = s.stall
	}
	return c, nil
}

// close ends the request at once, if it has not ended, and counts it.
func (s *stream) close() {
	s.silence.Stop()
	s.stop(nil)
	// What Close may say is of no use to anybody: the reply is over.
	_ = s.events.Close()
	if s.begun && s.report != nil {
		s.report(s.ctx, s.tally.usage())
	}
}
