package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// How far from either end of a text credits are looked for, in paragraphs, and
// how long one can be, in bytes.
const (
	frontDepth = 10
	backDepth  = 6
	creditLen  = 240
)

// front takes title and credits from the beginning of a text. It stops where
// the body begins: at a paragraph too long for either.
func front(all []string, lang string) (corpus.Draft, []string) {
	var d corpus.Draft
	var body []string
	for i, p := range all {
		if i == frontDepth || len(p) > creditLen {
			return d, append(body, all[i:]...)
		}
		if c, ok := readCredit(p, lang); ok {
			c.fill(&d)
			continue
		}
		if d.Title == "" && len(body) == 0 && titled(p) && follows(all[i+1:], p) {
			d.Title = untitle(p)
			continue
		}
		if body = append(body, p); stopped(p) {
			return d, append(body, all[i+1:]...)
		}
	}
	return d, body
}

// back takes credits and author's notes from the end of body.
func back(d *corpus.Draft, body []string, lang string) []string {
	end := len(body)
	misses := 0
	keep := make([]string, 0, backDepth)
	for i := len(body) - 1; i >= 0 && i >= len(body)-backDepth && misses < 2; i-- {
		p := body[i]
		end = i
		if c, ok := readCredit(p, lang); ok && len(p) <= creditLen {
			c.fill(d)
			continue
		}
		if name, ok := note(p, d.Author); ok {
			if d.Author == "" {
				d.Author = name
			}
			continue
		}
		keep = append(keep, p)
		misses++
	}
	out := body[:end:end]
	for i := len(keep) - 1; i >= 0; i-- {
		out = append(out, keep[i])
	}
	return out
}

// titled reports whether p looks like a title: short, not ended as a sentence
// is, and no item, label or quotation.
func titled(p string) bool {
	if utf8.RuneCountInString(p) > 150 || len(strings.Fields(p)) > 25 || item(p) {
		return false
	}
	p = strings.TrimLeft(p, "#* ")
	first, _ := utf8.DecodeRuneInString(p)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(p, "\"'”’»›」』)]*_ "))
	if unicode.IsLower(first) || strings.IndexFunc(p, unicode.IsLetter) < 0 {
		return false
	}
	switch {
	case strings.ContainsRune(",;:…。—–-", last), pieced(p):
		return false
	case last == '.':
		return initialism(p) && len(strings.Fields(p)) <= 12
	case strings.ContainsRune("?!", last):
		return !strings.ContainsRune("\"“‘„«‹「『", first) // someone speaks
	}
	return true
}

// pieced reports whether a full stop stands within p.
func pieced(p string) bool {
	all := text.Sentences(p)
	for _, s := range all[:max(len(all)-1, 0)] {
		if strings.HasSuffix(p[:s.End], ".") && !initialism(p[:s.End]) {
			return true
		}
	}
	return false
}

// initialism reports whether p ends with a word like "U.S." or "Inc.".
func initialism(p string) bool {
	word := p[strings.LastIndexByte(p, ' ')+1:]
	switch word {
	case "Inc.", "Jr.", "Sr.", "Co.", "Ltd.", "St.":
		return true
	}
	return strings.Count(word, ".") > 1 && word == strings.ToUpper(word)
}

// untitle strips what Markdown and typewriters put around a title.
func untitle(p string) string {
	p = strings.TrimSpace(strings.TrimLeft(p, "#"))
	for _, mark := range []string{"**", "__", "*", "_"} {
		if in, ok := strings.CutPrefix(p, mark); ok && strings.HasSuffix(in, mark) {
			return strings.TrimSuffix(in, mark)
		}
	}
	return p
}

// follows reports whether rest reads like the text that title stands over:
// longer than it, with a sentence in it.
func follows(rest []string, title string) bool {
	for _, p := range rest {
		if len(p) > len(title) && (stopped(p) || len(p) > 300) {
			return true
		}
	}
	return false
}

// note reports whether p, near the end, is a note on the author, and returns the
// name where it tells one. author is the name known so far.
func note(p, author string) (name string, ok bool) {
	if len(p) > 400 || len(text.Sentences(p)) > 3 {
		return "", false
	}
	if m := patterns().note.FindStringSubmatch(p); m != nil {
		if named(m[1]) {
			name = m[1]
		}
		return name, true
	}
	rest, ok := strings.CutPrefix(p, author+" ")
	return "", ok && author != "" && patterns().is.MatchString(rest)
}

// agency returns the news agency that the dateline of a first paragraph names:
// "LONDON (AP) — …". The paragraph keeps its dateline.
func agency(p string) string {
	if m := patterns().dateline.FindStringSubmatch(p); m != nil {
		return m[1]
	}
	return ""
}
