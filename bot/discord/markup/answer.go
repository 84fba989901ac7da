package markup

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// How much of what others wrote stands in a line, in characters.
const (
	longestSentence = 6000
	longestTitle    = 200
	longestName     = 100
	longestNearest  = 300
)

// Answer shows the events of an answer so far. Sources come once the events end
// with a Done, and only then a file; until then a reply is its first messages.
func (p *Printer) Answer(events []bot.Event) Reply { return p.told(nil, body, events) }

// Summary is Answer for what Summarise yields, under a title that says of what.
// An empty title is left out.
func (p *Printer) Summary(title string, events []bot.Event) Reply {
	return p.told(heading(title), bullet, events)
}

func heading(title string) []line {
	if title == "" {
		return nil
	}
	return []line{{pieces: strong(words(clip(title, longestTitle)))}}
}

// Story is Summary of an article that others tell again, whose outlets are named.
func (p *Printer) Story(title string, events []bot.Event, first corpus.Article, again []corpus.Article) Reply {
	var also []string
	for _, a := range again {
		if name := cmp.Or(a.Source, a.Title); name != first.Source && !slices.Contains(also, name) {
			also = append(also, name)
		}
	}
	lines := heading(title)
	if len(also) > 0 {
		lines = append(lines, line{small, say(p.Words.Also, words(clip(strings.Join(also, ", "), longestTitle)))})
	}
	return p.told(lines, bullet, events)
}

func (p *Printer) told(lines []line, sentence kind, events []bot.Event) Reply {
	var cited []bot.Citation
	var end []line
	done := false
	for _, event := range events {
		switch e := event.(type) {
		case bot.Understood:
			lines = append(lines, line{small, say(p.Words.Understood, words(clip(e.Question, longestTitle)))})
		case bot.Notice:
			lines = append(lines, line{small, p.Words.notice(e.Text)})
		case bot.Sentence:
			lines = append(lines, line{sentence, append(words(clip(e.Text, longestSentence)), p.marks(e.Citations)...)})
			for _, c := range e.Citations {
				if c.N > len(cited) {
					cited = append(cited, c)
				}
			}
		case bot.Disagreement:
			lines = append(lines, line{small, say(p.Words.Differ, p.side(e.First), p.side(e.Second))})
		case bot.Refused:
			lines = append(lines, line{pieces: p.refusal(e)})
			switch {
			case len(e.Nearest) > 0:
				lines = append(lines, line{kind: gap}, line{small, say(p.Words.Nearest)})
			case e.Reason == bot.NoEvidence && sentence == body:
				lines = append(lines, line{small, say(p.Words.Overview)})
			}
			for _, c := range e.Nearest {
				lines = append(lines,
					line{quoted, append(words(clip(c.Text, longestNearest)), p.marks([]bot.Citation{c})...)},
					line{small, p.source([]bot.Citation{c})})
			}
		case bot.Done:
			done = true
			if n := len(e.Dropped); n == 1 {
				end = append(end, line{small, say(p.Words.LeftOutOne)})
			} else if n > 1 {
				end = append(end, line{small, say(p.Words.LeftOut, words(strconv.Itoa(n)))})
			}
		}
	}
	if !done {
		if len(lines) == 0 {
			lines = []line{{small, say(p.Words.Searching)}}
		}
		messages := pack(lines, Limit)
		return Reply{Messages: messages[:min(len(messages), Most)]}
	}
	lines = append(lines, line{kind: gap})
	lines = append(lines, p.sources(cited)...)
	lines = append(lines, end...)
	return p.reply(lines)
}

// side names one of two sources that differ.
func (p *Printer) side(c bot.Citation) []piece {
	out := mark(c)
	var from []string
	if c.Article.Source != "" {
		from = append(from, clip(c.Article.Source, longestName))
	}
	if d := p.Words.date(c.Article.Published); d != "" {
		from = append(from, d)
	}
	if len(from) == 0 {
		return out
	}
	return append(append(out, piece{text: hold + "("}), append(words(strings.Join(from, ", ")), piece{text: ")"})...)
}

// refusal says why there is no answer.
func (p *Printer) refusal(r bot.Refused) []piece {
	w := p.Words
	detail := words(clip(r.Detail, longestTitle))
	switch {
	case r.Reason == bot.AbsentSource && len(detail) > 0:
		return say(w.AbsentSource, detail)
	case r.Reason == bot.AbsentSource:
		return say(w.AbsentSomeSource)
	case r.Reason == bot.AbsentName && len(detail) > 0:
		return say(w.AbsentName, detail)
	case r.Reason == bot.AbsentName:
		return say(w.AbsentSomeName)
	case r.Reason == bot.Gate:
		return say(w.Unchecked)
	case r.Reason == bot.Failed:
		return say(w.Failed)
	}
	return say(w.NoEvidence)
}
