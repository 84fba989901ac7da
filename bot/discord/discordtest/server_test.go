package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// record is a test that notes its failures.
type record struct {
	testing.TB

	mu     sync.Mutex
	errors []string
}

func (r *record) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

// take returns the failures since the last call.
func (r *record) take() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := strings.Join(r.errors, "\n")
	r.errors = nil
	return s
}

// start is a server whose failures are noted, and a client of it.
func start(t *testing.T, opts Options) (*Server, *record, *client) {
	t.Helper()
	r := &record{TB: t}
	s := New(r, opts)
	t.Cleanup(func() {
		if left := r.take(); left != "" {
			t.Errorf("not expected: %s", left)
		}
	})
	return s, r, &client{t: t, s: s, header: http.Header{
		"Authorization": {"Bot " + s.Token}, "User-Agent": {"DiscordBot (https://pilcrow.example, 1)"},
	}}
}

// client speaks raw HTTP.
type client struct {
	t      *testing.T
	s      *Server
	header http.Header
}

// do sends JSON and returns the status and the answer.
func (c *client) do(method, path, body string) (int, map[string]any) {
	c.t.Helper()
	status, _, b := c.raw(method, path, "application/json", body)
	var v any
	if len(b) > 0 {
		if err := json.Unmarshal(b, &v); err != nil {
			c.t.Fatalf("%s %s: %v in %s", method, path, err, b)
		}
	}
	o, _ := v.(map[string]any)
	return status, o
}

func (c *client) raw(method, path, contentType, body string) (int, http.Header, []byte) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.s.URL+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header = c.header.Clone()
	if body != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, bytes.TrimSpace(b)
}

const silent = `"allowed_mentions":{"parse":[]}`

// TestAnswersAreDiscords asks for everything there is. With the OpenAPI file at
// hand the server checks its own answers.
func TestAnswersAreDiscords(t *testing.T) {
	t.Parallel()
	s, _, c := start(t, Options{Unlimited: true})
	g := s.Guild("Tollness")
	harbour, ada := g.Channel("harbour"), g.Member("ada")
	g.Role("editors", ManageMessages)
	posted := harbour.Post(ada, "The lighthouse is 31 metres tall.", Attach("a.txt", "text/plain", []byte("a")),
		Embed(map[string]any{"title": "Tollness", "url": "https://tollness.example"}))
	thread := harbour.Thread(ada, "stones")
	for _, path := range []string{
		"/gateway", "/gateway/bot", "/users/@me", "/users/" + ada.ID, "/users/@me/guilds",
		"/applications/@me", "/oauth2/applications/@me", "/applications/" + s.Bot.ID + "/commands",
		"/guilds/" + g.ID, "/guilds/" + g.ID + "/channels", "/guilds/" + g.ID + "/roles", "/guilds/" + g.ID + "/members/" + ada.ID,
		"/channels/" + harbour.ID, "/channels/" + thread.ID, "/channels/" + harbour.ID + "/messages",
		"/channels/" + harbour.ID + "/messages/" + posted.ID,
	} {
		if status, _ := c.do("GET", path, ""); status != 200 {
			t.Errorf("GET %s: %d", path, status)
		}
	}
	for _, x := range []struct {
		method, path, body string
		status             int
	}{
		{"POST", "/users/@me/channels", `{"recipient_id":"` + ada.ID + `"}`, 200},
		{"POST", "/channels/" + harbour.ID + "/typing", "", 204},
		{"POST", "/channels/" + harbour.ID + "/messages", `{"content":"Aye",` + silent + `,"message_reference":{"message_id":"` + posted.ID + `"},
			"embeds":[{"description":"d"}],
			"components":[{"type":1,"components":[{"type":2,"style":1,"label":"Show","custom_id":"show"},{"type":2,"style":5,"label":"Read","url":"https://tollness.example"}]}]}`, 200},
		{"POST", "/channels/" + harbour.ID + "/messages/" + posted.ID + "/threads", `{"name":"Lighthouse"}`, 201},
		{"PATCH", "/channels/" + thread.ID, `{"name":"Stones"}`, 403},
	} {
		if x.status == 403 {
			s.Expect(codeMissingPerms)
		}
		if status, answer := c.do(x.method, x.path, x.body); status != x.status {
			t.Errorf("%s %s: %d %v", x.method, x.path, status, answer)
		}
	}
}
