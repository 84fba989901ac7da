package markup

import (
	"strings"

	"pilcrow/bot"
)

// Passage is a citation in its surroundings.
type Passage struct {
	bot.Citation
	Before, After string // the paragraphs beside it; empty where there is none
}

const (
	longestBeside = 300  // characters of a neighbouring paragraph
	longestAround = 1200 // and of the paragraph itself on each side of the quote
)

// Paragraphs shows what citations stand on: each paragraph with those beside it,
// and the words that were cited in bold.
func (p *Printer) Paragraphs(passages []Passage) Reply {
	var lines []line
	for _, c := range passages {
		head := append(mark(c.Citation), piece{text: hold})
		head = append(head, p.origin([]bot.Citation{c.Citation})...)
		lines = append(lines, line{kind: gap}, line{pieces: head})
		if c.Before != "" {
			lines = append(lines, line{quoted, words(clipStart(c.Before, longestBeside))})
		}
		if c.Text != "" {
			lines = append(lines, line{quoted, marked(c.Citation)})
		}
		if c.After != "" {
			lines = append(lines, line{quoted, words(clip(c.After, longestBeside))})
		}
	}
	if len(lines) == 0 {
		lines = []line{{pieces: say(p.Words.NoParagraph)}}
	}
	return p.reply(lines)
}

// marked is the paragraph of a citation with the quote in bold.
func marked(c bot.Citation) []piece {
	if c.Start < 0 || c.Start >= c.End || c.End > len(c.Text) {
		return words(clip(c.Text, 2*longestAround))
	}
	lead, tail := c.Text[:c.Start], c.Text[c.End:]
	out := words(clipStart(lead, longestAround))
	if strings.HasSuffix(lead, " ") && len(out) > 0 {
		out = append(out, piece{text: " "})
	}
	out = append(out, strong(words(clip(c.Quote(), longestSentence)))...)
	if after := words(clip(tail, longestAround)); len(after) > 0 {
		if strings.HasPrefix(tail, " ") {
			out = append(out, piece{text: " "})
		}
		out = append(out, after...)
	}
	return out
}
