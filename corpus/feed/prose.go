package feed

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pilcrow/corpus"
	"pilcrow/corpus/text"
)

// plain returns a title that may be HTML as plain text. Tags that set letters
// are dropped; others are taken for what the title is about.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return text.Clean(s)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return text.Clean(b.String())
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw()) // before its name is lowered
			name, _ := z.TagName()
			z.NextIsNotRawText()
			if !setting[atom.Lookup(name)] {
				b.WriteString(raw)
			} else if atom.Lookup(name) == atom.Br {
				b.WriteByte(' ')
			}
		}
	}
}

// setting are the elements that stand in titles to set their letters.
var setting = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Big: true, atom.Blink: true,
	atom.Br: true, atom.Center: true, atom.Cite: true, atom.Code: true, atom.Div: true, atom.Em: true, atom.Font: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.I: true, atom.Img: true, atom.Mark: true,
	atom.Nobr: true, atom.P: true, atom.Q: true, atom.S: true, atom.Small: true, atom.Span: true, atom.Strike: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Tt: true, atom.U: true, atom.Wbr: true,
}

// paragraphs returns the text of a piece of HTML, clean, in reading order. All
// of it is taken for the article's, except what is no text at all.
func paragraphs(s string) []string {
	var w writer
	z := html.NewTokenizer(strings.NewReader(s))
	for len(w.done) < corpus.MaxParagraphs {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			w.end()
			return withoutEnd(w.done)
		case html.TextToken:
			if w.unread == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			w.start(atom.Lookup(name), kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.stop(atom.Lookup(name))
		}
	}
	return w.done
}

// writer gathers text into paragraphs.
type writer struct {
	done   []string
	run    strings.Builder
	breaks int       // line breaks since the last text
	unread int       // elements of kind in that are open, inside of one that is not read
	in     atom.Atom // what kind of element that is
}

func (w *writer) text(s string) {
	if strings.TrimSpace(s) != "" {
		w.breaks = 0
	}
	w.run.WriteString(s)
}

func (w *writer) start(a atom.Atom, closed bool) {
	switch {
	case w.unread > 0:
		if a == w.in && !closed {
			w.unread++
		}
	case unread[a]:
		w.end()
		if !closed {
			w.unread, w.in = 1, a
		}
	case a == atom.Br:
		if w.breaks++; w.breaks > 1 {
			w.end()
		}
		w.run.WriteByte(' ')
	case a == atom.Td || a == atom.Th:
		if strings.TrimSpace(w.run.String()) != "" {
			w.run.WriteString(" | ")
		}
	case block[a]:
		w.end()
	}
}

func (w *writer) stop(a atom.Atom) {
	switch {
	case w.unread > 0:
		if a == w.in {
			w.unread--
		}
	case a != atom.Td && a != atom.Th && block[a]:
		w.end()
	}
}

// end ends the paragraph.
func (w *writer) end() {
	if s := text.Clean(w.run.String()); s != "" {
		w.done = append(w.done, s)
	}
	w.run.Reset()
	w.breaks = 0
}

// withoutEnd cuts off the lines that programs put under each entry.
func withoutEnd(list []string) []string {
	for len(list) > 0 {
		s := strings.ToLower(list[len(list)-1])
		appeared := strings.HasPrefix(s, "the post ") && strings.Contains(s, " appeared first on ")
		bare := strings.Trim(s, " .…»→>[]()")
		if !appeared && bare != "" && bare != "read more" && bare != "continue reading" && bare != "comments" && bare != "link" {
			break
		}
		list = list[:len(list)-1]
	}
	return list
}

// unread are the elements whose content is no text of the article.
var unread = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true,
	atom.Form: true, atom.Select: true, atom.Textarea: true, atom.Button: true, atom.Svg: true, atom.Math: true,
	atom.Video: true, atom.Audio: true, atom.Figcaption: true, atom.Title: true, atom.Head: true, atom.Nav: true,
}

// block are the elements that begin and end a paragraph.
var block = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Figure: true, atom.Footer: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true,
	atom.Hr: true, atom.Html: true, atom.Li: true, atom.Main: true, atom.Ol: true, atom.P: true, atom.Pre: true,
	atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true,
	atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}
