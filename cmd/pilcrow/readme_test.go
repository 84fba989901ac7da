package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadme runs the session that README.md shows, in the folder and the width
// that it is shown for.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, session, ok := strings.Cut(string(readme), "```console\n")
	session, _, closed := strings.Cut(session, "```\n")
	if !ok || !closed {
		t.Fatal("README.md shows no session")
	}
	t.Chdir("../..")
	env := map[string]string{"PILCROW_DB": filepath.Join(t.TempDir(), "pilcrow.db"), "COLUMNS": "80"}
	var got strings.Builder
	for line := range strings.Lines(session) {
		command, ok := strings.CutPrefix(line, "$ pilcrow ")
		if !ok {
			continue
		}
		got.WriteString(line)
		command, filter, _ := strings.Cut(strings.TrimSpace(command), " | ")
		var out, failed bytes.Buffer
		p := &Program{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &failed, Getenv: func(key string) string { return env[key] }}
		if code := p.Run(t.Context(), quoted(command)); code != exitOK {
			t.Fatalf("%sends with %d: %s", line, code, failed.String())
		}
		lines := strings.SplitAfter(strings.TrimSuffix(out.String(), "\n"), "\n")
		switch filter {
		case "head -1":
			lines = lines[:1]
		case "tail -1":
			lines = lines[len(lines)-1:]
		}
		got.WriteString(strings.TrimSuffix(strings.Join(lines, ""), "\n") + "\n")
	}
	if diff := cmp.Diff(session, got.String()); diff != "" {
		t.Errorf("README.md shows another session than there is (-README +now):\n%s", diff)
	}
}

// quoted splits a command line at its spaces, those between double quotes left
// alone.
func quoted(s string) []string {
	var args []string
	for n, part := range strings.Split(s, `"`) {
		if n%2 == 1 {
			args = append(args, part)
		} else {
			args = append(args, strings.Fields(part)...)
		}
	}
	return args
}
