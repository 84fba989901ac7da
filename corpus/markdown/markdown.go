// Package markdown reads articles from CommonMark with front matter.
//
// What is marked up becomes what it says: links keep their text, images go,
// headings, list items, quotations, code and the rows of tables are paragraphs
// in reading order. The first heading of the first level is the title where the
// front matter names none, and is not repeated in the body.
package markdown

import (
	"fmt"
	"strings"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// MaxSize is the length in bytes above which a text is refused. The parser can
// take a hundred times the memory of what it reads.
const MaxSize = 8 << 20

// Read returns the article that s holds. s is as charset.Decode returns it.
// Front matter that is no good YAML is read line by line as far as it goes; the
// text is never given up for it. Read returns corpus.ErrEmpty where there is no
// text behind the front matter.
func Read(s string) (corpus.Draft, error) {
	if len(s) > MaxSize {
		return corpus.Draft{}, fmt.Errorf("%w: %d MB of Markdown, at most %d; split it", corpus.ErrTooLarge, len(s)>>20, MaxSize>>20)
	}
	d, body := frontMatter(s)
	blocks := parse(body)
	if len(blocks) == 0 {
		return corpus.Draft{}, corpus.ErrEmpty
	}
	if d.Title == "" {
		d.Title = title(blocks)
	}
	same := text.Fold(text.Clean(d.Title))
	for _, b := range blocks {
		if b.level > 0 && same != "" && text.Fold(b.text) == same {
			same = "" // once
			continue
		}
		d.Paragraphs = append(d.Paragraphs, b.text)
	}
	if len(d.Paragraphs) == 0 { // a title alone is the text
		d.Paragraphs = []string{strings.TrimSpace(d.Title)}
	}
	return d, nil
}

// title returns the first heading of the first level, or else the heading that
// begins the text.
func title(blocks []block) string {
	for _, b := range blocks {
		if b.level == 1 {
			return b.text
		}
	}
	if blocks[0].level > 0 {
		return blocks[0].text
	}
	return ""
}
