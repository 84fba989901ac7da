package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)

func TestGoesOn(t *testing.T) {
	for _, tt := range []struct {
		question string
		want     bool
	}{
		{"And in August?", true},
		{"What about the ferry?", true},
		{"And how many boats?", true},
		{"And how old is it?", true},
		{"and how tall is the lighthouse?", false},
		{"Und wie hoch ist der Leuchtturm?", false},
		{"Und im August?", true},
		{"Why?", true},
		{"How much did it cost the taxpayers of the harbour town?", true},
		{"How many people of the town live there?", true},
		{"Is there a free ferry across the harbour?", false},
		{"Who said that the bridge has cracks?", false},
		{"Who pays for the ferry?", false},
		{"Gibt es eine Fähre über den Hafen?", false},
		{"When will the Alder Bridge close?", false},
		{"How many boats does the Tanner Street ferry have?", false},
		{"Did she meet Ruth Okafor?", false}, // a name stands by itself
		{"How much will the bridge repairs cost?", false},
		{"Wie viele Pfeifen hat die neue Orgel?", false},
	} {
		if got := goesOn(tt.question); got != tt.want {
			t.Errorf("goesOn(%q) = %v", tt.question, got)
		}
	}
}

func TestCarryOver(t *testing.T) {
	for _, tt := range []struct{ before, question, alone, topic string }{
		{
			"How many people crossed in July 2024?", "And in August 2024?",
			"How many people crossed in August 2024?", "How many people crossed in August 2024?",
		},
		{
			"When will the Alder Bridge close?", "and for how long?",
			"When will the Alder Bridge close, for how long?", "When will the Alder Bridge close?",
		},
		{
			"What did the ferry cost in 2023?", "and the bridge in 2024?",
			"What did the ferry cost in 2024, the bridge in?", "What did the ferry cost in 2024?",
		},
		{"When will the Alder Bridge close?", "and ?", "When will the Alder Bridge close?", "When will the Alder Bridge close?"},
		{"橋はいつ閉まりますか？", "and why?", "橋はいつ閉まりますか, why?", "橋はいつ閉まりますか?"},
	} {
		alone, topic := carryOver(tt.before, tt.question, noon)
		if alone != tt.alone || topic != tt.topic {
			t.Errorf("carryOver(%q, %q) = %q, %q", tt.before, tt.question, alone, topic)
		}
	}
}

// TestTalkIsBounded: neither a long talk nor many of them grow without end.
func TestTalkIsBounded(t *testing.T) {
	var ts talks
	b := new(Bot)
	ask := func(key, question string, at time.Time) string {
		return ts.understand(t.Context(), b, Message{Conversation: key, Now: at}, question)
	}
	ask("long", "When will the Alder Bridge close?", noon)
	for i := range 500 {
		alone := ask("long", "and "+strings.Repeat("really ", 10)+"why?", noon)
		if len(alone) > 200 {
			t.Fatalf("follow-up %d is understood as %q", i, alone)
		}
	}
	if n := len(ts.by["long"].turns); n != turnsKept {
		t.Errorf("%d questions kept, want %d", n, turnsKept)
	}
	for i := range talksKept + 10 {
		ask(fmt.Sprint(i), "When will the Alder Bridge close?", noon.Add(time.Duration(i+1)*time.Millisecond))
	}
	if n := len(ts.by); n != talksKept {
		t.Errorf("%d conversations kept, want %d", n, talksKept)
	}
	if got := ask("long", "and why?", noon.Add(time.Minute)); got != "and why?" {
		t.Errorf("the oldest conversation is still known: %q", got)
	}
}

// TestRecall: a conversation that another process held goes on.
func TestRecall(t *testing.T) {
	b := new(Bot)
	follow := func(key string) string {
		return b.talks.understand(t.Context(), b, Message{Conversation: key, Now: noon}, "and why?")
	}
	if got := follow("new"); got != "and why?" {
		t.Errorf("with nothing before it, the question is understood as %q", got)
	}
	b.Recall("told", []string{"When will the Alder Bridge close?"}, noon)
	if got := follow("told"); !strings.Contains(got, "Alder Bridge") {
		t.Errorf("the question before it is lost: %q", got)
	}
	b.Recall("new", []string{"When will the Alder Bridge close?"}, noon)
	if got := follow("new"); strings.Contains(got, "Alder Bridge") {
		t.Errorf("a known conversation is told anew: %q", got)
	}
}
