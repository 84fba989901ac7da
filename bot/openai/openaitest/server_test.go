package openaitest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pilcrow/bot/openai/openaitest"
)

// TestServer asks in each way that there is.
func TestServer(t *testing.T) {
	s := &openaitest.Server{
		Reply: func(prompt string) string { return "Snow fell [12]; ❄ " + prompt },
		Embed: func(text string) []float32 { return []float32{float32(len(text)), 1} },
	}
	url := s.Start(t)

	const asked = `"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Well?"}]`
	const want = "Snow fell [12]; ❄ Be brief.\n\nWell?"
	stream := post(t, url+"/chat/completions", `{"model":"m","stream":true,`+asked+`}`)
	var pieces []string
	for line := range strings.Lines(stream) {
		var event struct {
			Choices []struct{ Delta struct{ Content string } }
		}
		if data, ok := strings.CutPrefix(line, "data: {"); ok {
			if err := json.Unmarshal([]byte("{"+data), &event); err != nil {
				t.Fatal(err)
			}
			for _, c := range event.Choices {
				pieces = append(pieces, c.Delta.Content)
			}
		}
	}
	if diff := cmp.Diff(want, strings.Join(pieces, "")); diff != "" || len(pieces) < 10 || !strings.HasSuffix(stream, "data: [DONE]\n\n") {
		t.Errorf("%d pieces: -want +got\n%s", len(pieces), diff)
	}

	var whole struct {
		Choices []struct{ Message struct{ Content string } }
	}
	if err := json.Unmarshal([]byte(post(t, url+"/chat/completions", `{"model":"m",`+asked+`}`)), &whole); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, whole.Choices[0].Message.Content); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Be brief.\n\nWell?", "Be brief.\n\nWell?"}, s.Prompts()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}

	for input, want := range map[string]string{
		`["ice","snow"]`: `[{"embedding":[3,1],"index":0,"object":"embedding"},{"embedding":[4,1],"index":1,"object":"embedding"}]`,
		`"ice"`:          `[{"embedding":[3,1],"index":0,"object":"embedding"}]`,
	} {
		if got := post(t, url+"/embeddings", `{"model":"m","input":`+input+`}`); !strings.Contains(got, want) {
			t.Errorf("got %s", got)
		}
	}
}

func post(t *testing.T, url, body string) string {
	t.Helper()
	resp, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, resp.Status, err)
	}
	return string(b)
}
