// Package markup makes what Discord shows of what the brain says: an answer
// with its citations and sources, a refusal, a summary, claims and where they
// come from, the paragraph behind a citation, a list of articles.
//
// Text of articles, of models and of people is shown as it reads and does
// nothing: Escape sees to it. The only links are citations, and they lead where
// the article's own address does. No message is longer than Discord takes, none
// ends within a citation or a character, and what needs more than three comes
// as a file.
//
// Reading order: Printer makes lines of pieces (answer.go, claims.go,
// paragraph.go, articles.go); plain.go and escape.go make foreign text into
// pieces; split.go packs lines into messages. read.go goes the other way: what a
// message says and where it leads. Everything here is pure, and a Printer is safe
// for concurrent use.
package markup

import (
	"slices"
	"strings"
)

const (
	// Limit is how long a message may be, in UTF-16 units: Discord takes 2,000
	// characters and counts code points, which are never more.
	Limit = 2000
	// Most is how many messages a reply may have; a longer one is a file.
	Most = 3
	// before is how much of a reply in a file stands in the message with it.
	before = 700
)

// Printer speaks one language.
type Printer struct {
	// Words are the fixed phrases, for whoever shows more than this package
	// does. They are not to be changed.
	Words *Words
}

// New returns a Printer for a locale as Discord names them ("de", "es-419").
// What nobody has translated is said in English.
func New(locale string) *Printer {
	base, _, _ := strings.Cut(strings.ToLower(locale), "-")
	if w := languages[base]; w != nil {
		return &Printer{w}
	}
	return &Printer{languages["en"]}
}

// Reply is what to show, in order: one message at least.
type Reply struct {
	Messages []string // Markdown, each at most Limit long and not empty
	File     []byte   // Markdown of the whole, where that needs more than Most messages; else nil
}

// Note returns a fixed phrase as a reply of one message, with args escaped.
func (p *Printer) Note(phrase string, args ...string) string {
	shown := make([][]piece, len(args))
	for i, a := range args {
		shown[i] = words(clip(a, longestName))
	}
	return pack([]line{{pieces: say(phrase, shown...)}}, Limit)[0]
}

// reply packs lines, into a file where they are too many.
func (p *Printer) reply(lines []line) Reply {
	messages := pack(lines, Limit)
	if len(messages) <= Most {
		return Reply{Messages: messages}
	}
	first := append(beginning(lines, before), line{kind: gap}, line{pieces: say(p.Words.Attached)})
	return Reply{Messages: pack(first, Limit), File: file(lines)}
}

// beginning returns the lines that fit into room units, the last of them cut
// short where there would be little else.
func beginning(lines []line, room int) []line {
	left := room
	for i, l := range lines {
		if l.kind == gap {
			continue
		}
		if n := size("\n\n") + size(l.kind.opens(false)) + size(set(l.pieces)); n <= left {
			left -= n
			continue
		}
		out := slices.Clone(lines[:i])
		if left > room/2 {
			n := fitting(l.pieces, left-size("\n\n…")-size(l.kind.opens(false)))
			cut := slices.Clone(trim(l.pieces[:n]))
			out = append(out, line{l.kind, append(cut, piece{"…", cut[len(cut)-1].strong})})
		}
		return out
	}
	return lines
}

// eased takes away the backslashes that are for Discord alone: before a colon or
// a slash that is no part of an address. People read a file as it is, too.
func eased(pieces []piece) []piece {
	out := slices.Clone(pieces)
	for i, p := range pieces {
		beside := i > 0 && address(pieces[i-1].text) || i+1 < len(pieces) && address(pieces[i+1].text)
		if address(p.text) && !beside {
			out[i].text = p.text[1:]
		}
	}
	return out
}

func address(escaped string) bool { return escaped == `\:` || escaped == `\/` }

// file sets lines as plain Markdown, which knows no small print and needs
// an empty line between paragraphs.
func file(lines []line) []byte {
	var b strings.Builder
	for i, l := range lines {
		opens := l.kind.opens(false)
		switch {
		case l.kind == gap:
			continue
		case l.kind == small:
			opens = "- "
		}
		if b.Len() > 0 {
			b.WriteString("\n")
			if l.kind != lines[i-1].kind || l.kind == body || l.kind == quoted {
				b.WriteString("\n")
			}
		}
		b.WriteString(opens + set(eased(l.pieces)))
	}
	b.WriteString("\n")
	return []byte(b.String())
}
