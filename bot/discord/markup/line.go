package markup

import (
	"strings"
	"unicode/utf8"
)

// piece is Markdown that is shown whole: an escaped character, a citation.
type piece struct {
	text   string
	strong bool
}

// kind says how a line is set.
type kind int

const (
	body   kind = iota
	small       // notices and sources
	quoted      // words of an article
	bullet
	gap // an empty line between parts; never first or last in a message
)

// line is one line of a reply before it is cut.
type line struct {
	kind
	pieces []piece
}

// opens returns what a line begins with, and begins with again in the next
// message where it is cut.
func (k kind) opens(again bool) string {
	switch {
	case k == small:
		return "-# "
	case k == quoted:
		return "> "
	case k == bullet && !again:
		return "- "
	}
	return ""
}

// raw is Markdown of our own that is not to be cut.
func raw(s string) []piece { return []piece{{text: s}} }

// hold is a space at which no message ends.
const hold = "\u00a0"

// strong sets pieces in bold.
func strong(pieces []piece) []piece {
	for i := range pieces {
		pieces[i].strong = true
	}
	return pieces
}

// say puts pieces in the places of a fixed phrase: %s takes the next ones.
func say(phrase string, args ...[]piece) []piece {
	var out []piece
	for i, part := range strings.Split(phrase, "%s") {
		if i > 0 && i <= len(args) {
			out = append(out, args[i-1]...)
		}
		lead := len(part) - len(strings.TrimLeft(part, " "))
		trail := len(strings.TrimRight(part, " "))
		if lead > 0 {
			out = append(out, piece{text: " "})
		}
		out = append(out, words(part)...)
		if trail < len(part) && trail > 0 {
			out = append(out, piece{text: " "})
		}
	}
	return out
}

// set returns the Markdown of pieces.
func set(pieces []piece) string {
	var b strings.Builder
	bold := false
	for _, p := range pieces {
		if p.strong != bold {
			b.WriteString("**")
			bold = p.strong
		}
		b.WriteString(p.text)
	}
	if bold {
		b.WriteString("**")
	}
	return b.String()
}

// size is how long s is to Discord, or more. Its API counts code points; clients
// count the UTF-16 units of their languages, which are never fewer.
func size(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
