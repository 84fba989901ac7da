package discord

import (
	"iter"
	"strconv"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// body is what is kept of events: what was said, and the addresses of what it
// stands on.
func body(events []bot.Event) ledger.Body {
	var b ledger.Body
	for _, event := range events {
		switch e := event.(type) {
		case bot.Sentence:
			s := ledger.Sentence{Text: e.Text}
			for _, c := range e.Citations {
				s.Citations = append(s.Citations, c.N)
				if c.N > len(b.Citations) {
					b.Citations = append(b.Citations, address(c))
				}
			}
			b.Sentences = append(b.Sentences, s)
		case bot.Refused:
			b.Refused = string(e.Reason)
			for _, c := range e.Nearest {
				b.Evidence = append(b.Evidence, address(c))
			}
		case bot.Notice:
			b.Notices = append(b.Notices, e.Text)
		}
	}
	return b
}

// address is a citation as it is kept.
func address(c bot.Citation) ledger.Citation {
	return ledger.Citation{
		N: c.N, Article: c.Article.ID, Revision: c.Revision, Paragraph: c.Paragraph,
		Start: c.Start, End: c.End, Hash: corpus.Hash(c.Text), Quote: c.Quote(),
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// told collects the events of an answer that is shown as a whole.
func told(events iter.Seq2[bot.Event, error]) ([]bot.Event, error) {
	var out []bot.Event
	for e, err := range events {
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}
