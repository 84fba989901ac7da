package remote_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/retrieval/remote"
)

// secret stands in every request and reply of these tests, and in no error.
const secret = "sesame"

// kinds are the sentinels by the names that testdata uses.
var kinds = map[string]error{
	"unavailable": remote.ErrUnavailable, "busy": remote.ErrBusy, "budget": remote.ErrBudget,
	"key": remote.ErrKey, "unknown": remote.ErrUnknown, "too-long": remote.ErrTooLong,
	"refused": remote.ErrRefused, "garbled": remote.ErrGarbled,
}

// TestReports holds what servers say against what it means. Each file of an
// archive is named "STATUS server, what happened"; its first line is the
// meaning: the kind, "passing" if another try may help, and the fields
// complained of.
func TestReports(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, name := range archives {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range ar.Files {
			t.Run(file.Name, func(t *testing.T) {
				head, report, _ := bytes.Cut(file.Data, []byte("\n"))
				code, _, _ := strings.Cut(file.Name, " ")
				status, err := strconv.Atoi(code)
				if err != nil {
					t.Fatal(err)
				}
				srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("X-Request-Id", secret)
					w.WriteHeader(status)
					w.Write(report)
				}))
				defer srv.Close()

				client := remote.NewClient(0, "max_tokens", "max_completion_tokens", "stream_options", "temperature")
				resp, err := client.Do(request(t, srv.URL))
				if err == nil { // a report inside a reply that looks like a success
					reply, readErr := io.ReadAll(resp.Body)
					resp.Body.Close()
					if readErr != nil {
						t.Fatal(readErr)
					}
					f := client.Reported(reply)
					if f == nil {
						t.Fatal("nothing reported")
					}
					err = f
				}
				checkFault(t, err, string(head))
			})
		}
	}
}

// checkFault compares a fault with its line in testdata.
func checkFault(t *testing.T, err error, want string) {
	t.Helper()
	var f *remote.Fault
	if !errors.As(err, &f) {
		t.Fatalf("%v is no fault", err)
	}
	var got []string
	for name, kind := range kinds {
		if errors.Is(err, kind) {
			got = append(got, name)
		}
	}
	if f.Passing {
		got = append(got, "passing")
	}
	got = append(got, f.Fields...)
	if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	checkLine(t, err)
}

// checkLine holds an error's text to the form that a reader may see.
func checkLine(t *testing.T, err error) {
	t.Helper()
	line := err.Error()
	if strings.Contains(strings.ToLower(line), secret) || strings.Contains(line, "127.0.0.1") {
		t.Errorf("%q tells what it was given", line)
	}
	if line != strings.ToLower(line) || strings.ContainsAny(line, "\n") || strings.HasSuffix(line, ".") {
		t.Errorf("%q is not one plain line", line)
	}
}

// request returns one that holds the secret everywhere.
func request(t *testing.T, url string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "POST", url+"/v1/"+secret, strings.NewReader(secret))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+secret)
	return req
}

// TestNoReport reads replies that hold the word, and no error.
func TestNoReport(t *testing.T) {
	for _, reply := range []string{
		``, `{}`, `[]`, `error`, `"error"`, `{"error":null}`, `{"error":""}`, `{"error":{}}`, `{"error":false}`,
		`{"choices":[{"delta":{"content":"the error was found"}}],"error":null}`,
		`{"object":"chat.completion.chunk","choices":[{"delta":{"content":"error"}}]}`,
	} {
		if f := remote.NewClient(0).Reported([]byte(reply)); f != nil {
			t.Errorf("%s: %v", reply, f)
		}
	}
}

// TestBroken breaks the connection in each way it can break.
func TestBroken(t *testing.T) {
	drop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		panic(http.ErrAbortHandler)
	}))
	defer drop.Close()
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0)
	untrusted.StartTLS()
	defer untrusted.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()

	for _, test := range []struct {
		name, url, why string
		passing        bool
	}{
		{"refused", "http://" + closed.Addr().String(), "nothing listens there", true},
		{"dropped", drop.URL, "the connection broke", true},
		{"certificate", untrusted.URL, "its certificate is not trusted", false},
		{"scheme", strings.Replace(plain.URL, "http:", "https:", 1), "it speaks http, not https", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := remote.NewClient(0).Do(request(t, test.url))
			var f *remote.Fault
			if !errors.As(err, &f) || f.Kind != remote.ErrUnavailable {
				t.Fatalf("got %v", err)
			}
			if f.Why != test.why || f.Passing != test.passing {
				t.Errorf("got %q, passing %t; want %q, %t", f.Why, f.Passing, test.why, test.passing)
			}
			checkLine(t, err)
		})
	}
}

// TestBodyBreaks drops a connection in the middle of a reply.
func TestBodyBreaks(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "half of it")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}))
	defer srv.Close()
	resp, err := remote.NewClient(0).Do(request(t, srv.URL))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.ReadAll(resp.Body); !errors.Is(err, remote.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
}

// TestEndOfContext returns the context's cause, before the reply and within it.
func TestEndOfContext(t *testing.T) {
	arrived := make(chan bool, 2)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			w.(http.Flusher).Flush()
		}
		arrived <- true
		<-r.Context().Done()
	}))
	defer srv.Close()
	cause := errors.New("no more time")
	for _, path := range []string{"/head", "/body"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() { <-arrived; cancel(cause) }()
		req, err := http.NewRequestWithContext(ctx, "GET", srv.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := remote.NewClient(0).Do(req)
		if err == nil {
			_, err = io.ReadAll(resp.Body)
			resp.Body.Close()
		}
		if err != cause {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

// TestNoRedirect sends neither key nor text to where a server points.
func TestNoRedirect(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Error("the other server was asked")
	}))
	defer other.Close()
	srv := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer srv.Close()
	_, err := remote.NewClient(0).Do(request(t, srv.URL))
	if !errors.Is(err, remote.ErrUnknown) {
		t.Errorf("got %v", err)
	}
}

// TestRetryAfter reads each form of the header.
func TestRetryAfter(t *testing.T) {
	for _, test := range []struct {
		name, header, value string
		want, within        time.Duration
	}{
		{"seconds", "Retry-After", "7", 7 * time.Second, 0},
		{"fraction", "Retry-After", "0.25", 250 * time.Millisecond, 0},
		{"milliseconds", "Retry-After-Ms", "1500", 1500 * time.Millisecond, 0},
		{"date", "Retry-After", time.Now().Add(time.Minute).UTC().Format(http.TimeFormat), time.Minute, 2 * time.Second},
		{"past", "Retry-After", "Mon, 02 Jan 2006 15:04:05 GMT", 0, 0},
		{"negative", "Retry-After", "-3", 0, 0},
		{"endless", "Retry-After", "999999999", 24 * time.Hour, 0},
		{"nonsense", "Retry-After", "soon", 0, 0},
		{"not a number", "Retry-After", "NaN", 0, 0},
		{"none", "X-Other", "1", 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set(test.header, test.value)
				w.WriteHeader(http.StatusTooManyRequests)
			}))
			defer srv.Close()
			_, err := remote.NewClient(0).Do(request(t, srv.URL))
			var f *remote.Fault
			if !errors.As(err, &f) {
				t.Fatal(err)
			}
			if d := (f.After - test.want).Abs(); d > test.within {
				t.Errorf("got %v, want %v", f.After, test.want)
			}
		})
	}
}

// TestTexts reads as a reader does: each kind says what happened and what to do.
func TestTexts(t *testing.T) {
	for name, kind := range kinds {
		for _, err := range []error{kind, &remote.Fault{Kind: kind, Status: 418}, &remote.Fault{Kind: kind, Why: "it is tea time"}} {
			checkLine(t, err)
			if what, do, ok := strings.Cut(err.Error(), "; "); !ok || what == "" || do == "" {
				t.Errorf("%s: %q lacks what to do", name, err)
			}
		}
	}
}

// FuzzReported reads anything without panic, and tells nothing of it.
func FuzzReported(f *testing.F) {
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range archives {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range ar.Files {
			_, report, _ := bytes.Cut(file.Data, []byte("\n"))
			f.Add(report)
		}
	}
	client := remote.NewClient(0, "stream_options")
	f.Fuzz(func(t *testing.T, reply []byte) {
		for _, fault := range []*remote.Fault{client.Reported(reply), client.Complaint(reply)} {
			if fault == nil {
				continue
			}
			known := slices.ContainsFunc([]string{"status ", "it broke off with an error"}, func(s string) bool {
				return strings.Contains(fault.Error(), s)
			})
			if !known {
				t.Errorf("%q", fault)
			}
		}
	})
}

// TestEndless reads a reply up to its bound and no further.
func TestEndless(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for block := make([]byte, 1<<20); ; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}))
	defer srv.Close()
	resp, err := remote.NewClient(0).Do(request(t, srv.URL))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if n, err := io.Copy(io.Discard, resp.Body); !errors.Is(err, remote.ErrGarbled) || n > 64<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// TestShouldRetry believes a server that says another try is in vain.
func TestShouldRetry(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Should-Retry", "false")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer srv.Close()
	_, err := remote.NewClient(0).Do(request(t, srv.URL))
	var f *remote.Fault
	if !errors.As(err, &f) || f.Passing {
		t.Errorf("got %v", err)
	}
}

// TestPlain leaves nothing of an error that is not ours.
func TestPlain(t *testing.T) {
	ended, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("no more time")
	cancel(cause)
	fault := &remote.Fault{Kind: remote.ErrBusy, Status: 429}
	for _, test := range []struct {
		name string
		ctx  context.Context
		err  error
		want error
	}{
		{"nothing", ended, nil, nil},
		{"a fault", ended, fmt.Errorf("%s: %w", secret, fault), fault},
		{"the end of the context", ended, errors.New(secret), cause},
		{"half a reply", t.Context(), fmt.Errorf("%s: %w", secret, io.ErrUnexpectedEOF), remote.ErrUnavailable},
		{"nonsense", t.Context(), errors.New(secret), remote.ErrGarbled},
	} {
		got := remote.Plain(test.ctx, test.err)
		if !errors.Is(got, test.want) || got != nil && strings.Contains(got.Error(), secret) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
