package jsonl

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"pilcrow/corpus"
)

// splitter cuts a stream into its JSON values without understanding them, so
// that a broken value costs itself only. encoding/json's Decoder cannot go on
// behind a syntax error, and buffers a value whole however long it is.
type splitter struct {
	r     *bufio.Reader
	limit int
	mode  mode
	done  bool // no call of next will return another value
	buf   []byte
	over  bool // the value at hand is longer than limit and no longer kept
}

type mode int

const (
	unknown mode = iota
	lines        // one value a line; a line that is broken ends with it
	values       // values one after the other, over any number of lines
	array        // the same between brackets
	tail         // behind the closing bracket
)

func newSplitter(r io.Reader, limit int) *splitter {
	return &splitter{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// next returns the next value, valid until the next call, or the error that
// stands for it; io.EOF at the end.
func (s *splitter) next() ([]byte, error) {
	s.buf, s.over = s.buf[:0], false
	err := s.read()
	if err == nil && s.over {
		err = fmt.Errorf("%w: more than %d MB in one element", corpus.ErrTooLarge, s.limit>>20)
	}
	return s.buf, err
}

func (s *splitter) read() error {
	if s.mode != unknown {
		if s.mode == lines {
			return s.line()
		}
		return s.value()
	}
	// The first line tells how values are laid out. One that does not end
	// where an object could is the start of an object printed over several.
	c, err := s.space("")
	switch {
	case errors.Is(err, io.EOF):
		err = errors.New("empty file")
	case err == nil && c != '[' && c != '{':
		err = fmt.Errorf("not JSON: starts with %q, want [ or {", rune(c))
	}
	if err != nil {
		s.done = true
		return err
	}
	if c == '[' {
		s.mode = array
		return s.value()
	}
	_ = s.r.UnreadByte()
	s.mode = lines
	if err := s.line(); err != nil || s.over || !strings.ContainsRune("{[,:", rune(s.buf[len(s.buf)-1])) {
		return err
	}
	s.mode = values
	s.r = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(append(bytes.Clone(s.buf), '\n')), s.r), 64<<10)
	s.buf = s.buf[:0]
	return s.value()
}

// line takes the next line that is not blank, without the space around it.
func (s *splitter) line() error {
	for {
		part, err := s.r.ReadSlice('\n')
		s.keep(part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			s.done = true
			return err
		}
		s.buf = bytes.TrimSpace(s.buf)
		if len(s.buf) > 0 || s.over {
			return nil
		}
		if err != nil {
			s.done = true
			return io.EOF
		}
	}
}

// value takes the next value between commas, of an array or of none.
func (s *splitter) value() error {
	c, err := s.space(",")
	switch {
	case errors.Is(err, io.EOF):
		s.done = true
		if s.mode == array {
			return errors.New("the file is cut short: its array is not closed")
		}
		return io.EOF
	case err != nil:
		s.done = true
		return err
	case s.mode == tail:
		s.done = true
		return errors.New("something follows the end of the array")
	case c == ']' && s.mode == array:
		s.mode = tail
		return s.value()
	}
	if err = s.body(c); err != nil {
		s.done = true
	}
	if errors.Is(err, io.EOF) {
		err = errors.New("the file is cut short within this element")
	}
	return err
}

// body takes a value from its first byte c to its end.
func (s *splitter) body(c byte) error {
	depth := 0
	quoted := false
	for {
		s.keep(c)
		switch {
		case quoted && c == '\\':
			c, err := s.r.ReadByte()
			if err != nil {
				return err
			}
			s.keep(c)
		case c == '"':
			quoted = !quoted
		case quoted && c == '\n' && s.atObject():
			return nil // no string goes over a line's end: this one lacks its quote
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth <= 0 && !quoted {
			if c == '}' || c == ']' || c == '"' {
				return nil
			}
			// A number, a word or rubbish ends before what ends an element.
			if next, err := s.r.Peek(1); err != nil || strings.IndexByte(",]{[\n", next[0]) >= 0 {
				return nil
			}
		}
		var err error
		if c, err = s.r.ReadByte(); err != nil {
			return err
		}
	}
}

// atObject reports whether an object with a key comes next.
func (s *splitter) atObject() bool {
	head, _ := s.r.Peek(256) // shorter at the end
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("{"))
	return ok && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"`))
}

// space returns the first byte that is neither white space nor in also.
func (s *splitter) space(also string) (byte, error) {
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return 0, err
		}
		if strings.IndexByte(" \t\r\n"+also, c) < 0 {
			return c, nil
		}
	}
}

func (s *splitter) keep(b ...byte) {
	if s.over || len(s.buf)+len(b) > s.limit {
		s.over = true
		return
	}
	s.buf = append(s.buf, b...)
}
