package markup

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"pilcrow/bot"
	"pilcrow/corpus"
)

// longestLink is how long the address behind a citation may be; what is longer
// would leave no room for the answer.
const longestLink = 600

// marks are the citations behind a sentence, held to its last word.
func (p *Printer) marks(cs []bot.Citation) []piece {
	var out []piece
	for i, c := range cs {
		if i == 0 {
			out = append(out, piece{text: hold})
		}
		out = append(out, mark(c)...)
	}
	return out
}

// mark is the number of a citation, with a link to where it can be read.
func mark(c bot.Citation) []piece {
	n := strconv.Itoa(c.N)
	if to := target(c.Link()); to != "" {
		return raw("[[" + n + "]](<" + to + ">)")
	}
	if to := target(c.Article.URL); to != "" {
		return raw("[[" + n + "]](<" + to + ">)")
	}
	return raw(`\[` + n + `\]`)
}

// target returns an address as it may stand in a masked link, or "" where it is
// none that a reader should be sent to: not the web, with a password, or too
// long. A host in letters past ASCII is written as the net knows it (xn--…), so
// that none passes for another.
func target(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	if host := u.Hostname(); strings.IndexFunc(host, func(r rune) bool { return r >= 0x7f }) >= 0 {
		plain, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return ""
		}
		u.Host = strings.Replace(u.Host, host, plain, 1)
		_, rest, _ := strings.Cut(address, "://")
		address = u.Scheme + "://" + u.Host
		if i := strings.IndexAny(rest, "/?#"); i >= 0 {
			address += rest[i:]
		}
	}
	if strings.IndexFunc(u.Host, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune("<>()[]\\\"`*_|", r) && r != '[' && r != ']'
	}) >= 0 {
		return ""
	}
	var b strings.Builder
	for _, c := range []byte(address) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("<>()\\\"`{}|^", c) >= 0 {
			b.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(c)+0x100, 16)[1:]))
		} else {
			b.WriteByte(c)
		}
	}
	if b.Len() > longestLink {
		return ""
	}
	return b.String()
}

// sources lists what was cited, a paragraph a line: two quotes of one paragraph
// share it.
func (p *Printer) sources(cited []bot.Citation) []line {
	type place struct {
		article             string
		revision, paragraph int
	}
	at := make(map[place]int)
	var shared [][]bot.Citation
	for _, c := range cited {
		k := place{c.Article.ID, c.Revision, c.Paragraph}
		i, ok := at[k]
		if !ok {
			i = len(shared)
			at[k] = i
			shared = append(shared, nil)
		}
		shared[i] = append(shared[i], c)
	}
	lines := make([]line, len(shared))
	for i, cs := range shared {
		lines[i] = line{small, p.source(cs)}
	}
	return lines
}

// source is the line of one paragraph, which all of cs quote: [1] title · outlet ·
// date · ¶3.
func (p *Printer) source(cs []bot.Citation) []piece {
	var out []piece
	for _, c := range cs {
		out = append(out, raw(`\[`+strconv.Itoa(c.N)+`\]`)...)
	}
	return append(append(out, piece{text: hold}), p.origin(cs)...)
}

// origin says where the paragraph stands that all of cs quote, who else tells
// the same, and what has become of it.
func (p *Printer) origin(cs []bot.Citation) []piece {
	c := cs[0]
	out := append(p.byline(c.Article), then("¶"+strconv.Itoa(c.Paragraph))...)
	var also []string
	for _, c := range cs {
		for _, s := range c.Also {
			if !slices.Contains(also, s) {
				also = append(also, s)
			}
		}
	}
	if len(also) > 0 {
		out = append(out, piece{text: " "}, piece{text: "·" + hold})
		out = append(out, say(p.Words.Also, words(clip(strings.Join(also, ", "), longestTitle)))...)
	}
	for _, state := range p.states(c) {
		out = append(out, then(state)...)
	}
	return out
}

// states say what to know of the article before relying on it: that only its
// beginning is here, and what has become of it since it was cited.
func (p *Printer) states(c bot.Citation) []string {
	var out []string
	a := &c.Article
	if a.Partial {
		out = append(out, p.Words.Partial)
	}
	switch {
	case a.Withdrawn():
		out = append(out, p.Words.Withdrawn)
	case a.Revision > c.Revision:
		out = append(out, p.Words.Changed)
	}
	if !a.Gone.IsZero() {
		out = append(out, p.Words.Gone)
	}
	return out
}

// byline says which article: its title, outlet and date where they are known.
func (p *Printer) byline(a corpus.Article) []piece {
	title := words(clip(a.Title, longestTitle))
	if len(title) == 0 {
		title = say(p.Words.Untitled)
	}
	out := append(title, then(clip(a.Source, longestName))...)
	return append(out, then(p.Words.date(a.Published))...)
}

// then is a further part of a line, behind a dot; nothing where it is empty.
func then(part string) []piece {
	ps := words(part)
	if len(ps) == 0 {
		return nil
	}
	return append([]piece{{text: " "}, {text: "·" + hold}}, ps...)
}
