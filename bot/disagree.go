package bot

import (
	"pilcrow/bot/verify"
)

// mostCompared bounds how many quotes are compared with each other.
const mostCompared = 8

// disagreements returns the pairs of quotes from different articles of which
// one gives another number, date or name for what the other tells.
func disagreements(cited []Citation) []Disagreement {
	cited = cited[:min(len(cited), mostCompared)]
	quotes := make([]*verify.Quote, len(cited))
	for i := range cited {
		quotes[i] = verify.ReadQuote(cited[i].Quote(), cited[i].Article.Lang)
	}
	var out []Disagreement
	for i := range cited {
		for j := i + 1; j < len(cited); j++ {
			if cited[i].Article.ID != cited[j].Article.ID && quotes[i].Differs(quotes[j]) {
				out = append(out, Disagreement{cited[i], cited[j]})
			}
		}
	}
	return out
}
