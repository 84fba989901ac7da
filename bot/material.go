package bot

import (
	"context"
	"strconv"
	"time"

	"pilcrow/bot/verify"
	"pilcrow/corpus"
	"pilcrow/corpus/text"
	"pilcrow/retrieval"
)

// material is the numbered paragraphs that a model writes from and that its
// sentences are checked against. It belongs to one answer, and to one goroutine.
type material struct {
	pages   []page
	source  *verify.Source
	bidding [][]text.Span // of each page, the orders and questions

	all     *known // what was read of all paragraphs
	last    *known // what was read of the paragraphs cited last, and which those were
	lastKey string
}

// page is one paragraph at its address.
type page struct {
	article   corpus.Article
	revision  int
	paragraph int
	text      string
	also      []retrieval.Telling // of the hit that it stands in
}

// tokens estimates how many tokens a text costs: four bytes each in English,
// fewer where characters are longer.
func tokens(s string) int { return len(s)/4 + 1 }

// perPage is what a paragraph costs besides its text.
const perPage = 16

// gather fills budget tokens with paragraphs: those of the hits, best first,
// then the neighbours of the best.
func (b *Bot) gather(ctx context.Context, ev *retrieval.Evidence, budget int) (*material, error) {
	m := new(material)
	taken := make(map[address]bool)
	full := false
	add := func(p page) {
		at := address{p.article.ID, p.revision, p.paragraph}
		cost := tokens(p.text) + perPage
		if full || taken[at] {
			return
		}
		if cost > budget {
			full = len(m.pages) > 0
			return
		}
		taken[at] = true
		budget -= cost
		m.pages = append(m.pages, p)
	}
	for _, h := range ev.Hits {
		for i, t := range h.Text {
			add(page{h.Article, h.Revision, h.First + i, t, h.Also})
		}
	}
	for _, h := range ev.Hits[:min(len(ev.Hits), neighbours)] {
		if full {
			break
		}
		around, err := b.store.Paragraphs(ctx, h.Article.ID, h.Revision, max(h.First-1, 1), h.Last+1)
		if err != nil {
			return nil, err
		}
		for _, p := range around {
			add(page{h.Article, h.Revision, p.N, p.Text, nil})
		}
	}
	m.read()
	return m, nil
}

// neighbours is of how many of the best hits the paragraphs beside them are
// given as well: a "he" or "the company" is often explained there.
const neighbours = 3

type address struct {
	article   string
	revision  int
	paragraph int
}

// read makes the source that sentences are checked against.
func (m *material) read() {
	passages := make([]verify.Passage, len(m.pages))
	for i, p := range m.pages {
		passages[i] = verify.Passage{ID: strconv.Itoa(i + 1), Text: p.text, Lang: p.article.Lang, Group: p.article.ID}
	}
	m.source = verify.Read(passages...)
	m.bidding = make([][]text.Span, len(m.pages))
	byArticle := make(map[string][]int)
	for i, p := range m.pages {
		byArticle[p.article.ID] = append(byArticle[p.article.ID], i)
	}
	for _, pages := range byArticle {
		texts := make([]string, len(pages))
		for n, i := range pages {
			texts[n] = m.pages[i].text
		}
		for n, spans := range verify.Bidding(m.pages[pages[0]].article.Lang, texts...) {
			m.bidding[pages[n]] = spans
		}
	}
}

// numbered returns the paragraphs as a prompt lists them.
func (m *material) numbered() []numbered {
	out := make([]numbered, len(m.pages))
	for i, p := range m.pages {
		out[i] = numbered{N: i + 1, Source: p.article.Source, Text: p.text}
		if !p.article.Published.IsZero() {
			out[i].Date = p.article.Published.Format(time.DateOnly)
		}
	}
	return out
}

// check puts a sentence that was written to a prompt through the gate. It returns the citations
// that carry it, without numbers; none where it fails.
func (m *material) check(w written, question, prompt string) ([]Citation, verify.Verdict) {
	if address, ok := reachesOut(w.text); ok {
		return nil, verify.Verdict{Reasons: []string{"link: " + address}}
	}
	if len(w.ids) == 0 {
		if v := m.source.Sentence(w.text, question); v.Kind != verify.Claim {
			return nil, v // chatter needs no citation and is not worth a repair
		}
	}
	ids := make([]string, len(w.ids))
	for i, id := range w.ids {
		ids[i] = strconv.Itoa(id)
	}
	v := m.source.Cited(w.text, question, ids...)
	if v.Supported || doubt(v) {
		if what, ok := m.foreign(w, question, prompt); ok {
			return nil, verify.Verdict{Kind: v.Kind, Reasons: []string{what}}
		}
	}
	if !v.Supported || v.Kind != verify.Claim {
		return nil, v
	}
	var out []Citation
	for _, id := range w.ids {
		for _, at := range v.Places {
			if at.ID == strconv.Itoa(id) {
				out = append(out, m.cite(id, at.Span))
				break
			}
		}
	}
	if len(out) == 0 {
		v.Reasons = append(v.Reasons, string(verify.Uncited))
	}
	return out, v
}

// cite returns the citation of a stretch of a paragraph by its number.
func (m *material) cite(n int, span text.Span) Citation {
	p := &m.pages[n-1]
	return Citation{
		Article: p.article, Revision: p.revision, Paragraph: p.paragraph, Text: p.text, Start: span.Start, End: span.End,
		Also: others(p.article.Source, telling(span.Of(p.text), p.also)),
	}
}
