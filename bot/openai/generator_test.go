package openai_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/bot"
	"pilcrow/bot/openai"
	"pilcrow/bot/openai/openaitest"
	"pilcrow/retrieval/remote"
)

const answer = `200 text/event-stream

data: {"choices":[{"delta":{"content":"It froze [1]."},"finish_reason":"stop"}]}

data: [DONE]
`

const unending = `200 text/event-stream

data: {"choices":[{"delta":{"content":"It froze"}}]}

<stall>
`

// generator returns one that asks a script.
func generator(t *testing.T, s *script, change func(*openai.Options)) *openai.Generator {
	t.Helper()
	o := openai.Options{BaseURL: s.start(t), Key: secret, Model: "m", Patience: patience, Retry: remote.Policy{Pause: time.Millisecond}}
	if change != nil {
		change(&o)
	}
	return openai.New(o)
}

// all collects a text.
func all(ctx context.Context, g bot.Generator) (string, error) {
	var b strings.Builder
	for piece, err := range g.Generate(ctx, prompt) {
		if err != nil {
			return b.String(), err
		}
		b.WriteString(piece)
	}
	return b.String(), nil
}

// TestStop breaks off after the first piece, which has come although the
// server never ends: the server sees the connection close, and what it wrote
// is counted.
func TestStop(t *testing.T) {
	t.Parallel()
	s := &script{replies: []string{unending}}
	var count counter
	g := generator(t, s, func(o *openai.Options) { o.Usage = count.add })
	for piece, err := range g.Generate(t.Context(), prompt) {
		if err != nil || piece != "It froze" {
			t.Fatalf("got %q, %v", piece, err)
		}
		break
	}
	if got := count.String(); got != "17 2 estimated" {
		t.Errorf("counted %q", got)
	}
	s.left(t)
}

// TestCancel ends the context, before the first word and after it: the
// server sees the connection close, and the error is the context's own.
func TestCancel(t *testing.T) {
	t.Parallel()
	for name, reply := range map[string]string{
		"before the reply": "200 text/event-stream\n\n<stall>\n",
		"after words":      unending,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &script{replies: []string{reply}}
			g := generator(t, s, nil)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			time.AfterFunc(200*time.Millisecond, cancel)
			if _, err := all(ctx, g); err != context.Canceled {
				t.Errorf("got %v", err)
			}
			s.left(t)
		})
	}
}

// TestDeadline tells the caller's deadline from the server's failings.
func TestDeadline(t *testing.T) {
	t.Parallel()
	s := &script{replies: []string{unending}}
	g := generator(t, s, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := all(ctx, g); err != context.DeadlineExceeded {
		t.Errorf("got %v", err)
	}
	s.left(t)
}

// TestTotal bounds an answer that never stops coming, drop by drop.
func TestTotal(t *testing.T) {
	t.Parallel()
	s := &script{replies: []string{"200 text/event-stream\n\n" + `<again> data: {"choices":[{"delta":{}}]}` + "\n"}}
	g := generator(t, s, func(o *openai.Options) { o.Patience.Total = 300 * time.Millisecond })
	_, err := all(t.Context(), g)
	if !errors.Is(err, remote.ErrUnavailable) || !strings.Contains(err.Error(), "the whole answer took too long") {
		t.Errorf("got %v", err)
	}
	s.left(t)
}

// TestSlowReader lets a reader think for longer than a server may: only the
// server's silence counts.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	s := &script{replies: []string{`200 text/event-stream

data: {"choices":[{"delta":{"content":"It froze"}}]}

data: {"choices":[{"delta":{"content":" [1]."},"finish_reason":"stop"}]}

data: [DONE]
`}}
	g := generator(t, s, func(o *openai.Options) { o.Patience.Stall = 300 * time.Millisecond })
	var got string
	for piece, err := range g.Generate(t.Context(), prompt) {
		if err != nil {
			t.Fatal(err)
		}
		got += piece
		time.Sleep(600 * time.Millisecond)
	}
	if got != "It froze [1]." {
		t.Errorf("got %q", got)
	}
}

// TestRetryAfter waits as long as it was asked to.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	s := &script{replies: []string{"429 application/json\nRetry-After: 0.4\n\n{}\n", answer}}
	g := generator(t, s, nil)
	start := time.Now()
	if got, err := all(t.Context(), g); got != "It froze [1]." || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if took := time.Since(start); took < 400*time.Millisecond {
		t.Errorf("came back after %v", took)
	}
}

// TestBreaker stops asking a server that fails, and asks again after a rest.
func TestBreaker(t *testing.T) {
	t.Parallel()
	down := "503 text/plain\n\nsesame\n"
	s := &script{replies: []string{down, down, answer}}
	g := generator(t, s, func(o *openai.Options) {
		o.Retry.Tries = 1
		o.Breaker = &remote.Breaker{Failures: 2, Rest: 500 * time.Millisecond}
	})
	for range 5 {
		if _, err := all(t.Context(), g); !errors.Is(err, remote.ErrUnavailable) {
			t.Fatalf("got %v", err)
		}
	}
	if n := len(s.requests()); n != 2 {
		t.Errorf("asked %d times while it was down", n)
	}
	time.Sleep(600 * time.Millisecond)
	if got, err := all(t.Context(), g); got != "It froze [1]." || err != nil {
		t.Errorf("after its rest: got %q, %v", got, err)
	}
}

// TestReaderLeaving says nothing against the server.
func TestReaderLeaving(t *testing.T) {
	t.Parallel()
	s := &script{replies: []string{unending}}
	g := generator(t, s, func(o *openai.Options) { o.Breaker = &remote.Breaker{Failures: 1} })
	for range 3 {
		for _, err := range g.Generate(t.Context(), prompt) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
}

// TestRemembers does not ask again for what was refused once.
func TestRemembers(t *testing.T) {
	t.Parallel()
	s := &script{replies: []string{
		"400 application/json\n\n" + `{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"]},{"type":"extra_forbidden","loc":["body","temperature"]}]}` + "\n",
		answer,
	}}
	g := generator(t, s, nil)
	for range 2 {
		if _, err := all(t.Context(), g); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		`max_tokens=64 stream_options={"include_usage":true} temperature=0 system user`,
		`max_tokens=64 system user`,
		`max_tokens=64 system user`,
	}
	if diff := cmp.Diff(want, s.requests()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestConcurrent writes several texts at once, each its own.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	srv := &openaitest.Server{Reply: func(prompt string) string { return "You asked: " + prompt + " [1]." }}
	g := openai.New(openai.Options{BaseURL: srv.Start(t), Model: "m"})
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			user := fmt.Sprintf("what of number %d?", i)
			var got strings.Builder
			for piece, err := range g.Generate(t.Context(), bot.Prompt{User: user}) {
				if err != nil {
					t.Error(err)
					return
				}
				got.WriteString(piece)
			}
			if want := "You asked: " + user + " [1]."; got.String() != want {
				t.Errorf("got %q, want %q", got.String(), want)
			}
		})
	}
	all.Wait()
}

// TestRequest holds what is sent to the prompt: its words, the key, and no
// more tokens than asked for, or the Generator's own bound.
func TestRequest(t *testing.T) {
	var body, key string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		body, key = string(b), r.Header.Get("Authorization")
		io.WriteString(w, `{"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}]}`)
	}))
	defer srv.Close()
	g := openai.New(openai.Options{BaseURL: srv.URL, Key: "k-1\n", Model: "m", MaxTokens: 99})
	for _, test := range []struct {
		prompt bot.Prompt
		want   string
	}{
		{
			bot.Prompt{System: "Be brief.", User: `Say "temperature":1e-45.`, MaxTokens: 7},
			`{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Say \"temperature\":1e-45."}],"max_tokens":7,"temperature":0,"stream":true,"stream_options":{"include_usage":true}}`,
		},
		{
			bot.Prompt{User: "Well?"},
			`{"model":"m","messages":[{"role":"user","content":"Well?"}],"max_tokens":99,"temperature":0,"stream":true,"stream_options":{"include_usage":true}}`,
		},
	} {
		for _, err := range g.Generate(t.Context(), test.prompt) {
			if err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(test.want, body); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if key != "Bearer k-1" {
			t.Errorf("the key came as %q", key)
		}
	}
}
