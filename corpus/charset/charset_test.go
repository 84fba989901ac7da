package charset

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func TestDecode(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"UTF-8", "Müller’s café", "Müller’s café"},
		{"UTF-8 with its mark", "\xEF\xBB\xBFplain", "plain"},
		{"UTF-16, little end first", "\xFF\xFEH\x00i\x00\x20\x26", "Hi☠"},
		{"UTF-16, big end first", "\xFE\xFF\x00H\x00i\x26\x20", "Hi☠"},
		{"UTF-16 beyond the basic plane", "\xFE\xFF\xD8\x3D\xDE\x00", "😀"},
		{"UTF-16, lone surrogate", "\xFE\xFF\xD8\x3D\x00a", "\uFFFDa"},
		{"UTF-16, half a unit", "\xFE\xFF\x00a\x00", "a\uFFFD"},
		{"UTF-16, surrogate at the end", "\xFE\xFF\xD8\x3D", "\uFFFD"},
		{"Windows-1252", "It\x92s \x93na\xEFve\x94 \x96 \x80 5", "It’s “naïve” – € 5"},
		{"Latin-1", "Stra\xDFe in K\xF6ln", "Straße in Köln"},
		{"UTF-8 with one bad byte", "é è ê ë ñ \xFF ü", "é è ê ë ñ \uFFFD ü"},
		{"CRLF", "one\r\ntwo\rthree\n", "one\ntwo\nthree\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"image", "\x89PNG\r\n\x1A\n\x00\x00", "not text: looks like a PNG image"},
		{"PDF", "%PDF-1.7\n", "not text: looks like a PDF"},
		{"NUL", "text\x00text", "not text: has NUL bytes"},
		{"Windows-1251", "\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0, \xEA\xE0\xEA \xE4\xE5\xEB\xE0", ErrUnknown.Error()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode([]byte(tt.in))
			if err == nil {
				t.Fatalf("got %q, want an error", got)
			}
			if err.Error() != tt.want {
				t.Errorf("got %q, want %q", err, tt.want)
			}
		})
	}
}

func TestNewReader(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"no mark", "{}", "{}"},
		{"one byte", "{", "{"},
		{"UTF-8 mark", "\xEF\xBB\xBF{}", "{}"},
		{"UTF-16", "\xFF\xFE{\x00\xAC\x20}\x00", "{€}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := io.ReadAll(iotest.OneByteReader(NewReader(strings.NewReader(tt.in))))
			if err != nil || string(got) != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
	broken := io.MultiReader(strings.NewReader("\xFF\xFEH\x00"), iotest.ErrReader(io.ErrClosedPipe))
	if got, err := io.ReadAll(NewReader(broken)); !errors.Is(err, io.ErrClosedPipe) || string(got) != "H" {
		t.Errorf("broken stream: got %q, %v", got, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "é\r\n", "\xFF\xFE\x00\xD8", "\xFE\xFF\xD8\x3D", "\x93a\x94", "\xEF\xBB\xBF"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Decode(b)
		if err != nil {
			return
		}
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r") {
			t.Errorf("Decode(%q) = %q", b, s)
		}
	})
}
