package markdown

import (
	"html"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"

	"pilcrow/corpus/text"
)

// block is a paragraph to be.
type block struct {
	text  string // clean, never empty
	level int    // of a heading, from 1; 0 for everything else
}

// commonMark parses footnotes and deletions beside CommonMark. Tables are not
// left to it: a row of few cells under a head of many would cost memory without
// bound.
var commonMark = sync.OnceValue(func() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Strikethrough, extension.Footnote)).Parser()
})

// parse returns the blocks of a text in reading order.
func parse(s string) []block {
	src := tame(s)
	w := walker{src: src}
	w.blocks(commonMark().Parse(gmtext.NewReader(src)))
	return w.out
}

// walker collects blocks.
type walker struct {
	src []byte
	out []block
}

func (w *walker) add(s string, level int) {
	if s = text.Clean(s); s != "" {
		w.out = append(w.out, block{s, level})
	}
}

// blocks adds the blocks below parent.
func (w *walker) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			w.add(w.inline(n), n.Level)
		case *ast.Paragraph, *ast.TextBlock:
			s := w.inline(n)
			rows, ok := table(s)
			if !ok {
				rows = []string{s}
			}
			for _, row := range rows {
				w.add(row, 0)
			}
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			w.add(w.lines(n), 0)
		case *ast.HTMLBlock:
			s := w.lines(n)
			if n.HasClosure() {
				s += string(n.ClosureLine.Value(w.src))
			}
			for _, p := range strings.Split(stripTags(s), "\n\n") {
				w.add(p, 0)
			}
		default:
			w.blocks(n)
		}
	}
}

// lines returns the raw lines of a block.
func (w *walker) lines(n ast.Node) string {
	var b strings.Builder
	for _, l := range n.Lines().Sliced(0, n.Lines().Len()) {
		b.Write(l.Value(w.src))
	}
	return b.String()
}

// inline returns the text below n, its lines ended by newlines.
func (w *walker) inline(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			s := string(n.Value(w.src))
			if !n.IsRaw() {
				s = unescape(s)
			}
			b.WriteString(s)
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(w.src))
		case *ast.RawHTML:
			if n.Segments.Len() > 0 && strings.HasPrefix(strings.ToLower(string(n.Segments.Sliced(0, 1)[0].Value(w.src))), "<br") {
				b.WriteByte(' ')
			}
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					b.Write(t.Value(w.src))
				}
			}
			return ast.WalkSkipChildren, nil
		case *ast.Image, *xast.FootnoteLink, *xast.FootnoteBacklink:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// unescape resolves backslashes before punctuation, and character references,
// in one pass: "\&amp;" says "&amp;".
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && punctuation(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			end := strings.IndexByte(s[i:min(len(s), i+40)], ';')
			if end < 0 {
				b.WriteByte('&')
				continue
			}
			b.WriteString(html.UnescapeString(s[i : i+end+1]))
			i += end
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func punctuation(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// table returns the rows of a paragraph that is a pipe table, as "a | b".
func table(s string) ([]string, bool) {
	rows := strings.Split(strings.TrimSpace(s), "\n")
	if len(rows) < 2 || !strings.Contains(rows[0], "|") || !delimiter(rows[1]) {
		return nil, false
	}
	out := make([]string, 0, len(rows))
	for i, row := range rows {
		if i == 1 {
			continue
		}
		row = strings.TrimSpace(row)
		row = strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|")
		var cells []string
		for cell := range strings.SplitSeq(row, "|") {
			if cell = strings.TrimSpace(cell); cell != "" {
				cells = append(cells, cell)
			}
		}
		out = append(out, strings.Join(cells, " | "))
	}
	return out, true
}

// delimiter reports whether s is the second line of a table: "|---|:-:|".
func delimiter(s string) bool {
	return strings.Contains(s, "-") && strings.Contains(s, "|") && strings.Trim(s, "|:- \t") == ""
}
