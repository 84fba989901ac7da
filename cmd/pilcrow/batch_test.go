package main

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// TestBatch shows what each kind of line gets, in order, with the rest going on.
func TestBatch(t *testing.T) {
	type in struct {
		Query string `json:"query"`
		Limit int    `json:"limit"`
	}
	echo := func(id json.RawMessage, in in) (any, error) {
		if in.Query == "fail" {
			return nil, errors.New("no luck")
		}
		return struct {
			ID    json.RawMessage `json:"id"`
			Query string          `json:"query"`
		}{id, in.Query}, nil
	}
	var out, diag strings.Builder
	c := &call{Program: &Program{Stdout: &out, Stderr: &diag, Stdin: strings.NewReader(`
{"id": 1, "query": "a < b & c > d"}
{"id": {"set": "x", "n": [1, 2]}, "query": "any JSON value is an id"}

{"query": "no id"}
{"id": "2", "qeury": "a typing error"}
{"id": 3, "query": 17}
{"id": 4, "query": "fail"}
not JSON
["neither", "an object"]
{"id": 5, "query": "the last line, without an end"}`)}}
	err := batch(t.Context(), c, "-", echo)
	if !errors.Is(err, errReported) {
		t.Errorf("batch returned %v", err)
	}
	want := `{"id":1,"query":"a < b & c > d"}
{"id":{"set":"x","n":[1,2]},"query":"any JSON value is an id"}
{"id":null,"query":"no id"}
{"id":"2","error":"unknown field \"qeury\""}
{"id":3,"error":"\"query\" cannot be a JSON number"}
{"id":4,"error":"no luck"}
{"id":null,"error":"not a JSON object: invalid character 'o' in literal null (expecting 'u')"}
{"id":null,"error":"not a JSON object: it is of the type array"}
{"id":5,"query":"the last line, without an end"}
`
	if got := out.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := diag.String(); got != "pilcrow: 5 of 9 lines failed\n" {
		t.Errorf("said %q", got)
	}
}

// TestBatchLongLine shows that a line without bound costs itself only.
func TestBatchLongLine(t *testing.T) {
	var out strings.Builder
	long := strings.Repeat("a", maxBatchLine+1) + "\n"
	c := &call{Program: &Program{Stdout: &out, Stderr: new(strings.Builder), Stdin: strings.NewReader(long + `{"id":2}`)}}
	err := batch(t.Context(), c, "-", func(id json.RawMessage, _ struct{}) (any, error) { return id, nil })
	if want := "{\"id\":null,\"error\":\"the line is longer than 64 MiB\"}\n2\n"; !errors.Is(err, errReported) || out.String() != want {
		t.Errorf("%v after %q", err, out.String())
	}
}

// FuzzBatch shows that every line that is not blank gets one line back, in
// JSON, whatever it holds.
func FuzzBatch(f *testing.F) {
	f.Add("{\"id\": 1, \"query\": \"a\"}\n\n[]\n{\"id\": {}}")
	f.Add("{\"id\": \xff, \"query\": 1}")
	f.Fuzz(func(t *testing.T, input string) {
		var out strings.Builder
		c := &call{Program: &Program{Stdout: &out, Stderr: new(strings.Builder), Stdin: strings.NewReader(input)}}
		err := batch(t.Context(), c, "-", func(id json.RawMessage, in searchLine) (any, error) {
			return resultJSON{ID: id, Query: in.Query}, nil
		})
		if err != nil && !errors.Is(err, errReported) {
			t.Fatal(err)
		}
		want := 0
		for line := range strings.Lines(input) {
			if strings.TrimSpace(line) != "" {
				want++
			}
		}
		got := 0
		for line := range strings.Lines(out.String()) {
			if got++; !json.Valid([]byte(line)) {
				t.Errorf("not JSON: %q", line)
			}
		}
		if got != want {
			t.Errorf("%d lines of %q got %d lines back", want, input, got)
		}
	})
}
