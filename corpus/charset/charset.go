// Package charset turns the bytes of a text file into a string that every
// reader can trust: valid UTF-8, no byte-order mark, no NUL, lines ended by
// "\n" alone.
//
// It knows what articles are saved in: UTF-8, UTF-16 with its mark, and
// Windows-1252, the superset of Latin-1 that Western files without a mark turn
// out to be. It does not guess among the other legacy encodings, where a wrong
// guess reads as well as a right one to a program and as nonsense to a person;
// those are refused with what to do.
package charset

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrUnknown says that a text is in an encoding that is not read here.
var ErrUnknown = errors.New("neither UTF-8 nor a Western encoding: save it as UTF-8")

// ErrBinary says that a file is no text.
var ErrBinary = errors.New("not text")

// Decode returns b as text. A file that is no text at all is refused by an
// error that names what it looks like.
func Decode(b []byte) (string, error) {
	if what := Binary(b); what != "" {
		return "", fmt.Errorf("%w: looks like %s", ErrBinary, what)
	}
	switch {
	case bytes.HasPrefix(b, bomUTF8):
		b = b[len(bomUTF8):]
	case bytes.HasPrefix(b, bomLE), bytes.HasPrefix(b, bomBE):
		wide, err := io.ReadAll(NewReader(bytes.NewReader(b)))
		if err != nil {
			return "", err
		}
		b = wide
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return "", fmt.Errorf("%w: has NUL bytes", ErrBinary)
	}
	if damaged(b) {
		s, err := western(b)
		return newlines(s), err
	}
	return newlines(strings.ToValidUTF8(string(b), "\uFFFD")), nil
}

var (
	bomUTF8 = []byte("\xEF\xBB\xBF")
	bomLE   = []byte("\xFF\xFE")
	bomBE   = []byte("\xFE\xFF")
)

// NewReader returns r as UTF-8 without its byte-order mark, for streams that
// are too long for Decode. Bytes without a mark pass unchanged, valid or not.
func NewReader(r io.Reader) io.Reader {
	br := bufio.NewReader(r)
	head, _ := br.Peek(len(bomUTF8)) // a short stream has a short head
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		_, _ = br.Discard(len(bomUTF8))
	case bytes.HasPrefix(head, bomLE), bytes.HasPrefix(head, bomBE):
		_, _ = br.Discard(len(bomLE))
		return &utf16Reader{r: br, big: head[0] == bomBE[0]}
	}
	return br
}

// damaged reports whether b is so far from UTF-8 that it must be something
// else. A few bad bytes among many good sequences are damage, not an encoding.
func damaged(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return bad > 0 && good < 4*bad
}

// c1 holds what Windows-1252 puts at 0x80–0x9F
// (https://encoding.spec.whatwg.org/index-windows-1252.txt); elsewhere it is
// Latin-1, whose bytes are their own code points.
var c1 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// western reads b as Windows-1252. Where more than a third of the letters are
// outside ASCII the text is Cyrillic, Greek, Chinese, …: no language written in
// Windows-1252 has that many.
func western(b []byte) (string, error) {
	var s strings.Builder
	s.Grow(len(b) + len(b)/8)
	letters, high := 0, 0
	for _, c := range b {
		r := rune(c)
		if 0x80 <= c && c < 0xA0 {
			r = c1[c-0x80]
		}
		if unicode.IsLetter(r) {
			letters++
			if c >= 0x80 {
				high++
			}
		}
		s.WriteRune(r)
	}
	if letters > 8 && 3*high > letters {
		return "", ErrUnknown
	}
	return s.String(), nil
}

func newlines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
