package discordtest

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// times lets a case write a long text as x*2001.
var times = regexp.MustCompile(`(x)\*([0-9]+)`)

// TestLimits sends what Discord refuses. Each case of limits.txtar is a request
// and, after an arrow, what the failure of the test has to say; nothing, if the
// request is fine.
func TestLimits(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("testdata/limits.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s, r, c := start(t, Options{Unlimited: true})
	g := s.Guild("Tollness")
	harbour, ada := g.Channel("harbour"), g.Member("ada")
	commands := `[{"name":"ask","description":"Ask","options":[{"type":3,"name":"article","description":"d","autocomplete":true}]}]`
	if status, answer := c.do("PUT", "/applications/"+s.Bot.ID+"/commands", commands); status != 200 {
		t.Fatal(answer)
	}
	s.gw.sessions = []*session{{id: "nobody", conn: &conn{g: s.gw, wake: make(chan struct{}, 1)}}}
	for _, f := range txtar.Parse(b).Files {
		t.Run(f.Name, func(t *testing.T) {
			request, want, _ := strings.Cut(string(f.Data), "→")
			request = times.ReplaceAllStringFunc(request, func(m string) string {
				p := times.FindStringSubmatch(m)
				n, _ := strconv.Atoi(p[2])
				return strings.Repeat(p[1], n)
			})
			method, rest, _ := strings.Cut(request, " ")
			path, body, _ := strings.Cut(rest, "\n")
			path = strings.NewReplacer("{application}", s.Bot.ID, "{channel}", harbour.ID).Replace(path)
			switch path {
			case "{callback}":
				i := s.Slash(ada, harbour, "/ask")
				path = "/interactions/" + i.ID + "/" + i.Token + "/callback"
				defer i.deadline.Stop()
			case "{suggestions}":
				i := s.send(&Interaction{kind: kindAutocomplete, user: ada, channel: harbour, data: object{}})
				path = "/interactions/" + i.ID + "/" + i.Token + "/callback"
				defer i.deadline.Stop()
			}
			status, answer := c.do(method, path, strings.TrimSpace(body))
			failures, want := r.take(), strings.TrimSpace(want)
			switch {
			case want == "" && (failures != "" || status > 299):
				t.Errorf("answered %d %v: %s", status, answer, failures)
			case want != "" && (status != 400 || !strings.Contains(failures, want)):
				t.Errorf("answered %d; not in it: %s\n%s", status, want, failures)
			}
		})
	}
}

// TestSpec refuses what the OpenAPI file does not have.
func TestSpec(t *testing.T) {
	t.Parallel()
	if os.Getenv("PILCROW_DISCORD_SPEC") == "" {
		t.Skip("needs PILCROW_DISCORD_SPEC")
	}
	s, r, c := start(t, Options{})
	harbour := s.Guild("Tollness").Channel("harbour")
	messages := "/channels/" + harbour.ID + "/messages"
	for _, x := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", messages, `{"content":5,` + silent + `}`, 400, "/content"},
		{"POST", messages, `{"content":"a","flags":"many",` + silent + `}`, 400, "/flags"},
		{"POST", messages, `{"content":"a","allowed_mentions":{"parse":["all"]}}`, 400, "/allowed_mentions"},
		{"POST", messages, `{"content":"a",` + silent + `,"nonce":"x` + strings.Repeat("x", 25) + `"}`, 400, "/nonce"},
		{"POST", messages, "", 400, "no body"},
		{"POST", "/channels/harbour/messages", `{"content":"a",` + silent + `}`, 400, "channel_id"},
		{"GET", messages, `{"content":"a"}`, 400, "a body"},
		{"POST", "/nowhere", `{}`, 404, "404: Not Found"},
		{"DELETE", "/users/@me", ``, 405, "405: Method Not Allowed"},
		{"GET", "/voice/regions", ``, 501, "does not have this"},
	} {
		status, _ := c.do(x.method, x.path, x.body)
		if got := r.take(); status != x.status || !strings.Contains(got, x.want) {
			t.Errorf("%s %s %s: answered %d, and said: %s", x.method, x.path, x.body, status, got)
		}
	}
}

// TestRefused says which refusals fail a test.
func TestRefused(t *testing.T) {
	t.Parallel()
	s, r, c := start(t, Options{Unlimited: true})
	g := s.Guild("Tollness")
	ada := g.Member("ada")
	hidden, silentChannel, stones := g.Channel("hidden"), g.Channel("quiet"), g.Channel("harbour").Thread(ada, "stones")
	hidden.Deny(s.Bot.ID, ViewChannel)
	silentChannel.Deny(g.ID, SendMessages)
	stones.Archive(true)
	ada.Block()
	post := `{"content":"Aye",` + silent + `}`
	for _, x := range []struct {
		channel *Channel
		code    int
	}{{hidden, 50001}, {silentChannel, 50013}, {ada.DM(), 50007}, {stones, 50083}} {
		path := "/channels/" + x.channel.ID + "/messages"
		_, answer := c.do("POST", path, post)
		if answer["code"] != float64(x.code) {
			t.Errorf("%s: %v", x.channel.title(), answer)
		}
		if got := r.take(); !strings.Contains(got, strconv.Itoa(x.code)) {
			t.Errorf("%s: did not fail the test: %s", x.channel.title(), got)
		}
	}
	s, r, c = start(t, Options{Unlimited: true})
	s.Expect(50001)
	hidden = s.Guild("Tollness").Channel("hidden")
	hidden.Deny(s.Bot.ID, ViewChannel)
	c.do("POST", "/channels/"+hidden.ID+"/messages", post)
	if got := r.take(); got != "" {
		t.Errorf("what was expected fails the test: %s", got)
	}
	c.do("POST", "/channels/"+hidden.ID+"/messages", post)
	if got := r.take(); !strings.Contains(got, "tried again") {
		t.Errorf("a second try does not fail the test: %s", got)
	}
	c.header.Set("Authorization", "Bot nobody")
	if status, _ := c.do("GET", "/users/@me", ""); status != 401 || !strings.Contains(r.take(), "401: Unauthorized") {
		t.Error("a wrong token is no failure")
	}
	c.header.Set("User-Agent", "curl")
	if status, _ := c.do("GET", "/users/@me", ""); status != 403 || !strings.Contains(r.take(), "User-Agent") {
		t.Error("a wrong user agent is no failure")
	}
}

// TestInteractionTokens follows the life of a token: acknowledged once, within
// three seconds, and used for fifteen minutes.
func TestInteractionTokens(t *testing.T) {
	t.Parallel()
	s, r, c := start(t, Options{Unlimited: true})
	g := s.Guild("Tollness")
	harbour, ada := g.Channel("harbour"), g.Member("ada")
	open := func() (callback, edit string, i *Interaction) {
		i = s.send(&Interaction{kind: kindCommand, user: ada, channel: harbour, label: "/ask", data: object{"name": "ask"}})
		return "/interactions/" + i.ID + "/" + i.Token + "/callback", "/webhooks/" + s.Bot.ID + "/" + i.Token, i
	}
	answer := `{"content":"31 metres",` + silent + `}`

	lateCallback, lateEdit, late := open()
	_, early, _ := open()
	if status, _ := c.do("PATCH", early+"/messages/@original", answer); status != 404 || !strings.Contains(r.take(), "Unknown Webhook") {
		t.Error("an answer before the acknowledgement is no failure")
	}
	callback, hook, i := open()
	if status, _ := c.do("POST", callback, `{"type":5,"data":{"flags":64}}`); status != 204 {
		t.Errorf("deferring: %d", status)
	}
	if status, got := c.do("POST", callback, `{"type":5}`); status != 400 || got["code"] != 40060. || r.take() == "" {
		t.Errorf("a second acknowledgement: %d %v", status, got)
	}
	if got := i.Transcript(); got != "Pilcrow, to ada alone:\n  (thinking)\n" {
		t.Errorf("deferred: %s", got)
	}
	// The first message after a deferral takes its place.
	if _, got := c.do("POST", hook, answer); got["id"] != i.Message().ID || got["flags"] != 64. {
		t.Errorf("first follow-up: %v", got)
	}
	if _, got := c.do("POST", hook, answer); got["id"] == i.Message().ID || len(i.FollowUps()) != 1 {
		t.Errorf("second follow-up: %v", got)
	}
	private := `{"content":"31 metres","flags":64,` + silent + `}`
	if status, _ := c.do("PATCH", hook+"/messages/@original", private); status != 400 || !strings.Contains(r.take(), "flags 64 cannot be set here") {
		t.Error("to make an answer private by an edit is no failure")
	}
	s.Advance(15*time.Minute + time.Second)
	if status, got := c.do("PATCH", hook+"/messages/@original", answer); status != 401 || got["code"] != 50027. || r.take() == "" {
		t.Errorf("an old token: %d %v", status, got)
	}

	s.Wait("the first to be late", func() bool { return !late.waiting() })
	if got := r.take(); !strings.Contains(got, "not acknowledged within 3s: /ask") {
		t.Errorf("not acknowledged: %s", got)
	}
	if status, got := c.do("POST", lateCallback, `{"type":5}`); status != 404 || got["code"] != 10062. || r.take() == "" {
		t.Errorf("acknowledged late: %d %v, %s", status, got, lateEdit)
	}
}

// TestNonce sends a message twice, as after a lost answer.
func TestNonce(t *testing.T) {
	t.Parallel()
	s, _, c := start(t, Options{Unlimited: true})
	harbour := s.Guild("Tollness").Channel("harbour")
	path, body := "/channels/"+harbour.ID+"/messages", `{"content":"Aye","nonce":"1","enforce_nonce":true,`+silent+`}`
	_, a := c.do("POST", path, body)
	_, b := c.do("POST", path, body)
	if a["id"] != b["id"] || len(harbour.Messages()) != 1 {
		t.Errorf("not the same: %v, %v", a, b)
	}
	s.Advance(time.Hour)
	c.do("POST", path, body)
	c.do("POST", path, strings.Replace(body, `"enforce_nonce":true,`, "", 1))
	if got := len(harbour.Messages()); got != 3 {
		t.Errorf("%d messages", got)
	}
}
