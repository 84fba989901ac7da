package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// evalDir is the folder with the data sets. Without it the test is skipped.
func evalDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("PILCROW_EVAL_DIR")
	if dir == "" {
		t.Skip("PILCROW_EVAL_DIR does not name the folder with the data sets")
	}
	return dir
}

// TestEval compares the figures, and the cases behind them, with those in
// testdata/eval, so that a change for the worse is a diff to be read:
//
//	PILCROW_EVAL_DIR=… go test ./cmd/pilcrow -run TestEval -update
func TestEval(t *testing.T) {
	if os.Getenv("PILCROW_EVAL_LONG") == "" {
		t.Skip("takes minutes; PILCROW_EVAL_LONG=1 runs it")
	}
	dir := evalDir(t)
	c := &call{Program: &Program{Stderr: t.Output(), Getenv: alone}}
	for _, s := range scorers {
		if slices.Contains([]string{"search", "verify", "cite", "injection"}, s.name) {
			continue // bot/eval holds their figures
		}
		t.Run(s.name, func(t *testing.T) {
			r, err := s.score(t.Context(), c, dir)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			if err := errors.Join(r.WriteTable(&got), r.WriteCases(&got)); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", "eval", s.name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

// alone is the environment of a program that nobody has set up.
func alone(key string) string {
	if key == "HOME" || key == "LocalAppData" {
		return os.TempDir()
	}
	return ""
}

// TestCitations asks every question of a data set as a script would, and
// follows each citation to the article: the paragraph is there as it was
// cited, and the quote is that part of it.
func TestCitations(t *testing.T) {
	dir := filepath.Join(evalDir(t), "multihoprag")
	if testing.Short() {
		t.Skip("takes a minute")
	}
	var batch bytes.Buffer
	for i, line := range readLines(t, filepath.Join(dir, "queries.jsonl")) {
		var q struct{ Query string }
		if err := json.Unmarshal(line, &q); err != nil {
			t.Fatal(err)
		}
		if err := printJSON(&batch, map[string]any{"id": i, "question": q.Query}); err != nil {
			t.Fatal(err)
		}
	}
	db := filepath.Join(t.TempDir(), "articles.db")
	run := func(stdin string, args ...string) []byte {
		var out bytes.Buffer
		p := &Program{Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: t.Output(), Getenv: alone}
		if code := p.Run(t.Context(), append(args, "--db", db)); code != exitOK {
			t.Fatalf("pilcrow %s: exit code %d", strings.Join(args, " "), code)
		}
		return out.Bytes()
	}
	run("", "add", filepath.Join(dir, "corpus.json"))
	answers := bytes.Split(bytes.TrimSpace(run(batch.String(), "ask", "--now", evalNow, "--batch", "-")), []byte("\n"))

	paragraphs := map[string][]string{}
	cited := 0
	for i, line := range answers {
		var a answerJSON
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		if want, _ := json.Marshal(i); !bytes.Equal(a.ID, want) {
			t.Fatalf("answer %d has the id %s", i, a.ID)
		}
		if a.Refused != (len(a.Sentences) == 0) || a.Refused != (a.Reason != nil) {
			t.Errorf("question %d: refused %t with %d sentences", i, a.Refused, len(a.Sentences))
		}
		for _, s := range a.Sentences {
			for _, n := range s.Citations {
				if n < 1 || n > len(a.Citations) {
					t.Errorf("question %d: a sentence cites [%d] of %d", i, n, len(a.Citations))
				}
			}
			if len(s.Citations) == 0 {
				t.Errorf("question %d: a sentence cites nothing", i)
			}
		}
		for _, c := range append(a.Citations, a.Nearest...) {
			cited++
			texts, ok := paragraphs[c.Article]
			if !ok {
				var shown struct{ Paragraphs []string }
				if err := json.Unmarshal(run("", "show", "--json", c.Article), &shown); err != nil {
					t.Fatal(err)
				}
				texts = shown.Paragraphs
				paragraphs[c.Article] = texts
			}
			if c.Paragraph < 1 || c.Paragraph > len(texts) || texts[c.Paragraph-1] != c.Text {
				t.Errorf("question %d: [%d] is not paragraph %d of %s", i, c.N, c.Paragraph, c.Article)
			}
			if points := []rune(c.Text); c.Start < 0 || c.Start >= c.End || c.End > len(points) || string(points[c.Start:c.End]) != c.Quote {
				t.Errorf("question %d: [%d] does not quote its paragraph at [%d, %d)", i, c.N, c.Start, c.End)
			}
		}
	}
	t.Logf("%d citations of %d answers", cited, len(answers))
}

func readLines(t *testing.T, file string) (lines [][]byte) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		lines = append(lines, bytes.Clone(s.Bytes()))
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}
