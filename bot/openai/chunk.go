package openai

import (
	"bytes"
	"encoding/json"
	"unicode/utf16"
	"unicode/utf8"
)

// chunk is what is of use in an event of a stream, or in a reply that is not
// streamed. It stands beside go-openai's own type because servers write some
// fields in more than one way. Tool calls, which nobody asked for, are not
// read at all.
type chunk struct {
	Choices []struct {
		Delta        message         `json:"delta"`
		Message      message         `json:"message"` // of a reply that is not streamed
		FinishReason json.RawMessage `json:"finish_reason"`
	} `json:"choices"`
	Usage *usage `json:"usage"`
}

type message struct {
	Content   words `json:"content"`
	Reasoning words `json:"reasoning_content"` // DeepSeek, llama.cpp, vLLM
	Thinking  words `json:"reasoning"`         // Ollama, OpenRouter, newer vLLM
}

// usage is in tokens; some servers write them as 12.0.
type usage struct {
	In  float64 `json:"prompt_tokens"`
	Out float64 `json:"completion_tokens"`
}

// text returns what was written, which may end within a code point.
func (c *chunk) text() []byte {
	if len(c.Choices) == 0 {
		return nil
	}
	if m := c.Choices[0].Message.Content; len(m) > 0 {
		return m
	}
	return c.Choices[0].Delta.Content
}

// thought returns what the model thought; it is paid for, and never shown.
func (c *chunk) thought() []byte {
	var b []byte
	for _, choice := range c.Choices {
		for _, m := range []message{choice.Delta, choice.Message} {
			b = append(append(b, m.Reasoning...), m.Thinking...)
		}
	}
	return b
}

// finished reports whether the model has come to an end, for whatever reason:
// new ones are invented every year.
func (c *chunk) finished() bool {
	if len(c.Choices) == 0 {
		return false
	}
	switch string(c.Choices[0].FinishReason) {
	case "", "null", `""`:
		return false
	}
	return true
}

// words is a JSON string, or what stands in its place: null, or a list of
// parts, as Mistral writes it, of which those of type text count. Unlike Go's
// strings it keeps half a code point, so that a joiner can put it together
// with the other half: stray bytes are kept as they are, and half a surrogate
// pair becomes the three bytes that UTF-8 would give it.
type words []byte

// UnmarshalJSON takes any JSON; what it does not understand is empty.
func (w *words) UnmarshalJSON(raw []byte) error {
	*w = nil
	switch raw = bytes.TrimSpace(raw); {
	case len(raw) > 0 && raw[0] == '"':
		*w = unquote(raw)
	case len(raw) > 0 && raw[0] == '[':
		var parts []json.RawMessage
		if err := json.Unmarshal(raw, &parts); err != nil {
			return err
		}
		for _, p := range parts {
			var part struct {
				Type string          `json:"type"`
				Text json.RawMessage `json:"text"`
			}
			// A part of another form is none of ours.
			if json.Unmarshal(p, &part) == nil && part.Type == "text" {
				*w = append(*w, unquote(part.Text)...)
			}
		}
	}
	return nil
}

// escapes are those of RFC 8259, section 7, besides \u.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unquote decodes a valid JSON string; of anything else it returns nothing.
func unquote(s []byte) []byte {
	if len(s) < 2 || s[0] != '"' {
		return nil
	}
	s = s[1 : len(s)-1]
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			out = append(out, s[i])
			continue
		}
		i++
		if s[i] != 'u' {
			out = append(out, escapes[s[i]])
			continue
		}
		var r rune
		for _, c := range s[i+1 : min(i+5, len(s))] {
			r = r<<4 | rune(hex(c))
		}
		i += 4
		if utf16.IsSurrogate(r) {
			out = append(out, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

func hex(c byte) byte {
	if c >= 'A' {
		return c&^0x20 - 'A' + 10
	}
	return c - '0'
}
