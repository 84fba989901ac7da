package markup

import (
	"pilcrow/bot"
	"pilcrow/bot/verify"
)

// stands are the marks of how the articles stand to a claim.
var stands = map[verify.Stand]string{
	verify.Supported:    "✅",
	verify.Contradicted: "❌",
	verify.Related:      "➖",
	verify.NotFound:     "❔",
}

// Claims shows each claim of text, how the articles stand to it, and the words
// that say so.
func (p *Printer) Claims(text string, claims []bot.Claim) Reply {
	if len(claims) == 0 {
		return Reply{Messages: pack([]line{{pieces: say(p.Words.NoClaim)}}, Limit)}
	}
	var lines []line
	var cited []bot.Citation
	for _, c := range claims {
		head := append(raw(stands[c.Stand]+hold), strong(say(p.Words.stand(c.Stand)))...)
		head = append(head, piece{text: ":"}, piece{text: " "})
		lines = append(lines, line{pieces: append(head, words(clip(c.Of(text), longestSentence))...)})
		for i, k := range c.Citations {
			if k.N > len(cited) {
				cited = append(cited, k)
			}
			if i == 0 {
				lines = append(lines, line{quoted, append(words(clip(k.Quote(), longestSentence)), p.marks(c.Citations)...)})
			}
		}
	}
	lines = append(lines, line{kind: gap})
	return p.reply(append(lines, p.sources(cited)...))
}
