package terminal

import (
	"strings"
	"unicode/utf8"
)

// Plain makes foreign text harmless to show. Control characters become
// visible pictures (ESC is ␛), white space of any kind becomes a space, and
// what changes the reading direction or cannot be seen is taken out. The
// joiners that Indic scripts, Persian and emoji need are kept. The result is
// valid UTF-8 on one line.
func Plain(s string) string {
	clean := func(r rune) bool { return r == plain(r) && r != utf8.RuneError }
	if strings.IndexFunc(s, func(r rune) bool { return !clean(r) }) < 0 {
		return s
	}
	return strings.Map(plain, strings.ToValidUTF8(s, "\uFFFD"))
}

// plain maps one rune to what is shown for it, or to -1.
func plain(r rune) rune {
	switch {
	case r == '\t', r == '\n', r == '\v', r == '\f', r == '\r', r == 0x85, r == 0x2028, r == 0x2029:
		return ' '
	case r < 0x20:
		return 0x2400 + r // Unicode's control pictures
	case r == 0x7f:
		return 0x2421
	case r < 0x80:
		return r
	case r < 0xa0: // C1: some terminals obey these as they do ESC sequences
		return utf8.RuneError
	case r == 0x00ad, r == 0x061c, r == 0x180e, r == 0xfeff,
		r == 0x200b, r == 0x200e, r == 0x200f,
		0x202a <= r && r <= 0x202e,   // embeddings and overrides
		0x2060 <= r && r <= 0x206f,   // isolates, invisible operators
		0xfff9 <= r && r <= 0xfffb,   // interlinear annotation
		0xe0000 <= r && r <= 0xe007f: // tags
		return -1
	}
	return r
}
