package discordtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Request is one that came over REST.
type Request struct {
	Method string
	// Route is the path as the OpenAPI file writes it, without the version:
	// /channels/{channel_id}/messages. Empty where there is nothing.
	Route string
	// Path is the path that was asked for, without /api/v10.
	Path string
	// Body is the JSON that was sent, with multipart taken off.
	Body []byte
	// Files is how many were sent with it.
	Files int
	// Status is the answer's, 0 if the connection was dropped.
	Status int
	// Code is Discord's own code of an error.
	Code int
	// At is when it came, by the real clock, and Took how long it was handled.
	At   time.Time
	Took time.Duration
}

// String shows a request as the messages of a failing test do. Tokens of
// interactions are left out.
func (r Request) String() string {
	body := string(r.Body)
	if len(body) > 1500 {
		body = body[:1500] + "…"
	}
	return strings.TrimRight(fmt.Sprintf("%s %s\n%s", r.Method, r.Path, body), "\n")
}

// Requests returns what came, in order of the answers.
func (s *Server) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return slices.Clone(s.log.requests)
}

// Expect allows that requests are refused with these codes of Discord, e.g.
// 50001 (missing access), 50013 (missing permissions), 50007 (cannot send
// messages to this user), 50083 (thread is archived), 10008 (unknown message),
// 10062 (unknown interaction). Each target may be refused once. 401 is no such
// code, and allows a wrong or expired token. Codes from 4000 to 4999 are those
// that the gateway closes with.
func (s *Server) Expect(codes ...int) {
	s.judge.mu.Lock()
	defer s.judge.mu.Unlock()
	for _, code := range codes {
		s.judge.expected[code] = true
	}
}

// judge decides what fails the test.
type judge struct {
	tb       testing.TB
	mu       sync.Mutex
	over     bool
	expected map[int]bool
	refused  map[string]int // target → code
}

// errorf fails the test, unless it is over.
func (j *judge) errorf(format string, args ...any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.fail(format, args...)
}

func (j *judge) fail(format string, args ...any) {
	if !j.over {
		j.tb.Errorf("discordtest: "+format, args...)
	}
}

// changed lets what was refused in a channel be tried again, whose permissions
// are others now.
func (j *judge) changed(channel string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	maps.DeleteFunc(j.refused, func(target string, _ int) bool { return strings.Contains(target, " /channels/"+channel+"/") })
}

func (j *judge) rest() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.over = true
}

// answered looks at an answer that was given because of the request, not of a
// fault that the test ordered.
func (j *judge) answered(r Request, e *apiError) {
	j.mu.Lock()
	defer j.mu.Unlock()
	target := r.Method + " " + r.Path
	if r.Files > 0 { // without, it may be allowed
		target += " with a file"
	}
	if before, ok := j.refused[target]; ok {
		j.fail("refused with %d, and tried again:\n%v", before, r)
	}
	if e == nil {
		return
	}
	switch e.status {
	case http.StatusForbidden, http.StatusNotFound:
		j.refused[target] = e.code
	case http.StatusTooManyRequests:
		return
	}
	allowed := j.expected[e.code] && (e.status == 403 || e.status == 404 || e.code == codeThreadArchived) ||
		e.status == 401 && j.expected[401]
	if !allowed {
		j.fail("answered %d: %s\n%v", e.status, e, r)
	}
}

// Codes of errors: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeGeneral         = 0
	codeUnknownChannel  = 10003
	codeUnknownGuild    = 10004
	codeUnknownMember   = 10007
	codeUnknownMessage  = 10008
	codeUnknownUser     = 10013
	codeUnknownWebhook  = 10015
	codeUnknownCommand  = 10063
	codeUnknownInteract = 10062
	codeAcknowledged    = 40060
	codeMissingAccess   = 50001
	codeEditOther       = 50005
	codeEmptyMessage    = 50006
	codeCannotDM        = 50007
	codeMissingPerms    = 50013
	codeInvalidWebhook  = 50027
	codeInvalidForm     = 50035
	codeThreadArchived  = 50083
	codeThreadExists    = 160004
)

// apiError is an answer that refuses.
type apiError struct {
	status, code int
	message      string
	// problems are the fields that an "Invalid Form Body" names.
	problems map[string]string
	header   http.Header
	body     object
}

func refuse(status, code int, message string) *apiError {
	return &apiError{status: status, code: code, message: message}
}

func invalid(problems map[string]string) *apiError {
	return &apiError{status: http.StatusBadRequest, code: codeInvalidForm, message: "Invalid Form Body", problems: problems}
}

func (e *apiError) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%d)", e.message, e.code)
	for _, path := range slices.Sorted(maps.Keys(e.problems)) {
		fmt.Fprintf(&b, "\n  %s: %s", path, e.problems[path])
	}
	return b.String()
}

// json nests problems as Discord does: {"embeds": {"0": {"_errors": [...]}}}.
func (e *apiError) json() object {
	if e.body != nil {
		return e.body
	}
	o := object{"message": e.message, "code": e.code}
	if len(e.problems) == 0 {
		return o
	}
	errors := object{}
	for path, problem := range e.problems {
		at := errors
		for _, name := range strings.Split(path, ".") {
			if path == "" {
				break
			}
			next, ok := at[name].(object)
			if !ok {
				next = object{}
				at[name] = next
			}
			at = next
		}
		at["_errors"] = []any{object{"code": "BASE_TYPE_BAD", "message": problem}}
	}
	o["errors"] = errors
	return o
}
