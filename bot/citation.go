package bot

import (
	"net/url"
	"slices"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// cite returns the citation of a candidate, without a number.
func cite(c *candidate, ev *retrieval.Evidence) Citation {
	hit := &ev.Hits[c.hit]
	return Citation{
		Article: hit.Article, Revision: hit.Revision, Paragraph: hit.First + c.paragraph,
		Text: hit.Text[c.paragraph], Start: c.span.Start, End: c.span.End,
	}
}

// numbering numbers citations in the order of their first use.
type numbering []Citation

// number gives c the number of an equal citation before it, or the next.
func (n *numbering) number(c Citation) Citation {
	for _, old := range *n {
		if old.Article.ID == c.Article.ID && old.Revision == c.Revision && old.Paragraph == c.Paragraph && old.Start == c.Start && old.End == c.End {
			c.N = old.N
			return c
		}
	}
	c.N = len(*n) + 1
	*n = append(*n, c)
	return c
}

// nearest returns the paragraphs that come closest to answering, best first,
// each once.
func nearest(answer []pick, ev *retrieval.Evidence) []Citation {
	type place struct {
		article   string
		paragraph int
	}
	var out []Citation
	seen := make(map[place]bool)
	for _, p := range answer {
		c := cite(&p.candidate, ev)
		if at := (place{c.Article.ID, c.Paragraph}); !seen[at] && len(out) < nearestShown {
			seen[at] = true
			c.N = len(out) + 1
			out = append(out, c)
		}
	}
	return out
}

// tellers names the outlets besides its own that tell what a pick says, each
// once: those of the hits that it stands for, and of the articles that are one
// story with its own or theirs.
func (p *pick) tellers(ev *retrieval.Evidence) []string {
	own := &ev.Hits[p.hit]
	var out []string
	for _, h := range p.also {
		out = append(out, ev.Hits[h].Article.Source)
	}
	quote := p.span.Of(own.Text[p.paragraph])
	for _, h := range append([]int{p.hit}, p.also...) {
		out = append(out, telling(quote, ev.Hits[h].Also)...)
	}
	return others(own.Article.Source, out)
}

// telling names the outlets of the tellings in which a quote stands, in nearly
// the same words and with the same figures.
func telling(quote string, tellings []retrieval.Telling) []string {
	var out []string
	for _, t := range tellings {
		if slices.ContainsFunc(t.Paragraphs, func(p corpus.Paragraph) bool {
			return text.Similar(quote, p.Text) >= sameStory && text.SameFigures(quote, p.Text)
		}) {
			out = append(out, t.Article.Source)
		}
	}
	return out
}

// others returns the outlets that are known and not own, each once.
func others(own string, outlets []string) []string {
	var out []string
	for _, s := range outlets {
		if s != "" && s != own && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Outdated reports whether the article has a later revision than the one that
// was cited, as far as Article was read since. The citation still resolves.
func (c *Citation) Outdated() bool { return c.Article.Revision > c.Revision }

// fragmentWords is how many words mark each end of a quote in a link. Browsers
// look for the whole text between them.
const fragmentWords = 5

// Link returns where a reader can see the quote: the article's address with a
// text fragment (https://wicg.github.io/scroll-to-text-fragment/) that browsers
// scroll to, or "" where the article has no address.
func (c *Citation) Link() string {
	if c.Article.URL == "" {
		return ""
	}
	quote := c.Quote()
	words := text.Words(quote)
	if len(words) == 0 {
		return c.Article.URL
	}
	fragment := escape(quote[words[0].Start:words[len(words)-1].End])
	if len(words) > 2*fragmentWords {
		fragment = escape(quote[words[0].Start:words[fragmentWords-1].End]) + "," +
			escape(quote[words[len(words)-fragmentWords].Start:words[len(words)-1].End])
	}
	return strings.SplitN(c.Article.URL, "#", 2)[0] + "#:~:text=" + fragment
}

// escape makes s a part of a text fragment, in which "-" and "," are syntax.
func escape(s string) string { return fragmentSyntax.Replace(url.QueryEscape(s)) }

var fragmentSyntax = strings.NewReplacer("+", "%20", "-", "%2D")
