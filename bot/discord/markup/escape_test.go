package markup

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/bot/discord/markup/markuptest"
	"pilcrow/corpus/text"
)

// hostile is what articles and models could try. Each entry says what a person
// should see of it; "" is the text itself.
var hostile = map[string]string{
	"@everyone, @here and @Everyone": "＠everyone, ＠here and ＠Everyone",
	"<@80351110224678912> <@!80351110224678912> <@&165511591545143296> <#103735883630395392>": "",
	"mail press@courier.example or <press@courier.example>":                                   "",
	"# The wall":                           "",
	"-# small print":                       "",
	"> said the mayor":                     "",
	">>> said the mayor":                   "",
	"- one":                                "",
	"* one":                                "",
	"+ one":                                "",
	"1. one":                               "",
	"2024. A year":                         "",
	"**bold** __under__ *i* _i_":           "",
	"~~struck~~ ||spoiler||":               "",
	"`code` ```block``` ``two``":           "",
	"¯\\_(ツ)_/¯":                           "",
	"\\*not bold\\* \\":                    "",
	"<t:1618953630:R> <id:guide>":          "",
	"<:blob:1> <a:blob:2> :smile:":         "",
	"</ask:816437322781949972>":            "",
	"[the Courier](https://phish.example)": "",
	"[https://courier.example](<https://phish.example>)":          "",
	"[the [Courier]](https://phish.example \"title\")":            "",
	"https://phish.example/a_b_c and <https://phish.example>":     "",
	"HTTP://PHISH.EXAMPLE steam://run discord://-/channels":       "",
	"discord.gg/abcdef www.phish.example discord.com/invite/abcd": "",
	"Line\nbreak\r\n# heading\u2028> quote\u0085- list":           "Line break # heading > quote - list",
	"pay \u202e81£\u202c now \u2066x\u2069 \u200fy\u061c":         "pay 81£ now x y",
	"in\u200bvi\u2060si\ufeffble\u00ad \u3164\u2800x\u115f\u034f": "invisible x",
	"tag\U000E0041\U000E0042 \U000E0101sel":                       "tag sel",
	"Z\u0301\u0302\u0303\u0304\u0305algo":                         "\u0179\u0302\u0303algo",
	"\u0301\u0302starts with marks":                               "starts with marks",
	"family 👩\u200d👩\u200d👧 and न\u094d\u200dय, می\u200cخواهم":    "",
	"a\u200db \u200c\u200dc":                                      "ab c",
	"thumb 👍🏽 keycap 1️⃣ flag 🇩🇪 heart ❤️":                        "",
	"control \x00\x07\x1b[31m":                                    "control [31m",
	"bad \xff byte":                                               "bad \ufffd byte",
	"AT&T, 3/4 of Tom's 10:30 (£18)":                              "",
}

// TestEscape shows foreign text by Discord's rules: as text, the same text, and
// nothing else.
func TestEscape(t *testing.T) {
	for s, want := range hostile {
		if want == "" {
			want = s
		}
		inert(t, s)
		if got := read(t, Escape(s)); got != want {
			t.Errorf("%q is seen as %q, want %q", s, got, want)
		}
	}
}

// read returns what is seen of Markdown that should be nothing but text.
func read(t *testing.T, content string) string {
	t.Helper()
	var b strings.Builder
	for _, n := range markuptest.Parse(content) {
		if n.Kind != "text" {
			t.Errorf("%q opens a %s: %q", content, n.Kind, n.Text)
		}
		b.WriteString(n.Text)
	}
	return b.String()
}

// inert checks that s does nothing once escaped.
func inert(t *testing.T, s string) {
	t.Helper()
	got := Escape(s)
	read(t, got)
	read(t, "a "+got+" b")
	if p := markuptest.Pings(got); len(p) > 0 {
		t.Errorf("%q pings %q", s, p)
	}
	if p := markuptest.Previews(got); len(p) > 0 {
		t.Errorf("%q shows a preview of %q", s, p)
	}
	if strings.ContainsAny(got, "\n\r\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2060\ufeff\u00ad\u061c") {
		t.Errorf("%q keeps what cannot be seen: %q", s, got)
	}
	if i := strings.IndexFunc(got, func(r rune) bool { return r >= 0xE0000 && r < 0xE1000 }); i >= 0 {
		t.Errorf("%q keeps a tag", s)
	}
	if again := plain(plain(s)); again != plain(s) {
		t.Errorf("%q is plain as %q, and that as %q", s, plain(s), again)
	}
}

func FuzzEscape(f *testing.F) {
	for s := range hostile {
		f.Add(s)
	}
	f.Fuzz(inert)
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		s          string
		n          int
		start, end string
	}{
		{"the sea wall", 12, "the sea wall", "the sea wall"},
		{"the sea wall", 5, "the…", "…wall"},
		{"👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2, "👩‍👩‍👧…", "…👩‍👩‍👧"},
		{"", 3, "", ""},
	} {
		if start, end := clip(c.s, c.n), clipStart(c.s, c.n); start != c.start || end != c.end {
			t.Errorf("%q of %d: %q and %q", c.s, c.n, start, end)
		}
	}
	if got := len(slices.Collect(text.Graphemes(clipStart(strings.Repeat("a", 1<<20), 10)))); got != 10 {
		t.Errorf("%d characters", got)
	}
}
