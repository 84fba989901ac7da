package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pilcrow/corpus/text"
)

// block is a run of text that a browser sets as one piece.
type block struct {
	in     *element
	tag    atom.Atom // P, H1 to H6, Li, Tr, Pre, Blockquote or Div
	text   string    // clean
	linked int       // bytes of it that stand in links
}

// sentence is how many bytes a block has that is taken for running text.
const sentence = 60

// prose returns how many bytes of running text a block holds: what is no link,
// in a block that has at least so many.
func (b *block) prose(least int) int {
	if n := len(b.text) - b.linked; n >= least && n >= b.linked && !b.heading() {
		return n
	}
	return 0
}

func (b *block) heading() bool {
	switch b.tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// element is a block-level node of the page, kept for what it says of the
// blocks inside it.
type element struct {
	names
	parent      *element
	kids        []*element
	first, last int // the blocks inside, half-open
	prose       int // bytes of it inside, without that of furniture
}

// outline is a page laid flat: its blocks in reading order, and the elements
// around them, parents before their children.
type outline struct {
	blocks   []block
	elements []*element

	verdicts map[string]names // by class or id, as seen on this page

	// Where the layout stands.
	in     *element
	tag    atom.Atom
	run    strings.Builder // the text of the current block
	linked int
	links  int // links open
	breaks int // line breaks since the last text
}

// layOut flattens the tree below n.
func layOut(n *html.Node) *outline {
	o := &outline{verdicts: make(map[string]names)}
	o.element(n, atom.Div)
	return o
}

// element lays out a block-level node whose own text makes blocks of a tag.
func (o *outline) element(n *html.Node, tag atom.Atom) {
	o.flush()
	e := &element{names: o.judge(n), parent: o.in, first: len(o.blocks)}
	if e.parent != nil {
		e.body = e.body || e.parent.body
		e.parent.kids = append(e.parent.kids, e)
	}
	o.elements = append(o.elements, e)
	outerTag := o.tag
	o.in, o.tag = e, tag
	o.children(n)
	o.flush()
	o.in, o.tag = e.parent, outerTag
	e.last = len(o.blocks)
}

func (o *outline) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			o.write(c.Data)
		case html.ElementNode:
			o.node(c)
		}
	}
}

func (o *outline) node(n *html.Node) {
	switch a := n.DataAtom; {
	case unread[a]:
	case a == atom.Br:
		if o.breaks++; o.breaks > 1 {
			o.flush()
		} else {
			o.run.WriteString(lineBreak)
		}
	case a == atom.P, a == atom.Li, a == atom.Pre, a == atom.Blockquote,
		a == atom.H1, a == atom.H2, a == atom.H3, a == atom.H4, a == atom.H5, a == atom.H6:
		o.element(n, a)
	case a == atom.Dt, a == atom.Dd:
		o.element(n, atom.Li)
	case a == atom.Tr && tabular(n):
		o.row(n)
	case blockLevel[a]:
		tag := atom.Div
		if o.tag == atom.Li || o.tag == atom.Blockquote {
			tag = o.tag
		}
		o.element(n, tag)
	case o.judge(n).furniture && extent(n, 300) < 300: // a label inside a sentence
		o.run.WriteByte(' ')
	case a == atom.A:
		o.links++
		o.children(n)
		o.links--
	default:
		o.children(n)
	}
}

// write adds text to the current block.
func (o *outline) write(s string) {
	o.run.WriteString(s)
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	o.breaks = 0
	if o.links > 0 {
		o.linked += len(s)
	}
}

// lineBreak marks a single <br> in the run; the parser lets no NUL through.
const lineBreak = "\x00"

// flush ends the current block.
func (o *outline) flush() {
	for _, line := range paragraphs(o.run.String()) {
		if s := text.Clean(strings.ReplaceAll(line, lineBreak, " ")); s != "" {
			o.blocks = append(o.blocks, block{in: o.in, tag: o.tag, text: s, linked: min(o.linked, len(s))})
			o.linked -= min(o.linked, len(s))
		}
	}
	o.run.Reset()
	o.linked, o.breaks = 0, 0
}

// paragraphs splits a run at single line breaks where these part paragraphs, as
// on older pages, and not the lines of a poem or an address.
func paragraphs(run string) []string {
	const paragraph = 100 // bytes; longer than any line meant as one
	lines := strings.Split(run, lineBreak)
	if len(run) < len(lines)*paragraph {
		return []string{run}
	}
	return lines
}

// tabular reports whether a table's row holds data and not the layout of a
// page: several cells, none of them long.
func tabular(tr *html.Node) bool {
	cells := 0
	for c := range tr.ChildNodes() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			if cells++; extent(c, 200) >= 200 {
				return false
			}
		}
	}
	return cells > 1
}

// row lays out a table's row as one block, with bars between its cells.
func (o *outline) row(tr *html.Node) {
	o.flush()
	outer := o.tag
	o.tag = atom.Tr
	bar := ""
	for c := range tr.ChildNodes() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			o.run.WriteString(bar)
			o.cell(c)
			bar = " | "
		}
	}
	if strings.Trim(o.run.String(), " |\n\t\r\u00a0") == "" {
		o.run.Reset()
	}
	o.flush()
	o.tag = outer
}

// cell writes all text of a table's cell into the current block.
func (o *outline) cell(n *html.Node) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			o.write(c.Data)
		case c.Type != html.ElementNode || unread[c.DataAtom]:
		case c.DataAtom == atom.A:
			o.links++
			o.cell(c)
			o.links--
		default:
			if blockLevel[c.DataAtom] || c.DataAtom == atom.Br {
				o.run.WriteByte(' ')
			}
			o.cell(c)
		}
	}
}

// extent returns the bytes of text below n plus its nodes, but looks no further
// than limit, which it also returns where n holds a table.
func extent(n *html.Node, limit int) int {
	total := 0
	for c := n.FirstChild; c != nil && total < limit; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			total += len(strings.TrimSpace(c.Data))
		case c.DataAtom == atom.Table:
			return limit
		case c.Type == html.ElementNode:
			total += 1 + extent(c, limit-total)
		}
	}
	return total
}

// unread holds the elements whose content is no text of the page.
var unread = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true,
	atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Input: true, atom.Datalist: true, atom.Video: true,
	atom.Audio: true, atom.Canvas: true, atom.Head: true, atom.Title: true, atom.Img: true, atom.Picture: true, atom.Map: true,
}

// blockLevel holds the elements that begin and end a block of text.
var blockLevel = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true,
	atom.Center: true, atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Dir: true, atom.Div: true, atom.Dl: true,
	atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true,
	atom.Hgroup: true, atom.Hr: true, atom.Html: true, atom.Legend: true, atom.Li: true, atom.Main: true, atom.Menu: true,
	atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Search: true, atom.Section: true, atom.Summary: true,
	atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true,
	atom.Ul: true,
}
