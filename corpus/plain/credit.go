package plain

import (
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"pilcrow/corpus"
	"pilcrow/corpus/stamp"
	"pilcrow/corpus/text"
)

// credit is what a line says about the article.
type credit struct {
	title, author, source, url string
	published                  time.Time
	holder                     string // who owns the copyright: the outlet, where nothing else names it
}

// fill sets the fields of d that are still empty.
func (c *credit) fill(d *corpus.Draft) {
	set := func(to *string, s string) {
		if *to == "" {
			*to = s
		}
	}
	set(&d.Title, c.title)
	set(&d.Author, c.author)
	set(&d.Source, c.source)
	set(&d.Source, c.holder)
	set(&d.URL, c.url)
	if d.Published.IsZero() {
		d.Published = c.published
	}
}

// credited reports whether s is a credit line in English, or one that needs no
// language.
func credited(s string) bool {
	if len(s) > creditLen {
		return false
	}
	_, ok := readCredit(s, "")
	return ok
}

// readCredit reads a line that speaks only about the article: every part of it,
// between bars or bullets, must be understood but for short ones beside others
// ("By Jane Roe | World | 5 min read").
func readCredit(s, lang string) (credit, bool) {
	if len(s) > creditLen {
		return credit{}, false
	}
	var c credit
	known, unknown := false, false
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("|•·", r) }) {
		part = strings.Trim(part, " \t*_()[]—–-")
		if part == "" {
			continue
		}
		switch {
		case c.part(part, lang):
			known = true
		case len(strings.Fields(part)) > 4:
			return credit{}, false
		default:
			unknown = true
		}
	}
	if unknown && !strings.ContainsAny(s, "|•·") {
		return credit{}, false
	}
	return c, known
}

// part reads one part into c and reports whether it is understood whole.
func (c *credit) part(s, lang string) bool {
	p := patterns()
	if m := p.label.FindStringSubmatch(s); m != nil {
		return c.labelled(strings.ToLower(m[1]), m[2], lang)
	}
	if m := p.url.FindStringSubmatch(s); m != nil {
		c.url = m[1]
		return true
	}
	if m := p.holder.FindStringSubmatch(s); m != nil {
		if named(m[1]) && !p.company.MatchString(m[1]) {
			c.holder = m[1]
		}
		return true
	}
	if m := p.published.FindStringSubmatch(s); m != nil {
		if strings.EqualFold(m[1], "posted") && strings.HasPrefix(m[2], "by ") {
			return c.part(m[2], lang)
		}
		var sub credit
		if _, ok := sub.placed(m[2], lang); !ok {
			return false
		}
		if p.updated.MatchString(m[1]) { // when it changed is not when it appeared
			return true
		}
		sub.merge(c)
		return true
	}
	if by, ok := byline(s, lang); ok {
		by.merge(c)
		return true
	}
	if p.aside.MatchString(s) {
		return true
	}
	if len(s) <= 60 {
		var sub credit
		if names, ok := sub.placed(s, lang); ok && names == 0 && !sub.published.IsZero() {
			sub.merge(c)
			return true
		}
	}
	return false
}

// merge adds to c what sub has of author, place and date.
func (sub *credit) merge(c *credit) {
	if c.author == "" {
		c.author = sub.author
	}
	if c.source == "" {
		c.source = sub.source
	}
	if c.published.IsZero() {
		c.published = sub.published
	}
}

// labelled reads what stands behind "Author:" and the like.
func (c *credit) labelled(label, s, lang string) bool {
	link := patterns().link.FindString(s)
	switch label {
	case "title", "headline":
		c.title = s
		return true
	case "author", "authors", "by", "byline", "writer", "words", "text":
		name := strings.TrimSuffix(s, ".")
		if !named(name) {
			return false
		}
		c.author = name
		return true
	case "source", "publication", "outlet", "newspaper", "via":
		c.url = link
		name := strings.Trim(strings.Replace(s, link, "", 1), " ,;.–—-()<>")
		if name == "" {
			return true
		}
		names, ok := c.placed(name, lang)
		return ok && names < 2 // "Source: Jane Roe, Harbour Post" tells where a fact is from
	case "url", "link", "web", "permalink", "original":
		c.url = link
		return link != ""
	}
	_, ok := c.placed(s, lang)
	return ok && !c.published.IsZero() // a date
}

// placed reads where and when something was published: "in Dawn, August 17th,
// 2025", and how many names it met, the first of which is the outlet's. It
// reports false where anything else is said, because then s is a sentence of
// the article. A date without its year is passed over.
func (c *credit) placed(s, lang string) (names int, ok bool) {
	p := patterns()
	if t := stamp.Parse(s); p.stamp.MatchString(s) && !t.IsZero() {
		c.published = t
		return 0, true
	}
	rest := []byte(s)
	for _, d := range text.Dates(s, lang, time.Unix(0, 0)) {
		if d.Relative || d.To.Sub(d.From) > 31*24*time.Hour {
			continue
		}
		if !d.Yearless && c.published.IsZero() && !p.updated.Match(rest[:d.Start]) {
			c.published = d.From
		}
		for i := d.Start; i < d.End; i++ {
			rest[i] = ';'
		}
		ok = true
	}
	left := p.filler.ReplaceAllString(string(rest), ";")
	for piece := range strings.FieldsFuncSeq(left, func(r rune) bool { return strings.ContainsRune(",;|()", r) }) {
		piece = strings.Trim(piece, " .–—-:")
		piece = p.trail.ReplaceAllString(p.place.ReplaceAllString(piece, ""), "")
		piece = strings.Trim(piece, " \"'“”‘’«»*_")
		switch {
		case piece == "":
			continue
		case !named(piece):
			return 0, false
		case names == 0 && c.source == "":
			c.source = piece
		}
		names++
	}
	return names, ok || names > 0
}

// named reports whether s looks like the name of a person or an outlet: a few
// words, capitalised but for those that join names.
func named(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 8 || strings.ContainsAny(s, "?!;:") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && !wide(first) && unicode.IsLower(first) {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && !joins[w] {
			return false
		}
	}
	return strings.ContainsFunc(s, unicode.IsLetter)
}

// joins are the small words inside names.
var joins = map[string]bool{
	"a": true, "al": true, "and": true, "at": true, "bin": true, "da": true, "das": true, "de": true, "del": true, "della": true,
	"den": true, "der": true, "des": true, "di": true, "die": true, "do": true, "dos": true, "du": true, "e": true, "el": true,
	"et": true, "for": true, "i": true, "ibn": true, "in": true, "la": true, "las": true, "le": true, "les": true, "los": true,
	"of": true, "on": true, "the": true, "to": true, "u": true, "und": true, "van": true, "von": true, "y": true, "zu": true,
}

// byline reads "By Jane Roe and John Doe, Science Editor": the people, the
// outlet they wrote it for, and a date. What they are and where they sat is
// passed over.
func byline(s, lang string) (credit, bool) {
	p := patterns()
	m := p.byline.FindStringSubmatch(s)
	if m == nil {
		return credit{}, false
	}
	who, rest := m[2], ""
	if at := p.station.FindStringIndex(who); at != nil {
		who, rest = who[:at[0]], who[at[0]:]
	}
	var people []string
	for start := 0; start < len(who); {
		end, next := len(who), len(who)
		if at := p.and.FindStringIndex(who[start:]); at != nil {
			end, next = start+at[0], start+at[1]
		}
		name := strings.TrimSpace(who[start:end])
		if len(people) > 0 && (p.role.MatchString(name) || !person(name, 2)) { // "…, Science Editor", "…, May 3"
			rest = who[start:] + rest
			break
		}
		if !person(name, 1) || !strings.Contains(name, " ") && !p.desk.MatchString(name) {
			return credit{}, false
		}
		people = append(people, name)
		start = next
	}
	if len(people) == 0 || !strings.EqualFold(m[1], "by") && !strings.Contains(people[0], " ") {
		return credit{}, false
	}
	c := credit{author: strings.Join(people, ", ")}
	var sub credit
	outlet, ok := strings.CutPrefix(strings.TrimSpace(rest), "for ")
	if _, read := sub.placed(outlet, lang); read {
		c.published = sub.published
		if ok {
			c.source = sub.source
		}
	}
	return c, true
}

// person reports whether s is a name of at least least and at most five words.
func person(s string, least int) bool {
	words := strings.Fields(s)
	if len(words) < least || len(words) > 5 {
		return false
	}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) && !joins[w] || strings.ContainsAny(w, "0123456789:;?!/\"“”") {
			return false
		}
	}
	last := words[len(words)-1]
	return !strings.HasSuffix(last, ".") || len(last) <= 3 && last != strings.ToLower(last)
}

// patterns are compiled when the first text comes, not when the program starts.
var patterns = sync.OnceValue(func() (p struct {
	label, url, link, holder, published, updated, stamp, filler, place, trail,
	company, byline, and, station, role, desk, aside, note, is, dateline *regexp.Regexp
}) {
	p.label = regexp.MustCompile(`(?i)^(title|headline|authors?|by|byline|writer|words|text|date|date published|publication date|published|posted|source|publication|outlet|newspaper|via|url|link|web|permalink|original)\s*:\s*(\S.*)$`)
	p.link = regexp.MustCompile(`https?://[^\s<>"]+[^\s<>".,;:)\]]`)
	p.url = regexp.MustCompile(`(?i)^(?:(?:read (?:more|the (?:full |original )?(?:article|story|text))|available|retrieved|archived|original|originally|via|see|from)(?: (?:at|from|on|here))?\s*:?\s*)?<?(https?://[^\s<>"]+[^\s<>".,;:)\]])[>.]*$`)
	p.holder = regexp.MustCompile(`(?i)^(?:©|\(c\)|c\)|copyright\s+(?:©|\(c\)|by\b|(?:19|20)\d\d))[\s©,]*(?:copyright\s+(?:of\s+)?)?(?:(?:19|20)\d\d(?:\s*[-–,]\s*(?:(?:19|20)\d\d)?)*)?[\s,]*(?:by\s+)?(.*?)[\s.,]*(?:(?:19|20)\d\d)?[\s.,]*(?:all rights reserved.*)?$`)
	p.company = regexp.MustCompile(`\b(?:Ltd|Limited|Inc|LLC|LLP|PLC|GmbH|AG|SA|Corp|Corporation|Publish\w+|Company|Co)\b`)
	p.published = regexp.MustCompile(`(?i)^(?:(?:this|the) )?(?:(?:article|story|piece|column|essay|report|review|interview|post|text) )?(?:(?:was|is|has been) )?(?:(?:first|originally|initially|previously|last|zuerst|ursprünglich|d’abord|originalmente) )*(published|appeared|printed|posted|released|updated|modified|erschienen|veröffentlicht|aktualisiert|publiée?|parue?|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|verschenen)(?::\s*|\s+)(\S.*)$`)
	p.updated = regexp.MustCompile(`(?i)\b(?:updated?|modified|aktualisiert|mis à jour|actualizado|aggiornato)\b`)
	p.stamp = regexp.MustCompile(`^[0-9][0-9T:+Z. /-]+$`)
	p.filler = regexp.MustCompile(`(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b\.?|\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?|(?-i:\b(?:[ECMPB][SD]?T|PKT|JST|IST|CEST|GMT|UTC)\b)(?:[+-]\d{1,2})?|\b(?:last )?updated\b(?: (?:on|at))?:?|\b(?:print(?:ed)? )?edition\b`)
	p.place = regexp.MustCompile(`^(?:(?:[Ii]n|[Oo]n|[Aa]t|[Bb]y|with|dated?|print|and|und|the issue of|im|am|bei|von|der|die|das|dem|den|dans|par|sur|le|la|en|el|por|su|il|da|op|de|bij|the)(?:\s+|$))+`)
	p.trail = regexp.MustCompile(`(?:^|\s+)(?:on|in|at|dated|of|am|vom|le|el|il|op)$`)
	p.byline = regexp.MustCompile(`^(?i:(by|von|par|por|words by|written by|story by|text by|reported by|analysis by|review by|interview by|opinion by))\s+(\S.*)$`)
	p.and = regexp.MustCompile(`\s*(?:,\s*and\s|,\s|\sand\s|\s&\s|\sund\s|\set\s|\sy\s)\s*`)
	p.station = regexp.MustCompile(`(?i)\s+(?:in|for|at|on)\s|\s+[–—-]\s`)
	p.role = regexp.MustCompile(`(?i)\b(?:editor|correspondent|reporter|writer|columnist|critic|analyst|contributor|staff|chief|bureau|news|desk|press|service|agency|ph\.?d|m\.?d)\b`)
	p.desk = regexp.MustCompile(`(?i)^(?:staff|agencies|editors?|reuters|ap|afp|dpa)$`)
	p.aside = regexp.MustCompile(`(?i)^(?:\d+[ -]min(?:ute)?s?(?: read)?|reading time.{0,20}|all rights reserved\.?|(?:e-?mail|twitter|x|follow [^:]{1,40}|contact)\s*:\s*\S*@\S+|\S*@\S+\.\S+)$`)
	p.note = regexp.MustCompile(`^(?:(?:The|This) (?:writer|author|columnist|reviewer|essayist)|(?:Der Autor|Die Autorin)|L['’]aut(?:eur|rice|eure)|(?:El autor|La autora)|(?:L['’]autore|L['’]autrice))(?:, ([^,]{3,60}),)? (?:is|was|has|works|worked|teaches|lives|writes|heads|can|may|tweets|served|ist|war|arbeitet|lehrt|est|enseigne|es|fue|è)\b`)
	p.is = regexp.MustCompile(`^(?:is|was|works|teaches|lives|writes|heads|covers|reports|can be|ist|arbeitet|est|es)\b`)
	p.dateline = regexp.MustCompile(`^(?:\p{Lu}[\p{Lu}\p{M}.'’ /-]+(?:, [\p{L}.'’ -]{1,30})?,?(?: \p{Lu}\p{Ll}{2,8}\.? \d{1,2},?)? )?\((\p{L}[\p{L}.& -]{1,30})\)\s*[-–—]+\s`)
	return p
})
