package markup

import (
	"slices"
	"strconv"
	"time"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// Articles shows a page of a list, whose first one is number first (from 1) of
// total. Each number leads to its article.
func (p *Printer) Articles(page []corpus.Article, first, total int) Reply {
	if len(page) == 0 {
		return Reply{Messages: pack([]line{{pieces: say(p.Words.NoArticles)}}, Limit)}
	}
	number := func(n int) []piece { return words(strconv.Itoa(n)) }
	lines := []line{{small, say(p.Words.Articles, number(first), number(first+len(page)-1), number(total))}}
	if len(page) == 1 {
		lines[0].pieces = say(p.Words.Article, number(first), number(total))
	}
	for i, a := range page {
		n := mark(bot.Citation{N: first + i, Article: a})
		lines = append(lines, line{pieces: append(append(n, piece{text: hold}), p.byline(a)...)})
	}
	return p.reply(lines)
}

// Digest shows a summary of what came in since a time, on a topic or, where
// that is empty, on all. A quiet time is said to be one.
func (p *Printer) Digest(since time.Time, topic string, events []bot.Event) Reply {
	at, on := words(p.Words.time(since)), words(clip(topic, longestTitle))
	if slices.ContainsFunc(events, func(e bot.Event) bool { r, ok := e.(bot.Refused); return ok && r.Reason == bot.NoEvidence }) {
		quiet := say(p.Words.Quiet, at)
		if len(on) > 0 {
			quiet = say(p.Words.QuietOn, at, on)
		}
		return Reply{Messages: pack([]line{{pieces: quiet}}, Limit)}
	}
	head := say(p.Words.Digest, at)
	if len(on) > 0 {
		head = say(p.Words.DigestOn, at, on)
	}
	return p.told([]line{{pieces: strong(head)}}, bullet, events)
}
