package discordtest

import (
	"net/http"
	"path"
	"strconv"
	"sync"
	"time"
)

// Fault is what goes wrong with some requests.
type Fault struct {
	// Method and Route choose the requests; empty ones mean all. Route is a
	// path of the OpenAPI file, e.g. /channels/{channel_id}/messages, or a
	// pattern of path.Match on the path itself.
	Method, Route string
	// Times is how many of the requests are hit, after Skip that are not; 1 if
	// 0, all if negative.
	Times, Skip int

	// Status is the answer, e.g. 502. If it is 0, the connection is dropped
	// without an answer.
	Status int
	// Body is the answer's; empty makes a page of HTML, as a proxy in front of
	// Discord does. A 429 without a body, unless Page is set, is Discord's JSON.
	Body string
	// Page makes a 429 a page of HTML, with a Retry-After header.
	Page bool
	// RetryAfter is what a 429 asks for.
	RetryAfter time.Duration
	// Global marks a 429 as one of the whole bot.
	Global bool
	// After lets Discord do what was asked before it fails: the answer alone
	// is lost.
	After bool
	// Slow is waited before.
	Slow time.Duration
}

type faults struct {
	mu   sync.Mutex
	list []*Fault
}

// Inject makes requests fail. Where several faults fit, the oldest comes first.
func (s *Server) Inject(f Fault) {
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = append(s.faults.list, &f)
}

// Heal ends all faults.
func (s *Server) Heal() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
}

func (f *faults) next(method, route, asked string) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, x := range f.list {
		fits, _ := path.Match(x.Route, asked)
		if x.Method != "" && x.Method != method || x.Route != "" && x.Route != route && !fits || x.Times == 0 {
			continue
		}
		if x.Skip > 0 {
			x.Skip--
			continue
		}
		x.Times--
		return x
	}
	return nil
}

func (c *call) fault(w http.ResponseWriter, f *Fault) {
	time.Sleep(f.Slow)
	c.rec.Status = f.Status
	if f.Status == 0 {
		panic(http.ErrAbortHandler) // the connection is closed, nothing is logged
	}
	seconds := strconv.FormatFloat(f.RetryAfter.Seconds(), 'f', 3, 64)
	switch {
	case f.Status == http.StatusTooManyRequests && f.Body == "" && !f.Page:
		w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds()+.999)))
		w.Header().Set("X-RateLimit-Reset-After", seconds)
		w.Header().Set("X-RateLimit-Scope", "user")
		if f.Global {
			w.Header().Set("X-RateLimit-Global", "true")
			w.Header().Set("X-RateLimit-Scope", "global")
		}
		send(w, f.Status, object{"message": "You are being rate limited.", "retry_after": f.RetryAfter.Seconds(), "global": f.Global})
	case f.Body != "":
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(f.Body))
	default:
		w.Header().Set("Content-Type", "text/html")
		if f.Status == http.StatusTooManyRequests {
			w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds()+.999)))
		}
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte("<html><head><title>" + strconv.Itoa(f.Status) + "</title></head><body>cloudflare</body></html>\n"))
	}
}
