package openai_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/bot/openai"
	"pilcrow/retrieval/remote"
)

// secret stands in the key, the prompt and every server's message of an error;
// no error and no log record may hold it.
const secret = "sesame"

// patience is short for a person and long for a busy machine.
var patience = openai.Patience{First: 3 * time.Second, Stall: 1500 * time.Millisecond, Total: 20 * time.Second}

// TestConformance plays each archive in testdata, which holds the bytes of one
// server's replies, one "reply" file for each request, and what they come to:
// the text ("want"), the error ("error"), the fields of each request ("sent")
// and the count ("usage": in, out). The model has the name of the archive.
func TestConformance(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, path := range archives {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var server script
			want := map[string]string{}
			for _, f := range ar.Files {
				if f.Name == "reply" {
					server.replies = append(server.replies, string(f.Data))
				} else {
					want[f.Name] = strings.TrimSuffix(string(f.Data), "\n")
				}
			}
			var log buffer
			var count counter
			g := openai.New(openai.Options{
				BaseURL: server.start(t), Key: secret + "\n", Model: name, Patience: patience,
				Retry: remote.Policy{Pause: time.Millisecond},
				Usage: count.add,
				Log:   slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			})

			got := map[string]string{}
			for piece, err := range g.Generate(t.Context(), prompt) {
				if err != nil {
					got["error"] = err.Error()
					break
				}
				if piece == "" || !utf8.ValidString(piece) {
					t.Errorf("a piece %q", piece)
				}
				got["want"] += piece
			}
			for _, told := range []string{got["error"], log.String()} {
				if strings.Contains(strings.ToLower(told), secret) {
					t.Errorf("%q gives away what it was given", told)
				}
			}
			got["usage"] = count.String()
			if _, ok := want["sent"]; ok {
				got["sent"] = strings.Join(server.requests(), "\n")
			}
			if _, ok := want["long"]; ok { // only how long it is
				got["long"] = fmt.Sprint(len(got["want"]))
				delete(got, "want")
			}
			for _, key := range []string{"want", "error", "usage", "sent", "long"} {
				if diff := cmp.Diff(want[key], got[key]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", key, diff)
				}
			}
		})
	}
}

var prompt = bot.Prompt{System: "Answer from the passages. " + secret, User: "Passage 1: " + secret + ". What was found?", MaxTokens: 64}

// counter keeps what is counted.
type counter struct {
	mu    sync.Mutex
	lines []string
}

func (c *counter) add(_ context.Context, u openai.Usage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	line := fmt.Sprint(u.In, " ", u.Out)
	if u.Estimated {
		line += " estimated"
	}
	c.lines = append(c.lines, line)
}

func (c *counter) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.Join(c.lines, "\n")
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
