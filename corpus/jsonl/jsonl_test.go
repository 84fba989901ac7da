package jsonl

import (
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"

	"pilcrow/corpus"
	"pilcrow/corpus/drafttest"
)

func TestRead(t *testing.T) {
	drafttest.Golden(t, func(_ string, data []byte) iter.Seq2[corpus.Draft, error] {
		return Read(iotest.HalfReader(strings.NewReader(string(data))))
	})
}

func TestReadEncodings(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"UTF-8 with its mark", "\xEF\xBB\xBF{\"body\": \"naïve\"}", "naïve"},
		{"UTF-16", "\xFF\xFE{\x00\"\x00b\x00o\x00d\x00y\x00\"\x00:\x00\"\x00\xEF\x00\"\x00}\x00", "ï"},
		{"Windows-1252", "{\"body\": \"It\x92s na\xEFve\"}", "It’s naïve"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for d, err := range Read(strings.NewReader(tt.in)) {
				if err != nil || d.Paragraphs[0] != tt.want {
					t.Errorf("got %q, %v; want %q", d.Paragraphs, err, tt.want)
				}
			}
		})
	}
}

// An element that is too long is passed over, not kept in memory, and costs no
// other.
func TestLongElement(t *testing.T) {
	const limit = 1 << 20
	long := `{"body": "` + strings.Repeat("x", 2*limit) + `"}`
	for _, in := range []string{
		`[{"body": "1"},` + long + `,{"body": "3"}]`,
		`{"body": "1"}` + "\n" + long + "\n" + `{"body": "3"}`,
	} {
		s := newSplitter(strings.NewReader(in), limit)
		var got []string
		for {
			raw, err := s.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if len(raw) > limit {
				t.Errorf("kept %d bytes", len(raw))
			}
			if err != nil {
				got = append(got, err.Error())
			} else {
				got = append(got, string(raw))
			}
		}
		if want := `{"body": "1"} | article is too large: more than 1 MB in one element | {"body": "3"}`; strings.Join(got, " | ") != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestReadFailure(t *testing.T) {
	r := io.MultiReader(strings.NewReader("{\"body\": \"1\"}\n{\"bo"), iotest.ErrReader(io.ErrClosedPipe))
	var got []error
	for _, err := range Read(r) {
		got = append(got, err)
	}
	if len(got) != 2 || got[0] != nil || !errors.Is(got[1], io.ErrClosedPipe) {
		t.Errorf("got %v, want one article and then the reader's error", got)
	}
}

func TestStopEarly(t *testing.T) {
	for range Read(strings.NewReader("{\"body\": \"1\"}\n{\"body\": \"2\"}")) {
		break
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`[{"body": "a\n\nb"}, {"body": tru}, 7]`, "{\"body\": \"1\"}\n{\"bo\n{}", "{\n\"body\": [\"x\"]}\n{", `[[[}]"`, "\xFF\xFE[\x00", `{"author": [{"name": "x"}], "body": ""}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := 0
		for d, err := range Read(strings.NewReader(s)) {
			if n++; n > len(s)+1 {
				t.Fatalf("more elements than bytes in %q", s)
			}
			if err == nil && len(d.Paragraphs) == 0 {
				t.Errorf("no paragraphs and no error in %q", s)
			}
			if err != nil && (err.Error() == "" || strings.Contains(err.Error(), "\n")) {
				t.Errorf("error is not one line: %q", err)
			}
		}
	})
}
