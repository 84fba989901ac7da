package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/bot/openai/openaitest"
)

// TestInterrupt: a sentence is shown while the model writes the next, and
// whoever stops the program then stops the model as well.
func TestInterrupt(t *testing.T) {
	server := &openaitest.Server{
		Reply: func(string) string {
			return "The night ferry leaves the east quay at 21:30 [1]. " + strings.Repeat("She carries 240 passengers and is called the Sanderling [1]. ", 1000)
		},
		Pause: time.Millisecond,
	}
	dir := t.TempDir()
	env := map[string]string{
		"HOME": dir, "PILCROW_DB": filepath.Join(dir, "pilcrow.db"),
		"PILCROW_MODEL": "a-model", "OPENAI_BASE_URL": server.Start(t),
	}
	article := filepath.Join(dir, "ferry.md")
	const text = "# The night ferry\n\nThe night ferry leaves the east quay at 21:30. She is called the Sanderling and carries 240 passengers.\n"
	if err := os.WriteFile(article, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var complaints bytes.Buffer
	run := func(ctx context.Context, out io.Writer, args ...string) int {
		p := &Program{Stdin: strings.NewReader(""), Stdout: out, Stderr: &complaints, Getenv: func(k string) string { return env[k] }}
		return p.Run(ctx, args)
	}
	if code := run(t.Context(), io.Discard, "add", article); code != exitOK {
		t.Fatalf("add: code %d: %s", code, complaints.String())
	}

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	shown, out := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, out, "ask", "when does the night ferry leave the east quay")
		out.Close()
	}()
	lines := bufio.NewScanner(shown)
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), "The night ferry leaves the east quay at 21:30.") {
		t.Fatalf("the first line is %q", lines.Text())
	}
	cancel()
	if _, err := io.Copy(io.Discard, shown); err != nil {
		t.Fatal(err)
	}
	if got := <-code; got != exitError || complaints.String() != "pilcrow: interrupted\n" {
		t.Errorf("code %d, %q", got, complaints.String())
	}
	for deadline := time.Now().Add(10 * time.Second); server.Stopped() == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the model writes on")
		}
	}
}
