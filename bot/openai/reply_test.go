package openai

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/retrieval/remote"
)

// FuzzEvents reads any bytes as a reply: what comes out is lines that
// go-openai can take, or an error of ours; the text in them is whole.
func FuzzEvents(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range archives {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range ar.Files {
			if _, body, ok := bytes.Cut(file.Data, []byte("\n\n")); ok && file.Name == "reply" {
				f.Add(body)
			}
		}
	}
	client := remote.NewClient(0)
	f.Fuzz(func(t *testing.T, reply []byte) {
		in := bytes.NewReader(reply)
		e := &events{body: io.NopCloser(in), lines: bufio.NewReader(in), client: client}
		var text joiner
		for lines := bufio.NewReader(e); ; {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				var fault *remote.Fault
				if len(line) > 0 || err != io.EOF && err != io.ErrUnexpectedEOF && !errors.As(err, &fault) {
					t.Fatalf("%q before %v", line, err)
				}
				break
			}
			if string(line) == "data: [DONE]\n" {
				continue
			}
			event, ok := bytes.CutPrefix(line, []byte("data: { "))
			if !ok {
				t.Fatalf("a line %q", line)
			}
			var c chunk
			if json.Unmarshal(append([]byte("{"), event...), &c) != nil {
				continue
			}
			c.thought()
			c.finished()
			if piece := text.add(c.text()); !utf8.ValidString(piece) {
				t.Fatalf("a piece %q", piece)
			}
		}
		if rest := text.end(); !utf8.ValidString(rest) {
			t.Fatalf("a rest %q", rest)
		}
	})
}

// BenchmarkReply reads a thousand events of a word each.
func BenchmarkReply(b *testing.B) {
	reply := append(bytes.Repeat([]byte(`data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1743083258,"model":"m","choices":[{"index":0,"delta":{"content":" harbour"},"logprobs":null,"finish_reason":null}]}`+"\n\n"), 1000), "data: [DONE]\n"...)
	client := remote.NewClient(0)
	for b.Loop() {
		in := bytes.NewReader(reply)
		lines := bufio.NewReader(&events{body: io.NopCloser(in), lines: bufio.NewReader(in), client: client})
		var text joiner
		for {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				break
			}
			var c chunk
			if event, ok := bytes.CutPrefix(line, []byte("data: {")); ok && json.Unmarshal(append([]byte("{"), event...), &c) == nil {
				text.add(c.text())
			}
		}
	}
}

// FuzzWords reads JSON strings as encoding/json does, wherever they are cut.
func FuzzWords(f *testing.F) {
	for _, s := range []string{`""`, `"caf\u00e9"`, `"\"\\\/\b\f\n\r\t"`, `"\ud83c\udf28 \ud83c!"`, `"\udf28\ud83c"`, `"🌨é€"`, `"\u12"`, `null`, `3`, `["a"]`} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, raw string, cut int) {
		var want string
		if !utf8.ValidString(raw) || !strings.HasPrefix(raw, `"`) || json.Unmarshal([]byte(raw), &want) != nil {
			return
		}
		var w words
		if err := json.Unmarshal([]byte(raw), &w); err != nil {
			t.Fatal(err)
		}
		if got := whole(w); got != want {
			t.Fatalf("%s: got %q, want %q", raw, got, want)
		}
		cut = max(0, min(cut, len(w)))
		var j joiner
		got := j.add(w[:cut]) + j.add(w[cut:]) + j.end()
		if cut > 0 && cut < len(w) && bytes.ContainsRune([]byte(want), utf8.RuneError) {
			return // a lone surrogate's bytes, cut, are three bytes of nothing
		}
		if got != want {
			t.Fatalf("%s cut at %d: got %q, want %q", raw, cut, got, want)
		}
	})
}
