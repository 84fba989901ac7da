// Package plain reads articles from plain text, where nothing is marked and all
// must be told from how it looks: what is a paragraph, what is the title, and
// which lines speak about the article instead of being it.
//
// Whatever is not recognised for certain stays in the body. What is recognised
// as a byline, a publication line, an address or an author's note at either end
// leaves it: nobody should be answered with "Published in The Daily".
package plain

import (
	"fmt"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/pullquote"
	"pilcrow/corpus/text"
)

// maxLines bounds what is laid out at once. A novel has 30,000 lines.
const maxLines = 1_000_000

// Read returns the article that s holds. s is as charset.Decode returns it. The
// title is empty where the text has none. It returns corpus.ErrEmpty where
// there is no text.
func Read(s string) (corpus.Draft, error) {
	if strings.Count(s, "\n") > maxLines {
		return corpus.Draft{}, fmt.Errorf("%w: more than a million lines; split it", corpus.ErrTooLarge)
	}
	all := layOut(s)
	if len(all) == 0 {
		return corpus.Draft{}, corpus.ErrEmpty
	}
	lang := text.Lang(sample(all))
	d, body := front(all, lang)
	body = back(&d, body, lang)
	if len(body) == 0 { // nothing but credits: then they are the article
		d.Paragraphs = all
		return d, nil
	}
	if d.Source == "" {
		d.Source = agency(body[0])
	}
	d.Paragraphs = pullquote.Drop(lang, body)
	return d, nil
}

// sample returns enough of paragraphs to tell the language by.
func sample(paragraphs []string) string {
	var b strings.Builder
	for _, p := range paragraphs {
		if b.WriteString(p); b.Len() > 2000 {
			break
		}
		b.WriteByte('\n')
	}
	return b.String()
}
