package html

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"pilcrow/corpus/stamp"
)

// headline returns the title without what metadata puts before or behind it
// and the page's own headline lacks: "Opinion | …", "… – Live".
func (o *outline) headline(title string) string {
	for i := range o.blocks {
		b := &o.blocks[i]
		if b.tag != atom.H1 || b.in.furniture {
			continue
		}
		if title == "" || 2*len(b.text) > len(title) && (strings.HasPrefix(title, b.text) || strings.HasSuffix(title, b.text)) {
			return b.text
		}
	}
	return title
}

// signature returns who wrote the article and when, as far as the short blocks
// between its headline and its text say so.
func (o *outline) signature(article *element, title string) (author string, published time.Time) {
	const line = 100 // bytes
	for _, b := range o.head(article, title) {
		if len(b.text) > line || sameTitle(b.text, title) {
			continue
		}
		if name := unsigned(b.text); author == "" && name != b.text {
			if r, _ := utf8.DecodeRuneInString(name); !unicode.IsLower(r) {
				author = undated(name)
			}
		}
		if published.IsZero() {
			published = stamp.Parse(b.text)
		}
	}
	return author, published
}

// head returns the blocks from the headline to the beginning of the article.
func (o *outline) head(article *element, title string) []block {
	const above = 10 // blocks, where no headline is found
	start, end := max(article.first-above, 0), min(article.first+3, article.last)
	for i := range end {
		if sameTitle(o.blocks[i].text, title) {
			start = i
		}
	}
	return o.blocks[start:end]
}
