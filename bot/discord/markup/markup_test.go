package markup

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup/markuptest"
	"pilcrow/bot/verify"
	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	wall = bot.Citation{
		N: 1,
		Article: corpus.Article{
			ID: "a1", Revision: 1, Collections: []string{"main"},
			Title:     "Council votes to rebuild the sea wall",
			Source:    "Tollness Courier",
			URL:       "https://courier.example/sea-wall",
			Published: time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC),
		},
		Revision: 1, Paragraph: 2,
		Text:  "The vote was eleven to four. Work begins on 1 June, when the spring tides are over.",
		Start: 29, End: 83,
		Also: []string{"The Lantern"},
	}
	// again is another quote of the paragraph that wall quotes.
	again = func() bot.Citation {
		c := wall
		c.N, c.Start, c.End, c.Also = 3, 0, 28, nil
		return c
	}()
	// levy stands in an article that attacks its reader and has no address.
	levy = bot.Citation{
		N: 2,
		Article: corpus.Article{
			ID: "a2", Revision: 1, Collections: []string{"main"},
			Title: "**Who pays** [here](https://phish.example) \u202e@everyone", URL: "javascript:alert(1)",
		},
		Revision: 1, Paragraph: 14,
		Text: "Every household pays £18 a year, see https://phish.example/pay.", Start: 0, End: 63,
	}
	// harbour was changed after it was cited, and gone was taken away.
	harbour = bot.Citation{
		N: 4,
		Article: corpus.Article{
			ID: "a3", Revision: 3, Collections: []string{"main"}, Source: "The Lantern",
			URL:       "https://lantern.example/harbour_(old)?a=b c",
			Published: time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC),
		},
		Revision: 1, Paragraph: 1, Text: "Work begins on 15 June.", Start: 0, End: 23,
	}
	gone = func() bot.Citation {
		c := wall
		c.N, c.Article.Collections = 5, nil
		return c
	}()
	// stub is all that a page gave away before it went.
	stub = func() bot.Citation {
		c := wall
		c.N, c.Article.Partial, c.Article.Gone = 6, true, c.Article.Published
		return c
	}()
)

func answer(said ...bot.Event) []bot.Event {
	return append(said, bot.Done{Mode: bot.Extractive})
}

func sentence(cs ...bot.Citation) bot.Sentence {
	return bot.Sentence{Text: cs[0].Quote(), Citations: cs}
}

// long is an answer of n sentences, each of that many clauses.
func long(n, clauses int) []bot.Event {
	var out []bot.Event
	for i := range n {
		c := wall
		c.N, c.Paragraph = i+1, i+1
		out = append(out, bot.Sentence{Text: fmt.Sprintf("Stretch %d of the wall is rebuilt", i+1) + strings.Repeat(", when the tide allows it", clauses) + ".", Citations: []bot.Citation{c}})
	}
	return answer(out...)
}

// TestReplies compares replies, as a person sees them, with testdata/replies.txtar:
//
//	go test ./bot/discord/markup -update
func TestReplies(t *testing.T) {
	claims := "Work begins on 1 June. The levy is £20 a year! The mayor swam. Tides rise."
	en := New("en-GB")
	cases := []struct {
		name  string
		reply Reply
	}{
		{"nothing yet", en.Answer(nil)},
		{"streaming", en.Answer([]bot.Event{sentence(wall)})},
		{"answer", en.Answer([]bot.Event{
			bot.Understood{Question: "When does the *work* begin, and who pays?"},
			bot.Sentence{Text: "Work starts on 1 June.", Citations: []bot.Citation{wall}},
			sentence(levy, wall), sentence(again), sentence(harbour),
			bot.Disagreement{First: wall, Second: harbour},
			bot.Done{Mode: bot.Model, Dropped: []bot.Dropped{{Text: "The mayor is pleased."}, {Text: "All cheer."}}},
		})},
		{"model down", en.Answer(answer(bot.Notice{Text: bot.NoModel}, sentence(wall)))},
		{"long question, one sentence left out", en.Answer([]bot.Event{
			bot.Notice{Text: bot.CutQuestion}, sentence(wall), bot.Done{Mode: bot.Model, Dropped: []bot.Dropped{{}}},
		})},
		{"a part that no article answers", en.Answer(answer(sentence(wall), bot.Notice{Text: bot.Unsaid + "who *bought* the [wall](https://x.example)?"}))},
		{"the same in German", New("de").Answer(answer(sentence(wall), bot.Notice{Text: bot.Unsaid + "wer hat sie gekauft?"}))},
		{"withdrawn", en.Answer(answer(sentence(gone)))},
		{"the beginning of a page that is gone", en.Answer(answer(sentence(stub)))},
		{"refusal", en.Answer(answer(bot.Refused{Reason: bot.NoEvidence, Nearest: []bot.Citation{wall, levy}}))},
		{"absent outlet", en.Answer(answer(bot.Refused{Reason: bot.AbsentSource, Detail: "the **Gazette** @here"}))},
		{"absent name", en.Answer(answer(bot.Refused{Reason: bot.AbsentName, Detail: "Odell"}))},
		{"gate", en.Answer(answer(bot.Refused{Reason: bot.Gate}))},
		{"error", en.Answer(answer(bot.Refused{Reason: bot.Failed}))},
		{"two messages", en.Answer(long(9, 3))},
		{"file", en.Answer(long(8, 30))},
		{"summary", en.Summary("Council votes to *rebuild*", answer(sentence(wall), sentence(again)))},
		{"digest", en.Digest(wall.Article.Published, "", answer(sentence(wall)))},
		{"digest on a topic", en.Digest(wall.Article.Published, "the wall", answer(bot.Refused{Reason: bot.NoEvidence}))},
		{"claims", en.Claims(claims, []bot.Claim{
			{Span: text.Span{Start: 0, End: 22}, Stand: verify.Supported, Citations: []bot.Citation{wall}},
			{Span: text.Span{Start: 23, End: 46}, Stand: verify.Contradicted, Citations: []bot.Citation{levy}},
			{Span: text.Span{Start: 47, End: 62}, Stand: verify.NotFound},
			{Span: text.Span{Start: 63, End: 74}, Stand: verify.Related, Citations: []bot.Citation{again, wall}},
		})},
		{"no claims", en.Claims("Hm?", nil)},
		{"paragraphs", en.Paragraphs([]Passage{
			{Citation: wall, Before: "The council met on Tuesday.", After: "The levy pays for it."},
			{Citation: harbour}, {Citation: gone},
		})},
		{"no paragraphs", en.Paragraphs(nil)},
		{"articles", en.Articles([]corpus.Article{wall.Article, levy.Article, harbour.Article}, 11, 42)},
		{"no articles", en.Articles(nil, 1, 0)},
		{"note", Reply{Messages: []string{en.Note(en.Words.AbsentName, "@everyone")}}},
		{"German", New("de").Answer(answer(bot.Notice{Text: bot.NoModel}, sentence(wall), sentence(harbour), bot.Disagreement{First: wall, Second: harbour}))},
		{"French", New("fr").Answer(answer(bot.Refused{Reason: bot.AbsentName, Detail: "Odell", Nearest: []bot.Citation{wall}}))},
		{"Spanish of Latin America", New("es-419").Digest(wall.Article.Published, "el muro", answer(sentence(wall)))},
		{"Hindi", New("hi").Answer(answer(bot.Refused{Reason: bot.AbsentSource, Detail: "Gazette", Nearest: []bot.Citation{harbour}}))},
		{"Japanese, not translated", New("ja").Answer(answer(bot.Refused{Reason: bot.NoEvidence}))},
	}
	got := new(txtar.Archive)
	for _, c := range cases {
		sound(t, c.name, c.reply)
		got.Files = append(got.Files, txtar.File{Name: c.name, Data: []byte(seen(c.reply))})
	}
	const golden = "testdata/replies.txtar"
	if *update {
		if err := os.WriteFile(golden, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(txtar.Format(got))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// seen shows a reply as a person sees it, and the file as it is.
func seen(r Reply) string {
	var b strings.Builder
	for i, m := range r.Messages {
		if i > 0 {
			fmt.Fprintf(&b, "─── message %d\n", i+1)
		}
		b.WriteString(markuptest.Seen(m))
	}
	if r.File != nil {
		fmt.Fprintf(&b, "─── file\n%s", r.File)
	}
	return b.String()
}

// sound checks what holds for every reply.
func sound(t *testing.T, name string, r Reply) {
	t.Helper()
	if len(r.Messages) == 0 || len(r.Messages) > Most {
		t.Errorf("%s: %d messages", name, len(r.Messages))
	}
	for i, m := range r.Messages {
		if n := size(m); n > Limit || strings.TrimSpace(m) == "" {
			t.Errorf("%s: message %d is %d long", name, i+1, n)
		}
		if p := append(markuptest.Pings(m), markuptest.Previews(m)...); len(p) > 0 {
			t.Errorf("%s: message %d has %q", name, i+1, p)
		}
		for _, n := range markuptest.Parse(m) {
			switch n.Kind {
			case "text", "small", "quote", "list", "strong":
			case "link":
				if n.Text[0] != '[' || !strings.HasPrefix(n.URL, "https://courier.example/") && !strings.HasPrefix(n.URL, "https://lantern.example/") {
					t.Errorf("%s: a link %q to %s", name, n.Text, n.URL)
				}
			default:
				t.Errorf("%s: message %d opens a %s: %q", name, i+1, n.Kind, n.Text)
			}
		}
	}
}

// TestWords shows that each language has every phrase, with as many places for
// words as English.
func TestWords(t *testing.T) {
	phrases := func(w *Words) []string {
		return []string{
			w.Date, w.Searching, w.Understood, w.Differ, w.Nearest, w.LeftOutOne, w.LeftOut, w.Attached, w.NoModel, w.ModelBroke, w.CutQuestion, w.Unsaid,
			w.NoEvidence, w.Overview, w.AbsentSource, w.AbsentSomeSource, w.AbsentName, w.AbsentSomeName, w.Unchecked, w.Failed,
			w.Untitled, w.Also, w.Changed, w.Withdrawn, w.Partial, w.Gone, w.Supported, w.Contradicted, w.Related, w.NotFound, w.NoClaim,
			w.Articles, w.Article, w.NoArticles, w.Digest, w.DigestOn, w.Quiet, w.QuietOn, w.NoParagraph,
		}
	}
	en := phrases(&english)
	for tag, w := range languages {
		if slices.Contains(w.Months[:], "") {
			t.Errorf("%s: a month has no name", tag)
		}
		for i, s := range phrases(w) {
			if s == "" || strings.Count(s, "%s") != strings.Count(en[i], "%s") {
				t.Errorf("%s says %q for %q", tag, s, en[i])
			}
		}
	}
}
