package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// route is one method of one path.
type route struct {
	method, path string
	handle       func(*call) (status int, answer any, refused *apiError)
	// anonymous routes carry their own token in the path.
	anonymous bool
	// limit is the rate limit that Discord has been seen to set; the zero
	// limit is none.
	limit limit
}

// routes are what a bot that reads and writes needs. Limits are those that
// Discord sends in its headers, which it does not publish.
var routes = []route{
	{method: "GET", path: "/gateway", handle: (*call).gateway, anonymous: true},
	{method: "GET", path: "/gateway/bot", handle: (*call).gatewayBot},
	{method: "GET", path: "/users/@me", handle: (*call).me},
	{method: "GET", path: "/users/{user_id}", handle: (*call).user, limit: limit{30, 30 * time.Second}},
	{method: "POST", path: "/users/@me/channels", handle: (*call).createDM},
	{method: "GET", path: "/users/@me/guilds", handle: (*call).myGuilds},
	{method: "GET", path: "/applications/@me", handle: (*call).application},
	{method: "GET", path: "/oauth2/applications/@me", handle: (*call).application},

	{method: "GET", path: "/applications/{application_id}/commands", handle: (*call).getCommands},
	{method: "PUT", path: "/applications/{application_id}/commands", handle: (*call).putCommands},

	{method: "GET", path: "/guilds/{guild_id}", handle: (*call).getGuild},
	{method: "GET", path: "/guilds/{guild_id}/channels", handle: (*call).getChannels},
	{method: "GET", path: "/guilds/{guild_id}/threads/active", handle: (*call).activeThreads},
	{method: "GET", path: "/guilds/{guild_id}/roles", handle: (*call).getRoles},
	{method: "GET", path: "/guilds/{guild_id}/members/{user_id}", handle: (*call).getMember},

	{method: "GET", path: "/channels/{channel_id}", handle: (*call).getChannel},
	{method: "PATCH", path: "/channels/{channel_id}", handle: (*call).patchChannel},
	{method: "POST", path: "/channels/{channel_id}/typing", handle: (*call).typing, limit: limit{5, 5 * time.Second}},
	{method: "GET", path: "/channels/{channel_id}/messages", handle: (*call).getMessages, limit: limit{5, 5 * time.Second}},
	{method: "POST", path: "/channels/{channel_id}/messages", handle: (*call).createMessage, limit: limit{5, 5 * time.Second}},
	{method: "GET", path: "/channels/{channel_id}/messages/{message_id}", handle: (*call).getMessage, limit: limit{5, 5 * time.Second}},
	{method: "PATCH", path: "/channels/{channel_id}/messages/{message_id}", handle: (*call).editMessage, limit: limit{5, 5 * time.Second}},
	{method: "DELETE", path: "/channels/{channel_id}/messages/{message_id}", handle: (*call).deleteMessage, limit: limit{5, time.Second}},
	{method: "POST", path: "/channels/{channel_id}/messages/{message_id}/threads", handle: (*call).startThread, limit: limit{50, 5 * time.Minute}},
	{method: "POST", path: "/channels/{channel_id}/threads", handle: (*call).startThread, limit: limit{50, 5 * time.Minute}},
	{method: "PUT", path: "/channels/{channel_id}/thread-members/@me", handle: (*call).joinThread},

	{method: "POST", path: "/interactions/{interaction_id}/{interaction_token}/callback", handle: (*call).callback, anonymous: true},
	{method: "POST", path: "/webhooks/{webhook_id}/{webhook_token}", handle: (*call).followUp, anonymous: true, limit: limit{5, 2 * time.Second}},
	{method: "GET", path: "/webhooks/{webhook_id}/{webhook_token}/messages/@original", handle: (*call).getAnswer, anonymous: true, limit: limit{5, 2 * time.Second}},
	{method: "PATCH", path: "/webhooks/{webhook_id}/{webhook_token}/messages/@original", handle: (*call).editAnswer, anonymous: true, limit: limit{5, 2 * time.Second}},
	{method: "DELETE", path: "/webhooks/{webhook_id}/{webhook_token}/messages/@original", handle: (*call).deleteAnswer, anonymous: true, limit: limit{5, 2 * time.Second}},
	{method: "GET", path: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", handle: (*call).getAnswer, anonymous: true, limit: limit{5, 2 * time.Second}},
	{method: "PATCH", path: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", handle: (*call).editAnswer, anonymous: true, limit: limit{5, 2 * time.Second}},
	{method: "DELETE", path: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", handle: (*call).deleteAnswer, anonymous: true, limit: limit{5, 2 * time.Second}},
}

// variables returns what a path has in place of its template's variables.
func variables(template, path string) map[string]string {
	vars := map[string]string{}
	parts := strings.Split(path, "/")
	for i, name := range strings.Split(template, "/") {
		if strings.HasPrefix(name, "{") {
			vars[strings.Trim(name, "{}")] = parts[i]
		}
	}
	return vars
}

// fits reports whether a path is one of a template.
func fits(template, path string) bool {
	for more := true; more; {
		var name, part string
		var last bool
		name, template, more = strings.Cut(template, "/")
		part, path, last = strings.Cut(path, "/")
		if more != last || name != part && !strings.HasPrefix(name, "{") {
			return false
		}
	}
	return true
}

// call is one request on its way. Handlers run with the server locked.
type call struct {
	s     *Server
	r     *http.Request
	route *route
	vars  map[string]string
	body  any
	files []*File
	rec   Request
}

// field returns the body as an object.
func (c *call) fields() object {
	o, _ := c.body.(object)
	return o
}

const apiPath = "/api/v10"

// serve sends each request to its place: the gateway, an attachment, the API.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case websocket.IsWebSocketUpgrade(r):
		s.gw.serve(w, r)
	case strings.HasPrefix(r.URL.Path, "/attachments/"):
		s.serveFile(w, r)
	default:
		s.serveAPI(w, r)
	}
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	begun := time.Now()
	s.log.begin(begun)
	c := &call{s: s, r: r, rec: Request{Method: r.Method, Path: strings.TrimPrefix(r.URL.Path, apiPath), At: begun}}
	defer func() {
		c.rec.Took = time.Since(begun)
		s.log.end(c.rec)
		s.bell.ring()
	}()
	if err := c.read(); err != nil {
		s.judge.errorf("a body that cannot be read: %v\n%v", err, c.rec)
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.find()
	time.Sleep(s.opts.Latency)

	f := s.faults.next(r.Method, c.rec.Route, c.rec.Path)
	if f != nil && !f.After {
		c.fault(w, f)
		return
	}
	status, answer, refused := c.handle(w.Header())
	s.judge.answered(c.rec, refused)
	if f != nil {
		c.fault(w, f)
		return
	}
	if refused != nil {
		status, answer, c.rec.Code = refused.status, refused.json(), refused.code
		for name, values := range refused.header {
			w.Header()[name] = values
		}
	}
	c.rec.Status = status
	if refused == nil && s.spec != nil && c.route != nil {
		if s.opts.Later {
			c.later(status, answer)
		} else {
			c.answered(status, answer)
		}
	}
	send(w, status, answer)
}

// answered holds an answer against the file.
func (c *call) answered(status int, answer any) {
	if err := c.s.spec.answer(c.route.method, c.route.path, status, answer); err != nil {
		c.s.judge.errorf("this package answered what Discord would not: %v\n%v", err, c.rec)
	}
}

// later holds a request and its answer against the file when the test ends.
func (c *call) later(status int, answer any) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.later = append(c.s.later, func() {
		if err := c.s.spec.request(c); err != nil {
			c.s.judge.errorf("not as the OpenAPI file says: %v\n%v", err, c.rec)
		}
		c.answered(status, answer)
	})
}

func send(w http.ResponseWriter, status int, answer any) {
	if answer == nil {
		w.WriteHeader(status)
		return
	}
	b := encode(answer)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// A client that has left does not need the rest.
	_, _ = w.Write(b)
}

// largest is what Discord takes: 10 MiB a file, 25 MiB a request.
const largest = 25 << 20

// read takes the body apart: JSON, or multipart with payload_json and files.
func (c *call) read() error {
	raw, err := io.ReadAll(http.MaxBytesReader(nil, c.r.Body, largest))
	if err != nil {
		return err
	}
	c.rec.Body = raw
	if len(raw) == 0 {
		return nil
	}
	kind := c.r.Header.Get("Content-Type")
	var params map[string]string
	if kind != "application/json" {
		if kind, params, err = mime.ParseMediaType(kind); err != nil {
			return err
		}
	}
	switch kind {
	case "application/json":
	case "multipart/form-data":
		c.rec.Body = nil
		parts := multipart.NewReader(bytes.NewReader(raw), params["boundary"])
		for {
			p, err := parts.NextPart()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			data, err := io.ReadAll(p)
			if err != nil {
				return err
			}
			n, isFile := strings.CutPrefix(p.FormName(), "files[")
			switch {
			case p.FormName() == "payload_json":
				c.rec.Body = data
			case isFile:
				c.rec.Files++
				c.files = append(c.files, &File{
					Name: p.FileName(), Type: p.Header.Get("Content-Type"), Data: data, id: strings.TrimSuffix(n, "]"),
				})
			default:
				return errors.New("a part with the name " + strconv.Quote(p.FormName()))
			}
		}
		if c.rec.Body == nil {
			return nil
		}
	default:
		return errors.New("a body of type " + kind)
	}
	return json.Unmarshal(c.rec.Body, &c.body)
}

// find looks for the route. Those of the file that are not built here get
// their name, so that the test fails with 501 and not with 404.
func (c *call) find() {
	fewest := 0
	for i := range routes {
		r := &routes[i]
		// Where two fit, the one with fewer variables is meant.
		if n := strings.Count(r.path, "{"); r.method == c.rec.Method && (c.route == nil || n < fewest) && fits(r.path, c.rec.Path) {
			c.route, fewest = r, n
		}
	}
	if c.route != nil {
		c.vars, c.rec.Route = variables(c.route.path, c.rec.Path), c.route.path
	}
	if c.route == nil && c.s.spec != nil {
		c.rec.Route = c.s.spec.route(c.rec.Path)
	}
}

// handle checks a request and does what it asks.
func (c *call) handle(header http.Header) (int, any, *apiError) {
	s := c.s
	if !strings.HasPrefix(c.r.URL.Path, apiPath+"/") {
		return 0, nil, refuse(404, codeGeneral, "404: Not Found")
	}
	if agent := c.r.UserAgent(); !strings.HasPrefix(agent, "DiscordBot (") {
		return 0, nil, refuse(403, 40333, "internal network error: the User-Agent has to be “DiscordBot (URL, version)”, not "+agent)
	}
	if c.route == nil {
		switch {
		case c.rec.Route == "":
			return 0, nil, refuse(404, codeGeneral, "404: Not Found")
		case !s.spec.has(c.rec.Method, c.rec.Route):
			return 0, nil, refuse(405, codeGeneral, "405: Method Not Allowed")
		}
		return 0, nil, refuse(501, codeGeneral, "discordtest does not have this")
	}
	if !c.route.anonymous && c.r.Header.Get("Authorization") != "Bot "+s.Token {
		return 0, nil, refuse(401, codeGeneral, "401: Unauthorized")
	}
	if limited := s.buckets.take(c, header); limited != nil {
		return 0, nil, limited
	}
	if s.spec != nil && !s.opts.Later {
		if err := s.spec.request(c); err != nil {
			return 0, nil, invalid(map[string]string{"": "not as the OpenAPI file says: " + err.Error()})
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return c.route.handle(c)
}
