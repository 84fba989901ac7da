package openai_test

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pilcrow/retrieval"
	"pilcrow/retrieval/openai"
	"pilcrow/retrieval/remote"
	"pilcrow/retrieval/retrievaltest"
)

// server answers as an embeddings server does, unless a test makes it
// misbehave. It is as strict as the strictest: it knows two fields.
type server struct {
	*httptest.Server
	calls   atomic.Int64
	answer  func(w http.ResponseWriter, call int, input []string) bool // true: it has answered
	largest atomic.Int64                                               // texts in one call
}

type embedding struct {
	Index     int `json:"index"`
	Embedding any `json:"embedding"`
}

func newServer(t *testing.T) *server {
	s := new(server)
	fake := new(retrievaltest.Fake)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := int(s.calls.Add(1))
		var body struct {
			Input  []string `json:"input"`
			Model  string   `json:"model"`
			Format string   `json:"encoding_format"`
		}
		d := json.NewDecoder(r.Body)
		d.DisallowUnknownFields()
		if err := d.Decode(&body); err != nil || r.URL.Path != "/v1/embeddings" || body.Model != "small" {
			t.Errorf("request to %s for model %q: %v", r.URL.Path, body.Model, err)
		}
		if r.Header.Get("Authorization") != "Bearer sk-secret" {
			t.Errorf("authorization %q", r.Header.Get("Authorization"))
		}
		if slices.Contains(body.Input, "") {
			http.Error(w, `{"error":{"message":"input cannot be an empty string"}}`, http.StatusBadRequest)
			return
		}
		s.largest.Store(max(s.largest.Load(), int64(len(body.Input))))
		if s.answer != nil && s.answer(w, call, body.Input) {
			return
		}
		vs, err := fake.Embed(r.Context(), retrieval.Document, body.Input)
		if err != nil {
			t.Error(err)
		}
		var data []embedding
		for i := range slices.Backward(vs) { // out of order
			data = append(data, embedding{i, vs[i]})
		}
		send(w, data)
	}))
	t.Cleanup(s.Close)
	return s
}

func send(w http.ResponseWriter, data []embedding) {
	json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data, "model": "small"})
}

func (s *server) embedder() *openai.Embedder {
	return openai.New(openai.Options{
		BaseURL: s.URL + "/v1/", Key: "sk-secret", Model: "small", Retry: remote.Policy{Pause: time.Millisecond},
	})
}

func TestEmbedder(t *testing.T) {
	retrievaltest.TestEmbedder(t, newServer(t).embedder())
}

func TestBatches(t *testing.T) {
	s := newServer(t)
	e := s.embedder()
	if _, err := e.Embed(t.Context(), retrieval.Document, slices.Repeat([]string{"short"}, 200)); err != nil {
		t.Fatal(err)
	}
	if n, most := s.calls.Load(), s.largest.Load(); n != 4 || most != 64 {
		t.Errorf("200 short texts took %d calls of up to %d, want 4 of up to 64", n, most)
	}
	s.calls.Store(0)
	if _, err := e.Embed(t.Context(), retrieval.Document, slices.Repeat([]string{strings.Repeat("x", 100_000)}, 6)); err != nil {
		t.Fatal(err)
	}
	if n := s.calls.Load(); n != 3 {
		t.Errorf("6 texts of 100 kB took %d calls, want 3", n)
	}
	s.calls.Store(0)
	if _, err := e.Embed(t.Context(), retrieval.Document, nil); err != nil || s.calls.Load() != 0 {
		t.Errorf("no text took %d calls, %v", s.calls.Load(), err)
	}
}

// What a server may do for a while.
func TestPatience(t *testing.T) {
	refuse := func(code int, header ...string) func(http.ResponseWriter, int, []string) bool {
		return func(w http.ResponseWriter, call int, _ []string) bool {
			if call > 2 {
				return false
			}
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
			return true
		}
	}
	tests := map[string]func(w http.ResponseWriter, call int, input []string) bool{
		"busy":            refuse(429),
		"busy, says when": refuse(429, "Retry-After", "0.01"),
		"busy, says date": refuse(429, "Retry-After", "Mon, 01 Jan 2024 00:00:00 GMT"),
		"busy, says bosh": refuse(429, "Retry-After", "soon"),
		"broken":          refuse(500),
		"starting":        refuse(503),
		"hangs up": func(_ http.ResponseWriter, call int, _ []string) bool {
			if call <= 2 {
				panic(http.ErrAbortHandler)
			}
			return false
		},
		"base64, unasked": func(w http.ResponseWriter, _ int, input []string) bool {
			b := binary.LittleEndian.AppendUint32(nil, math.Float32bits(3))
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(-4))
			var data []embedding
			for i := range input {
				data = append(data, embedding{i, base64.StdEncoding.EncodeToString(b)})
			}
			send(w, data)
			return true
		},
		"without index": func(w http.ResponseWriter, _ int, input []string) bool {
			fmt.Fprint(w, `{"data":[{"embedding":[3,-4]},{"embedding":[3,-4]}]}`)
			return true
		},
		"one batch too small, in llama.cpp's words": func(w http.ResponseWriter, _ int, input []string) bool {
			if len(input) > 1 || len(input[0]) > 300 {
				w.WriteHeader(http.StatusInternalServerError)
				fmt.Fprint(w, `{"error":{"code":500,"message":"input is too large to process. increase the physical batch size","type":"server_error"}}`)
				return true
			}
			return false
		},
		"breaks off half way": func(w http.ResponseWriter, call int, input []string) bool {
			if call <= 2 {
				fmt.Fprint(w, `{"data":[{"index":0,"embed`)
				return true
			}
			return false
		},
		"nothing but the beginning": func(w http.ResponseWriter, _ int, input []string) bool {
			if len(input) > 1 || len(input[0]) > 300 {
				w.WriteHeader(http.StatusRequestEntityTooLarge)
				return true
			}
			return false
		},
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.answer = answer
			vs, err := s.embedder().Embed(t.Context(), retrieval.Document, []string{"one", strings.Repeat("two ", 500)})
			if err != nil || len(vs) != 2 {
				t.Fatalf("%d vectors, %v", len(vs), err)
			}
			if len(vs[0]) == 2 && (vs[0][0] != .6 || vs[0][1] != -.8) {
				t.Errorf("vector %v, want .6, -.8", vs[0])
			}
		})
	}
}

// What a server may do for ever. No error repeats its words: they hold keys and
// texts.
func TestFailures(t *testing.T) {
	leak := `{"error":{"message":"Incorrect API key provided: sk-secret for text two","type":"x","code":"y"}}`
	write := func(s string) func(http.ResponseWriter, int, []string) bool {
		return func(w http.ResponseWriter, _ int, _ []string) bool { fmt.Fprint(w, s); return true }
	}
	status := func(code int, body string, header ...string) func(http.ResponseWriter, int, []string) bool {
		return func(w http.ResponseWriter, _ int, _ []string) bool {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
			fmt.Fprint(w, body)
			return true
		}
	}
	tests := map[string]struct {
		answer func(http.ResponseWriter, int, []string) bool
		want   string
		calls  int64
	}{
		"key":                         {status(401, leak), "status 401; check the key", 1},
		"model":                       {status(404, "two? <html>sk-secret</html>"), "status 404", 1},
		"busy":                        {status(429, leak), "status 429", 5},
		"busy for a day":              {status(429, leak, "Retry-After", "86400"), "status 429", 1},
		"no money":                    {status(429, leak, "X-Should-Retry", "false"), "status 429", 1},
		"broken":                      {status(500, leak), "status 500", 5},
		"too few":                     {write(`{"data":[{"index":0,"embedding":[1,0]}]}`), "1 vectors for 2 texts", 1},
		"too many":                    {write(`{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1]},{"index":2,"embedding":[1]}]}`), "3 vectors for 2 texts", 1},
		"one twice":                   {write(`{"data":[{"index":1,"embedding":[1,0]},{"index":1,"embedding":[1,0]}]}`), "of text 1", 1},
		"another's":                   {write(`{"data":[{"index":0,"embedding":[1,0]},{"index":7,"embedding":[1,0]}]}`), "of text 7", 1},
		"dimensions":                  {write(`{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[1,0,0]}]}`), "was the model replaced?", 1},
		"nothing in it":               {write(`{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}`), "without a length", 1},
		"zero":                        {write(`{"data":[{"index":0,"embedding":[0,0]},{"index":1,"embedding":[0,0]}]}`), "without a length", 1},
		"not a number":                {write(`{"data":[{"index":0,"embedding":[NaN,0]},{"index":1,"embedding":[0,0]}]}`), "makes no sense", 1},
		"not base64":                  {write(`{"data":[{"index":0,"embedding":"sk-secret!"},{"index":1,"embedding":"two"}]}`), "makes no sense", 2},
		"NaN in base64":               {write(`{"data":[{"index":0,"embedding":"AADAfw=="},{"index":1,"embedding":"AADAfw=="}]}`), "without a length", 2},
		"no JSON":                     {write("two sk-secret"), "makes no sense", 1},
		"half":                        {write(`{"data":[{"index":0,`), "broke off", 5},
		"empty":                       {write(""), "broke off", 5},
		"never long enough to please": {status(413, leak), "status 413", 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.answer = test.answer
			vs, err := s.embedder().Embed(t.Context(), retrieval.Document, []string{"one", strings.Repeat("two ", 100)})
			if err == nil || vs != nil {
				t.Fatalf("%d vectors, error %v", len(vs), err)
			}
			if !strings.HasPrefix(err.Error(), "embed with small: ") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q, want one about %q", err, test.want)
			}
			if strings.Contains(err.Error(), "sk-") || strings.Contains(err.Error(), "two") {
				t.Errorf("error %q tells too much", err)
			}
			if n := s.calls.Load(); n != test.calls {
				t.Errorf("took %d calls, want %d", n, test.calls)
			}
		})
	}
}

func TestModelReplacedBetweenCalls(t *testing.T) {
	s := newServer(t)
	s.answer = func(w http.ResponseWriter, call int, _ []string) bool {
		send(w, []embedding{{0, slices.Repeat([]float32{1}, call)}})
		return true
	}
	e := s.embedder()
	if _, err := e.Embed(t.Context(), retrieval.Document, []string{"one"}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Embed(t.Context(), retrieval.Question, []string{"one"}); err == nil {
		t.Error("two lengths of vectors from one model")
	}
}

func TestNobodyListens(t *testing.T) {
	s := newServer(t)
	e := s.embedder()
	s.Close()
	_, err := e.Embed(t.Context(), retrieval.Document, []string{"one"})
	if err == nil || !strings.Contains(err.Error(), "nothing listens there") {
		t.Errorf("error %v", err)
	}
}

// A server that hangs does not hold up who gave up waiting.
func TestSlow(t *testing.T) {
	s := newServer(t)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	s.answer = func(http.ResponseWriter, int, []string) bool { <-release; return true }
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.embedder().Embed(ctx, retrieval.Question, []string{"one"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
	if n := s.calls.Load(); n != 1 {
		t.Errorf("took %d calls", n)
	}
}
