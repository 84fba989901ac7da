package openai

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// joiner puts pieces of text together where they were cut within a code point,
// between bytes or between the halves of a surrogate pair. The zero joiner is
// ready.
type joiner struct {
	held []byte // the beginning of a code point
}

// add takes the next piece and returns what is whole, in valid UTF-8. What can
// be no code point becomes U+FFFD.
func (j *joiner) add(piece []byte) string {
	b := append(j.held, piece...)
	cut := len(b) - unfinished(b)
	j.held = bytes.Clone(b[cut:])
	return whole(b[:cut])
}

// end returns what stands for the half that is left when nothing more comes.
func (j *joiner) end() string {
	if len(j.held) == 0 {
		return ""
	}
	j.held = nil
	return string(utf8.RuneError)
}

// unfinished returns how many bytes at the end may be the beginning of a code
// point.
func unfinished(b []byte) int {
	for n := 1; n <= min(len(b), utf8.UTFMax); n++ {
		switch tail := b[len(b)-n:]; {
		case !utf8.RuneStart(tail[0]):
			continue
		case n == 3 && utf16.IsSurrogate(surrogate(tail)) && tail[1] < 0xB0: // the first of a pair
			return n
		case !utf8.FullRune(tail):
			return n
		}
		break
	}
	return 0
}

// surrogate returns the half of a pair at the beginning of b, or 0.
func surrogate(b []byte) rune {
	if len(b) < 3 || b[0] != 0xED || b[1]&0xE0 != 0xA0 || b[2]&0xC0 != 0x80 {
		return 0
	}
	return 0xD000 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F)
}

// whole returns b in valid UTF-8, its surrogate pairs as one code point each.
func whole(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if first := surrogate(b); first != 0 {
			r, size = utf8.RuneError, 3
			if pair := utf16.DecodeRune(first, surrogate(b[3:])); pair != utf8.RuneError {
				r, size = pair, 6
			}
		}
		out = utf8.AppendRune(out, r)
		b = b[size:]
	}
	return string(out)
}
