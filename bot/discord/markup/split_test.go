package markup

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pilcrow/bot"
	"pilcrow/bot/discord/markup/markuptest"
	"pilcrow/corpus/text"
)

func TestPack(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []line
		limit int
		want  []string
	}{
		{"lines stay whole", []line{{pieces: words("the sea")}, {pieces: words("the wall")}}, 12, []string{"the sea", "the wall"}},
		{"a gap is dropped at an end", []line{{kind: gap}, {pieces: words("sea")}, {kind: gap}, {pieces: words("wall")}, {kind: gap}}, 7, []string{"sea", "wall"}},
		{"a gap stays between", []line{{pieces: words("sea")}, {kind: gap}, {pieces: words("wall")}}, 9, []string{"sea\n\nwall"}},
		{"at a space", []line{{pieces: words("the sea wall of Tollness")}}, 19, []string{"the sea wall of", "Tollness"}},
		{"small print goes on small", []line{{small, words("the sea wall of Tollness")}}, 15, []string{"-# the sea", "-# wall of", "-# Tollness"}},
		{"bold closes and opens again", []line{{pieces: strong(words("the sea wall"))}}, 14, []string{"**the sea**", "**wall**"}},
		{"a citation keeps its word", []line{{pieces: append(words("the sea wall"), append([]piece{{text: hold}}, raw("[[1]](<u>)")...)...)}}, 20, []string{"the sea", "wall\u00a0[[1]](<u>)"}},
		{"no list begins at a cut", []line{{pieces: words("the sea - wall 12. x")}}, 8, []string{"the sea", `\- wall`, `12\. x`}},
		{"characters of four bytes", []line{{pieces: words("🌊🌊🌊🌊🌊🌊")}}, 9, []string{"🌊🌊🌊🌊", "🌊🌊"}},
	} {
		if got := pack(c.lines, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// FuzzAnswer shows an answer that repeats a text until it is long: no message is
// longer than Discord takes, nothing of the text does anything, and nothing of it
// is lost between two messages.
func FuzzAnswer(f *testing.F) {
	for s := range hostile {
		f.Add(s, uint16(5))
	}
	f.Add("🌊", uint16(2500))
	f.Add("👩‍👩‍👧 wall", uint16(300))
	f.Fuzz(func(t *testing.T, s string, times uint16) {
		s = s[:min(len(s), 1000)]
		said := strings.Repeat(s, int(times)%3000)
		said = said[:min(len(said), longestSentence)]
		c := wall
		c.Article.Title, c.Article.Source, c.Also = s, s, []string{s}
		events := []bot.Event{
			bot.Understood{Question: s}, bot.Notice{Text: s},
			bot.Sentence{Text: said, Citations: []bot.Citation{c}},
			bot.Refused{Reason: bot.AbsentName, Detail: s, Nearest: []bot.Citation{c}},
			bot.Done{},
		}
		sound(t, "answer", New("en").Answer(events))
		sound(t, "so far", New("de").Answer(events[:len(events)-1]))
		sound(t, "summary", New("fr").Summary(s, events))
		c.Text, c.Start, c.End = said, 0, len(said)/2
		sound(t, "paragraphs", New("hi").Paragraphs([]Passage{{Citation: c, Before: said, After: said}}))

		parts := pack([]line{{pieces: words(said)}}, Limit)
		var whole strings.Builder
		for i, part := range parts {
			got := read(t, part)
			if i > 0 && joinsOn(whole.String(), got) {
				t.Errorf("a character is cut between %q and %q", parts[i-1], part)
			}
			whole.WriteString(got)
		}
		if want := strings.ReplaceAll(at(plain(said)), " ", ""); strings.ReplaceAll(whole.String(), " ", "") != want {
			t.Errorf("%q became %q", said, parts)
		}
		if p := markuptest.Pings(strings.Join(parts, "")); len(p) > 0 {
			t.Errorf("%q pings %q", said, p)
		}
	})
}

// joinsOn reports whether the last character of a goes on in b, though it is no
// longer than what is kept whole.
func joinsOn(a, b string) bool {
	graphemes := slices.Collect(text.Graphemes(a + b))
	n := 0
	for _, g := range graphemes {
		if n < len(a) && len(a) < n+len(g) {
			return len(g) < longestCluster && !unicode.IsSpace([]rune(b)[0])
		}
		n += len(g)
	}
	return false
}

// at is s with the signs that call everybody made harmless.
func at(s string) string {
	var b strings.Builder
	for i, r := range s {
		if r == '@' && pings(s[i+1:]) {
			r = '＠'
		}
		b.WriteRune(r)
	}
	return b.String()
}
