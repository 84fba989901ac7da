package discord_test

import (
	"context"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/bot/discord"
	"pilcrow/bot/discord/discordtest"
)

// TestReach: whatever stands where Discord should be, the person who runs the
// bot reads what it is and what to do, in a line without the network's words.
func TestReach(t *testing.T) {
	t.Parallel()
	answers := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/login")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	const me = `{"id":"1234567890","name":"Pilcrow","flags":0}`
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		want    string
	}{
		{"a page", answers(200, "<!doctype html><title>Welcome"), "what answers there is not Discord; see that PILCROW_DISCORD_API"},
		{"no page", answers(404, "<h1>Not here"), "what answers there is not Discord; see that PILCROW_DISCORD_API"},
		{"a login", answers(302, ""), "and that nothing on the way wants a login"},
		{"something else", answers(200, `{"id":"../x"}`), "what answers there is not Discord"},
		{"a list where none should be", answers(200, me), "what answers there is not Discord"},
		{"a wrong token", answers(401, `{"message":"401: Unauthorized","code":0}`), "Discord does not know this token: reset it"},
		{"a refusal", answers(403, `{"message":"internal network error","code":40333}`), "refuses what every bot may ask, status 403; see that"},
		{"a bad gateway", answers(502, "<html>"), "it has a fault of its own, 502 Bad Gateway; try again later"},
		{"an outage", answers(503, "upstream"), "it has a fault of its own, 503 Service Unavailable; try again later"},
		{"a limit", answers(429, `{"retry_after":3600,"global":true}`), "it takes no more requests for 1h0m0s; try again after that"},
		{"half an answer", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("{"))
		}, "it breaks off before the end; see that the network is up"},
		{"silence", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "it does not answer in time; see that the network is up"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(tt.handler)
			defer srv.Close()
			unreached(t, srv.URL, tt.want)
		})
	}
	t.Run("encrypted by nobody known", func(t *testing.T) {
		t.Parallel()
		srv := httptest.NewUnstartedServer(answers(200, me))
		srv.Config.ErrorLog = log.New(io.Discard, "", 0)
		srv.StartTLS()
		defer srv.Close()
		unreached(t, srv.URL, "its certificate is not trusted; see that this machine's clock")
	})
	t.Run("not encrypted", func(t *testing.T) {
		t.Parallel()
		srv := httptest.NewServer(answers(200, me))
		defer srv.Close()
		unreached(t, strings.Replace(srv.URL, "http:", "https:", 1), "it does not speak https; see that")
	})
	t.Run("nobody", func(t *testing.T) {
		t.Parallel()
		srv := httptest.NewServer(nil)
		srv.Close()
		unreached(t, srv.URL, "nothing listens there; see that the network is up")
	})
}

// unreached fails unless a bot says, in one line, why it cannot begin at api.
func unreached(t *testing.T, api, want string) {
	t.Helper()
	app, err := discord.New(discord.Options{API: api, Token: "a-token-to-keep"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err = app.Identify(ctx)
	if err == nil {
		t.Fatal("reached")
	}
	got := err.Error()
	if !strings.Contains(got, want) {
		t.Errorf("%s\nwant … %s", got, want)
	}
	for _, raw := range []string{"\n", "a-token-to-keep", "dial tcp", "x509", "invalid character", "GET /", "<", "context deadline"} {
		if strings.Contains(got, raw) {
			t.Errorf("%q stands in it: %s", raw, got)
		}
	}
}

// TestTokensStayOut: an interaction's token, with which anybody could answer in
// the bot's name, is in no log, whatever Discord answers.
func TestTokensStayOut(t *testing.T) {
	t.Parallel()
	var logged lines
	s := newStage(t, stageOptions{archive: ferry, change: func(o *discord.Options) {
		o.Log = slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}})
	s.start()
	s.WaitReady()
	s.Inject(discordtest.Fault{Method: "PATCH", Route: originalRoute, Status: 429, RetryAfter: 10 * time.Millisecond, Times: 20})
	i := s.Slash(s.people["ada"], s.places["#harbour"], ferryQuestion)
	s.Wait("a failure in the log", func() bool { return strings.Contains(logged.String(), "level=WARN") })
	if got := logged.String(); strings.Contains(got, i.Token) || !strings.Contains(got, "/messages/@original") {
		t.Errorf("logged:\n%s", got)
	}
}

// lines are what was logged.
type lines struct {
	mu  sync.Mutex
	all strings.Builder
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}
