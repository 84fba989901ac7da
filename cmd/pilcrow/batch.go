package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// maxBatchLine bounds one line of a batch, in bytes.
const maxBatchLine = 64 << 20

// batch reads one JSON object a line from file ("-" is standard input), and
// prints one a line, in order: what answer makes of it, which carries the id,
// or {id, error}. A line that fails does not stop the rest; when the input
// has ended, any failure makes errReported.
func batch[In any](ctx context.Context, c *call, file string, answer func(id json.RawMessage, in In) (any, error)) error {
	r := c.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		r = f
	}
	lines, failed := 0, 0
	for in := bufio.NewReader(r); ; {
		line, readErr := readLine(in)
		if len(bytes.TrimSpace(line)) > 0 || errors.Is(readErr, errLongLine) {
			lines++
			id, out, err := answerLine(line, readErr, answer)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				failed++
				out = failureJSON{id, err.Error()}
			}
			if err := printJSON(c.Stdout, out); err != nil {
				return err
			}
		}
		if errors.Is(readErr, io.EOF) {
			break
		}
		if readErr != nil && !errors.Is(readErr, errLongLine) {
			return readErr
		}
	}
	if failed > 0 {
		fmt.Fprintf(c.Stderr, "pilcrow: %d of %d lines failed\n", failed, lines)
		return errReported
	}
	return nil
}

type failureJSON struct {
	ID    json.RawMessage `json:"id"` // null where the line had none
	Error string          `json:"error"`
}

func answerLine[In any](line []byte, readErr error, answer func(json.RawMessage, In) (any, error)) (id json.RawMessage, out any, err error) {
	if errors.Is(readErr, errLongLine) {
		return nil, nil, readErr
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(line, &keys); err != nil {
		return nil, nil, fmt.Errorf("not a JSON object: %w", plainJSON(err))
	}
	id = keys["id"]
	delete(keys, "id")
	rest, err := json.Marshal(keys)
	if err != nil {
		return id, nil, err
	}
	var in In
	dec := json.NewDecoder(bytes.NewReader(rest))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return id, nil, plainJSON(err)
	}
	out, err = answer(id, in)
	return id, out, err
}

// plainJSON says in the terms of the line what encoding/json says in Go's.
func plainJSON(err error) error {
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		if mismatch.Field == "" {
			return fmt.Errorf("it is of the type %s", mismatch.Value)
		}
		return fmt.Errorf("%q cannot be a JSON %s", mismatch.Field, mismatch.Value)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

var errLongLine = fmt.Errorf("the line is longer than %d MiB", maxBatchLine>>20)

// readLine returns the next line, and with the last one io.EOF. Of a line
// that is too long it returns nothing but errLongLine, and skips it.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxBatchLine; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && (err == nil || errors.Is(err, io.EOF)):
			return nil, errLongLine // the next call says EOF again
		}
		return line, err
	}
}
