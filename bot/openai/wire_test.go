package openai_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// script is a server that plays replies written down as bytes, each once, the
// last again and again. A reply begins with its status and content type,
// "crlf" or "gzip" behind them, and headers; behind an empty line follows the
// body, of which each line is sent by itself, and these are orders:
//
//	<stall>          send nothing more, until the client leaves
//	<drop>           break the connection
//	<bytes> "…"      send this Go string, without an end of line
//	<again> LINE     send this line until the client leaves
//	<times N> LINE   send this line so often
//	<long N>         send one line of N bytes
type script struct {
	replies []string

	mu   sync.Mutex
	sent []string // for each request, its fields besides the model, messages and stream
	gone chan struct{}
}

// start serves the script and returns the address where the API begins.
func (s *script) start(t *testing.T) string {
	t.Helper()
	s.gone = make(chan struct{}, 64)
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return srv.URL + "/v1"
}

// requests returns what was sent, one line a request.
func (s *script) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/v1/chat/completions" {
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.mu.Lock()
	reply := s.replies[min(len(s.sent), len(s.replies)-1)]
	s.sent = append(s.sent, optional(body))
	s.mu.Unlock()

	head, rest, _ := strings.Cut(reply, "\n\n")
	first, headers, _ := strings.Cut(head, "\n")
	status := strings.Fields(first)
	code, err := strconv.Atoi(status[0])
	if err != nil {
		panic(fmt.Sprintf("a reply begins with %q", first))
	}
	if len(status) > 1 {
		w.Header().Set("Content-Type", status[1])
	}
	for line := range strings.Lines(headers) {
		name, value, _ := strings.Cut(line, ":")
		w.Header().Set(name, strings.TrimSpace(value))
	}
	out := &sender{w: w, to: w, end: "\n"}
	if slices.Contains(status, "crlf") {
		out.end = "\r\n"
	}
	if slices.Contains(status, "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		out.zip = gzip.NewWriter(w)
		out.to = out.zip
	}
	w.WriteHeader(code)
	out.play(r, rest)
	select {
	case <-r.Context().Done():
		s.gone <- struct{}{}
	default:
	}
}

// sender writes a body and flushes each line.
type sender struct {
	w   http.ResponseWriter
	to  io.Writer
	zip *gzip.Writer
	end string
	err error
}

func (o *sender) send(s string) {
	if o.err != nil {
		return
	}
	_, o.err = io.WriteString(o.to, s)
	if o.zip != nil {
		o.zip.Flush()
	}
	o.w.(http.Flusher).Flush()
}

func (o *sender) play(r *http.Request, body string) {
	for line := range strings.Lines(body) {
		line = strings.TrimSuffix(line, "\n")
		order, arg, _ := strings.Cut(line, "> ")
		name, n, _ := strings.Cut(order, " ")
		switch name {
		case "<stall>":
			<-r.Context().Done()
			return
		case "<drop>":
			panic(http.ErrAbortHandler)
		case "<bytes":
			s, err := strconv.Unquote(arg)
			if err != nil {
				panic(err)
			}
			o.send(s)
		case "<again":
			for o.err == nil && r.Context().Err() == nil {
				o.send(arg + o.end)
			}
			return
		case "<times":
			for range atoi(n) {
				o.send(arg + o.end)
			}
		case "<long":
			o.send(strings.Repeat("x", atoi(strings.TrimSuffix(n, ">"))) + o.end)
		default:
			o.send(line + o.end)
		}
	}
	if o.zip != nil {
		o.zip.Close()
	}
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// optional writes the fields of a request that not every server takes.
func optional(body []byte) string {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return err.Error()
	}
	var messages []struct{ Role string }
	if err := json.Unmarshal(fields["messages"], &messages); err != nil {
		return err.Error()
	}
	var out []string
	for name, value := range fields {
		if name != "model" && name != "messages" && name != "stream" {
			out = append(out, name+"="+string(bytes.TrimSpace(value)))
		}
	}
	slices.Sort(out)
	for _, m := range messages {
		out = append(out, m.Role)
	}
	return strings.Join(out, " ")
}

// left waits until a client has broken off a request.
func (s *script) left(t *testing.T) {
	t.Helper()
	select {
	case <-s.gone:
	case <-time.After(10 * time.Second):
		t.Error("the server was left with an open request")
	}
}
