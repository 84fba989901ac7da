package charset

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader turns UTF-16 into UTF-8. A lone surrogate, or half a unit at the
// end, becomes U+FFFD.
type utf16Reader struct {
	r    *bufio.Reader
	big  bool
	out  []byte // decoded and not yet read; part of buf
	buf  [utf8.UTFMax]byte
	next int // a unit read too early, or none where 0
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(u.out) == 0 {
			r, err := u.rune()
			if err != nil {
				if n > 0 && errors.Is(err, io.EOF) {
					return n, nil
				}
				return n, err
			}
			u.out = utf8.AppendRune(u.buf[:0], r)
		}
		c := copy(p[n:], u.out)
		u.out = u.out[c:]
		n += c
	}
	return n, nil
}

func (u *utf16Reader) rune() (rune, error) {
	first, err := u.unit()
	if err != nil || !utf16.IsSurrogate(first) {
		return first, err
	}
	second, err := u.unit()
	if errors.Is(err, io.EOF) {
		return utf8.RuneError, nil
	}
	if err != nil {
		return 0, err
	}
	r := utf16.DecodeRune(first, second)
	if r == utf8.RuneError {
		u.next = int(second)
	}
	return r, nil
}

// unit returns the next 16 bits.
func (u *utf16Reader) unit() (rune, error) {
	if u.next != 0 {
		r := rune(u.next)
		u.next = 0
		return r, nil
	}
	var b [2]byte
	_, err := io.ReadFull(u.r, b[:])
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return utf8.RuneError, nil
	case err != nil:
		return 0, err
	case u.big:
		return rune(b[0])<<8 | rune(b[1]), nil
	}
	return rune(b[1])<<8 | rune(b[0]), nil
}
