package terminal

import (
	"pilcrow/bot"
	"pilcrow/bot/verify"
)

// stands says in words how the articles stand to a claim.
var stands = map[verify.Stand]string{
	verify.Supported:    "supported",
	verify.Contradicted: "contradicted",
	verify.Related:      "spoken of, not said",
	verify.NotFound:     "not found",
}

// Claims shows each claim of text, how the articles stand to it, and the
// paragraphs that say so.
func (s *Screen) Claims(text string, claims []bot.Claim) error {
	for i, c := range claims {
		if i > 0 {
			s.Printf("\n")
		}
		s.Block("", "", Plain(c.Of(text)))
		s.Block("  ", "  ", s.Accent(stands[c.Stand]))
		for _, k := range c.Citations {
			s.source(mark(k.N), k)
			s.Block("    ", "    ", s.Dim(Plain(k.Quote())))
		}
	}
	if len(claims) == 0 {
		s.Printf("There is no claim in this.\n")
	}
	return s.Err()
}
