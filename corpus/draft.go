package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"pilcrow/corpus/text"
)

// MaxField bounds a title, an author, a source and a collection's name, in
// bytes.
const MaxField = 1000

// langSample is how much of an article the detection of its language reads, in
// bytes. More costs time and makes text.Lang less sure, not more.
const langSample = 1024

// Hash names a text by its content: hex SHA-256, the first 16 bytes.
func Hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// entry is a draft made ready for the store: clean, bounded and hashed.
type entry struct {
	meta
	key        [sha256.Size]byte // of the identity
	hash       [sha256.Size]byte // of the paragraphs
	paragraphs []string
	language   func() string // what the paragraphs are written in; costs time
}

// prepare cleans d. What a reader got wrong besides the text is dropped, not
// refused: a field too long is cut, an address that is none and a date outside
// the years 1 to 9999 count as unknown, because the article is worth more than
// its date.
func prepare(collection string, d Draft) (*entry, error) {
	size := 0
	for _, p := range d.Paragraphs {
		size += len(p)
	}
	if size > MaxArticleBytes {
		return nil, fmt.Errorf("%w: %d MB of text, at most %d; split it", ErrTooLarge, size>>20, MaxArticleBytes>>20)
	}
	e := &entry{meta: meta{
		origin: Uploaded,
		title:  clip(text.Clean(d.Title)),
		author: clip(text.Clean(d.Author)),
		source: clip(text.Clean(d.Source)),
		url:    CanonicalURL(d.URL),
		lang:   baseTag(d.Lang),

		partial: d.Partial,
	}}
	if d.Origin == Fetched {
		e.origin = Fetched
	}
	if datable(d.Published) {
		e.published = milli(d.Published)
	}
	if datable(d.Modified) {
		e.modified = milli(d.Modified)
	}
	for _, p := range d.Paragraphs {
		if p = text.Clean(p); p == "" {
			continue
		}
		if len(p) > MaxParagraphBytes {
			return nil, fmt.Errorf("%w: a paragraph of %d MB, at most %d; split it", ErrTooLarge, len(p)>>20, MaxParagraphBytes>>20)
		}
		e.paragraphs = append(e.paragraphs, p)
	}
	switch n := len(e.paragraphs); {
	case n == 0:
		return nil, ErrEmpty
	case n > MaxParagraphs:
		return nil, fmt.Errorf("%w: %d paragraphs, at most %d; split it", ErrTooLarge, n, MaxParagraphs)
	}
	e.hash = contentHash(e.paragraphs)
	e.key = identity(collection, e.url, e.hash)
	e.language = sync.OnceValue(func() string { return baseTag(text.Lang(sample(e.paragraphs))) })
	return e, nil
}

// contentHash is the SHA-256 of paragraphs, each ended by a newline, which a
// clean paragraph does not hold.
func contentHash(paragraphs []string) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, p := range paragraphs {
		h.Write([]byte(p))
		h.Write([]byte{'\n'})
	}
	h.Sum(sum[:0])
	return sum
}

// identity is what makes two drafts one article: the address within its
// collection, or else the content wherever it is. Were the address enough, one
// collection could plant a text that another then cites.
func identity(collection, url string, hash [sha256.Size]byte) [sha256.Size]byte {
	if url == "" {
		return sha256.Sum256(append([]byte("content\x00"), hash[:]...))
	}
	return sha256.Sum256([]byte("address\x00" + collection + "\x00" + url))
}

// sample returns the beginning of an article for the detection of its language.
func sample(paragraphs []string) string {
	var b strings.Builder
	for _, p := range paragraphs {
		if b.Len()+len(p) > langSample {
			p = cut(p, langSample-b.Len())
		}
		b.WriteString(p)
		b.WriteByte('\n')
		if b.Len() >= langSample {
			break
		}
	}
	return b.String()
}

// clip shortens s to MaxField bytes.
func clip(s string) string {
	return strings.TrimSpace(cut(s, MaxField))
}

// cut returns the longest beginning of s that has at most n bytes and ends
// with a whole code point.
func cut(s string, n int) string {
	if n >= len(s) {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:max(n, 0)]
}

// baseTag returns the language of a BCP 47 tag in lower case, or "" where tag
// is none: "en" of "en-GB".
func baseTag(tag string) string {
	tag, _, _ = strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	tag = strings.ToLower(tag)
	if len(tag) < 2 || len(tag) > 3 || tag == "und" {
		return ""
	}
	for _, c := range tag {
		if c < 'a' || c > 'z' {
			return ""
		}
	}
	return tag
}

// datable reports whether t is a date that the store keeps: not the zero time
// and in a year that RFC 3339 can write.
func datable(t time.Time) bool {
	y := t.UTC().Year()
	return !t.IsZero() && y >= 1 && y <= 9999
}
