// Package openai embeds with a model behind OpenAI's API or any server that is
// compatible with it: Ollama, llama.cpp, vLLM and others.
package openai

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sashabaranov/go-openai"

	"pilcrow/retrieval"
	"pilcrow/retrieval/remote"
)

// Options choose a server and its model. Only Model has to be set.
type Options struct {
	BaseURL string // such as "http://localhost:11434/v1"; empty means OpenAI's own
	Key     string // sent to BaseURL alone; empty sends none
	Model   string // as the server names it
	Retry   remote.Policy
}

// A request holds so many texts and bytes of text at most.
const (
	maxTexts = 64
	maxBytes = 256 << 10
)

// How long one request may take, its further tries included. A passage can
// wait for a slow machine; who asks a question cannot.
const (
	documentTime = 5 * time.Minute
	questionTime = 20 * time.Second
)

// Embedder implements retrieval.Embedder. It is safe for concurrent use.
type Embedder struct {
	client *openai.Client
	retry  remote.Policy
	model  string
	dims   atomic.Int64 // of every vector so far; 0 before the first
	base64 atomic.Bool  // the server writes vectors in base64, asked or not
}

// New returns an embedder. It does not call the server.
func New(o Options) *Embedder {
	c := openai.DefaultConfig(strings.TrimSpace(o.Key))
	c.BaseURL = cmp.Or(o.BaseURL, c.BaseURL)
	c.HTTPClient = remote.NewClient(0)
	o.Retry.Tries = cmp.Or(o.Retry.Tries, 5)
	return &Embedder{client: openai.NewClientWithConfig(c), retry: o.Retry, model: o.Model}
}

// Model implements retrieval.Embedder: the server's name for it.
func (e *Embedder) Model() string { return e.model }

// Embed implements retrieval.Embedder. Up to 64 passages are one request. A
// text that the server finds too long is embedded by its beginning.
func (e *Embedder) Embed(ctx context.Context, kind retrieval.Kind, texts []string) (_ [][]float32, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("embed with %s: %w", e.model, err)
		}
	}()
	patience := documentTime
	if kind == retrieval.Question {
		patience = questionTime
	}
	out := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		n := fit(texts)
		vs, err := e.request(ctx, patience, texts[:n])
		if err != nil {
			return nil, err
		}
		out = append(out, vs...)
		texts = texts[n:]
	}
	return out, nil
}

// fit returns how many of the texts go into one request, at least one.
func fit(texts []string) int {
	size := 0
	for i, t := range texts {
		if size += len(t); i > 0 && (i == maxTexts || size > maxBytes) {
			return i
		}
	}
	return len(texts)
}

// request embeds texts. Where the server finds something wrong with them it
// asks for each alone, and then for a shorter beginning: servers refuse what is
// too long for their model, each with a limit of its own.
func (e *Embedder) request(ctx context.Context, patience time.Duration, texts []string) ([][]float32, error) {
	vs, err := e.call(ctx, patience, texts)
	if !errors.Is(err, remote.ErrTooLong) && !errors.Is(err, remote.ErrRefused) {
		return vs, err
	}
	if len(texts) > 1 {
		var out [][]float32
		for i := range texts {
			v, err := e.request(ctx, patience, texts[i:i+1])
			if err != nil {
				return nil, err
			}
			out = append(out, v...)
		}
		return out, nil
	}
	if len(texts[0]) < shortest {
		return nil, err
	}
	return e.request(ctx, patience, []string{strings.ToValidUTF8(texts[0][:len(texts[0])/2], "")})
}

// shortest is a length in bytes that is too long for no model.
const shortest = 256

// call makes one request, with its further tries.
func (e *Embedder) call(ctx context.Context, patience time.Duration, texts []string) ([][]float32, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, &remote.Fault{
		Kind: remote.ErrUnavailable, Why: fmt.Sprintf("no answer within %v", patience),
	})
	defer cancel()
	input := make([]string, len(texts))
	for i, t := range texts {
		if input[i] = t; strings.TrimSpace(t) == "" {
			input[i] = "." // no server takes an empty text
		}
	}
	request := openai.EmbeddingRequest{Input: input, Model: openai.EmbeddingModel(e.model)} // and no field that a server may not know
	if e.base64.Load() {
		request.EncodingFormat = openai.EmbeddingEncodingFormatBase64
	}
	var resp openai.EmbeddingResponse
	err := e.retry.Do(ctx, func() (err error) {
		resp, err = e.client.CreateEmbeddings(ctx, request)
		var unexpected *json.UnmarshalTypeError
		if errors.As(err, &unexpected) && unexpected.Value == "string" && !e.base64.Swap(true) {
			request.EncodingFormat = openai.EmbeddingEncodingFormatBase64
			resp, err = e.client.CreateEmbeddings(ctx, request)
		}
		return remote.Plain(ctx, err)
	})
	if err != nil {
		return nil, err
	}
	return e.vectors(resp.Data, len(texts))
}

// vectors puts the n vectors of an answer in order and checks them.
func (e *Embedder) vectors(data []openai.Embedding, n int) ([][]float32, error) {
	if len(data) != n {
		return nil, fmt.Errorf("%d vectors for %d texts", len(data), n)
	}
	if !slices.ContainsFunc(data, func(d openai.Embedding) bool { return d.Index != 0 }) {
		for i := range data { // a server that does not count
			data[i].Index = i
		}
	}
	out := make([][]float32, n)
	for i := range data {
		d := &data[i]
		if d.Index < 0 || d.Index >= n || out[d.Index] != nil {
			return nil, fmt.Errorf("a vector of text %d among those of %d", d.Index, n)
		}
		dims := int64(len(d.Embedding))
		e.dims.CompareAndSwap(0, dims)
		if known := e.dims.Load(); dims != known {
			return nil, fmt.Errorf("a vector of %d dimensions after one of %d; was the model replaced?", dims, known)
		}
		if err := normalise(d.Embedding); err != nil {
			return nil, err
		}
		out[d.Index] = d.Embedding
	}
	return out, nil
}

// normalise brings v to length 1.
func normalise(v []float32) error {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if !(sum > 0) || math.IsInf(sum, 0) { // not a number, too
		return errors.New("a vector without a length")
	}
	norm := math.Sqrt(sum)
	for i := range v {
		v[i] = float32(float64(v[i]) / norm)
	}
	return nil
}
