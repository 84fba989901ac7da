// Package openaitest is a model's server for tests: it speaks OpenAI's chat
// completions, and embeddings, on loopback, and answers as a Go function says.
package openaitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// Server answers requests. Set its fields before the first one.
type Server struct {
	// Reply writes the answer to a prompt: the contents of all messages, with
	// empty lines between them. It may be called from several goroutines.
	Reply func(prompt string) string
	// Embed returns the vector of a text. If it is nil, there are no
	// embeddings here (404).
	Embed func(text string) []float32
	// Pause is waited before each piece of an answer.
	Pause time.Duration

	mu      sync.Mutex
	prompts []string
	stopped int
}

// Start serves on loopback until the test ends, and returns the address where
// the API begins.
func (s *Server) Start(tb testing.TB) (baseURL string) {
	tb.Helper()
	srv := httptest.NewServer(s)
	tb.Cleanup(srv.Close)
	return srv.URL + "/v1"
}

// Prompts returns the prompts that came, in order.
func (s *Server) Prompts() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.prompts)
}

// Stopped returns how many answers a client broke off.
func (s *Server) Stopped() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}

// ServeHTTP serves POST /v1/chat/completions and POST /v1/embeddings.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPost && r.URL.Path == "/v1/chat/completions":
		s.chat(w, r)
	case r.Method == http.MethodPost && r.URL.Path == "/v1/embeddings" && s.Embed != nil:
		s.embeddings(w, r)
	default:
		fail(w, http.StatusNotFound, "there is nothing at this address")
	}
}

func (s *Server) chat(w http.ResponseWriter, r *http.Request) {
	var req struct {
		Model    string
		Messages []struct{ Content string }
		Stream   bool
	}
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	var contents []string
	for _, m := range req.Messages {
		contents = append(contents, m.Content)
	}
	prompt := strings.Join(contents, "\n\n")
	s.mu.Lock()
	s.prompts = append(s.prompts, prompt)
	s.mu.Unlock()

	answer := s.Reply(prompt)
	usage := map[string]int{"prompt_tokens": tokens(prompt), "completion_tokens": tokens(answer), "total_tokens": tokens(prompt) + tokens(answer)}
	if !req.Stream {
		send(w, map[string]any{
			"object": "chat.completion", "model": req.Model, "usage": usage,
			"choices": []any{map[string]any{"index": 0, "message": map[string]string{"role": "assistant", "content": answer}, "finish_reason": "stop"}},
		})
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	event := func(v map[string]any) {
		v["object"], v["model"] = "chat.completion.chunk", req.Model
		b, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(w, "data: %s\n\n", b)
		w.(http.Flusher).Flush()
	}
	choice := func(delta map[string]string, finish any) map[string]any {
		return map[string]any{"choices": []any{map[string]any{"index": 0, "delta": delta, "finish_reason": finish}}}
	}
	event(choice(map[string]string{"role": "assistant", "content": ""}, nil))
	for i := 0; answer != ""; i++ {
		select {
		case <-r.Context().Done():
			s.mu.Lock()
			s.stopped++
			s.mu.Unlock()
			return
		case <-time.After(s.Pause):
		}
		n := piece(answer, i)
		event(choice(map[string]string{"content": answer[:n]}, nil))
		answer = answer[n:]
	}
	event(choice(map[string]string{}, "stop"))
	event(map[string]any{"choices": []any{}, "usage": usage})
	fmt.Fprint(w, "data: [DONE]\n\n")
}

// piece returns the length of the next piece: of one to five code points by
// turns, so that words and citations are cut everywhere.
func piece(s string, i int) int {
	n := 0
	for range 1 + i*3%5 {
		_, size := utf8.DecodeRuneInString(s[n:])
		n += size
	}
	return n
}

func (s *Server) embeddings(w http.ResponseWriter, r *http.Request) {
	var req struct {
		Model string
		Input json.RawMessage
	}
	err := json.NewDecoder(r.Body).Decode(&req)
	var texts []string
	if err == nil && json.Unmarshal(req.Input, &texts) != nil {
		texts = make([]string, 1)
		err = json.Unmarshal(req.Input, &texts[0])
	}
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	data, sum := []any{}, 0
	for i, text := range texts {
		sum += tokens(text)
		data = append(data, map[string]any{"object": "embedding", "index": i, "embedding": s.Embed(text)})
	}
	send(w, map[string]any{"object": "list", "model": req.Model, "data": data, "usage": map[string]int{"prompt_tokens": sum, "total_tokens": sum}})
}

// tokens counts words, which are the tokens of this model.
func tokens(s string) int { return len(strings.Fields(s)) }

func fail(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	send(w, map[string]any{"error": map[string]any{"message": message, "type": "invalid_request_error", "param": nil, "code": nil}})
}

func send(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	// A client that has left does not need the rest.
	_ = json.NewEncoder(w).Encode(v)
}
