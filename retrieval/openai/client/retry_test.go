package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pilcrow/retrieval/openai/client"
)

// refuser refuses the first n requests of a test and keeps what it was sent.
type refuser struct {
	*httptest.Server
	calls  atomic.Int64
	bodies []string
}

func newRefuser(t *testing.T, n, status int, retryAfter string) *refuser {
	s := new(refuser)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		s.bodies = append(s.bodies, string(b))
		if int(s.calls.Add(1)) > n {
			return
		}
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *refuser) post(ctx context.Context, r *client.Retry, body io.Reader) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, body)
	if err != nil {
		return 0, err
	}
	resp, err := (&http.Client{Transport: r}).Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

func TestRetry(t *testing.T) {
	tests := map[string]struct {
		refused int // requests
		status  int
		after   string
		want    int // status
		calls   int64
	}{
		"at once":         {0, 0, "", 200, 1},
		"in the end":      {2, 503, "", 200, 3},
		"never":           {9, 503, "", 503, 3},
		"for good":        {9, 400, "", 400, 1},
		"when told":       {1, 429, "0", 200, 2},
		"told too late":   {1, 429, "3600", 429, 1},
		"told long since": {1, 429, "Mon, 01 Jan 2024 00:00:00 GMT", 200, 2},
		"told in a year":  {1, 429, "Fri, 01 Jan 2100 00:00:00 GMT", 429, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newRefuser(t, test.refused, test.status, test.after)
			got, err := s.post(t.Context(), &client.Retry{Tries: 3, Wait: time.Millisecond}, strings.NewReader("the body"))
			if err != nil || got != test.want || s.calls.Load() != test.calls {
				t.Errorf("status %d after %d calls, %v; want %d after %d", got, s.calls.Load(), err, test.want, test.calls)
			}
			for i, b := range s.bodies {
				if b != "the body" {
					t.Errorf("try %d sent %q", i+1, b)
				}
			}
		})
	}
}

func TestRetryWaitsAsAsked(t *testing.T) {
	s := newRefuser(t, 1, 429, "0.1")
	start := time.Now()
	if got, err := s.post(t.Context(), &client.Retry{Wait: time.Hour}, nil); got != 200 || err != nil {
		t.Fatalf("status %d, %v", got, err)
	}
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("waited %v, was asked for 100ms", took)
	}
}

func TestRetryWaitsNoLongerThanItsContext(t *testing.T) {
	s := newRefuser(t, 9, 503, "")
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := s.post(ctx, &client.Retry{Wait: time.Hour, MaxWait: time.Hour}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if n := s.calls.Load(); n != 1 {
		t.Errorf("took %d calls", n)
	}
}

// A body that can be read once is sent once.
func TestRetryWithoutBody(t *testing.T) {
	s := newRefuser(t, 9, 503, "")
	got, err := s.post(t.Context(), &client.Retry{Wait: time.Millisecond}, io.MultiReader(strings.NewReader("the body")))
	if got != 503 || err != nil || s.calls.Load() != 1 {
		t.Errorf("status %d after %d calls, %v", got, s.calls.Load(), err)
	}
}
