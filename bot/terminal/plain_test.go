package terminal

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"text", "Ebbe um 6:12 – «née» 潮汐 ¶", "Ebbe um 6:12 – «née» 潮汐 ¶"},
		{"clear the screen", "a\x1b[2Jb", "a␛[2Jb"},
		{"set the title", "\x1b]0;owned\x07", "␛]0;owned␇"},
		{"eight-bit control sequence", "a\u009b31mb", "a\uFFFD31mb"},
		{"hyperlink", "\x1b]8;;http://evil.example\x1b\\x\x1b]8;;\x1b\\", "␛]8;;http://evil.example␛\\x␛]8;;␛\\"},
		{"overwrite the line", "one\rtwo\b\b", "one two␈␈"},
		{"lines", "a\nb\u2028c\td", "a b c d"},
		{"right-to-left override", "invoice\u202Efdp.exe", "invoicefdp.exe"},
		{"isolates and marks", "\u2066a\u2069\u200E\u200F\u061C", "a"},
		{"hidden tags", "hi\U000E0041\U000E0042", "hi"},
		{"joined emoji", "👩\u200d🚀", "👩\u200d🚀"},
		{"broken bytes", "a\xff\xfeb\x9b", "a\uFFFDb\uFFFD"},
		{"delete", "a\x7f", "a␡"},
	} {
		if got := Plain(tt.in); got != tt.want {
			t.Errorf("%s: Plain(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("a\x1b]8;;x\x1b\\\u202e\xff\u009b")
	f.Fuzz(func(t *testing.T, s string) {
		got := Plain(s)
		if !utf8.ValidString(got) {
			t.Errorf("Plain(%q) is not UTF-8: %q", s, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("Plain(%q) keeps %U", s, r)
			}
		}
		if again := Plain(got); again != got {
			t.Errorf("Plain twice: %q, then %q", got, again)
		}
	})
}
