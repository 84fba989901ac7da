package ingest

import (
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// finish settles what a reader left open.
func (r *reader) finish(d corpus.Draft) (corpus.Draft, error) {
	kept := make([]string, 0, len(d.Paragraphs))
	for _, p := range d.Paragraphs {
		if p = text.Clean(p); p != "" {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return corpus.Draft{}, corpus.ErrEmpty
	}
	d.Paragraphs = kept
	if d.Source == "" {
		d.Source = r.Source
	}
	if d.Title = text.Clean(d.Title); d.Title == "" {
		d.Title = firstWords(kept[0])
	}
	return d, nil
}

// titleLen is how long a title made from a text's first words can be, in
// characters with its ellipsis.
const titleLen = 80

// firstWords returns the beginning of a paragraph as a title.
func firstWords(p string) string {
	if utf8.RuneCountInString(p) <= titleLen {
		return p
	}
	n, end, space := 0, 0, 0
	for i, r := range p {
		if n == titleLen-1 {
			end = i
			if unicode.IsSpace(r) {
				space = i
			}
			break
		}
		if unicode.IsSpace(r) {
			space = i
		}
		n++
	}
	if space > end/2 { // scripts without spaces are cut where they stand
		end = space
	}
	return strings.TrimRightFunc(p[:end], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-", r)
	}) + "…"
}

// nameless are the words of file names that programs make up.
var nameless = map[string]bool{
	"article": true, "copy": true, "doc": true, "document": true, "download": true, "export": true, "file": true,
	"final": true, "img": true, "index": true, "new": true, "note": true, "notes": true, "output": true, "page": true,
	"paste": true, "post": true, "print": true, "readme": true, "sample": true, "scan": true, "story": true,
	"temp": true, "test": true, "text": true, "tmp": true, "untitled": true, "version": true,
}

// titleFromName returns the title that the name of a file makes, or "" where
// the name was made by a program: "2025-08-17-the-price-of-trust.txt" is "The
// price of trust", "000_0383916e.txt" is nothing.
func titleFromName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == '-' || r == '+' })
	for len(words) > 0 && strings.Trim(words[0], "0123456789.") == "" { // a date or a number in front
		words = words[1:]
	}
	telling := 0
	for _, w := range words {
		switch {
		case !spoken(w):
			if strings.ContainsFunc(w, unicode.IsLetter) && strings.ContainsFunc(w, unicode.IsDigit) && len(w) > 6 {
				return "" // a hash or an identifier
			}
		case !nameless[strings.ToLower(w)]:
			telling++
		}
	}
	if telling < 2 && !(telling == 1 && strings.ContainsFunc(words[0], wide)) {
		return ""
	}
	title := strings.Join(words, " ")
	first, n := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(first)) + title[n:]
}

// spoken reports whether w could be a word of a language: letters, with a vowel
// among them where they are Latin.
func spoken(w string) bool {
	latin, vowel := false, false
	for _, r := range text.Fold(w) {
		switch {
		case strings.ContainsRune("aeiouy", r):
			vowel = true
		case unicode.Is(unicode.Latin, r):
			latin = true
		case !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("'.,!?&", r):
			return false
		}
	}
	return vowel || !latin
}

// wide reports whether r belongs to a script in which a title has no spaces.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}
