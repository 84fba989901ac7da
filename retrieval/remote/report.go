package remote

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// Reported returns the fault that a reply with a good status reports
// nevertheless: as {"error": {…}} or {"error": "…"}, which most servers write,
// or as {"object": "error", "message": …}, which vLLM did up to 2025. It
// returns nil for anything else.
func (c *Client) Reported(reply []byte) *Fault {
	if !bytes.Contains(reply, []byte("error")) {
		return nil
	}
	var r struct {
		Error  json.RawMessage `json:"error"`
		Object string          `json:"object"`
	}
	// A field of another type than expected leaves the others readable.
	_ = json.Unmarshal(reply, &r)
	switch string(r.Error) {
	case "", "null", "false", `""`, "{}":
		if r.Object != "error" {
			return nil
		}
		return c.fault(code(reply), reply)
	}
	return c.fault(code(r.Error), reply)
}

// Complaint returns the fault that a bare error object describes.
func (c *Client) Complaint(object []byte) *Fault { return c.fault(code(object), object) }

// code reads the HTTP status that an error object names, or 0.
func code(object []byte) int {
	var o struct {
		Code json.RawMessage `json:"code"`
	}
	_ = json.Unmarshal(object, &o)
	n, err := strconv.Atoi(strings.Trim(string(o.Code), `"`))
	if err != nil || n < 400 || n > 599 {
		return 0
	}
	return n
}

// phrases tell what a report means, whatever its status: older servers call a
// prompt that is too long 400, 413, 422, 429 or 500. They are those of OpenAI,
// Azure, vLLM, llama.cpp, Ollama, LM Studio, Mistral, Groq, Gemini and
// OpenRouter. The first that occurs decides.
var phrases = []struct {
	phrase string
	kind   error
}{
	{"context_length_exceeded", ErrTooLong},
	{"exceed_context_size", ErrTooLong},
	{"maximum context length", ErrTooLong},
	{"max context length", ErrTooLong},
	{"available context size", ErrTooLong},
	{"context size has been exceeded", ErrTooLong},
	{"context length", ErrTooLong},
	{"context window", ErrTooLong},
	{"prompt is too long", ErrTooLong},
	{"input is too long", ErrTooLong},
	{"request too large", ErrTooLong},
	{"too large to process", ErrTooLong},
	{"reduce the length", ErrTooLong},
	{"max_tokens must be at least 1", ErrTooLong},
	{"insufficient_quota", ErrBudget},
	{"insufficient credit", ErrBudget},
	{"insufficient balance", ErrBudget},
	{"credit balance", ErrBudget},
	{"exceeded your current quota", ErrBudget},
	{"billing_hard_limit", ErrBudget},
	{"billing_not_active", ErrBudget},
	{"invalid_api_key", ErrKey},
	{"api_key_invalid", ErrKey},
	{"api key not valid", ErrKey},
	{"incorrect api key", ErrKey},
	{"invalid api key", ErrKey},
	{"model_not_found", ErrUnknown},
	{"model not found", ErrUnknown},
}

// fault says what a report with this status means; 0 is a report inside a
// reply that began well.
func (c *Client) fault(status int, report []byte) *Fault {
	said := words(report)
	f := &Fault{Status: status}
	f.Kind, f.Passing = meaning(status)
	for _, p := range phrases {
		if p.kind == ErrKey && status != 0 && f.Kind != ErrRefused {
			continue // a status that speaks for itself
		}
		if strings.Contains(said, p.phrase) {
			f.Kind, f.Passing = p.kind, false
			break
		}
	}
	if f.Status == 0 {
		f.Why = "it broke off with an error"
	}
	for _, field := range c.fields {
		if strings.Contains(said, field) {
			f.Fields = append(f.Fields, field)
		}
	}
	return f
}

// meaning says what a status means by itself, and whether it may pass.
func meaning(status int) (kind error, passing bool) {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return ErrKey, false
	case http.StatusPaymentRequired:
		return ErrBudget, false
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone:
		return ErrUnknown, false
	case http.StatusRequestEntityTooLarge:
		return ErrTooLong, false
	case http.StatusTooManyRequests:
		return ErrBusy, true
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly:
		return ErrUnavailable, true
	case http.StatusNotImplemented:
		return ErrRefused, false
	}
	switch {
	case status == 0 || status >= 500:
		return ErrUnavailable, true
	case status >= 400:
		return ErrRefused, false
	}
	return ErrUnknown, false // a redirection
}

// words returns what a report says, in lower case: of JSON the names and
// sentences, without the request that some servers echo in it, of anything
// else the beginning.
func words(report []byte) string {
	var v any
	if json.Unmarshal(report, &v) != nil {
		return strings.ToLower(string(report[:min(len(report), 1024)]))
	}
	var b strings.Builder
	collect(&b, v, 0)
	return strings.ToLower(b.String())
}

// collect writes the strings of a report. Mistral and FastAPI nest them in
// lists and, as text, in one another; "input" is where they echo the request.
func collect(b *strings.Builder, v any, depth int) {
	if depth > 8 {
		return
	}
	switch v := v.(type) {
	case string:
		b.WriteString(v)
		b.WriteByte('\n')
	case []any:
		for _, e := range v {
			collect(b, e, depth+1)
		}
	case map[string]any:
		for k, e := range v {
			switch k {
			case "input", "body", "ctx", "failed_generation":
			default:
				collect(b, e, depth+1)
			}
		}
	}
}
