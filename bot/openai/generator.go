// Package openai writes with a model behind any server that speaks OpenAI's
// chat completions: OpenAI itself, Ollama, llama.cpp, vLLM, and what is like
// them.
//
// Read it from the outside in. Generator bounds, repeats and counts calls;
// dialect is what a server understands of a request, found out by asking;
// stream is one reply, piece by piece; chunk and joiner read what such servers
// really send; events stands below go-openai, and makes of a reply's bytes
// what go-openai's reader can take.
//
// No error and no log record of this package holds a word of the prompt, of
// the text, of the server's own messages, or the key. Errors are those of
// pilcrow/retrieval/remote, and ErrEmpty.
package openai

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	api "github.com/sashabaranov/go-openai"

	"pilcrow/bot"
	"pilcrow/retrieval/remote"
)

// ErrEmpty says that a reply ended well and held no text.
var ErrEmpty = errors.New("the model wrote nothing; ask again, or take another model")

// Options are a Generator's settings. Only Model has to be set.
type Options struct {
	BaseURL   string // where the API begins, mostly ending in /v1; empty means OpenAI's
	Key       string // sent to BaseURL alone; empty sends none
	Model     string // as the server knows it
	MaxTokens int    // of a text whose Prompt sets no bound; 0 means 2,048
	Patience  Patience
	Retry     remote.Policy
	Breaker   *remote.Breaker // shared with whoever calls the same server; nil is one of its own
	// Usage is told of each reply that began, when it has ended, in the context
	// of its Generate, which may be over. It may be called at the same time from
	// several goroutines.
	Usage func(context.Context, Usage)
	Log   *slog.Logger // told at debug level what was tried again or left out; nil is told nothing
}

// Patience says how long each stage of a call may take. A zero field takes
// its default.
type Patience struct {
	Connect time.Duration // until the server takes up the connection; 10 s
	First   time.Duration // until the reply begins; 2 min, since a local server may have to load the model first
	Stall   time.Duration // until the next event of it; 30 s
	Total   time.Duration // for the whole call with every try; 5 min
}

// Generator is a bot.Generator. It is safe for concurrent use.
type Generator struct {
	options Options
	api     *api.Client
	breaker *remote.Breaker
	spoken  atomic.Pointer[dialect] // what the server was last seen to understand
}

var _ bot.Generator = (*Generator)(nil)

// New returns a Generator. It calls nobody yet.
func New(o Options) *Generator {
	o.MaxTokens = cmp.Or(o.MaxTokens, 2048)
	o.Patience.First = cmp.Or(o.Patience.First, 2*time.Minute)
	o.Patience.Stall = cmp.Or(o.Patience.Stall, 30*time.Second)
	o.Patience.Total = cmp.Or(o.Patience.Total, 5*time.Minute)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Retry.Log == nil {
		o.Retry.Log = o.Log
	}
	config := api.DefaultConfig(strings.TrimSpace(o.Key))
	config.BaseURL = cmp.Or(o.BaseURL, config.BaseURL)
	config.HTTPClient = &wire{remote.NewClient(o.Patience.Connect, fields...)}

	g := &Generator{options: o, api: api.NewClientWithConfig(config), breaker: cmp.Or(o.Breaker, &remote.Breaker{})}
	g.spoken.Store(dialectOf(o.Model))
	return g
}

// errStopped says that the reader of a text broke off.
var errStopped = errors.New("stopped")

// Generate implements bot.Generator. A call that fails before the first piece
// is tried again where that may help; after the first piece an error is final.
// A text that reaches its bound of tokens ends there without an error.
func (g *Generator) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		leave, err := g.breaker.Enter()
		if err != nil {
			yield("", err)
			return
		}
		err = errStopped // what a panic of the reader leaves
		defer func() { leave(err) }()
		err = g.write(ctx, p, yield)
		if err != nil && err != errStopped {
			yield("", err)
		}
	}
}

// write yields the pieces of a text. It returns how that ended, and yields no
// error itself.
func (g *Generator) write(ctx context.Context, p bot.Prompt, yield func(string, error) bool) error {
	p.MaxTokens = cmp.Or(max(p.MaxTokens, 0), g.options.MaxTokens)
	ctx, cancel := context.WithTimeoutCause(ctx, g.options.Patience.Total, slow("the whole answer took too long"))
	defer cancel()

	var s *stream
	var piece string
	err := g.options.Retry.Do(ctx, func() (err error) {
		s, piece, err = g.begin(ctx, p)
		return err
	})
	if err != nil {
		return err
	}
	defer s.close()
	for {
		if !yield(piece, nil) {
			return errStopped
		}
		switch piece, err = s.next(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// begin asks for a text and waits for its first piece. Where the server
// refuses the request, it asks with less, and remembers what was understood.
func (g *Generator) begin(ctx context.Context, p bot.Prompt) (*stream, string, error) {
	for d := *g.spoken.Load(); ; {
		s, piece, err := g.ask(ctx, p, d)
		if err == nil {
			g.spoken.Store(&d)
			return s, piece, nil
		}
		var f *remote.Fault
		if !errors.As(err, &f) || f.Kind != remote.ErrRefused {
			return nil, "", err
		}
		plainer, ok := d.without(f.Fields)
		if !ok {
			return nil, "", err
		}
		g.options.Log.DebugContext(ctx, "model server: asking with fewer fields", "status", f.Status, "refused", f.Fields)
		d = plainer
	}
}

// ask sends one request and waits for the first piece.
func (g *Generator) ask(ctx context.Context, p bot.Prompt, d dialect) (*stream, string, error) {
	s, err := g.open(ctx, p, d)
	if err != nil {
		return nil, "", err
	}
	piece, err := s.next()
	if err == io.EOF {
		err = ErrEmpty
	}
	if err != nil {
		s.close()
		return nil, "", err
	}
	return s, piece, nil
}

// slow is the fault of a server that takes too long. Another try would keep
// the reader waiting as long again.
func slow(why string) *remote.Fault {
	return &remote.Fault{Kind: remote.ErrUnavailable, Why: why}
}
