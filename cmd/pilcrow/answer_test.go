package main

import (
	"encoding/json"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/bot"
	"pilcrow/corpus"
)

func events(list ...bot.Event) iter.Seq2[bot.Event, error] {
	return func(yield func(bot.Event, error) bool) {
		for _, e := range list {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// TestAnswerJSON pins the machine interface: its keys and their order, null
// for an unknown time, [] for an empty list, code points for offsets, and
// text as it is.
func TestAnswerJSON(t *testing.T) {
	ferry := bot.Citation{
		N: 1, Revision: 2, Paragraph: 3,
		Article: corpus.Article{ID: "a1", Title: "Fähre & Café", Source: "Bote"},
		Text:    "Für 52 Euro: <Kinder> fahren umsonst.", Start: 14, End: 38,
	}
	wall := bot.Citation{
		N: 2, Revision: 1, Paragraph: 1,
		Article: corpus.Article{ID: "a2", URL: "https://courier.example/wall",
			Published: time.Date(2026, 3, 3, 21, 15, 0, 0, time.FixedZone("CET", 3600))},
		Text: "Wall.", Start: 0, End: 5,
	}
	for _, tt := range []struct {
		name   string
		id     string
		events iter.Seq2[bot.Event, error]
		want   string
	}{
		{"answer", `"q1"`, events(
			bot.Sentence{Text: ferry.Quote(), Citations: []bot.Citation{ferry}},
			bot.Sentence{Text: "Wall.", Citations: []bot.Citation{wall, ferry}},
			bot.Done{Mode: bot.Model, Dropped: []bot.Dropped{{Text: "Chatter."}}},
		), `{"id":"q1","question":"?","mode":"model","refused":false,"reason":null,` +
			`"sentences":[{"text":"<Kinder> fahren umsonst.","citations":[1]},{"text":"Wall.","citations":[2,1]}],` +
			`"citations":[{"n":1,"article":"a1","revision":2,"paragraph":3,"title":"Fähre & Café","source":"Bote","published":null,"url":"","link":"",` +
			`"text":"Für 52 Euro: <Kinder> fahren umsonst.","quote":"<Kinder> fahren umsonst.","start":13,"end":37},` +
			`{"n":2,"article":"a2","revision":1,"paragraph":1,"title":"","source":"","published":"2026-03-03T20:15:00Z","url":"https://courier.example/wall","link":"https://courier.example/wall#:~:text=Wall",` +
			`"text":"Wall.","quote":"Wall.","start":0,"end":5}],` +
			`"nearest":[],"dropped":[{"text":"Chatter.","reasons":[]}]}`},
		{"refusal", `null`, events(
			bot.Refused{Reason: bot.AbsentName, Detail: "Nobody"},
			bot.Done{Mode: bot.Extractive},
		), `{"id":null,"question":"?","mode":"extractive","refused":true,"reason":"absent_name",` +
			`"sentences":[],"citations":[],"nearest":[],"dropped":[]}`},
	} {
		a, err := collect(json.RawMessage(tt.id), "?", tt.events)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := printJSON(&out, a); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want+"\n", out.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
