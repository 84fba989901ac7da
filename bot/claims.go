package bot

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"pilcrow/bot/verify"
	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// Claim is one sentence of a text and how the articles stand to it.
type Claim struct {
	text.Span // in the text given
	Stand     verify.Stand
	Score     float64    // in [0, 1]; how well the articles support it
	Citations []Citation // the paragraphs that support or contradict it, or speak of it, best first
}

const (
	claimHits      = 20 // passages that a claim is judged against
	claimCitations = 3  // shown for each
)

// MostClaims is how many claims of one text are looked for.
const MostClaims = 60

// FindSources looks for the source of each claim of s in the collections. No
// model is needed. Claims come in order, the first MostClaims of them; what
// says nothing that could be looked up is left out.
func (b *Bot) FindSources(ctx context.Context, s string, collections []string, now time.Time) ([]Claim, error) {
	var out []Claim
	var cited numbering
	for _, span := range text.Sentences(s) {
		if len(out) == MostClaims {
			break
		}
		said := span.Of(s)
		ev, err := b.find.Find(ctx, retrieval.Query{Text: said, Collections: collections, Limit: claimHits, Whole: true, Now: now})
		if err != nil {
			return nil, fmt.Errorf("find sources: %w", err)
		}
		if len(ev.Asked) == 0 {
			continue
		}
		m := new(material)
		for _, h := range ev.Hits {
			for i, t := range h.Text {
				m.pages = append(m.pages, page{h.Article, h.Revision, h.First + i, t, h.Also})
			}
		}
		m.read()
		j := m.source.Judge(said)
		c := Claim{Span: span, Stand: j.Stand, Score: j.Score}
		if j.Stand != verify.NotFound {
			for _, at := range j.Places {
				if len(c.Citations) == claimCitations {
					break
				}
				n, err := strconv.Atoi(at.ID)
				if err != nil {
					return nil, fmt.Errorf("find sources: passage %q: %w", at.ID, err)
				}
				c.Citations = append(c.Citations, cited.number(m.cite(n, at.Span)))
			}
		}
		out = append(out, c)
	}
	return out, nil
}
