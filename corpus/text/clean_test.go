package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "A plain line.", "A plain line."},
		{"spaces", "  a\t b\u00a0\r\n c\u2003\u2028d ", "a b c d"},
		{"soft hyphens", "inter\u00adnational", "international"},
		{"zero width", "\ufeffzero\u200b width\u2060", "zero width"},
		{"joiners stay", "می\u200cخواهم 👩\u200d🚒", "می\u200cخواهم 👩\u200d🚒"},
		{"controls", "a\x00b\x1b[31mc\x7f\u0085d", "ab[31mc d"},
		{"tags", "ok\U000E0069\U000E0067", "ok"},
		{"nfc", "Zoe\u0308", "Zoë"},
		{"nfc across what was dropped", "Zoe\u00ad\u0308", "Zoë"},
		{"an override", "invoice\u202efdp.exe\u202c", "invoicefdp.exe"},
		{"numbers turned", "\u2067£18\u2069 for \u202b81 – 18\u202c", "£18 for 81 – 18"},
		{"marks that only disguise", "The Tol\u200elness \u200f Courier\u061c", "The Tollness Courier"},
		{"a mark that places a full stop", "היא אמרה C++\u200f.", "היא אמרה C++\u200f."},
		{"marks in a word, and too many", "הח\u200fו\u200eמה נבנתה\u200f\u200e\u200f!", "החומה נבנתה\u200f!"},
		{"an isolate in Arabic", "قال \u2068Ames Pell\u2069 إن الجدار آمن.", "قال Ames Pell إن الجدار آمن."},
		{"bad bytes", "a\xff\xfeb", "a\ufffd\ufffdb"},
		{"nothing", " \u00ad\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	f.Add("  Zoe\u0308\u00ad a\xff\u200b\n ")
	f.Add(strings.Repeat("\u0301", 100))
	f.Add("\u200fא\u200e \u200f\u00ad\u061cב\u0301\u202ec\u2066")
	f.Fuzz(func(t *testing.T, s string) {
		c := Clean(s)
		switch {
		case !utf8.ValidString(c):
			t.Errorf("Clean(%q) = %q is not UTF-8", s, c)
		case Clean(c) != c:
			t.Errorf("Clean(%q) = %q, cleaned again %q", s, c, Clean(c))
		case !norm.NFC.IsNormalString(c):
			t.Errorf("Clean(%q) = %q is not in NFC", s, c)
		case strings.TrimSpace(c) != c || strings.Contains(c, "  "):
			t.Errorf("Clean(%q) = %q has space to spare", s, c)
		case strings.ContainsFunc(c, func(r rune) bool { return unicode.IsControl(r) || r != ' ' && unicode.IsSpace(r) }):
			t.Errorf("Clean(%q) = %q has control characters", s, c)
		case strings.ContainsAny(c, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"):
			t.Errorf("Clean(%q) = %q turns the direction of reading", s, c)
		}
	})
}

func TestFold(t *testing.T) {
	tests := []struct{ a, b string }{
		{"Café", "CAFE\u0301"},
		{"don’t", "DON'T"},
		{"Straße", "strasse"},
		{"Łódź", "lodz"},
		{"“quoted”", "\"quoted\""},
		{"ＡＢＣ", "abc"},
		{"Ὀδυσσεύς", "οδυσσευσ"},
		{"ﬁne", "fine"},
	}
	for _, tt := range tests {
		if Fold(tt.a) != Fold(tt.b) {
			t.Errorf("Fold(%q) = %q, Fold(%q) = %q", tt.a, Fold(tt.a), tt.b, Fold(tt.b))
		}
	}
	if Fold("й") == Fold("и") || Fold("が") == Fold("か") {
		t.Error("Fold drops marks that make another letter")
	}
}
