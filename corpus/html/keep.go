package html

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"pilcrow/corpus/stamp"
)

// keep returns the text of the blocks in an element that are the article's own
// words.
func (o *outline) keep(article *element, title, author string) []string {
	var kept []*block
	prose := false // has begun
	for i := article.first; i < article.last; i++ {
		b := &o.blocks[i]
		switch {
		case b.in.furniture, b.leadsAway(), b.asksForMore() && b.prose(2*sentence) == 0:
		case b.heading() && sameTitle(b.text, title):
		case !prose && b.signs(author):
		default:
			kept = append(kept, b)
			prose = prose || b.prose(sentence) > 0
		}
	}
	var out []string
	seen := make(map[string]bool)
	for _, b := range withoutEnd(kept, author) {
		if b.prose(sentence) > 0 && seen[b.text] { // set twice, for narrow screens and for wide ones
			continue
		}
		seen[b.text] = true
		out = append(out, b.text)
	}
	return out
}

// leadsAway reports whether a block inside the article is a label, or a link to
// somewhere else that stands alone.
func (b *block) leadsAway() bool {
	s := strings.ToLower(strings.TrimFunc(b.text, func(r rune) bool { return !unicode.IsLetter(r) }))
	if s == "" {
		return b.tag != atom.Tr && b.tag != atom.Li && len(b.text) < 10 // an ornament, a number
	}
	if labels()[s] {
		return true
	}
	if b.linked == 0 {
		return false
	}
	for _, lead := range leads {
		if len(s) < 250 && strings.HasPrefix(s, lead) {
			return true
		}
	}
	switch b.tag {
	case atom.P, atom.Div, atom.Blockquote:
		// A link whose text is its address is a source that the author gives.
		own := len(b.text) - b.linked
		return (own <= 3 || 5*own < len(b.text)) && !strings.HasPrefix(s, "http") && !strings.HasPrefix(s, "www.")
	}
	return false
}

// signs reports whether a short block before the text says who wrote it or when.
func (b *block) signs(author string) bool {
	const line = 100
	if len(b.text) > line || b.heading() {
		return false
	}
	s := unsigned(b.text)
	return s != b.text || author != "" && strings.HasPrefix(s, author) || !stamp.Parse(s).IsZero()
}

// withoutEnd cuts off what follows an article inside its element: lists of
// links, headings of what was left out, who the author is, who helped and how
// to reach them.
func withoutEnd(kept []*block, author string) []*block {
	for len(kept) > 0 {
		b := kept[len(kept)-1]
		links := 5*b.linked >= 4*len(b.text)
		about := author != "" && strings.HasPrefix(b.text, author+" ")
		helped := len(b.text) < 300 && strings.Contains(b.text, "contributed ") && strings.Contains(b.text, "report")
		contact := strings.ContainsAny(b.text, "@/") && !strings.Contains(b.text, " ")
		if !b.heading() && !links && !about && !helped && !contact {
			break
		}
		kept = kept[:len(kept)-1]
	}
	return kept
}

// labels are whole blocks, in lower case and without what surrounds their
// letters, that are no text in any article.
var labels = list(`
	advert, advertisement, advertisements, anzeige, iklan, pubblicità, publicidad, publicidade, publicité, реклама, 広告, 광고, sponsored,
	comments, continue reading, loading, more, photos, read more, related, related articles, related stories, share, share this,
	skip to content, story continues below, tags, topics, view all, view gallery`)

// leads are how a block with a link begins, in lower case, that sends the
// reader elsewhere.
var leads = []string{
	"also read", "buyer's guide", "click here", "click to", "filed under", "follow ", "more from", "more on", "more:", "read also", "read more",
	"read next", "read:", "related", "see also", "see more", "sign up", "subscribe", "tag:", "tags:", "watch",
	"baca juga", "leggi anche", "leia também", "lesen sie", "lea también", "lee también", "lire aussi", "à lire", "mehr zum thema", "читайте также",
}
