package openai

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"pilcrow/retrieval/remote"
)

// maxLine bounds an event, in bytes.
const maxLine = 1 << 20

// wire is the HTTP client below go-openai.
type wire struct {
	*remote.Client
}

// Do sends a request, and makes the reply's body one that go-openai can read.
func (w *wire) Do(req *http.Request) (*http.Response, error) {
	if err := exactZero(req); err != nil {
		return nil, err
	}
	resp, err := w.Client.Do(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &events{body: resp.Body, lines: bufio.NewReaderSize(resp.Body, 16<<10), client: w.Client}
	return resp, nil
}

// exactZero writes the smallest temperature, which is the least that go-openai
// sends, as 0: servers divide by it. Within a JSON string a quotation mark has
// a backslash before it, so that only the field itself can match.
func exactZero(req *http.Request) error {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return err
	}
	body = bytes.Replace(body, []byte(`"temperature":1e-45`), []byte(`"temperature":0`), 1)
	req.ContentLength = int64(len(body))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	req.Body, err = req.GetBody()
	return err
}

// events is the body of a reply as go-openai's reader needs it: one line of at
// most maxLine bytes for each event and nothing between them, since that
// reader keeps every other line in memory and gives up after 300; an error
// event, in whatever form, as an error of Read; an end without [DONE] as
// io.ErrUnexpectedEOF, so that a reply that broke off is told from one that
// ended; and a whole JSON reply, of a server that does not stream, as one event.
type events struct {
	body    io.ReadCloser
	lines   *bufio.Reader
	client  *remote.Client
	begun   bool
	failing bool   // the next event is of type error
	out     []byte // not read yet
	err     error  // once out is read
}

func (e *events) Close() error { return e.body.Close() }

func (e *events) Read(p []byte) (int, error) {
	for len(e.out) == 0 {
		if e.err != nil {
			return 0, e.err
		}
		e.out, e.err = e.next()
	}
	n := copy(p, e.out)
	e.out = e.out[n:]
	return n, nil
}

// next returns the next event, with the error that follows it.
func (e *events) next() ([]byte, error) {
	for {
		line, err := e.line()
		if err != nil {
			return nil, err
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			e.failing = false
			continue
		}
		field, value, ok := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		if !e.begun {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
			field = bytes.TrimPrefix(field, []byte("\uFEFF"))
			switch {
			case line[0] == '{':
				return e.unstreamed(line)
			case !ok || bytes.ContainsAny(field, " <"):
				return nil, &remote.Fault{Kind: remote.ErrGarbled} // a web page, most likely
			}
			e.begun = true
		}
		switch string(field) {
		case "event":
			e.failing = string(value) == "error"
		case "error": // llama.cpp up to 2025
			return nil, e.client.Complaint(value)
		case "data":
			switch {
			case len(value) == 0:
			case string(value) == "[DONE]":
				return []byte("data: [DONE]\n"), io.EOF
			case e.failing:
				return nil, e.client.Complaint(value)
			default:
				return e.event(value)
			}
		}
	}
}

// event returns the line of one event, or what it reports.
func (e *events) event(value []byte) ([]byte, error) {
	if f := e.client.Reported(value); f != nil {
		return nil, f
	}
	if value[0] != '{' {
		return nil, &remote.Fault{Kind: remote.ErrGarbled}
	}
	// With the blank, an event that begins with "error": null is not taken
	// for an error by go-openai's reader.
	return append(append([]byte("data: { "), value[1:]...), '\n'), nil
}

// unstreamed returns a whole JSON reply as a stream of one event.
func (e *events) unstreamed(begin []byte) ([]byte, error) {
	reply := bytes.Clone(begin)
	rest, err := io.ReadAll(io.LimitReader(e.lines, maxLine))
	if err != nil {
		return nil, err
	}
	var flat bytes.Buffer
	if json.Compact(&flat, append(reply, rest...)) != nil {
		return nil, &remote.Fault{Kind: remote.ErrGarbled}
	}
	event, err := e.event(flat.Bytes())
	if err != nil {
		return nil, err
	}
	return append(event, "data: [DONE]\n"...), io.EOF
}

// line returns the next line, valid until the next call.
func (e *events) line() ([]byte, error) {
	line, err := e.lines.ReadSlice('\n')
	if err == nil {
		return line, nil
	}
	long := bytes.Clone(line)
	for errors.Is(err, bufio.ErrBufferFull) {
		line, err = e.lines.ReadSlice('\n')
		if long = append(long, line...); len(long) > maxLine {
			return nil, &remote.Fault{Kind: remote.ErrGarbled, Why: "one event is far too long"}
		}
	}
	switch {
	case err == nil, err == io.EOF && len(long) > 0: // a last line without an end
		return long, nil
	case err == io.EOF:
		return nil, io.ErrUnexpectedEOF
	}
	return nil, err
}
