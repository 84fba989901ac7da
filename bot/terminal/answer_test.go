package terminal

import (
	"context"
	"errors"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/bot"
	"pilcrow/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

var wall = bot.Citation{
	N: 1,
	Article: corpus.Article{
		Collections: []string{"main"},
		ID:          "a1",
		Title:       "Council votes to rebuild the sea wall",
		Source:      "Tollness Courier",
		URL:         "https://courier.example/sea-wall",
		Published:   time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC),
	},
	Revision:  1,
	Paragraph: 2,
	Text:      "The vote was eleven to four. Work begins on 1 June, when the spring tides are over.",
	Start:     29, End: 83,
	Also: []string{"The Lantern"},
}

var levy = bot.Citation{
	N:       2,
	Article: corpus.Article{Collections: []string{"main"}, Title: "\x1b]0;owned\x07Who pays\u202e for the wall", URL: "javascript:alert(1)"},
	Text:    "Every household pays £18 a year\x1b[2J.", Start: 0, End: 32, Paragraph: 14, Revision: 2,
}

// again is another quote of the paragraph that wall quotes.
var again = func() bot.Citation {
	c := wall
	c.N, c.Start, c.End = 3, 0, 28
	return c
}()

func stream(events ...bot.Event) iter.Seq2[bot.Event, error] {
	return func(yield func(bot.Event, error) bool) {
		for _, e := range events {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// TestAnswer compares what is shown with testdata/NAME.plain and NAME.style,
// in which ESC is written ^[:
//
//	go test ./bot/terminal -update
func TestAnswer(t *testing.T) {
	for name, events := range map[string]iter.Seq2[bot.Event, error]{
		"answer": stream(
			bot.Understood{Question: "When does the work on the wall begin, and who pays?"},
			bot.Sentence{Text: wall.Quote(), Citations: []bot.Citation{wall}},
			bot.Sentence{Text: levy.Quote(), Citations: []bot.Citation{levy, wall}},
			bot.Sentence{Text: again.Quote(), Citations: []bot.Citation{again}},
			bot.Done{Mode: bot.Model, Dropped: []bot.Dropped{{Text: "The mayor is pleased."}}}),
		"refusal": stream(
			bot.Refused{Reason: bot.AbsentSource, Detail: "the \x1b[1mGazette", Nearest: []bot.Citation{wall, levy}},
			bot.Done{Mode: bot.Extractive}),
		"bare_refusal": stream(bot.Refused{Reason: bot.NoEvidence}, bot.Done{Mode: bot.Extractive}),
	} {
		for _, style := range []bool{false, true} {
			var out strings.Builder
			s := &Screen{W: &out, Width: 60, Style: style}
			if _, err := s.Answer(events); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name+".plain")
			if style {
				file = filepath.Join("testdata", name+".style")
			}
			golden(t, file, strings.ReplaceAll(out.String(), "\x1b", "^["))
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// TestRefusal shows that each reason has a sentence of its own.
func TestRefusal(t *testing.T) {
	seen := map[string]bot.Reason{}
	for _, r := range []bot.Reason{bot.NoEvidence, bot.AbsentSource, bot.AbsentName, bot.Gate, bot.Failed} {
		got := Refusal(bot.Refused{Reason: r})
		if other, ok := seen[got]; ok {
			t.Errorf("%s and %s are told alike: %s", r, other, got)
		}
		seen[got] = r
	}
}

func TestWebAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"https://courier.example/a?b=c#d":       true,
		"http://localhost:8080":                 true,
		"":                                      false,
		"javascript:alert(1)":                   false,
		"file:///etc/passwd":                    false,
		"https://a.example/\x1b\\":              false,
		"https://a.example/two words":           false,
		"https://a.example/\u202e":              false,
		"https://":                              false,
		"//a.example/without-a-scheme":          false,
		"data:text/html,<script>1</script>":     false,
		"https://courier.example/%C3%A9t%C3%A9": true,
	} {
		if got := webAddress(address); got != want {
			t.Errorf("webAddress(%q) = %t", address, got)
		}
	}
}

// TestChat types at a chat whose answers are canned.
func TestChat(t *testing.T) {
	var out strings.Builder
	var failed []error
	chat := &Chat{
		In:     strings.NewReader("help\nwhen?\n1\n[9]\n\nfail\nquit\nnever asked\n"),
		Screen: &Screen{W: &out, Width: 60},
		Prompt: true,
		Report: func(err error) { failed = append(failed, err) },
		Ask: func(_ context.Context, q string) iter.Seq2[bot.Event, error] {
			switch q {
			case "when?":
				return stream(bot.Sentence{Text: wall.Quote(), Citations: []bot.Citation{wall}}, bot.Done{Mode: bot.Extractive})
			case "fail":
				return func(yield func(bot.Event, error) bool) { yield(nil, errors.New("the disk is gone")) }
			}
			t.Errorf("asked %q", q)
			return stream()
		},
	}
	if err := chat.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/chat.plain", out.String())
	if len(failed) != 1 {
		t.Errorf("told of %v, want one failure", failed)
	}
}

// TestChatStops shows that a chat which waits for a person ends with its context.
func TestChatStops(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	chat := &Chat{In: r, Screen: &Screen{W: new(strings.Builder)}}
	done := make(chan error)
	go func() { done <- chat.Run(ctx) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("the chat ended with %v", err)
	}
}

// TestLongLine shows that a line without end is not read without end.
func TestLongLine(t *testing.T) {
	chat := &Chat{In: strings.NewReader(strings.Repeat("a", 2*maxLine)), Screen: &Screen{W: new(strings.Builder)}}
	if err := chat.Run(t.Context()); !errors.Is(err, errLongLine) {
		t.Errorf("the chat ended with %v", err)
	}
}

// TestScreenKeepsFirstError shows that a closed pipe ends an answer.
func TestScreenKeepsFirstError(t *testing.T) {
	s := &Screen{W: broken{}}
	sentences := 0
	_, err := s.Answer(func(yield func(bot.Event, error) bool) {
		for range 10 {
			sentences++
			if !yield(bot.Sentence{Text: "a", Citations: []bot.Citation{wall}}, nil) {
				return
			}
		}
	})
	if !errors.Is(err, os.ErrClosed) || sentences != 1 {
		t.Errorf("after %d sentences: %v", sentences, err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestSourceThatChanged says of a citation that still resolves what became of
// its article since.
func TestSourceThatChanged(t *testing.T) {
	for _, tt := range []struct {
		revision    int
		collections []string
		want        string
	}{
		{1, []string{"main"}, "[1] The wall · ¶2\n"},
		{2, []string{"main"}, "[1] The wall · ¶2 · changed since\n"},
		{2, nil, "[1] The wall · ¶2 · withdrawn\n"},
	} {
		var out strings.Builder
		s := &Screen{W: &out}
		s.source("[1]", bot.Citation{Article: corpus.Article{Title: "The wall", Revision: tt.revision, Collections: tt.collections}, Revision: 1, Paragraph: 2})
		if got := strings.ReplaceAll(out.String(), "\u00a0", " "); got != tt.want {
			t.Errorf("revision %d in %v: %q, want %q", tt.revision, tt.collections, got, tt.want)
		}
	}
}
