package discord

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestNoHistory answers without a reply where the bot may not read what was said
// before.
func TestNoHistory(t *testing.T) {
	var sent []bool // whether each was a reply
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m map[string]any
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "application/json")
		sent = append(sent, m["message_reference"] != nil)
		if m["message_reference"] != nil {
			w.WriteHeader(http.StatusBadRequest)
			w.Write([]byte(`{"code": 160002, "message": "Cannot reply without permission to read message history"}`))
			return
		}
		w.Write([]byte(`{"id": "9"}`))
	}))
	defer api.Close()
	r, err := newREST(api.URL, "token", nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	a := &App{rest: r}
	id, err := a.inChannel("1", "2").put(context.Background(), "", plainMessage("en", "askMe"))
	if err != nil || id != "9" || len(sent) != 2 || !sent[0] || sent[1] {
		t.Errorf("sent %v: %q, %v", sent, id, err)
	}
}
