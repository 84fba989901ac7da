package bot

import (
	"pilcrow/bot/verify"
)

// mostCompared bounds how many quotes are compared with each other.
const mostCompared = 8

// disagreements returns the pairs of quotes from different articles of which
// one contradicts the other.
func disagreements(cited []Citation) []Disagreement {
	cited = cited[:min(len(cited), mostCompared)]
	var out []Disagreement
	for i := range cited {
		source := verify.Read(verify.Passage{ID: "1", Text: cited[i].Quote(), Lang: cited[i].Article.Lang})
		for j := i + 1; j < len(cited); j++ {
			if cited[i].Article.ID != cited[j].Article.ID && source.Judge(cited[j].Quote()).Stand == verify.Contradicted {
				out = append(out, Disagreement{cited[i], cited[j]})
			}
		}
	}
	return out
}
